"""The direction in which to look for what is like some examples and unlike others."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

AGAINST = 0.2
"""γ: how much the examples against count beside those for. Measured: bench/against.py, docs/search.md."""

LEAST_LENGTH = 1e-6  # of a sum of unit vectors: what is shorter points nowhere

Floats = NDArray[np.float32]


def direction(likes: Sequence[Floats], dislikes: Sequence[Floats] = (), *, against: float = AGAINST) -> Floats:
    """unit(mean(likes) − γ·mean(dislikes)): unit vectors of shape (dimensions,) in, one out. At least one is needed.

    This is Rocchio's formula without the query of its own that it moves (J. J. Rocchio, Relevance feedback in
    information retrieval, 1971; Manning, Raghavan, Schütze, Introduction to Information Retrieval, 2008, 9.1.1). One
    vector that is liked is its own mean, bit for bit, so that its similarity to itself is exactly 1. With nothing but
    dislikes it is unit(−mean(dislikes)): the least like them. Where vectors cancel out, any direction is as good, and
    it is that of the first.
    """
    if len(likes) == 1 and not len(dislikes):
        return np.ascontiguousarray(likes[0], np.float32)
    total = np.zeros(len((*likes, *dislikes)[0]))
    if len(likes):
        total += _mean(likes)
    if len(dislikes):
        total -= (against if len(likes) else 1.0) * _mean(dislikes)
    length = float(np.linalg.norm(total))
    if length < LEAST_LENGTH:
        return np.ascontiguousarray(likes[0] if len(likes) else -dislikes[0], np.float32)
    unit: Floats = (total / length).astype(np.float32)
    return unit


def _mean(vectors: Sequence[Floats]) -> NDArray[np.float64]:
    mean: NDArray[np.float64] = np.mean(np.array(vectors, np.float64), axis=0)
    return mean
