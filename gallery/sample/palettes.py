"""Colours: pictures hold sRGB in 0..1; mixing is done in OKLab (Björn Ottosson, 2020), where even steps look even."""

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
"""An array of floats; pictures, masks and outlines are float32."""

_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_TO_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_FROM_LMS = np.linalg.inv(_TO_LMS)
_FROM_LAB = np.linalg.inv(_TO_LAB)
_RAMP_STEPS = 1024


def to_oklab(rgb: Floats) -> Floats:
    """sRGB in 0..1, shape (…, 3), as OKLab."""
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    return np.asarray(np.cbrt(linear @ _TO_LMS.T) @ _TO_LAB.T, dtype=np.float32)


def from_oklab(lab: Floats) -> Floats:
    """OKLab, shape (…, 3), as sRGB clipped to 0..1."""
    linear = np.clip((lab @ _FROM_LAB.T) ** 3 @ _FROM_LMS.T, 0.0, 1.0)
    return np.asarray(
        np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055), dtype=np.float32
    )


@lru_cache(maxsize=512)
def _parse(code: str) -> tuple[float, float, float]:
    red, green, blue = (int(code[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def colour(code: str) -> Floats:
    """The colour written as ``#rrggbb``, shape (3,)."""
    return np.array(_parse(code), dtype=np.float32)


def colours(*codes: str) -> Floats:
    """Several colours written as ``#rrggbb``, shape (n, 3)."""
    return np.array([_parse(code) for code in codes], dtype=np.float32)


def mix(first: Floats, second: Floats, share: float) -> Floats:
    """``first`` with ``share`` (0..1) of ``second`` stirred in, in OKLab."""
    a, b = to_oklab(first), to_oklab(second)
    return from_oklab(a + (b - a) * np.float32(share))


def lighter(paint: Floats, by: float) -> Floats:
    """The colour with its OKLab lightness raised (or, below zero, lowered) by ``by``; chroma follows a little."""
    lab = to_oklab(paint)
    moved = np.clip(lab[..., :1] + by, 0.0, 1.0)
    return from_oklab(np.concatenate([moved, lab[..., 1:] * np.float32(1 - 0.4 * abs(by))], axis=-1))


def ramp(stops: Floats, position: Floats) -> Floats:
    """Colours along evenly spaced ``stops`` (n, 3), at ``position`` (any shape, clipped to 0..1)."""
    lab = to_oklab(stops)
    places, steps = np.linspace(0, 1, len(lab)), np.linspace(0, 1, _RAMP_STEPS)
    table = from_oklab(np.stack([np.interp(steps, places, lab[:, i]) for i in range(3)], axis=-1).astype(np.float32))
    index = np.clip(position * (_RAMP_STEPS - 1), 0, _RAMP_STEPS - 1).astype(np.int32)
    return np.asarray(table[index], dtype=np.float32)


def vary(
    rng: np.random.Generator, paint: Floats, *, lightness: float = 0.03, chroma: float = 0.15, hue: float = 6.0
) -> Floats:
    """Each colour of ``paint`` (…, 3) a little off; one sigma of lightness, of chroma (a share), of hue (degrees)."""
    lab = to_oklab(paint)
    shape = lab.shape[:-1]
    turn = np.deg2rad(rng.normal(0, hue, shape))
    grow = np.maximum(0.0, 1 + rng.normal(0, chroma, shape))
    a, b = lab[..., 1] * grow, lab[..., 2] * grow
    level = np.clip(lab[..., 0] + rng.normal(0, lightness, shape), 0.0, 1.0)
    turned = (level, a * np.cos(turn) - b * np.sin(turn), a * np.sin(turn) + b * np.cos(turn))
    return from_oklab(np.stack(turned, axis=-1).astype(np.float32))
