"""Names one after another, as the reader's language writes them."""

from collections.abc import Iterable

from django.utils.translation import gettext as _


def listed(names: Iterable[str]) -> str:
    """“style, subject and colours”."""
    return _joined(names, _("%(several)s and %(last)s"))


def either(names: Iterable[str]) -> str:
    """“style, subject or colours”."""
    return _joined(names, _("%(several)s or %(last)s"))


def quoted(text: str) -> str:
    """In the quotation marks of the reader's language."""
    return _("“%(text)s”") % {"text": text}


def _joined(names: Iterable[str], pattern: str) -> str:
    *several, last = names
    return pattern % {"several": ", ".join(several), "last": last} if several else last
