"""The nearest paintings, about or exactly."""

from collections.abc import Sequence
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
from search.indexes.elasticsearch.queries import Body
from search.indexes.elasticsearch.rescoring import measured
from search.indexes.elasticsearch.threshold import Ranking

# Few candidates for the first pages, which nearly everybody stops at; many for the others.
FIRST_STOP, FIRST_CANDIDATES = 120, 300
ALL_CANDIDATES = 1500  # well above `settings.SEARCH_DEPTH`
LEAST_CANDIDATES, GROWTH = 200, 5  # where a list is continued until its order is proven


class Search(Protocol):
    """One way to the hits of a query."""

    @property
    def bodies(self) -> Sequence[Body]:
        """What has to be asked, together with what else is."""

    def hits(self, answers: Sequence[Answer]) -> Sequence[Hit]:
        """The hits, from the answers to `bodies`; it may ask more."""


class About:
    """Candidates by the vectors' graph, measured exactly: some may be missed, and none is misplaced.

    All pages up to `FIRST_STOP` come from one set of candidates. Later ones come from a larger one, in which only what
    is behind those pages counts: so no painting stands on two pages, whatever the smaller set has missed.
    """

    def __init__(self, query: Query, target: Target) -> None:
        self._query, self._target = query, target

    @property
    def bodies(self) -> Sequence[Body]:
        limits = (FIRST_CANDIDATES, ALL_CANDIDATES) if self._query.stop > FIRST_STOP else (FIRST_CANDIDATES,)
        return [queries.near(self._query, self._target, limit) for limit in limits]

    def hits(self, answers: Sequence[Answer]) -> Sequence[Hit]:
        query = self._query
        candidates = [ids_of(answer) for answer in answers]
        found = {hit.id: hit for hit in measured(np.unique(np.concatenate(candidates)), self._target, query.model)}
        first = _nearest([found[id_] for id_ in candidates[0].tolist() if id_ in found], FIRST_STOP)
        if query.stop <= FIRST_STOP or len(first) < FIRST_STOP:
            return first[query.start : query.stop]
        last = measuring.order(first[-1])
        behind = _nearest([hit for hit in found.values() if measuring.order(hit) > last], query.stop)
        return [*first, *behind][query.start : query.stop]


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


def _nearest(hits: object, stop: int) -> list[Hit]:
    return measuring.nearest_first(hits)[:stop]  # type: ignore[arg-type]


def _check_that_it_is_flat(query: Query) -> None:
    """Raises IndexUnavailable where the index was made for another way of searching: it would not be exact."""
    with answering():
        answer = client().indices.get_mapping(index=read_alias(query.model.name)).body
    for name, made in answer.items():
        if (kind := made["mappings"].get("_meta", {}).get("vectors")) != queries.FLAT:
            raise IndexUnavailable(
                f"PENDANT_INDEX_EXACT is “flat”, and {name} was made for {kind}, which is not exact. {REMEDY}"
            )
