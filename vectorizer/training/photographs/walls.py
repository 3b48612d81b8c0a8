"""What a painting hangs on: even walls, and the patterned ones that pull a finder's eye away from the picture."""

from collections.abc import Callable

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Wall = NDArray[np.float32]
"""(height, width, 3) in 0..255."""


def plain_wall(width: int, height: int, rng: Generator) -> Wall:
    """Painted plaster: one colour, mostly light and dull, mottled and a little rough."""
    wall = np.empty((height, width, 3), np.float32)
    wall[:] = _colour(rng)
    wall += _mottle(width, height, max(width, height) / 4, rng.uniform(0, 8), rng)
    wall += _mottle(width, height, 2, rng.uniform(0, 4), rng)
    return wall


def patterned_wall(width: int, height: int, rng: Generator) -> Wall:
    """Stripes, checks, bricks, planks, a wallpaper's motifs or rough stone, in two or three colours."""
    draw = PATTERNS[rng.integers(len(PATTERNS))]
    share = np.clip(draw(width, height, rng), 0, 1)[..., None]
    first, second = _colour(rng), _colour(rng, any_colour=True)
    wall: Wall = first + (second - first) * share * np.float32(rng.uniform(0.35, 1))
    wall += _mottle(width, height, max(width, height) / 4, rng.uniform(0, 10), rng)
    wall += _mottle(width, height, 2, rng.uniform(0, 8), rng)
    return wall


def _colour(rng: Generator, *, any_colour: bool = False) -> NDArray[np.float32]:
    """A wall's colour; a third are strong ones (museums like dark red and green)."""
    if any_colour or rng.random() < 1 / 3:
        return rng.uniform(20, 235, 3).astype(np.float32)
    return (rng.uniform(110, 245) + rng.uniform(-14, 14, 3)).astype(np.float32)


def _mottle(width: int, height: int, grain: float, strength: float, rng: Generator) -> NDArray[np.float32]:
    """Grey clouds `grain` pixels wide, with `strength` as their standard deviation: (height, width, 1)."""
    size = max(2, round(width / grain)), max(2, round(height / grain))
    clouds = rng.standard_normal((size[1], size[0]), np.float32) * np.float32(strength)
    return np.asarray(cv2.resize(clouds, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)[..., None]


def _grid(width: int, height: int, rng: Generator) -> tuple[NDArray[np.float32], NDArray[np.float32], float]:
    """Coordinates of a slightly turned wall, in pixels, and the width of its pattern's repeat."""
    angle = rng.normal(0, 0.03)
    y, x = np.mgrid[:height, :width].astype(np.float32)
    turned_x = x * np.float32(np.cos(angle)) - y * np.float32(np.sin(angle)) + np.float32(rng.uniform(0, 200))
    turned_y = x * np.float32(np.sin(angle)) + y * np.float32(np.cos(angle)) + np.float32(rng.uniform(0, 200))
    return turned_x, turned_y, max(width, height) * rng.uniform(0.02, 0.12)


def _stripes(width: int, height: int, rng: Generator) -> NDArray[np.float32]:
    x, _y, repeat = _grid(width, height, rng)
    return (x % repeat < repeat * rng.uniform(0.2, 0.8)).astype(np.float32)


def _checks(width: int, height: int, rng: Generator) -> NDArray[np.float32]:
    x, y, repeat = _grid(width, height, rng)
    across, down = x % repeat < repeat / 2, y % repeat < repeat / 2
    return (across.astype(np.float32) + down.astype(np.float32)) / np.float32(2)


def _tiles(width: int, height: int, rng: Generator) -> NDArray[np.float32]:
    x, y, repeat = _grid(width, height, rng)
    joint = max(2.0, repeat * rng.uniform(0.03, 0.08))
    return ((x % repeat < joint) | (y % repeat < joint)).astype(np.float32)


def _bricks(width: int, height: int, rng: Generator) -> NDArray[np.float32]:
    x, y, repeat = _grid(width, height, rng)
    course, joint = repeat / 2.5, max(2.0, repeat * rng.uniform(0.04, 0.08))
    row = np.floor(y / course)
    shifted = x + row % 2 * np.float32(repeat / 2)
    shade = np.sin(np.floor(shifted / repeat) * 12.9898 + row * 78.233) * 0.5 + 0.5  # a shade of its own for each brick
    joints = (shifted % repeat < joint) | (y % course < joint)
    return np.where(joints, np.float32(1), shade * np.float32(0.4)).astype(np.float32)


def _planks(width: int, height: int, rng: Generator) -> NDArray[np.float32]:
    x, y, repeat = _grid(width, height, rng)
    shade = np.sin(np.floor(x / repeat) * 12.9898) * 0.5 + 0.5
    grain = np.sin(x * np.float32(40 / repeat) + np.sin(y * np.float32(2 / repeat)) * 3) * 0.5 + 0.5
    return np.where(x % repeat < max(2.0, repeat * 0.05), 1, shade * 0.4 + grain * 0.2).astype(np.float32)


def _motifs(width: int, height: int, rng: Generator) -> NDArray[np.float32]:
    """A wallpaper: flowers of a few petals on a staggered grid."""
    x, y, repeat = _grid(width, height, rng)
    row = np.floor(y / repeat)
    u = (x + row % 2 * np.float32(repeat / 2)) % repeat / repeat - 0.5
    v = y % repeat / repeat - 0.5
    radius, angle = np.hypot(u, v), np.arctan2(v, u)
    edge = 0.25 + 0.15 * np.cos(angle * rng.integers(3, 8))
    return np.asarray(np.clip((edge - radius) * 12, 0, 1), np.float32)


def _stone(width: int, height: int, rng: Generator) -> NDArray[np.float32]:
    sizes = [max(width, height) / n for n in (8, 24, 72)]
    clouds = [_mottle(width, height, size, 0.25, rng)[..., 0] for size in sizes]
    return np.asarray(np.sum(clouds, axis=0) + 0.4, np.float32)


PATTERNS: tuple[Callable[[int, int, Generator], NDArray[np.float32]], ...] = (
    _stripes,
    _checks,
    _tiles,
    _bricks,
    _planks,
    _motifs,
    _stone,
)
"""Each draws how much of the second colour is where: (height, width) in 0..1."""
