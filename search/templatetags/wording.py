"""Numbers and lists as a reader writes them."""

from collections.abc import Sequence

from django import template
from django.utils.formats import number_format

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
    return f"{whole if similarity == 1 else min(99, whole)} %"


@register.filter
def nearness_word(nearness: Nearness | None) -> str:
    """“very close”; "" for None."""
    return str(wording.NEARNESS[nearness]) if nearness else ""


@register.filter
def in_a_sentence(feature: str) -> str:
    """“style”, for the feature “Style”."""
    return wording.in_a_sentence(feature)


@register.filter
def either(names: Sequence[str]) -> str:
    """“one, two or three”; "" for none."""
    return listing.either(names) if names else ""


@register.filter
def quoted(names: Sequence[str]) -> list[str]:
    """Each in quotation marks."""
    return [listing.quoted(name) for name in names]
