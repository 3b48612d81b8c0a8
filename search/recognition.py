"""Which painting a visitor's photo shows: candidates by the copy vector, then the same points in the same places.

Pure: what encodes, what knows the neighbours and what holds the keypoints are given by the caller, so that pages, the
API and the evaluation do the very same.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.matching import NO_MATCH, Verdict, compare, glance
from vectorizer.keypoints import Keypoints, describe_photo
from vectorizer.quadrilaterals import Quad, find_quadrilaterals, rectify

Picture = NDArray[np.uint8]
Encode = Callable[[Sequence[Picture]], NDArray[np.float32]]
"""Pictures → their copy vectors (n, dimensions)."""
Shortlist = Callable[[NDArray[np.float32], int], Sequence[tuple[int, float]]]
"""A copy vector and a limit → that many (id, distance), the nearest first."""
KeypointsOf = Callable[[Sequence[int]], Mapping[int, Keypoints]]
"""Ids → keypoints, without those that have none (yet)."""

CANDIDATES = 40
CENTRES = (0.8, 0.6)
"""Shares of the photo's sides: where no outline is found, the painting is mostly in the middle."""
QUADRILATERALS = 3

SURE = 20
"""Inliers at which nothing more is looked at: false ones have never had as many as 12."""
HINT = 8
"""Inliers that prove nothing but put a painting before those that only look alike."""
LOOKED_AT_CLOSELY = 6
GLANCE_HINT = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """`ranking`: all candidates, the likeliest first: by inliers, where there are any to speak of, then by distance.

    `best` is the painting that the photo surely shows, None where that can't be said; `inliers` and `quad` (where in
    the photo it lies) belong to it.
    """

    ranking: tuple[int, ...]
    best: int | None
    inliers: int
    quad: Quad | None


def recognise(
    photo: Picture, encode: Encode, shortlist: Shortlist, keypoints_of: KeypointsOf, *, limit: int = CANDIDATES
) -> Recognition:
    """Which painting the photo (height, width, 3) shows, and which it might show. Deterministic if the callables are.

    Looks at the whole photo first, and only where that is not enough at the pictures that may be in it.
    """
    points = describe_photo(photo)
    distances: dict[int, float] = {}
    verdicts: dict[int, Verdict] = {}
    for crops in _query_groups(photo):
        _nearer(distances, encode(crops), shortlist, limit)
        candidates = sorted(distances, key=lambda found: (distances[found], found))[:limit]
        unseen = [candidate for candidate in candidates if candidate not in verdicts]
        _check(points, keypoints_of(unseen), unseen, verdicts)
        if any(verdict.inliers >= SURE for verdict in verdicts.values()):
            break
    return _recognition(distances, verdicts)


def query_pictures(photo: Picture) -> list[Picture]:
    """All that may be encoded to find a photo's painting: the photo, what lies in its quadrilaterals, its middle."""
    return [picture for group in _query_groups(photo) for picture in group]


def _query_groups(photo: Picture) -> Iterator[list[Picture]]:
    """In the order in which they are worth their milliseconds."""
    yield [photo]
    quads = find_quadrilaterals(photo, most=QUADRILATERALS)
    yield [*(rectify(photo, quad) for quad in quads), *(_centre(photo, share) for share in CENTRES)]


def _centre(photo: Picture, share: float) -> Picture:
    height, width = photo.shape[:2]
    top, left = round(height * (1 - share) / 2), round(width * (1 - share) / 2)
    return photo[top : height - top, left : width - left]


def _nearer(distances: dict[int, float], vectors: NDArray[np.float32], shortlist: Shortlist, limit: int) -> None:
    """Each painting's distance is that of the query picture nearest to it."""
    for vector in vectors:
        for found, distance in shortlist(vector, limit):
            distances[found] = min(distance, distances.get(found, np.inf))


def _check(
    photo: Keypoints, keypoints: Mapping[int, Keypoints], candidates: Sequence[int], verdicts: dict[int, Verdict]
) -> None:
    """Add the candidates' verdicts: a glance at each, a close look at those where it shows something.

    Ends with the first that is sure, since the candidates are in order and nearly always that is the one.
    """
    glances: dict[int, int] = {}
    for candidate in candidates:
        verdicts[candidate] = NO_MATCH
        if candidate in keypoints:
            glances[candidate] = glance(photo, keypoints[candidate])
            if glances[candidate] >= SURE:
                break
    promising = sorted(glances, key=lambda found: -glances[found])[:LOOKED_AT_CLOSELY]
    for candidate in promising:
        if glances[candidate] >= GLANCE_HINT:
            verdicts[candidate] = compare(photo, keypoints[candidate])
            if verdicts[candidate].inliers >= SURE:
                return


def _recognition(distances: Mapping[int, float], verdicts: Mapping[int, Verdict]) -> Recognition:
    def order(found: int) -> tuple[int, float, int]:
        inliers = verdicts.get(found, NO_MATCH).inliers
        return -inliers if inliers >= HINT else 0, distances[found], found

    ranking = tuple(sorted(distances, key=order))
    first = verdicts.get(ranking[0], NO_MATCH) if ranking else NO_MATCH
    if not first.same:
        return Recognition(ranking=ranking, best=None, inliers=0, quad=None)
    return Recognition(ranking=ranking, best=ranking[0], inliers=first.inliers, quad=first.quad)
