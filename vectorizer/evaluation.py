"""How well a vector finds the look-alikes of a painting, by labels that people gave."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

ROWS_AT_ONCE = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Retrieval:
    """Figures from 0 to 1, averaged over the paintings that had anything to find (`queries` of them)."""

    mean_average_precision: float
    precision_at_1: float
    queries: int
    k: int


def measure_retrieval(
    vectors: NDArray[np.float32], labels: ArrayLike, *, k: int = 10, groups: ArrayLike | None = None
) -> Retrieval:
    """Leave-one-out retrieval: each painting asks, all the others are ranked by l2 distance, nearest first.

    Average precision at k of one question is `Σ (precision at rank i, where rank i has the same label) / min(k, how
    many there are)`; the mean is over questions (Manning, Raghavan & Schütze, "Introduction to Information Retrieval",
    2008, section 8.4).
    With `groups` (say, the artist), paintings of the question's own group are removed from its ranking, so that only
    matches by *another* artist count. Questions whose label nobody else has are left out; empty labels neither ask
    nor match. Vectors are (n, dimensions); labels and groups have n entries. Ties go to the first in the list.
    Raises ValueError where lengths differ or nothing can be asked.
    """
    codes, asked = _codes(labels, len(vectors))
    group_codes = np.arange(len(vectors)) if groups is None else _codes(groups, len(vectors))[0]
    precisions, firsts = [], []
    for start in range(0, len(vectors), ROWS_AT_ONCE):
        rows = np.flatnonzero(asked[start : start + ROWS_AT_ONCE]) + start
        allowed = group_codes[rows, None] != group_codes
        relevant = (codes[rows, None] == codes) & asked & allowed
        nearest = _nearest(vectors, rows, allowed, k)
        hits = np.take_along_axis(relevant, nearest, axis=1)
        answerable = relevant.any(axis=1)
        precisions.append(_average_precision(hits, relevant.sum(axis=1), k)[answerable])
        firsts.append(hits[answerable, 0])
    precision, first = np.concatenate(precisions), np.concatenate(firsts)
    if not len(precision):
        raise ValueError("Nothing can be measured: no two paintings share a label (by different groups, where given).")
    return Retrieval(
        mean_average_precision=float(precision.mean()),
        precision_at_1=float(first.mean()),
        queries=len(precision),
        k=k,
    )


def split_by_group(groups: Sequence[str], seed: int, share: float = 0.5) -> NDArray[np.bool_]:
    """A mask (n,) of whole groups with about `share` of the entries: to fit on some artists and measure on others."""
    names, codes, counts = np.unique(np.asarray(groups), return_inverse=True, return_counts=True)
    order = np.random.default_rng(seed).permutation(len(names))
    chosen = order[np.cumsum(counts[order]) <= share * len(groups)]
    mask: NDArray[np.bool_] = np.isin(codes, chosen)
    return mask


def _codes(labels: ArrayLike, expected: int) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """A number for each distinct label, and which entries have one at all."""
    names = np.array(["" if label is None else str(label) for label in np.asarray(labels, object)])
    if len(names) != expected:
        raise ValueError(f"{expected} vectors need as many labels; given were {len(names)}.")
    return np.unique(names, return_inverse=True)[1], names != ""


def _nearest(
    vectors: NDArray[np.float32], rows: NDArray[np.intp], allowed: NDArray[np.bool_], k: int
) -> NDArray[np.intp]:
    """The first k of each row's ranking (rows, k), those not allowed and the row itself last."""
    squares = np.einsum("ij,ij->i", vectors, vectors)
    distances = squares - 2 * vectors[rows] @ vectors.T  # the row's own square changes no order
    distances[~allowed] = np.inf
    distances[np.arange(len(rows)), rows] = np.inf
    return np.argsort(distances, axis=1, kind="stable")[:, :k]


def _average_precision(hits: NDArray[np.bool_], relevant: NDArray[np.intp], k: int) -> NDArray[np.float64]:
    """Hits (questions, ranks) and how many there were to find (questions,) → (questions,)."""
    precision_at_rank = np.cumsum(hits, axis=1) / np.arange(1, hits.shape[1] + 1)
    precision: NDArray[np.float64] = (precision_at_rank * hits).sum(axis=1) / np.maximum(np.minimum(relevant, k), 1)
    return precision
