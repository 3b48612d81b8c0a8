"""What stands around the pictures on a page of results: the question in words, filters, orders and pages as links."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse

from search.filters import Filters
from search.parameters import Pairs
from search.photos import Recognised
from search.query import WEIGHT, Question, Sort
from search.regions import region
from search.similar import Facet, Results
from vectorizer.features import Feature

LEGENDS = {
    "style": "Style",
    "genre": "Genre",
    "artist": "Artist",
    "collection": "Collection",
    "medium": "Medium",
    "orientation": "Shape",
    "rights": "Rights",
}
FIELDS = LEGENDS | {
    "q": "Words",
    "from": "First year",
    "to": "Last year",
    "like": "Example",
    "unlike": "Example against",
    "unlike_photo": "Photo",
    "colour": "Colour",
    "nearness": "Nearness",
    "per_artist": "Of one artist",
    "once": "Near-duplicates",
    "sort": "Order",
    "page": "Page",
    "size": "Paintings a page",
}
SORTS = {
    Sort.RELEVANCE: "Best match",
    Sort.SIMILARITY: "Most alike",
    Sort.NEWEST: "Recently added",
    Sort.TITLE: "Title",
    Sort.ARTIST: "Artist",
    Sort.OLDEST: "Oldest first",
    Sort.LATEST: "Latest first",
}
KEPT = (
    *("like", "photo", "unlike", "unlike_photo", "colour"),
    *("nearness", "per_artist", "once", "size"),
)
CHOICES_SHOWN = 60  # of a filter; the rest is reached by words
PAGES_AROUND = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """`current` where it leads to what is already shown."""

    label: str
    url: str
    current: bool = False


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
    facets: tuple[Facet, ...]
    more: int

    @property
    def selected(self) -> int:
        return sum(facet.selected for facet in self.facets)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wall:
    """All of it, for the template. `previous` and `next` are None at the ends, `pages` has None for a gap."""

    groups: tuple[Group, ...]
    chips: tuple[Link, ...]
    sorts: tuple[Option, ...]
    ways: tuple[Link, ...]
    kept: Pairs
    pages: tuple[Link | None, ...]
    first: Link
    previous: Link | None
    next: Link | None
    everything: str
    """The address of the question without words and filters."""
    outline: str
    """The painting in the photo, as the points of a polygon in a square of 1 × 1; "" where it is all of the photo."""


def around(question: Question, results: Results, features: Sequence[Feature]) -> Wall:
    """Everything that stands around these results."""
    return Wall(
        groups=groups(results),
        chips=chips(question, results),
        sorts=sorts(question),
        ways=ways(question, features),
        kept=kept(question),
        pages=pages(question, results),
        first=page_link(question, 1),
        previous=page_link(question, question.page - 1) if question.page > 1 else None,
        next=page_link(question, question.page + 1) if question.page < results.pages else None,
        everything=address(question.replace(words="", filters=Filters())),
        outline=outline(results.recognised),
    )


def address(question: Question) -> str:
    """Where a question is answered: with examples on the search page, without on the first page."""
    path = reverse("search" if question.has_examples else "home")
    parameters = question.to_params()
    return f"{path}?{parameters}" if parameters else path


def photo_address(question: Question) -> str:
    """Where a photo is sent to: what narrows the question down stays in force, its examples don't."""
    parameters = Question(words=question.words, filters=question.filters, weights=question.weights).to_params()
    return reverse("search") + (f"?{parameters}" if parameters else "")


def groups(results: Results) -> tuple[Group, ...]:
    """The filters that have something to choose."""
    return tuple(_group(name, results.facets[name]) for name in LEGENDS if results.facets.get(name))


def chips(question: Question, results: Results) -> tuple[Link, ...]:
    """The parts of the question, each with the address of the question without it."""
    return tuple(_chips(question, results))


def sorts(question: Question) -> tuple[Option, ...]:
    """The orders that make sense: likeness only where there is something to be like, the best match only with words.

    The usual one has no value, so that it is another one as soon as there are words.
    """
    usual = question.replace(sort=None).order
    return tuple(
        Option(value="" if sort is usual else sort.value, label=label, selected=sort is question.order)
        for sort, label in SORTS.items()
        if question.can_be_in(sort)
    )


def ways(question: Question, features: Sequence[Feature]) -> tuple[Link, ...]:
    """What to compare by: one feature, or all of them equally; none where there is no choice or no example."""
    if len(features) < 2 or not question.has_examples:
        return ()
    usual = features[0].name
    chosen = {name for name, _ in question.weights} or {usual}
    single = [(feature.label, {feature.name}) for feature in features]
    return tuple(
        Link(
            label=label,
            url=address(question.replace(weights=() if names == {usual} else tuple((n, 1.0) for n in sorted(names)))),
            current=names == chosen,
        )
        for label, names in [*single, ("All together", {feature.name for feature in features})]
    )


def outline(recognised: Recognised | None) -> str:
    """Where the recognised painting lies in the photo, for SVG."""
    part = region(recognised.quad) if recognised else None
    return "" if part is None else " ".join(f"{x:.4f},{y:.4f}" for x, y in part)


def named(field: str) -> str:
    """A parameter's name as a person reads it; "" where only the sentence is of use."""
    return "Weight" if field.startswith(WEIGHT) else FIELDS.get(field, "")


def pages(question: Question, results: Results) -> tuple[Link | None, ...]:
    """Links to the first, the last and the neighbouring pages; None is a gap."""
    near = range(question.page - PAGES_AROUND, question.page + PAGES_AROUND + 1)
    shown = [n for n in range(1, results.pages + 1) if n in near or n in (1, results.pages)]
    links: list[Link | None] = []
    for before, number in zip([0, *shown], shown, strict=False):
        if number > before + 1:
            links.append(None)
        links.append(page_link(question, number))
    return tuple(links)


def page_link(question: Question, number: int) -> Link:
    return Link(label=str(number), url=address(question.replace(page=number)), current=number == question.page)


def kept(question: Question) -> Pairs:
    """The parts of the question that the form doesn't show, as fields that keep them."""
    return [(name, value) for name, value in question.pairs() if name in KEPT or name.startswith(WEIGHT)]


def _group(name: str, facets: Sequence[Facet]) -> Group:
    first, rest = facets[:CHOICES_SHOWN], facets[CHOICES_SHOWN:]
    chosen = tuple(facet for facet in rest if facet.selected)
    return Group(name=name, legend=LEGENDS[name], facets=(*first, *chosen), more=len(rest) - len(chosen))


def _chips(question: Question, results: Results) -> Iterator[Link]:
    if question.words:
        yield Link(label=f"“{question.words}”", url=address(question.without("q")))
    for name in LEGENDS:
        labels = {facet.value: facet.label for facet in results.facets.get(name, ())}
        for value in question.filters.values(name):
            yield Link(label=labels.get(value, value), url=address(question.without(name, value)))
    if question.filters.has_years:
        yield Link(label=_years(question.filters), url=address(question.without("from").without("to")))


def _years(filters: Filters) -> str:
    first, last = filters.first_year, filters.last_year
    if first is None:
        return f"until {last}"
    if last is None:
        return f"from {first}"
    return str(first) if first == last else f"{first}–{last}"
