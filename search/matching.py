"""Whether a photo shows a painting: the same points in the same arrangement, as only a flat picture has them."""

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from vectorizer.keypoints import Keypoints
from vectorizer.quadrilaterals import Quad, is_convex

RATIO = 0.85
"""A point's best match counts where its distance is less than this share of the second best's (Lowe 2004)."""

REPROJECTION = 4.0  # pixels that a match may lie off
ITERATIONS, CONFIDENCE = 1000, 0.999
LEAST_MATCHES = 5  # fewer agree on a homography by necessity: four points always do
LEAST_INLIERS = 12
"""This many matches in one arrangement: the same painting. Set by measurement (docs/model.md, "A visitor's photo")."""

LEAST_SPREAD, MANY_INLIERS = 0.3, 40
"""The matches must cover this share of what the painting's points in the photo cover, unless they are so many: two
portraits by one hand can agree in a face, and two title pages in a line."""
LEAST_SHOWN = 0.1
"""Of what the painting's points cover: less of it in a photo proves nothing."""

LEAST_AREA = 0.003  # of the photo
MOST_STRETCH = 3.0
"""How many times more one way than the other a painting seems stretched, at most: a view from 70° aside."""
MOST_TAPERED = 2.2
"""How many times longer the near edge of a painting may seem than the far one."""
MOST_COSINE = 0.7
"""Of a corner: no right angle seems sharper than 46° or blunter than 134°."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """`quad`: where in the photo the painting lies, from the painting's own top left; None without a plausible view."""

    inliers: int
    same: bool
    quad: Quad | None


NO_MATCH = Verdict(inliers=0, same=False, quad=None)


@dataclass(frozen=True, slots=True)
class Alike:
    """The two points of a painting that are most like each of a photo's first points, the likest first.

    `bits` (n, 2): in how many of 256 bits the descriptors differ; `places` (n, 2): which points of the painting.
    """

    bits: NDArray[np.int32]
    places: NDArray[np.int32]

    def __len__(self) -> int:
        return len(self.bits)


NONE_ALIKE = Alike(np.zeros((0, 2), np.int32), np.zeros((0, 2), np.int32))


def compare(photo: Keypoints, painting: Keypoints) -> Verdict:
    """Whether this photo shows this painting, from any side and under any light. Deterministic."""
    return judge(photo, painting, alike(photo, painting))


def alike(photo: Keypoints, painting: Keypoints, known: Alike = NONE_ALIKE) -> Alike:
    """What is alike in them, which takes nearly all the time of `compare`; `known` is that of the photo's first points.

    Nothing is like a painting of fewer than two points.
    """
    more = photo.descriptors[len(known) :]
    if len(painting) < 2 or not len(more):
        return known
    bits, places = cv2.batchDistance(more, painting.descriptors, cv2.CV_32S, normType=cv2.NORM_HAMMING, K=2)
    return Alike(np.concatenate([known.bits, bits]), np.concatenate([known.places, places]))


def judge(photo: Keypoints, painting: Keypoints, found: Alike) -> Verdict:
    """Whether the photo shows the painting by what is alike in them; that of all the photo's points."""
    pairs = _matches(found)
    if len(pairs) < LEAST_MATCHES:
        return NO_MATCH
    return _verdict(photo, painting, pairs)


def _matches(found: Alike) -> NDArray[np.intp]:
    """Pairs (n, 2) of a photo's point and the painting's that is clearly the nearest to it, the best first.

    A point of the painting has one partner: those of repeated patterns can't outvote the others.
    """
    good = np.flatnonzero(found.bits[:, 0] < RATIO * found.bits[:, 1])
    good = good[np.argsort(found.bits[good, 0], kind="stable")]
    nearest = found.places[good, 0]
    _, first = np.unique(nearest, return_index=True)
    kept = np.sort(first)
    return np.stack([good[kept], nearest[kept]], axis=1)


