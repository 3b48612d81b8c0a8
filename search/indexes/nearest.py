"""Exact search: which of the selected rows are nearest to a target, by distances computed from differences."""

import numpy as np

from search.indexes import measuring
from search.indexes.arrays import Floats, Longs
from search.indexes.base import Hit, Target
from search.indexes.state import State
from vectorizer.rows import UNIT_TOLERANCE

ROWS_AT_ONCE = 4096
# Of the rows; below it their vectors are gathered, above it the whole matrix is read, which is faster a row.
GATHER_SHARE = 0.2
GATHERED_AT_ONCE = 512  # rows; few enough to be still in the processor's cache when they are multiplied
# Numbers of a matrix; below it the threads of BLAS cost more than they save, and on a busy machine a hundred times so.
THREADED_SIZE = 2**24
SINGLE_PRECISION = 2.0**-24


def nearest(state: State, rows: Longs, target: Target, start: int, stop: int, rough: Floats | None = None) -> list[Hit]:
    """Of these rows by falling similarity (equals by id), those from `start` up to `stop`.

    First all of them by 2 − 2·dot in single precision, which is off by less than `_error`; then all that can be among
    the first `stop` exactly. `rough` is what `roughly` says of these rows, where that is known already.
    """
    if stop < len(rows):
        rough = roughly(state, rows, target) if rough is None else rough
        bound = np.partition(rough, stop - 1)[stop - 1]
        rows = rows[rough <= bound + 2 * _error(target) + measuring.ROUNDING]
    return measuring.nearest_first(measured(state, rows, target))[start:stop]


def measured(state: State, rows: Longs, target: Target) -> list[Hit]:
    """These rows, in their order, with their exact similarity to the target."""
    blocks = np.split(rows, range(ROWS_AT_ONCE, len(rows), ROWS_AT_ONCE))
    vectors = ({name: _gathered(state, block, name) for name in target.weights} for block in blocks)
    parts = np.concatenate([measuring.parts(some, target) for some in vectors])
    return measuring.hits(state.columns.ids[rows], parts, target)


def roughly(state: State, rows: Longs, target: Target) -> Floats:
    """d² of each of these rows in single precision."""
    total = sum(target.weights.values())
    sums = np.zeros(len(rows), np.float32)
    for name, weight in target.weights.items():
        dots = _dots(state, rows, name, target.vectors[name])
        sums += np.float32(weight / total) * (2 - 2 * dots)
    return sums


def _dots(state: State, rows: Longs, feature: str, vector: Floats) -> Floats:
    base, tail = state.base.matrices[feature], state.tail.matrices[feature]
    if len(rows) < GATHER_SHARE * len(state.alive):
        blocks = np.split(rows, range(GATHERED_AT_ONCE, len(rows), GATHERED_AT_ONCE))
        return np.concatenate([_product(_gathered(state, block, feature), vector) for block in blocks])
    dots = np.concatenate([_product(base, vector), _product(tail, vector)]) if len(tail) else _product(base, vector)
    return dots if len(rows) == len(dots) else dots[rows]


def _product(matrix: Floats, vector: Floats) -> Floats:
    if matrix.size < THREADED_SIZE:
        single: Floats = np.einsum("ij,j->i", matrix, vector)
        return single
    product: Floats = matrix @ vector
    return product


def _gathered(state: State, rows: Longs, feature: str) -> Floats:
    base, tail = state.base.matrices[feature], state.tail.matrices[feature]
    if not len(tail):
        return base[rows]
    vectors = np.empty((len(rows), base.shape[1]), np.float32)
    in_base = rows < len(base)
    vectors[in_base] = base[rows[in_base]]
    vectors[~in_base] = tail[rows[~in_base] - len(base)]
    return vectors


def _error(target: Target) -> float:
    """An upper bound of |rough d² − d²|: a dot product of n terms in single precision is off by at most n·2⁻²⁴ for unit
    vectors (Higham, Accuracy and Stability of Numerical Algorithms, 2002, section 3.1), their squared lengths by the
    tolerance with which rows are accepted."""
    dimensions = max(len(target.vectors[name]) for name in target.weights)
    return 2 * dimensions * SINGLE_PRECISION * 1.1 + 2 * UNIT_TOLERANCE
