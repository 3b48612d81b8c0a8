"""A painting's companions: what is like it by each feature, and what several features agree on."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gallery.models import Painting
from search import similar
from search.indexes import fusing
from search.indexes.base import Hit
from search.nearness import Nearness
from search.similar import Match, Ranking
from vectorizer.features import Feature

SHOWN = 12
"""Of each feature."""
FEWEST, MOST = 12, 100
"""The nearest by a feature that count where another agrees: between so many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """A painting that is near by more than one feature: by these, in the model's order."""

    painting: Painting
    features: tuple[Feature, ...]

    @property
    def match(self) -> Match:
        """For a tile. It has no similarity: the features' can't be compared with each other's."""
        return Match(painting=self.painting)


@dataclass(frozen=True, slots=True, kw_only=True)
class Companions:
    """`by_feature`: the nearest by each likeness of the model. `agreed` is empty where no two of them agree."""

    by_feature: tuple[tuple[Feature, tuple[Match, ...]], ...]
    agreed: tuple[Agreed, ...]

    def __bool__(self) -> bool:
        return any(matches for _, matches in self.by_feature)


def of(painting: Painting, *, limit: int = SHOWN) -> Companions:
    """The public paintings most like this one, without itself; none while it has no vectors.

    It may be a draft: whether the caller may see it is for the caller to know. One question to the index a feature, and
    one for all paintings that are shown.
    """
    rankings = similar.by_each_feature(painting, limit=max(limit, MOST))
    agreed = _agreed(rankings)[:limit]
    nearest = [ranking.hits[:limit] for ranking in rankings]
    shown = [hit for hits in nearest for hit in hits] + [hit for hit, _ in agreed]
    found = similar.paintings_of(shown, Painting.objects.public())
    return Companions(
        by_feature=tuple(
            (ranking.feature, similar.shown(hits, found, ranking.judge))
            for ranking, hits in zip(rankings, nearest, strict=True)
        ),
        agreed=tuple(Agreed(painting=found[hit.id], features=features) for hit, features in agreed if hit.id in found),
    )


def among(total: int) -> int:
    """How many of the nearest by a feature count where another agrees: half the root of how many paintings there are.

    Of n paintings, n · (N/n)² = N²/n are among the N nearest by two features that have nothing to do with each other.
    With N = √n / 2 that is a quarter of a painting, whatever n is.
    """
    return min(MOST, max(FEWEST, round(math.sqrt(total) / 2)))


def _agreed(rankings: Sequence[Ranking]) -> list[tuple[Hit, tuple[Feature, ...]]]:
    """What is near by at least two features, and by which: by most of them first, then by the fusion of its ranks."""
    near = [list(_near(ranking)) for ranking in rankings]
    scores = fusing.scores([hit.id for hit in hits] for hits in near)
    features: dict[int, list[Feature]] = {}
    for ranking, hits in zip(rankings, near, strict=True):
        for hit in hits:
            features.setdefault(hit.id, []).append(ranking.feature)
    hits_by_id = {hit.id: hit for hits in near for hit in hits}
    several = [id_ for id_ in features if len(features[id_]) > 1]
    several.sort(key=lambda id_: (-len(features[id_]), -scores[id_], id_))
    return [(hits_by_id[id_], tuple(features[id_])) for id_ in several]


def _near(ranking: Ranking) -> Iterator[Hit]:
    """Those of the nearest that are not distant, as far as that is known of the feature."""
    nearest = ranking.hits[: among(ranking.total)]
    return (hit for hit in nearest if ranking.judge(hit) is not Nearness.DISTANT)
