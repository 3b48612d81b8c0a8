"""Years as people write them: 500 BC is kept as -500."""

from django.utils.translation import gettext as _


def year(number: int) -> str:
    """“1880”, “500 BC”. There is no year 0: bins may begin with it, and then the year 1 is meant."""
    return _("%(year)s BC") % {"year": -number} if number < 0 else str(max(1, number))


def span(first: int, last: int) -> str:
    """“1880–1910”, “1880”, “500–401 BC”, “50 BC to AD 49”."""
    if first == last:
        return year(first)
    if last < 0:
        return _("%(first)s–%(last)s BC") % {"first": -first, "last": -last}
    if first < 0:
        return _("%(first)s BC to AD %(last)s") % {"first": -first, "last": max(1, last)}
    return f"{year(first)}–{last}"
