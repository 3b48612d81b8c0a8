"""What a feature is, and the one feature that is a formula instead of a network: the palette."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal, get_args

import cv2
import numpy as np
from numpy.typing import NDArray

from vectorizer.oklab import from_srgb, to_srgb

Colour = tuple[int, int, int]
Role = Literal["likeness", "identity"]
ROLES: tuple[Role, ...] = get_args(Role)
Vectors = Mapping[str, NDArray[np.float32]]
"""Feature name → a vector of unit length and shape (dimensions,)."""

PALETTE_FORMULA = "oklab-grid-1"
"""The name of the formula below. Change it with the formula: artifacts that name another are refused."""

SUMMARY_SIZE = 64
LIGHTNESS = np.linspace(0.0, 1.0, 6, dtype=np.float32)
GREEN_RED = np.arange(-3, 5, dtype=np.float32) * np.float32(0.08)
BLUE_YELLOW = np.arange(-4, 4, dtype=np.float32) * np.float32(0.08)
REACHABLE_SHARE = 0.3

CUBE_STEPS = 9  # a channel: the colours that a palette is read as, 729 of them
SHARPENINGS = 150  # more of them tell no other colours apart, less leave them muddy
ONE_COLOUR = 0.1  # in OKLab: what is nearer than this is one colour to whoever looks at swatches
LEAST_SHARE = 0.02


@dataclass(frozen=True, slots=True, kw_only=True)
class Formula:
    """A feature that needs no network."""

    dimensions: int
    compute: Callable[[NDArray[np.uint8]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """A named vector space. `label` and `description` are what curators and visitors read.

    By a "likeness" paintings are compared; an "identity" tells whether two pictures show the same painting, and is no
    way to look for others.
    """

    name: str
    dimensions: int
    label: str
    description: str
    role: Role = "likeness"


def palette(rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The colours of a picture (height, width, 3; sRGB) and their shares, as a vector of unit length.

    The picture is averaged down to 64×64 at most. Each pixel's OKLab colour is shared out among the points of a fixed
    grid by a Gaussian as wide as the grid's step; the shares are summed over the picture, normalised to 1 and
    square-rooted. So the l2 distance of two palettes is √2 times the Hellinger distance of the two distributions
    (Hellinger 1909), and neighbouring colours are near instead of merely different.
    """
    height, width = rgb.shape[:2]
    size = (min(width, SUMMARY_SIZE), min(height, SUMMARY_SIZE))
    pixels = np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), np.uint8).reshape(-1, 3)
    return _root_of_shares(pixels, np.full(len(pixels), 1 / len(pixels), np.float32))


def palette_of_colours(colours: Sequence[tuple[Colour, float]]) -> NDArray[np.float32]:
    """The palette of a picture that had these sRGB colours (0..255) in these shares: what a colour query looks for.

    Shares need not add up to 1. Raises ValueError for no colour, a colour outside 0..255 or a share that isn't
    positive.
    """
    if not colours:
        raise ValueError("A palette needs at least one colour.")
    for colour, share in colours:
        if len(colour) != 3 or not all(0 <= channel <= 255 for channel in colour):
            raise ValueError(f"{colour} is no sRGB colour: three numbers from 0 to 255 are.")
        if not 0 < share < float("inf"):
            raise ValueError(f"The share of {colour} is {share}; it must be more than 0.")
    pixels = np.array([colour for colour, _ in colours], np.uint8)
    return _root_of_shares(pixels, np.array([share for _, share in colours], np.float32))


def colours_of_palette(vector: NDArray[np.float32], *, most: int = 6) -> tuple[tuple[Colour, float], ...]:
    """The main colours of a palette (sRGB, 0..255) and their shares, the largest first: `palette_of_colours` undone.

    A palette is blurred: each pixel was shared out among the grid's points. The blur is known, so it is taken away by
    Richardson's and Lucy's iteration (1972, 1974), which finds the shares of the sRGB colours on a cube of 9 × 9 × 9
    whose palette is likeliest to be this one. Colours nearer than ONE_COLOUR then count as one, their mean in OKLab,
    and those of less than LEAST_SHARE are left out, so that shares add up to 1 at most. Raises ValueError for another
    shape.
    """
    if vector.shape != (PALETTE_DIMENSIONS,):
        raise ValueError(f"A palette has {PALETTE_DIMENSIONS} dimensions; this has the shape {vector.shape}.")
    cube = _cube()
    left = _sharpened(vector.astype(np.float32) ** 2, cube)
    found: list[tuple[Colour, float]] = []
    while len(found) < most:
        around = cube.near @ left
        chosen = cube.near[int(around.argmax())] * left
        if (share := float(chosen.sum())) < LEAST_SHARE:
            break
        red, green, blue = to_srgb(chosen @ cube.oklab / share).tolist()
        found.append(((red, green, blue), share))
        left = left - chosen
    return tuple(sorted(found, key=lambda colour: -colour[1]))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cube:
    """Evenly spread sRGB colours (n): in OKLab (n, 3), their parts of a palette (n, dimensions), and which are one."""

    oklab: NDArray[np.float32]
    parts: NDArray[np.float32]
    near: NDArray[np.float32]


