"""Which painting a visitor's photo shows: candidates by the copy vector, then the same points in the same places.

Pure: what encodes, what knows the neighbours and what holds the keypoints are given by the caller, so that pages, the
API and the evaluation do the very same.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from search.matching import NO_MATCH, NONE_ALIKE, Alike, Verdict, alike, judge
from vectorizer.keypoints import Keypoints, describe, describe_photo
from vectorizer.quadrilaterals import Quad, find_quadrilaterals, rectify, to_photo

Picture = NDArray[np.uint8]
Encode = Callable[[Sequence[Picture]], NDArray[np.float32]]
"""Pictures → their copy vectors (n, dimensions)."""
Shortlist = Callable[[NDArray[np.float32], int], Sequence[tuple[int, float]]]
"""A copy vector and a limit → at most that many (id, distance), the nearest first."""
KeypointsOf = Callable[[Sequence[int]], Mapping[int, Keypoints]]
"""Ids → keypoints, without those that have none (yet)."""

FIRST_CANDIDATES = 10
"""Of the whole photo: enough where it shows little else than the painting."""
CANDIDATES = 24

MIDDLE = 0.6
"""Share of the photo's sides: where no outline is found, the painting is mostly in the middle. A second, larger middle
puts as many wrong candidates forward as right ones."""
QUADRILATERALS = 3
MOST_IN_QUADRILATERAL, SIDE_OF_QUADRILATERAL = 300, 480  # keypoints; pixels
MOST_OF_WHOLE = 700
"""Keypoints of the whole photo, the strongest: more of them find no more, and comparing takes most of the time."""

SURE = 20
"""Inliers at which nothing more is looked at: false ones have never had as many as 12."""
HINT = 8
"""Inliers that prove nothing but put a painting before those that only look alike."""


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


def recognise(photo: Picture, encode: Encode, shortlist: Shortlist, keypoints_of: KeypointsOf) -> Recognition:
    """Which painting the photo (height, width, 3) shows, and which it might show. Deterministic if the callables are.

    First asks with the whole photo; where no candidate is surely in it, with the pictures that may hang in it, too.
    """
    search = _Search(encode, shortlist, keypoints_of)
    points = _strongest(describe_photo(photo))
    search.ask([photo])
    search.check(points, FIRST_CANDIDATES)
    if not search.is_sure:
        quads = find_quadrilaterals(photo, most=QUADRILATERALS)
        inside = [rectify(photo, quad) for quad in quads]
        search.ask([*inside, _middle(photo)])
        search.check(_with_points_inside(points, quads, inside), CANDIDATES)
    return search.recognition()


class _Search:
    """What is known so far of the paintings that one photo may show."""

    def __init__(self, encode: Encode, shortlist: Shortlist, keypoints_of: KeypointsOf) -> None:
        self._encode, self._shortlist, self._keypoints_of = encode, shortlist, keypoints_of
        self._distances: dict[int, float] = {}  # of the query picture that is nearest to it
        self._keypoints: dict[int, Keypoints] = {}
        self._alike: dict[int, Alike] = {}
        self._verdicts: dict[int, Verdict] = {}

    @property
    def is_sure(self) -> bool:
        return any(verdict.same and verdict.inliers >= SURE for verdict in self._verdicts.values())

    def ask(self, pictures: Sequence[Picture]) -> None:
        """Add the paintings near to these."""
        for vector in self._encode(pictures):
            for found, distance in self._shortlist(vector, CANDIDATES):
                self._distances[found] = min(distance, self._distances.get(found, np.inf))

    def check(self, photo: Keypoints, most: int) -> None:
        """Compare the photo's points with the nearest candidates', in that order, until one is surely in it.

        Asked again, the photo has the same points and more after them: only those are new to a candidate of before.
        """
        nearest = sorted(self._distances, key=lambda found: (self._distances[found], found))[:most]
        self._keypoints |= self._keypoints_of([found for found in nearest if found not in self._keypoints])
        for candidate in nearest:
            if candidate in self._keypoints:
                self._compare(photo, candidate)
                if self.is_sure:
                    return

    def recognition(self) -> Recognition:
        ranking = tuple(sorted(self._distances, key=self._order))
        first = self._verdict(ranking[0]) if ranking else NO_MATCH
        if not first.same:
            return Recognition(ranking=ranking, best=None, inliers=0, quad=None)
        return Recognition(ranking=ranking, best=ranking[0], inliers=first.inliers, quad=first.quad)

    def _compare(self, photo: Keypoints, candidate: int) -> None:
        painting = self._keypoints[candidate]
        self._alike[candidate] = alike(photo, painting, self._alike.get(candidate, NONE_ALIKE))
        verdict = judge(photo, painting, self._alike[candidate])
        self._verdicts[candidate] = max(self._verdict(candidate), verdict, key=_weight)

    def _verdict(self, candidate: int) -> Verdict:
        return self._verdicts.get(candidate, NO_MATCH)

    def _order(self, candidate: int) -> tuple[bool, int, float, int]:
        verdict = self._verdict(candidate)
        inliers = verdict.inliers if verdict.inliers >= HINT else 0
        return not verdict.same, -inliers, self._distances[candidate], candidate


def _weight(verdict: Verdict) -> tuple[bool, int]:
    return verdict.same, verdict.inliers


def _middle(photo: Picture) -> Picture:
    height, width = photo.shape[:2]
    top, left = int(height * (1 - MIDDLE) / 2), int(width * (1 - MIDDLE) / 2)
    return photo[top : height - top, left : width - left]


def _strongest(photo: Keypoints) -> Keypoints:
    return replace(photo, points=photo.points[:MOST_OF_WHOLE], descriptors=photo.descriptors[:MOST_OF_WHOLE])


def _with_points_inside(photo: Keypoints, quads: Sequence[Quad], pictures: Sequence[Picture]) -> Keypoints:
    """The photo's keypoints, then those of the pictures in its quadrilaterals, where they lie in the photo.

    A patterned wall can take nearly all of a photo's keypoints; seen straight on, a painting has more that match.
    """
    inside = [describe(picture, most=MOST_IN_QUADRILATERAL, side=SIDE_OF_QUADRILATERAL) for picture in pictures]
    places = [to_photo(found.points, quad) for found, quad in zip(inside, quads, strict=True)]
    return replace(
        photo,
        points=np.concatenate([photo.points, *places]),
        descriptors=np.concatenate([photo.descriptors, *(found.descriptors for found in inside)]),
    )
