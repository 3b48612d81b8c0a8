"""Ways to say how near two vectors are, and who is nearest by them."""

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

Metric = Literal["l2", "cosine", "dot", "csls"]
METRICS: tuple[Metric, ...] = get_args(Metric)
HUB_NEIGHBOURS = 10
ROWS_AT_ONCE = 512


@dataclass(frozen=True, slots=True)
class Space:
    """Vectors, made ready for one metric."""

    vectors: NDArray[np.float32]  # (n, dimensions)
    factor: float
    penalty: NDArray[np.float32]  # (n,): what each vector's score is lowered by, whoever asks

    def scores(self, rows: NDArray[np.intp]) -> NDArray[np.float32]:
        """How near all vectors are to these: (rows, n), highest first in the ranking.

        Orders as the metric does, but is not the metric itself: what depends on the asking row alone is left out.
        """
        scores: NDArray[np.float32] = self.factor * (self.vectors[rows] @ self.vectors.T) - self.penalty
        return scores


def make_space(vectors: NDArray[np.float32], metric: Metric = "l2", hub_neighbours: int = HUB_NEIGHBOURS) -> Space:
    """Vectors (n, dimensions) of any length, to be ranked by `metric`.

    l2: `-|x - y|²`. cosine: of the angle; a vector of zeros is at right angles to all. dot: `x · y`. csls: cross-domain
    similarity local scaling, `2 cos(x, y) - r(x) - r(y)`, where r is the mean cosine to the `hub_neighbours` nearest
    others (Conneau et al., "Word Translation Without Parallel Data", 2018, section 2.3): who is near to everybody is
    put back. Raises ValueError for another metric.
    """
    nothing = np.zeros(len(vectors), np.float32)
    if metric == "l2":
        return Space(vectors, 2, np.einsum("ij,ij->i", vectors, vectors))
    if metric == "dot":
        return Space(vectors, 1, nothing)
    if metric not in METRICS:
        raise ValueError(f"There is no metric “{metric}”; there are {', '.join(METRICS)}.")
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit = (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32, copy=False)
    if metric == "cosine":
        return Space(unit, 1, nothing)
    return Space(unit, 2, _hubness(Space(unit, 1, nothing), hub_neighbours))


def nearest(scores: NDArray[np.float32], k: int) -> NDArray[np.intp]:
    """The places of the k highest of each row (rows, min(k, n)), highest first; ties go to the first in the list."""
    if scores.shape[1] <= k:
        return np.argsort(-scores, axis=1, kind="stable")
    least = np.partition(scores, -k, axis=1)[:, -k, None]
    found = scores >= least
    tied = found.sum(axis=1) > k  # more than k are as near as the k-th is: only a whole sort tells which come first
    order = np.empty((len(scores), k), np.intp)
    places = np.nonzero(found[~tied])[1].reshape(-1, k)
    by_score = np.argsort(-np.take_along_axis(scores[~tied], places, axis=1), axis=1, kind="stable")
    order[~tied] = np.take_along_axis(places, by_score, axis=1)
    order[tied] = np.argsort(-scores[tied], axis=1, kind="stable")[:, :k]
    return order


def _hubness(space: Space, neighbours: int) -> NDArray[np.float32]:
    """The mean score of each vector's nearest others (n,)."""
    count = len(space.vectors)
    means = np.zeros(count, np.float32)
    neighbours = min(neighbours, count - 1)
    for start in range(0, count if neighbours > 0 else 0, ROWS_AT_ONCE):
        rows = np.arange(start, min(start + ROWS_AT_ONCE, count))
        scores = space.scores(rows)
        scores[np.arange(len(rows)), rows] = -np.inf
        means[rows] = np.partition(scores, -neighbours, axis=1)[:, -neighbours:].mean(axis=1)
    return means