@cache
def _cube() -> _Cube:
    colours = _srgb_cube(CUBE_STEPS)
    oklab = from_srgb(colours)
    plane, line = _plane_and_line(colours)
    parts = (plane[..., None] * line[:, None, None, :]).reshape(len(colours), -1)[:, _REACHABLE]
    distances = np.linalg.norm(oklab[:, None] - oklab, axis=2)
    return _Cube(oklab=oklab, parts=parts, near=(distances < ONE_COLOUR).astype(np.float32))


def _sharpened(histogram: NDArray[np.float32], cube: _Cube) -> NDArray[np.float32]:
    """The cube's colours' shares (n), adding up to 1, of which this histogram is the likeliest to come."""
    seen = cube.parts.sum(axis=1)  # of a colour at the edge some was spread to points that no palette has
    parts, wanted = cube.parts / seen[:, None], histogram / histogram.sum()
    shares = np.full(len(parts), 1 / len(parts), np.float32)
    for _ in range(SHARPENINGS):
        shares *= parts @ (wanted / np.maximum(shares @ parts, np.float32(1e-12)))
    shares /= seen
    return np.asarray(shares / shares.sum(), np.float32)


def _root_of_shares(pixels: NDArray[np.uint8], weights: NDArray[np.float32]) -> NDArray[np.float32]:
    histogram = _spread(pixels, weights).reshape(-1)[_REACHABLE]
    root: NDArray[np.float32] = np.sqrt(histogram / histogram.sum()).astype(np.float32)
    return root / np.linalg.norm(root)


def _spread(pixels: NDArray[np.uint8], weights: NDArray[np.float32]) -> NDArray[np.float32]:
    """Sum over pixels (n, 3) of weight × nearness to each grid point, shape (lightness, green-red, blue-yellow).

    A Gaussian of three variables is the product of three of one, so that the sum is one matrix product.
    """
    plane, line = _plane_and_line(pixels)
    return np.tensordot(plane * weights[:, None, None], line, axes=(0, 0)).astype(np.float32)


def _plane_and_line(pixels: NDArray[np.uint8]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Nearness of each pixel to the grid's points in lightness and green-red (n, 6, 8), and in blue-yellow (n, 8)."""
    lightness, green_red, blue_yellow = from_srgb(pixels).T
    plane = _nearness(lightness, LIGHTNESS)[:, :, None] * _nearness(green_red, GREEN_RED)[:, None, :]
    return plane, _nearness(blue_yellow, BLUE_YELLOW)


def _nearness(values: NDArray[np.float32], points: NDArray[np.float32]) -> NDArray[np.float32]:
    """How each value (n) is shared out among evenly spaced points (m): (n, m), rows adding up to 1."""
    step = points[1] - points[0]
    nearness: NDArray[np.float32] = np.exp(-0.5 * ((values[:, None] - points) / step) ** 2)
    shares: NDArray[np.float32] = nearness / nearness.sum(axis=1, keepdims=True)
    return shares


def _reachable_points() -> NDArray[np.intp]:
    """The grid points that some sRGB colour is near enough to; the others would be zeros in every vector."""
    plane, line = _plane_and_line(_srgb_cube(18))
    most = np.stack([(plane * near[:, None, None]).max(axis=0) for near in line.T], axis=-1).reshape(-1)
    return np.flatnonzero(most > REACHABLE_SHARE * most.max())


def _srgb_cube(steps: int) -> NDArray[np.uint8]:
    """sRGB colours (steps³, 3), evenly spread."""
    levels = np.linspace(0, 255, steps).round().astype(np.uint8)
    return np.stack(np.meshgrid(levels, levels, levels, indexing="ij"), axis=-1).reshape(-1, 3)


_REACHABLE = _reachable_points()
PALETTE_DIMENSIONS = len(_REACHABLE)
FORMULAS: Mapping[str, Formula] = {PALETTE_FORMULA: Formula(dimensions=PALETTE_DIMENSIONS, compute=palette)}
"""By the names that cards use."""
