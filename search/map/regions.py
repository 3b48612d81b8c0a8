"""The map in parts that can be named: each painting belongs to the nearest of some middles (k-means; Lloyd 1982)."""

import numpy as np
from numpy.typing import NDArray

from search.map.projecting import Plane

A_REGION = 30  # paintings, in a small collection
MOST = 24
STEPS = 40
ROWS_AT_ONCE = 10_000


def divide(points: Plane) -> NDArray[np.int64]:
    """The number of each point's region, from 0; the same for the same points. Regions may be of any size but 0."""
    if not len(points):
        return np.zeros(0, np.int64)
    middles = _first(points, max(1, min(MOST, round(len(points) / A_REGION))))
    nearest = _nearest(points, middles)
    for _ in range(STEPS):
        counts = np.bincount(nearest, minlength=len(middles))
        sums = [np.bincount(nearest, weights=points[:, axis], minlength=len(middles)) for axis in (0, 1)]
        filled = counts > 0
        middles[filled] = (np.stack(sums, axis=1)[filled].T / counts[filled]).T
        before, nearest = nearest, _nearest(points, middles)
        if (before == nearest).all():
            break
    return np.unique(nearest, return_inverse=True)[1].astype(np.int64)


def _first(points: Plane, count: int) -> Plane:
    """Points far from each other: the first nearest to the middle, each further one farthest from those before it."""
    chosen = [int(((points - points.mean(axis=0)) ** 2).sum(axis=1).argmin())]
    distances = np.full(len(points), np.inf)
    for _ in range(count - 1):
        distances = np.minimum(distances, ((points - points[chosen[-1]]) ** 2).sum(axis=1))
        chosen.append(int(distances.argmax()))
    return points[chosen].copy()


def _nearest(points: Plane, middles: Plane) -> NDArray[np.int64]:
    blocks = (points[start : start + ROWS_AT_ONCE] for start in range(0, len(points), ROWS_AT_ONCE))
    squares = (((block[:, None] - middles) ** 2).sum(axis=2).argmin(axis=1) for block in blocks)
    return np.concatenate(list(squares))
