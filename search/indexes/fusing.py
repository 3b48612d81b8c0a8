"""Two rankings made one by their ranks alone, since likeness and words have no common measure."""

from collections.abc import Iterable, Sequence

from search.indexes import measuring
from search.indexes.base import Hit

#: How little the very first ranks differ. The value of G. V. Cormack, C. L. A. Clarke, S. Büttcher: Reciprocal rank
#: fusion outperforms Condorcet and individual rank learning methods (SIGIR 2009).
K = 60


def fused(*rankings: Sequence[Hit]) -> list[Hit]:
    """All hits of these rankings by falling Σ 1 / (K + rank), ranks from 1; equals by similarity, then by id.

    A hit that several rankings have is the same in each.
    """
    hits = {hit.id: hit for ranking in rankings for hit in ranking}
    found = scores([hit.id for hit in ranking] for ranking in rankings)
    return sorted(hits.values(), key=lambda hit: (-found[hit.id], *measuring.order(hit)))


def scores(rankings: Iterable[Sequence[int]]) -> dict[int, float]:
    """Of each id in these rankings Σ 1 / (K + rank), ranks from 1."""
    found: dict[int, float] = {}
    for ranking in rankings:
        for rank, id_ in enumerate(ranking, 1):
            found[id_] = found.get(id_, 0.0) + 1 / (K + rank)
    return found


def in_turn(rankings: Iterable[Sequence[Hit]], depth: int) -> list[Hit]:
    """One ranking after the other, until there are `depth` hits; rankings that are not needed are not made."""
    found: list[Hit] = []
    for ranking in rankings:
        found += ranking[: depth - len(found)]
        if len(found) >= depth:
            break
    return found
