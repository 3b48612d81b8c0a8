"""Numbers as a reader writes them."""

from django import template

from search.nearness import Nearness
from search.wall.wording import NEARNESS

register = template.Library()


@register.filter
def thousands(number: int) -> str:
    """12345 as “12,345”."""
    return f"{number:,}"


@register.filter
def percent(similarity: float) -> str:
    """0.714 as “71 %”; 100 % is kept for what is exactly the same."""
    whole = round(100 * similarity)
    return f"{whole if similarity == 1 else min(99, whole)} %"


@register.filter
def nearness_word(nearness: Nearness) -> str:
    """“very close”."""
    return NEARNESS[nearness]
