"""Numbers and lists as a reader writes them."""

from collections.abc import Sequence

from django import template
from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from gallery import years
from gallery.sentences import unbroken
from search import listing
from search.nearness import Nearness
from search.wall import wording

register = template.Library()


@register.filter
def thousands(number: int) -> str:
    """12345 as “12,345” or “12.345”."""
    return str(number_format(number, force_grouping=True))


@register.filter
def percent(similarity: float) -> str:
    """0.714 as “71 %”; 100 % is kept for what is exactly the same."""
    whole = round(100 * similarity)
    return unbroken(f"{whole if similarity == 1 else min(99, whole)} %")


# Of a tile, of which a page has hundreds: a block of a template that is translated takes twice as long.


@register.filter
def alike(similarity: float) -> SafeString:
    """“71 % alike”, of which those who see the picture read the number."""
    sentence = _('%(percent)s<span class="unseen"> alike</span>') % {"percent": percent(similarity)}
    return mark_safe(sentence)  # noqa: S308 (a number in our own sentence)


@register.filter
def more_like(title: str) -> str:
    return _("More like %(title)s") % {"title": title}


@register.filter
def less_like(title: str) -> str:
    return _("Less like %(title)s") % {"title": title}


@register.filter
def keeping(title: str) -> str:
    return _("Keep %(title)s") % {"title": title}


@register.filter
def nearness_word(nearness: Nearness | None) -> str:
    """“very close”; "" for None."""
    return str(wording.NEARNESS[nearness]) if nearness else ""


@register.filter
def in_a_sentence(feature: str) -> str:
    """“style”, for the feature “Style”."""
    return wording.in_a_sentence(feature)


@register.filter
def year(number: int) -> str:
    """“1880”, “500 BC”."""
    return years.year(number)


@register.filter
def until(first: int, last: int) -> str:
    """The years from the one to the other: “1880–1910”."""
    return years.span(first, last)


@register.filter
def either(names: Sequence[str]) -> str:
    """“one, two or three”; "" for none."""
    return listing.either(names) if names else ""


@register.filter
def quoted(names: Sequence[str]) -> list[str]:
    """Each in quotation marks."""
    return [listing.quoted(name) for name in names]
