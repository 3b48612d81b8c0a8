"""Distances of pairs of held-out pictures: of all within their fold, and of pictures to copies of themselves."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

PAIRS_AT_MOST = 2_000_000
PAIRS_AT_ONCE = 16_384


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Two pictures of the same fold each."""

    distances: NDArray[np.float32]  # (pairs,), l2
    first: NDArray[np.intp]  # (pairs,), rows of the held-out pictures
    second: NDArray[np.intp]


def copy_distances(vectors: NDArray[np.float32], copies: NDArray[np.float32]) -> NDArray[np.float32]:
    """Vectors (n, dimensions) and (n, copies, dimensions) → l2 distances (n × copies,)."""
    distances: NDArray[np.float32] = np.linalg.norm(copies - vectors[:, None], axis=2).ravel()
    return distances


def pairs_within_folds(
    vectors: NDArray[np.float32], folds: NDArray[np.intp], *, most: int = PAIRS_AT_MOST, seed: int = 0
) -> Pairs:
    """Each pair once, no picture with itself; where there are more than `most`, about as many, drawn by `seed`."""
    members = [np.flatnonzero(folds == fold) for fold in np.unique(folds)]
    counts = [len(rows) * (len(rows) - 1) // 2 for rows in members]
    share = min(1.0, most / max(sum(counts), 1))
    random = np.random.default_rng(seed)
    parts = [
        _every_pair(rows) if share == 1 else _some_pairs(rows, round(share * count), random)
        for rows, count in zip(members, counts, strict=True)
    ]
    first, second = (np.concatenate([part[side] for part in parts]) for side in (0, 1))
    return Pairs(distances=_distances(vectors, first, second), first=first, second=second)


def _every_pair(rows: NDArray[np.intp]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    first, second = np.triu_indices(len(rows), 1)
    return rows[first], rows[second]


def _some_pairs(
    rows: NDArray[np.intp], count: int, random: np.random.Generator
) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Two different pictures each time; a pair may come again."""
    first = random.integers(0, len(rows), count if len(rows) > 1 else 0)
    second = (first + random.integers(1, max(len(rows), 2), len(first))) % len(rows)
    return rows[first], rows[second]


def _distances(vectors: NDArray[np.float32], first: NDArray[np.intp], second: NDArray[np.intp]) -> NDArray[np.float32]:
    distances = np.empty(len(first), np.float32)
    for start in range(0, len(first), PAIRS_AT_ONCE):
        some = slice(start, start + PAIRS_AT_ONCE)
        distances[some] = np.linalg.norm(vectors[first[some]] - vectors[second[some]], axis=1)
    return distances
