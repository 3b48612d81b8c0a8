"""From one painting to another by look-alikes: the points between them, and the chain of paintings along these.

Of each point on the way the nearest paintings are candidates. Of these the chain is chosen whose greatest step is
least: dynamic programming (R. Bellman, Dynamic Programming, 1957) for the bottleneck, then for the sum of squares among
the chains that keep to it. It was measured (bench/walk.py, docs/search.md) against the nearest painting at each point,
whose neighbours need not be like each other, and against the least sum of squares alone, over layers of candidates
(A. J. Viterbi, 1967) or not, which saves by many small steps what it then spends on a leap.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]

SMALL = 1e-6  # a sine below which two vectors have no one great circle between them


def between(first: Floats, second: Floats, share: float) -> Floats:
    """The unit vector at this share (0 to 1) of the way from one unit vector to the other, on their great circle.

    sin((1 − t)·θ)/sin θ · a + sin(t·θ)/sin θ · b, θ the angle between them (K. Shoemake, Animating rotation with
    quaternion curves, 1985). Where they are the same, that; where they are opposite, so that all ways are as short, the
    nearer of the two.
    """
    angle = float(np.arccos(np.clip(np.dot(first.astype(np.float64), second), -1, 1)))
    if np.sin(angle) < SMALL:
        return first if share < 0.5 else second
    point = np.sin((1 - share) * angle) * first.astype(np.float64) + np.sin(share * angle) * second
    unit: Floats = (point / np.linalg.norm(point)).astype(np.float32)
    return unit


def points(first: Mapping[str, Floats], second: Mapping[str, Floats], steps: int) -> list[dict[str, Floats]]:
    """The points between two paintings that part the way into this many steps, by feature; steps − 1 of them."""
    shares = [number / steps for number in range(1, steps)]
    return [{name: between(vector, second[name], share) for name, vector in first.items()} for share in shares]


def squares(vectors: Mapping[str, Floats], weights: Mapping[str, float]) -> Doubles:
    """d² = Σ wᶠ·dᶠ² / Σ wᶠ of each two rows, shape (rows, rows). `vectors`: by feature a matrix (rows, dimensions)."""
    total = sum(weights.values())
    parts = [np.sqrt(weight / total) * vectors[name].astype(np.float64) for name, weight in weights.items()]
    places = np.concatenate(parts, axis=1)
    lengths = np.einsum("ij,ij->i", places, places)
    found: Doubles = np.maximum(lengths[:, None] + lengths - 2 * places @ places.T, 0)
    return found


def chain(apart: Doubles, steps: int) -> list[int]:
    """The rows of the best chain, from the first row to the last, both included; fewer steps where rows are too few.

    `apart` has the squared distance of each two rows. Of the chains on which every painting is more like the end, and
    less like the beginning, than the one before (d² to the first row less d² to the last rises), it is one whose
    greatest step is least; of these, the one with the least sum of squares. So nothing comes twice, the way back is as
    good, and it is found in steps · rows² steps.
    """
    last = len(apart) - 1
    progress = apart[0, 1:last] - apart[last, 1:last]
    order = 1 + np.argsort(progress, kind="stable")
    stops = min(steps - 1, len(order))
    if stops < 1:
        return [0, last]
    places = np.concatenate([[0], order, [last]])
    squares = np.where(np.tri(len(places), dtype=np.bool_), np.inf, apart[np.ix_(places, places)])
    greatest, _ = _least(squares, stops, np.maximum)
    _, chosen = _least(np.where(squares > greatest, np.inf, squares), stops, np.add)
    return [int(places[place]) for place in chosen]


def _least(squares: Doubles, stops: int, joined: np.ufunc) -> tuple[float, list[int]]:
    """What the best chain costs, and its rows: so many stops between the first row and the last, always onward.

    `squares` is infinite where a step is not allowed; `joined` makes one cost of two.
    """
    costs, choices = squares[0, 1:-1], []
    onward = squares[1:-1, 1:-1]
    for _ in range(stops - 1):
        costs_by = joined(costs[:, None], onward)
        choices.append(costs_by.argmin(axis=0))
        costs = costs_by.min(axis=0)
    whole = joined(costs, squares[1:-1, -1])
    rows = [int(whole.argmin())]
    for choice in reversed(choices):
        rows.append(int(choice[rows[-1]]))
    return float(whole.min()), [0, *(1 + row for row in reversed(rows)), len(squares) - 1]
