"""How near vectors are to a target, exactly as the contract says: computed from differences in double precision."""

from collections.abc import Iterable, Mapping

import numpy as np

from search.indexes.arrays import Doubles, Floats, Longs
from search.indexes.base import Hit, Target

DECIMALS = 6
# Two similarities that are equal in 6 decimals differ by less than 1e-6, so d by less than 9e-6, and d² by 4e-5.
ROUNDING = 4e-5


def parts(vectors: Mapping[str, Floats], target: Target) -> Doubles:
    """Each feature's part of d², shape (rows, features), in the order of the target's weights.

    `vectors`: by feature a matrix (rows, dimensions).
    """
    total = sum(target.weights.values())
    rows = len(next(iter(vectors.values())))
    found = np.empty((rows, len(target.weights)))
    for column, (name, weight) in enumerate(target.weights.items()):
        differences = vectors[name].astype(np.float64) - target.vectors[name]
        found[:, column] = weight / total * np.einsum("ij,ij->i", differences, differences)
    return found


def hits(ids: Longs, found: Doubles, target: Target) -> list[Hit]:
    """These paintings, in their order, from what `parts` found of them."""
    squares = found.sum(axis=1)
    distances = np.sqrt(squares)
    similarities = np.round(1 / (1 + distances), DECIMALS)
    shares = found / np.where(squares == 0, 1, squares)[:, None]
    names = list(target.weights)
    return [
        Hit(id=id_, similarity=similarity, distance=distance, shares=dict(zip(names, part, strict=True)))
        for id_, similarity, distance, part in zip(
            ids.tolist(), similarities.tolist(), distances.tolist(), shares.tolist(), strict=True
        )
    ]


def nearest_first(found: Iterable[Hit]) -> list[Hit]:
    """By falling similarity, equals by id."""
    return sorted(found, key=order)


def order(hit: Hit) -> tuple[float, int]:
    """What nearest hits are sorted by."""
    return -(hit.similarity or 0.0), hit.id
