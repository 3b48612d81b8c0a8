"""Each picture in a field of its own, of a square grid: none hides another."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from search.map.projecting import Plane

Fields = NDArray[np.int64]
Taken = NDArray[np.bool_]
MARGIN = 1  # fields around all of them, where those that find no room at the edge can go


@dataclass(frozen=True, slots=True, kw_only=True)
class Hung:
    """Column and row of each picture, (n, 2), in a grid of `side` × `side` fields."""

    side: int
    fields: Fields


def hang(points: Plane) -> Hung:
    """Points in fields (n, 2) to the nearest fields that are free; first those that are nearest to a field's middle."""
    if not len(points):
        return Hung(side=1, fields=np.zeros((0, 2), np.int64))
    low, high = points.min(axis=0), points.max(axis=0)
    side = int(np.ceil((high - low).max())) + 1 + 2 * MARGIN
    side = max(side, int(np.ceil(np.sqrt(len(points)))))
    moved = points - (low + high) / 2 + side / 2
    wanted = np.clip(np.floor(moved).astype(np.int64), 0, side - 1)
    taken = np.zeros((side, side), np.bool_)
    fields = wanted.copy()
    for number in np.argsort(np.abs(moved - wanted - 0.5).max(axis=1), kind="stable").tolist():
        column, row = nearest_free(taken, float(moved[number, 0]), float(moved[number, 1]))
        taken[column, row] = True
        fields[number] = column, row
    return Hung(side=side, fields=fields)


def nearest_free(taken: Taken, x: float, y: float) -> tuple[int, int]:
    """The free field whose middle is nearest to a point, in fields; the point's own where none is free."""
    side = len(taken)
    column, row = (min(max(int(place), 0), side - 1) for place in (x, y))
    if not taken[column, row]:
        return column, row
    reach = 1
    while reach < 2 * side:
        left, top = max(column - reach, 0), max(row - reach, 0)
        free = np.argwhere(~taken[left : column + reach + 1, top : row + reach + 1])
        if len(free):
            free += (left, top)
            distances = np.hypot(free[:, 0] + 0.5 - x, free[:, 1] + 0.5 - y)
            nearest = int(distances.argmin())
            if distances[nearest] <= reach:  # nothing outside of what was looked at can be nearer
                return int(free[nearest, 0]), int(free[nearest, 1])
        reach *= 2
    return column, row


def along_a_curve(fields: Fields) -> Fields:
    """The order in which a curve without leaps (Morton's) comes past these fields: what stands together is near."""
    code = np.zeros(len(fields), np.int64)
    for bit in range(16):
        code |= ((fields[:, 0] >> bit) & 1) << (2 * bit) | ((fields[:, 1] >> bit) & 1) << (2 * bit + 1)
    return np.argsort(code, kind="stable")
