"""The question as it stands: each of its parts by name, with the address of the question without it."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gallery.sentences import unbroken
from gallery.years import span, year
from search.filters import Filters
from search.listing import listed, quoted
from search.query import Question
from search.similar import Results
from search.wall import likeness
from search.wall.addresses import address
from search.wall.colours import chosen
from search.wall.wording import AT_LEAST, LEGENDS, ONCE, in_a_sentence, of_one_artist
from vectorizer.encoder import Card


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """A part of the question. `colour` is what a swatch shows; `kind` says what it is to those who see no form."""

    label: str
    url: str
    kind: str = ""
    colour: str = ""


def of(question: Question, results: Results, card: Card) -> tuple[Chip, ...]:
    """All but the examples, which are shown as pictures, and the order and page, which have places of their own."""
    return (
        *_words(question),
        *_filters(question, results),
        *_colours(question),
        *_likeness(question, card),
        *_variety(question),
    )


def _words(question: Question) -> Iterator[Chip]:
    if question.words:
        label = question.words if '"' in question.words else quoted(question.words)
        yield Chip(label=label, url=address(question.without("q")), kind=_("Words"))


def _filters(question: Question, results: Results) -> Iterator[Chip]:
    for name, kind in LEGENDS.items():
        labels = {facet.value: facet.label for facet in results.facets.get(name, ())}
        for value in question.filters.values(name):
            yield Chip(label=labels.get(value, value), url=address(question.without(name, value)), kind=str(kind))
    if question.filters.has_years:
        yield Chip(label=years(question.filters), url=address(question.without("from").without("to")), kind=_("Years"))


def _colours(question: Question) -> Iterator[Chip]:
    swatches = chosen(question)
    for swatch in swatches:
        label = unbroken(f"{swatch.name} {swatch.percent} %") if len(swatches) > 1 else swatch.name
        yield Chip(label=label, url=swatch.without, kind=_("Colour"), colour=swatch.colour)


def _likeness(question: Question, card: Card) -> Iterator[Chip]:
    if labels := likeness.labels(question, card):
        label = _("by %(features)s") % {"features": listed(map(in_a_sentence, labels))}
        yield Chip(label=label, url=address(question.replace(weights=())), kind=_("Compared"))
    if question.nearness:
        label = str(AT_LEAST[question.nearness])
        yield Chip(label=label, url=address(question.replace(nearness=None)), kind=_("Nearness"))


def _variety(question: Question) -> Iterator[Chip]:
    if question.per_artist:
        label = of_one_artist(question.per_artist)
        yield Chip(label=label, url=address(question.replace(per_artist=None)), kind=_("Variety"))
    if question.once:
        yield Chip(label=str(ONCE), url=address(question.replace(once=False)), kind=_("Variety"))


def years(filters: Filters) -> str:
    """“1880–1910”, “from 1880”, “until 1910”, “1880”, “500–401 BC”."""
    first, last = filters.first_year, filters.last_year
    if first is not None and last is not None:
        return span(first, last)
    if first is not None:
        return _("from %(year)s") % {"year": year(first)}
    return _("until %(year)s") % {"year": year(last)} if last is not None else ""
