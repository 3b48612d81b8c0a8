"""What the results can be narrowed down by and how they can be ordered: the controls of the form."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from search.query import PER_ARTIST_LIMIT, Question
from search.similar import Facet, Results
from search.wall.wording import LEGENDS, SORTS, of_one_artist

FIRST = ("style", "genre", "artist")
"""The filters that most visitors look for; the others stand together behind “More”."""
CHOICES_SHOWN = 60  # of a filter; the rest is reached by words
MOST_OF_ONE = (1, 2, 3, 5, 10)
HIGH = 40  # units of the histogram's drawing
LEAST_BAR = 2.0  # what is there is seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One of a select's choices."""

    value: str
    label: str
    selected: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A filter: its choices, those with most paintings first, and how many more there are."""

    name: str
    legend: str
    facets: tuple[Facet, ...] = ()
    more: int = 0

    @property
    def selected(self) -> int:
        return sum(facet.selected for facet in self.facets)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """Of a drawing that is as wide as there are bars, and HIGH units high."""

    x: int
    y: float
    height: float
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Years:
    """How the paintings are spread over the years from `first` to `last`, and which of these years are asked for."""

    first: int
    last: int
    low: int
    high: int
    step: int
    bars: tuple[Bar, ...]

    @property
    def width(self) -> int:
        return len(self.bars)

    @property
    def below(self) -> int:
        """Where the slider for the last year begins: its steps are the ends of the bins, as the other's are starts."""
        return self.first - 1


def groups(results: Results, names: Sequence[str]) -> tuple[Group, ...]:
    """These filters; those without anything to choose are empty."""
    return tuple(_group(name, results.facets.get(name, ())) for name in names)


def first_groups(results: Results) -> tuple[Group, ...]:
    return groups(results, FIRST)


def other_groups(results: Results) -> tuple[Group, ...]:
    return groups(results, [name for name in LEGENDS if name not in FIRST])


def years(results: Results) -> Years | None:
    """None for a collection without any date, or of one year alone."""
    bins = results.histogram
    if len(bins) < 2:
        return None
    asked = results.question.filters
    first, last = bins[0].first, bins[-1].last
    low = first if asked.first_year is None else asked.first_year
    high = last if asked.last_year is None else asked.last_year
    most = max(each.count for each in bins) or 1
    bars = []
    for place, each in enumerate(bins):
        height = max(LEAST_BAR, HIGH * each.count / most) if each.count else 0.0
        chosen = each.last >= low and each.first <= high
        bars.append(Bar(x=place, y=round(HIGH - height, 1), height=round(height, 1), chosen=chosen))
    return Years(first=first, last=last, low=low, high=high, step=bins[0].last - first + 1, bars=tuple(bars))


def sorts(question: Question) -> tuple[Option, ...]:
    """The orders that make sense: likeness only where there is something to be like, the best match only with words.

    The usual one has no value, so that it is another one as soon as there are words.
    """
    usual = question.replace(sort=None).order
    return tuple(
        Option(value="" if sort is usual else sort.value, label=str(label), selected=sort is question.order)
        for sort, label in SORTS.items()
        if question.can_be_in(sort)
    )


def most_of_one(question: Question) -> tuple[Option, ...]:
    """How many paintings of one artist are shown at most."""
    asked = question.per_artist
    numbers = sorted({*MOST_OF_ONE, *([asked] if asked else [])})
    limited = [
        Option(value=str(number), label=of_one_artist(number), selected=number == asked)
        for number in numbers
        if number <= PER_ARTIST_LIMIT
    ]
    return (Option(value="", label=_("as many as there are"), selected=asked is None), *limited)


def _group(name: str, facets: Sequence[Facet]) -> Group:
    first, rest = facets[:CHOICES_SHOWN], facets[CHOICES_SHOWN:]
    chosen = tuple(facet for facet in rest if facet.selected)
    return Group(name=name, legend=str(LEGENDS[name]), facets=(*first, *chosen), more=len(rest) - len(chosen))
