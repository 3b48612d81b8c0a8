"""Paintings in the orders that need no vectors, to any depth."""

from collections.abc import Iterator, Sequence

import numpy as np

from search.indexes.arrays import Longs
from search.indexes.base import Hit, Query
from search.indexes.elasticsearch import queries
from search.indexes.elasticsearch.asking import Answer, ask, ids_of, last_sort_of
from search.indexes.elasticsearch.queries import WINDOW
from search.indexes.elasticsearch.rescoring import measured
from search.indexes.elasticsearch.wording import Body


class Sorted:
    """A page of them. One that lies deeper than Elasticsearch can jump is walked to, 10,000 paintings a step."""

    def __init__(self, query: Query) -> None:
        self._query = query

    @property
    def bodies(self) -> Sequence[Body]:
        query = self._query
        return [queries.sorted_by(query, query.start, query.stop)] if query.stop <= WINDOW else []

    def hits(self, answers: Sequence[Answer]) -> Sequence[Hit]:
        query = self._query
        ids = ids_of(answers[0]) if answers else self._deep()
        if query.target is not None:
            return measured(ids, query.target, query.model)
        return [Hit(id=id_) for id_ in ids.tolist()]

    def _deep(self) -> Longs:
        query, passed = self._query, 0
        page: list[Longs] = []
        for ids in in_steps(query):
            page.append(ids[max(0, query.start - passed) : query.stop - passed])
            passed += len(ids)
            if passed >= query.stop:
                break
        return np.concatenate([np.zeros(0, np.int64), *page])


def in_steps(query: Query) -> Iterator[Longs]:
    """The ids of all that match, in the query's order, as many at once as a search may give."""
    after = None
    while True:
        (answer,) = ask(query.model, [queries.sorted_by(query, 0, WINDOW, after)])
        ids = ids_of(answer)
        yield ids
        if len(ids) < WINDOW:
            return
        after = last_sort_of(answer)
