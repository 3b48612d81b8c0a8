"""How a picture is cut into facets: again and again along a few directions, more finely in the middle."""

import numpy as np

from gallery.sample.canvas import Size
from gallery.sample.palettes import Floats


def _beside(piece: Floats, point: Floats, normal: Floats) -> Floats:
    """The part of a convex polygon on the side of the line that ``normal`` points to (Sutherland and Hodgman)."""
    kept = []
    for a, b in zip(piece, np.roll(piece, -1, axis=0), strict=True):
        left, right = float((a - point) @ normal), float((b - point) @ normal)
        if left >= 0:
            kept.append(a)
        if left * right < 0:
            kept.append(a + (b - a) * (left / (left - right)))
    return np.array(kept, dtype=np.float32).reshape(-1, 2)


def area(piece: Floats) -> float:
    """The polygon's area in square pixels."""
    x, y = piece[:, 0], piece[:, 1]
    return float(abs(x @ np.roll(y, 1) - y @ np.roll(x, 1)) / 2)


def _weight(piece: Floats, size: Size) -> float:
    middle = (piece.mean(axis=0) / (size[1], size[0]) - (0.5, 0.52)) * (1.0, 0.85)
    return area(piece) * float(np.exp(-3.4 * middle @ middle))


def facets(size: Size, count: int, rng: np.random.Generator) -> list[Floats]:
    """``count`` convex polygons that cover the picture, each an array of x, y."""
    height, width = size
    pieces = [np.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=np.float32)]
    weights = [_weight(pieces[0], size)]
    lead = rng.uniform(0.25, 0.6)
    directions = np.array([lead, lead + np.pi / 2, lead + 0.85, np.pi / 2 + 0.06, lead - 0.75])
    while len(pieces) < count:
        index = int(np.argmax(np.array(weights) * rng.uniform(0.5, 1.5, len(weights))))
        piece = pieces.pop(index)
        weights.pop(index)
        angle = rng.choice(directions, p=[0.28, 0.24, 0.18, 0.18, 0.12]) + rng.normal(0, 0.10)
        normal = np.array([np.cos(angle), np.sin(angle)], dtype=np.float32)
        share = rng.dirichlet(np.full(len(piece), 3.0)).astype(np.float32)
        point = (share @ piece).astype(np.float32)
        halves = [_beside(piece, point, normal), _beside(piece, point, -normal)]
        kept = [half for half in halves if len(half) >= 3 and area(half) > 40]
        pieces.extend(kept)
        weights.extend(_weight(half, size) for half in kept)
    return pieces
