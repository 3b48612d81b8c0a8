"""Photographs that visitors might take of a painting, made from the painting: for training, measuring and testing.

Pure: the same picture and the same state of the generator give the same photograph. Pictures are (height, width, 3),
sRGB, uint8, at least 16 pixels a side.
"""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from vectorizer.training.photographs import exposure
from vectorizer.training.photographs.scene import Conditions, Shot, shoot

__all__ = ["DISTORTIONS", "HARD", "PLAIN", "SIDE", "Conditions", "Shot", "hard_photo", "plain_photo", "shoot"]

Picture = NDArray[np.uint8]
SIDE = 1000  # pixels: about what a photo of 12 megapixels is decoded to before anything is looked for in it

PLAIN = Conditions(
    margins=(0.03, 0.2),
    turn=25,
    roll=5,
    framed=0.85,
    light=(0.4, 1.0),
    blur=(0.0, 2.0),
    noise=(2.0, 10.0),
    quality=(40, 85),
)
"""Everything together, as it usually is: a frame, an even wall, a lamp, a hand that is not quite steady."""

HARD = Conditions(
    margins=(0.05, 0.35),
    turn=32,
    roll=8,
    framed=0.9,
    frame=(0.02, 0.14),
    matted=0.5,
    patterned=0.85,
    glare=0.6,
    light=(0.6, 1.3),
    blur=(0.5, 3.0),
    noise=(4.0, 16.0),
    quality=(25, 75),
)
"""As bad as people still expect an answer to: patterned walls, mats, glare, the painting small in the photo."""


def plain_photo(rgb: Picture, rng: Generator, *, side: int = SIDE) -> Picture:
    """A usual photograph of this painting, `side` pixels long: PLAIN, everything combined."""
    return shoot(rgb, PLAIN, rng, side=side).rgb


def hard_photo(rgb: Picture, rng: Generator, *, side: int = SIDE) -> Picture:
    """A bad photograph of this painting, `side` pixels long: HARD, everything combined."""
    return shoot(rgb, HARD, rng, side=side).rgb


def _only(**conditions: object) -> Callable[[Picture, Generator], Picture]:
    """One distortion alone, as long as the painting itself."""
    chosen = Conditions(**conditions)  # type: ignore[arg-type]
    return lambda rgb, rng: shoot(rgb, chosen, rng, side=max(rgb.shape[:2])).rgb


def _crop(rgb: Picture, rng: Generator) -> Picture:
    """Up to a fifth is missing on each side."""
    height, width = rgb.shape[:2]
    left, right, top, bottom = rng.uniform(0, 0.2, 4)
    return rgb[int(height * top) : height - int(height * bottom), int(width * left) : width - int(width * right)].copy()


def _colour(rgb: Picture, rng: Generator) -> Picture:
    return exposure.finish(exposure.colour(rgb.astype(np.float32), 1.3, rng))


def _lamp(rgb: Picture, rng: Generator) -> Picture:
    return exposure.finish(exposure.lamp(rgb.astype(np.float32), 1.3, rng))


def _glare(rgb: Picture, rng: Generator) -> Picture:
    return exposure.finish(exposure.glare(rgb.astype(np.float32), 1 + int(rng.integers(3)), rng))


DISTORTIONS: Mapping[str, Callable[[Picture, Generator], Picture]] = {
    "perspective": _only(turn=35.0),
    "rotation": _only(roll=15.0),
    "crop": _crop,
    "blur": _only(blur=(2.0, 7.0)),
    "noise": _only(noise=(10.0, 30.0)),
    "compression": _only(quality=(8, 30)),
    "colour": _colour,
    "light": _lamp,
    "glare": _glare,
    "frame": _only(framed=1.0, matted=0.3),
    "wall": _only(framed=0.8, margins=(0.1, 0.3)),
}
"""Each distortion alone, by name: `distort(rgb, rng)`, at about the painting's own size."""
