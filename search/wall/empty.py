"""The way on from an empty wall: which conditions to take back, and where there is something to see."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from search import indexes
from search.indexes.base import Query
from search.query import Question, Sort
from search.wall.addresses import Link, address
from search.wall.chips import years
from search.wall.wording import WITHOUT
from search.words import Words, parse
from vectorizer.models import EncoderModel

TRIED = ("style", "artist", "genre")
TRIED_OF_EACH = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Without a condition there are so many paintings; `label` says without which."""

    label: str
    count: int
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Empty:
    """`ways`: single conditions that stand in the way. `nearness`: how near is near enough does. `tried`: what there is
    most of in the whole collection.
    """

    ways: tuple[Way, ...]
    nearness: str
    tried: tuple[Link, ...]


def of(question: Question, model: EncoderModel) -> Empty:
    """One question to the index a kind of condition, nine at most, and one for the whole collection."""
    found = [(label, _count(rest, model), rest) for label, rest in _weakened(question)]
    return Empty(
        ways=tuple(Way(label=label, count=count, url=address(rest)) for label, count, rest in found if count),
        nearness=address(question.replace(nearness=None)) if question.nearness else "",
        tried=tuple(_tried(model)),
    )


def _weakened(question: Question) -> Iterator[tuple[str, Question]]:
    """The question without each of its conditions, if it has others."""
    if question.words:
        yield _("Without “%(words)s”") % {"words": question.words}, question.without("q")
    for name, label in WITHOUT.items():
        if question.filters.values(name):
            yield str(label), question.without(name)
    if question.filters.has_years:
        label = _("Without the years %(years)s") % {"years": years(question.filters)}
        yield label, question.without("from").without("to")


def _count(question: Question, model: EncoderModel) -> int:
    """How many paintings match its words and filters, whatever they look like."""
    ranked = question.has_examples and question.order is Sort.RELEVANCE
    excluded = frozenset(example.painting for example in question.examples if example.painting is not None)
    query = Query(
        model=model,
        words=Words() if ranked else parse(question.words),
        filters=question.filters,
        excluded=excluded,
        stop=1,
    )
    return indexes.index().find(query).total


def _tried(model: EncoderModel) -> Iterator[Link]:
    facets = indexes.index().find(Query(model=model, stop=1, facets=True)).facets
    for name in TRIED:
        for count in facets.get(name, ())[:TRIED_OF_EACH]:
            yield Link(label=count.label, url=address(Question.from_params({name: count.value})))
