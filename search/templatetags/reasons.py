"""What the templates need to say why two paintings are alike: addresses, colours, and the lengths of bars."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.translation import gettext as _

from gallery.sentences import unbroken
from search.query import PLAIN, Question
from search.why import SharedColour, Why
from vectorizer.features import Colour, Feature

register = template.Library()


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A part of a bar that is 100 long."""

    label: str
    start: float
    length: float
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """Where it is said why a painting is like another, {id} standing for that: on a page, and in a part of one."""

    page: str
    part: str


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
    return unbroken(_("under 1 %") if share > 0 and not whole else f"{whole} %")


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
def reasons_of(question: Question) -> Reasons | None:
    """Where it is said why each result is one; None where no pair says it: whole paintings alone ask for them.

    Of several, the one that the result is most like, which is found when somebody asks: a wall has many results.
    """
    if not question.like or question.unlike or question.colours:
        return None
    if any(example.painting is None or example.part for example in question.like):
        return None
    weights = Question(weights=question.weights)
    first, *others = question.paintings
    return _reasons_of_several(question.paintings, weights) if others else _reasons(first, weights)


@register.simple_tag
def reasons_by(painting: int, *features: str) -> Reasons:
    """The same of the paintings that are like this one by these features."""
    return _reasons(painting, Question(weights=tuple((name, 1.0) for name in features)))


@register.simple_tag
def reasons_agreed(painting: int, features: Iterable[Feature]) -> Reasons:
    """The same of one that is like this one by all of these features."""
    return reasons_by(painting, *sorted(feature.name for feature in features))


def _reasons(painting: int, weights: Question) -> Reasons:
    query = f"?{asked}" if (asked := weights.to_params()) else ""
    page, part = (reverse(name, args=[painting, 0]).removesuffix("0/") for name in ("compare", "why"))
    return Reasons(page=f"{page}{{id}}/{query}", part=f"{part}{{id}}/{query}")


def _reasons_of_several(paintings: Iterable[int], weights: Question) -> Reasons:
    query = urlencode([("of", ",".join(map(str, paintings))), *weights.pairs()], safe=PLAIN)
    page, part = (reverse(name, args=[0]).removesuffix("0/") for name in ("compare-nearest", "why-nearest"))
    return Reasons(page=f"{page}{{id}}/?{query}", part=f"{part}{{id}}/?{query}")
