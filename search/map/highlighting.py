"""Which paintings of the map a question is about: they are bright, and all others dim."""

from dataclasses import dataclass

from search import indexes, shaping, similar
from search.details import Permit, free
from search.indexes.base import Query
from search.nearness import Nearness
from search.query import PAGE_SIZE, PAGE_SIZE_LIMIT, Question
from search.similar import Results
from search.words import parse
from vectorizer.models import EncoderModel

MOST = 10_000
"""Bright paintings. Of what words and filters find; of look-alikes, as many as a page can have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlighted:
    """`ids` are bright, ascending; `results` is the answer that the page can tell of, with its facets."""

    ids: tuple[int, ...]
    results: Results

    @property
    def is_cut(self) -> bool:
        """Whether there are more than are bright."""
        return len(self.ids) < self.results.total


def highlighted(question: Question, *, permit: Permit = free) -> Highlighted:
    """What words and filters find; with something to be like, those of the nearest that are not distant.

    Where there are none, or nobody knows how near is near, it is the first page. The examples themselves are bright,
    too. Raises as `similar.answer` does.
    """
    asked = question.replace(page_size=PAGE_SIZE_LIMIT)
    results = similar.answer(asked, facets=True, permit=permit)
    if question.has_examples:
        near = [match for match in results.matches if match.nearness not in (None, Nearness.DISTANT)]
        found = [match.painting.pk for match in near or results.matches[:PAGE_SIZE]]
    elif shaping.is_needed(question):
        found = [match.painting.pk for match in results.matches]
    else:
        found = _all(question)
    return Highlighted(ids=tuple(sorted({*found, *question.paintings})), results=results)


def _all(question: Question) -> list[int]:
    query = Query(
        model=EncoderModel.current(),
        words=parse(question.words),
        filters=question.filters,
        order=question.order,
        stop=MOST,
    )
    return [hit.id for hit in indexes.index().find(query).hits]