def _verdict(photo: Keypoints, painting: Keypoints, pairs: NDArray[np.intp]) -> Verdict:
    size, painting_size = ((keypoints.width, keypoints.height) for keypoints in (photo, painting))
    seen = (photo.points[pairs[:, 0]] * size).astype(np.float32)
    flat = (painting.points[pairs[:, 1]] * painting_size).astype(np.float32)
    homography, kept = _homography(flat, seen)
    if homography is None:
        return NO_MATCH
    quad = _seen_quad(homography, painting_size, size)
    if quad is None:
        return NO_MATCH
    agreeing = kept[:, 0] > 0
    inliers = _distinct(seen[agreeing], flat[agreeing])
    spread = _spread(flat[agreeing], (painting.points * painting_size).astype(np.float32), homography, size)
    same = inliers >= LEAST_INLIERS and (spread >= LEAST_SPREAD or inliers >= MANY_INLIERS)
    return Verdict(inliers=inliers, same=same, quad=quad)


def _spread(
    agreeing: NDArray[np.float32], points: NDArray[np.float32], homography: NDArray[np.float64], photo: tuple[int, int]
) -> float:
    """How much of what the painting's points (n, 2) surround in the photo is surrounded by those that agree; 0 where
    the photo would show next to nothing of the painting."""
    places = cv2.perspectiveTransform(points[:, None], homography)[:, 0]
    shown = _extent(points[((places >= 0) & (places <= photo)).all(axis=1)])
    return _extent(agreeing) / shown if shown > LEAST_SHOWN * _extent(points) else 0.0


def _homography(
    flat: NDArray[np.float32], seen: NDArray[np.float32]
) -> tuple[NDArray[np.float64] | None, NDArray[np.uint8]]:
    """The view (3, 3) that most points (n, 2) agree on, None where there is none, and which do: (n, 1), 0 or 1.

    MAGSAC++ (Barath et al. 2020), which draws its samples from a seed of its own, always the same.
    """
    found: tuple[Any, Any] = cv2.findHomography(
        flat, seen, cv2.USAC_MAGSAC, REPROJECTION, maxIters=ITERATIONS, confidence=CONFIDENCE
    )
    return found


def _distinct(seen: NDArray[np.float32], flat: NDArray[np.float32]) -> int:
    """How many matches there are when those on one spot, in the photo or in the painting, count once."""
    return min(len(np.unique(np.round(places / REPROJECTION), axis=0)) for places in (seen, flat))


def _extent(places: NDArray[np.float32]) -> float:
    """The area of what these places (n, 2) surround."""
    return float(cv2.contourArea(cv2.convexHull(places))) if len(places) > 2 else 0.0


def _seen_quad(homography: NDArray[np.float64], flat: tuple[int, int], photo: tuple[int, int]) -> Quad | None:
    """The painting's corners in the photo; None where no camera could see a flat picture so."""
    width, height = flat
    corners = np.array([(0, 0, 1), (width, 0, 1), (width, height, 1), (0, height, 1)], np.float64) @ homography.T
    if (corners[:, 2] <= 0).any():
        return None
    places = corners[:, :2] / corners[:, 2:]
    quad: Quad = (places / photo).astype(np.float32)
    return quad if is_convex(quad) and _is_plausible(places, flat, photo) else None


def _is_plausible(places: NDArray[np.float64], flat: tuple[int, int], photo: tuple[int, int]) -> bool:
    """Whether the corners (4, 2), in pixels, may be those of a rectangle of this size that a visitor looks at."""
    sides = np.roll(places, -1, axis=0) - places
    lengths = np.linalg.norm(sides, axis=1)
    cosines = (sides * np.roll(sides, -1, axis=0)).sum(axis=1) / (lengths * np.roll(lengths, -1))
    across, down = (lengths[0] + lengths[2]) / flat[0], (lengths[1] + lengths[3]) / flat[1]
    return bool(
        cv2.contourArea(places.astype(np.float32)) >= LEAST_AREA * photo[0] * photo[1]
        and max(across, down) <= MOST_STRETCH * min(across, down)
        and (np.maximum(lengths[:2], lengths[2:]) <= MOST_TAPERED * np.minimum(lengths[:2], lengths[2:])).all()
        and np.abs(cosines).max() <= MOST_COSINE
    )
