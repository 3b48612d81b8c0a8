"""The nearest paintings, about or exactly."""

from collections.abc import Iterable, Sequence
from heapq import nsmallest
from typing import Protocol

import numpy as np
from django.conf import settings

from search.indexes import measuring
from search.indexes.arrays import Longs
from search.indexes.base import Hit, IndexUnavailable, Query, Target
from search.indexes.elasticsearch import queries, threshold
from search.indexes.elasticsearch.asking import Answer, ask, ids_of, scores_of
from search.indexes.elasticsearch.client import REMEDY, answering, client
from search.indexes.elasticsearch.generations import read_alias
from search.indexes.elasticsearch.ordering import in_steps
from search.indexes.elasticsearch.rescoring import measured
from search.indexes.elasticsearch.threshold import Ranking
from search.indexes.elasticsearch.wording import Body

# How many candidates a feature are measured for results up to where. Each costs a look into the database: few for the
# first page, where nearly everybody stops; beyond all of these, half as many again as are wanted.
STEPS = ((60, 150), (240, 500), (1000, 1500))
LEAST_CANDIDATES, GROWTH = 200, 5  # where a list is continued until its order is proven


class Search(Protocol):
    """One way to the hits of a query."""

    @property
    def bodies(self) -> Sequence[Body]:
        """What has to be asked, together with what else is."""

    def hits(self, answers: Sequence[Answer]) -> Sequence[Hit]:
        """The hits, from the answers to `bodies`; it may ask more."""


def nearest(query: Query, target: Target) -> Search:
    """The way that the settings name: about, unless they say how it shall be exact."""
    return Exactly(query, target) if settings.INDEX_EXACT else About(query, target)


class About:
    """Candidates by the vectors' graph, measured exactly: some may be missed, and none is misplaced.

    Further pages come from more candidates, of which only those count that are behind the pages before: so no painting
    stands on two pages, and no page changes with the next, whatever fewer candidates have missed.
    """

    def __init__(self, query: Query, target: Target) -> None:
        self._query, self._target = query, target
        beyond = (query.stop, min(query.stop * 3 // 2, queries.WINDOW))
        passed = sum(stop < query.stop for stop, _ in STEPS)
        self._steps = (*STEPS, beyond)[: passed + 1]

    @property
    def bodies(self) -> Sequence[Body]:
        return [queries.near(self._query, self._target, candidates) for _, candidates in self._steps]

    def hits(self, answers: Sequence[Answer]) -> Sequence[Hit]:
        query = self._query
        candidates = [ids_of(answer) for answer in answers]
        found = {hit.id: hit for hit in measured(np.unique(np.concatenate(candidates)), self._target, query.model)}
        nearest: list[Hit] = []
        for (stop, _), ids in zip(self._steps, candidates, strict=True):
            new = [found[id_] for id_ in ids.tolist() if id_ in found]
            if nearest:
                last = measuring.order(nearest[-1])
                new = [hit for hit in new if measuring.order(hit) > last]
            nearest += _nearest(new, stop - len(nearest))
        return nearest[query.start : query.stop]


class Exactly:
    """By `flat` vectors, a list a feature, or by a script, one list for all: continued until the order is proven.

    Where that takes longer lists than Elasticsearch gives, all that match are measured.
    """

    def __init__(self, query: Query, target: Target) -> None:
        self._query, self._target = query, target
        self._by_script = settings.INDEX_EXACT == "script"
        self._limit = min(max(LEAST_CANDIDATES, 2 * query.stop), queries.WINDOW)
        self._found: dict[int, Hit] = {}
        self._asked: set[int] = set()

    @property
    def bodies(self) -> Sequence[Body]:
        query, target, limit = self._query, self._target, self._limit
        if self._by_script:
            return [queries.scored(query, target, limit)]
        return [queries.near_by(query, target, feature, limit) for feature in target.weights]

    def hits(self, answers: Sequence[Answer]) -> Sequence[Hit]:
        query = self._query
        if not self._by_script:
            _check_that_it_is_flat(query)
        while True:
            rankings = self._rankings(answers)
            self._measure(np.concatenate([ranking.ids for ranking in rankings]))
            nearest = _nearest(self._found.values(), query.stop)
            if threshold.proves(rankings, nearest, query.stop):
                return nearest[query.start :]
            if self._limit == queries.WINDOW:
                return self._of_all()[query.start :]
            self._limit = min(GROWTH * self._limit, queries.WINDOW)
            answers = ask(query.model, self.bodies)

    def _rankings(self, answers: Sequence[Answer]) -> list[Ranking]:
        weights, card = self._target.weights, self._query.model.card
        slacks = [threshold.slack(card.feature(name).dimensions) for name in weights]
        total = sum(weights.values())
        shares = [1.0] if self._by_script else [weight / total for weight in weights.values()]
        rankings = []
        for answer, share, slack in zip(answers, shares, [max(slacks)] if self._by_script else slacks, strict=True):
            ids, scores = ids_of(answer), scores_of(answer)
            squares = (1 / scores - 1) ** 2 if self._by_script else 1 / scores - 1
            rankings.append(Ranking(ids=ids, squares=squares, share=share, slack=slack, whole=len(ids) < self._limit))
        return rankings

    def _measure(self, ids: Longs) -> None:
        new = np.array(sorted(set(ids.tolist()) - self._asked), np.int64)
        self._asked.update(new.tolist())
        self._found |= {hit.id: hit for hit in measured(new, self._target, self._query.model)}

    def _of_all(self) -> list[Hit]:
        steps = in_steps(self._query)
        measures = (hit for ids in steps for hit in measured(ids, self._target, self._query.model))
        return nsmallest(self._query.stop, measures, key=measuring.order)


def _nearest(hits: Iterable[Hit], stop: int) -> list[Hit]:
    return measuring.nearest_first(hits)[:stop]


def _check_that_it_is_flat(query: Query) -> None:
    """Raises IndexUnavailable where the index was made for another way of searching: it would not be exact."""
    with answering():
        answer = client().indices.get_mapping(index=read_alias(query.model.name)).body
    for name, made in answer.items():
        if (kind := made["mappings"].get("_meta", {}).get("vectors")) != queries.FLAT:
            raise IndexUnavailable(
                f"PENDANT_INDEX_EXACT is “flat”, and {name} was made for {kind}, which is not exact. {REMEDY}"
            )
