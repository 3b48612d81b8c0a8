"""Frames and mats around a painting, seen straight on."""

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

WOODS = np.array(
    [(186, 148, 72), (214, 182, 104), (120, 84, 40), (84, 52, 30), (30, 28, 26), (228, 224, 214), (150, 150, 154)],
    np.float32,
)
"""Gilt, pale gilt, oak, walnut, black, white, silver."""
MATS = np.array([(250, 248, 242), (238, 230, 212), (206, 200, 190), (60, 60, 66)], np.float32)
LAMPS = np.array([1.12, 0.92, 0.78, 1.0], np.float32)
"""How bright the top, right, bottom and left sides are under light from above."""


def frame(rgb: NDArray[np.uint8], width: int, rng: Generator) -> NDArray[np.uint8]:
    """The picture with a moulding of `width` pixels around it: mitred corners, a profile of ridges and hollows."""
    if width < 1:
        return rgb
    framed = _surrounded(rgb, width)
    depth, side = _depth_and_side(framed.shape[0], framed.shape[1], width)
    ridges, slopes = _profile(width, rng)
    wood = WOODS[rng.integers(len(WOODS))] * rng.uniform(0.75, 1.15) + rng.uniform(-12, 12, 3).astype(np.float32)
    light = (LAMPS[rng.permutation(4) if rng.random() < 0.2 else np.arange(4)][side] - 1) * slopes[depth] + 1
    grain = rng.normal(0, rng.uniform(0, 8), depth.shape).astype(np.float32)
    shades = wood * (light * (1 + ridges[depth]))[:, None] + grain[:, None]
    framed[_border(framed.shape[0], framed.shape[1], width)] = np.clip(shades, 0, 255).astype(np.uint8)
    return framed


def mat(rgb: NDArray[np.uint8], width: int, rng: Generator) -> NDArray[np.uint8]:
    """The picture in a window of card, `width` pixels around it, with the thin bevel of the cut."""
    if width < 1:
        return rgb
    card = MATS[rng.choice(len(MATS), p=[0.4, 0.3, 0.2, 0.1])] + rng.uniform(-6, 6, 3)
    matted = _surrounded(rgb, width)
    matted[_border(matted.shape[0], matted.shape[1], width)] = np.clip(card, 0, 255).astype(np.uint8)
    bevel = max(1, width // 16)
    inner = slice(width - bevel, -(width - bevel) or None)
    edge = matted[inner, inner]
    edge[_border(edge.shape[0], edge.shape[1], bevel)] = np.clip(card * rng.uniform(0.75, 1.1), 0, 255).astype(np.uint8)
    return matted


def _surrounded(rgb: NDArray[np.uint8], width: int) -> NDArray[np.uint8]:
    return np.pad(rgb, ((width, width), (width, width), (0, 0)))


def _border(height: int, width: int, border: int) -> NDArray[np.bool_]:
    """Where the outermost `border` pixels are."""
    mask = np.ones((height, width), np.bool_)
    mask[border : height - border, border : width - border] = False
    return mask


def _depth_and_side(height: int, width: int, border: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Of each pixel of the border: how far in it is, and the side it belongs to (0 top, then clockwise)."""
    y, x = np.nonzero(_border(height, width, border))
    distances = np.stack([y, width - 1 - x, height - 1 - y, x])
    side = distances.argmin(axis=0)
    return np.minimum(distances.min(axis=0), border - 1), side


def _profile(width: int, rng: Generator) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Across the moulding, from outside in: how much lighter it is, and how much the side's light counts."""
    knots = rng.integers(2, 7)
    places, across = np.linspace(0, 1, knots), np.linspace(0, 1, width)
    ridges = np.interp(across, places, rng.uniform(-0.35, 0.3, knots))
    slopes = np.interp(across, places, rng.uniform(0.2, 1.4, knots))
    return ridges.astype(np.float32), slopes.astype(np.float32)
