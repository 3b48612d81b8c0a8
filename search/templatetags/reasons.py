"""What the templates need to say why two paintings are alike: words, colours, and the lengths of bars."""

from dataclasses import dataclass

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from search.comparison import parameters
from search.nearness import Nearness
from search.query import Question
from search.why import SharedColour, Why
from vectorizer.features import Colour
from vectorizer.models import EncoderModel

register = template.Library()

WORDS = {
    Nearness.COPY: "a copy",
    Nearness.VERY_CLOSE: "very close",
    Nearness.RELATED: "related",
    Nearness.DISTANT: "distant",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A part of a bar that is 100 long."""

    label: str
    start: float
    length: float
    percent: int


@register.filter
def in_words(nearness: Nearness | None) -> str:
    """“very close”; nothing where the model knows no words."""
    return WORDS[nearness] if nearness else ""


@register.filter
def hexadecimal(colour: Colour) -> str:
    """(140, 47, 27) as “8c2f1b”."""
    return bytes(colour).hex()


@register.filter
def hundredths(share: float) -> str:
    """0.6142 as “61.4”, for the attributes of drawings."""
    return f"{100 * share:.1f}"


@register.filter
def whole_percent(share: float) -> str:
    """0.6142 as “61 %”; what is there is not nothing."""
    whole = round(100 * share)
    return "under 1 %" if share > 0 and not whole else f"{whole} %"


@register.filter
def segments(why: Why) -> list[Segment]:
    """What the likeness is made of, as parts of one bar."""
    found, start = [], 0.0
    for aspect in why.aspects:
        if length := 100 * aspect.share:
            found.append(Segment(label=aspect.feature.label, start=start, length=length, percent=round(length)))
            start += length
    return found


@register.filter
def in_such_colours(colours: tuple[SharedColour, ...]) -> str:
    """The address of the search for paintings in the colours that both have, the five that there are most of."""
    wanted = {hexadecimal(each.colours[0]): max(1, round(100 * each.share)) for each in colours[:5]}
    return f"{reverse('search')}?{Question(colours=tuple(wanted.items())).to_params()}"


@register.simple_tag
def why_link(painting: int, other: int, weights: dict[str, float] | None = None) -> SafeString:
    """“Why?”: the page that compares the two; scripts show the reasons at once, from the address in data-why."""
    asked = parameters(weights or {}, EncoderModel.current()) if weights else ""
    query = f"?{asked}" if asked else ""
    return format_html(
        '<a class="whylink" rel="nofollow" href="{}{}" data-why="{}{}">Why?</a>',
        reverse("compare", args=[painting, other]),
        query,
        reverse("why", args=[painting, other]),
        query,
    )
