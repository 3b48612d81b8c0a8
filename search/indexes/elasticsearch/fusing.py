"""Likeness and words as one ranking: the nearest of all, and the nearest of each tier of those that match the words."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from django.conf import settings

from search.indexes import fusing, measuring
from search.indexes.base import Hit, Query, Target
from search.indexes.elasticsearch import queries
from search.indexes.elasticsearch.asking import Answer, ask
from search.indexes.elasticsearch.likeness import STEPS, Search, nearest
from search.indexes.elasticsearch.ordering import Sorted
from search.indexes.elasticsearch.wording import Body
from search.query import Sort
from search.words import Tier

MEASURED = STEPS[-1][1]  # of a tier with no more paintings, all are


class Fused:
    """A page of the fused ranking."""

    def __init__(self, query: Query, target: Target) -> None:
        self._query, self._target = query, target
        self._depth: int = settings.SEARCH_DEPTH
        self._nearest = nearest(replace(query.counted, start=0, stop=self._depth), target)

    @property
    def bodies(self) -> Sequence[Body]:
        return [queries.tiers(self._query), *self._nearest.bodies]

    def hits(self, answers: Sequence[Answer]) -> Sequence[Hit]:
        alike = self._nearest.hits(answers[1:])
        worded = fusing.in_turn(self._by_tier(_counts(answers[0])), self._depth)
        return fusing.fused(alike, worded)[self._query.start : self._query.stop]

    @staticmethod
    def worded(answers: Sequence[Answer]) -> int:
        """How many match the words, from the answers to `bodies`."""
        return sum(_counts(answers[0]).values())

    def _by_tier(self, counts: dict[Tier, int]) -> Iterator[Sequence[Hit]]:
        for tier, count in counts.items():
            if count:
                yield self._of_tier(tier, count)

    def _of_tier(self, tier: Tier, count: int) -> Sequence[Hit]:
        """Its paintings, the nearest first: measured one by one where they are few."""
        query = replace(self._query, tiers=frozenset({tier}), start=0, stop=self._depth)
        search: Search = nearest(query, self._target)
        if count <= MEASURED:
            search = Sorted(replace(query, order=Sort.NEWEST, stop=count))
        found = search.hits(ask(query.model, search.bodies))
        return measuring.nearest_first(found)


def _counts(answer: Answer) -> dict[Tier, int]:
    buckets = answer["aggregations"]["tiers"]["buckets"]
    return {tier: int(buckets[tier.name]["doc_count"]) for tier in Tier}
