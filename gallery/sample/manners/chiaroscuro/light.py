"""One light from the left, and how balls and turned vessels take it."""

import numpy as np

from gallery.sample.canvas import noise
from gallery.sample.palettes import Floats, colour, ramp
from gallery.sample.shapes import ellipse, lay, smooth

_TOWARDS = np.array([-0.62, -0.50, 0.60])
LIGHT = _TOWARDS / np.linalg.norm(_TOWARDS)
"""Where the light comes from: right, down, and towards us; of length 1."""


_HALFWAY = LIGHT + np.array([0.0, 0.0, 1.0])
_GLEAM = _HALFWAY / np.linalg.norm(_HALFWAY)
DEEP = "#0d0806"


class Stage:
    """The picture as it fills, in place; ``unit`` is its short side in px."""

    def __init__(self, picture: Floats, rng: np.random.Generator):
        self.picture, self.rng = picture, rng
        self.height, self.width = picture.shape[:2]
        self.unit = float(min(self.height, self.width))

    def window(self, x: float, y: float, reach: float) -> tuple[slice, slice, Floats, Floats]:
        """The part of the picture within ``reach`` px of (x, y), and its columns and rows measured from there."""
        top, left = max(0, int(y - reach)), max(0, int(x - reach))
        bottom, right = min(self.height, int(y + reach) + 1), min(self.width, int(x + reach) + 1)
        down, across = slice(top, max(top, bottom)), slice(left, max(left, right))
        rows, columns = np.mgrid[down, across]
        return down, across, np.asarray(columns - x, dtype=np.float32), np.asarray(rows - y, dtype=np.float32)


def lit(normal_x: Floats, normal_y: Floats, albedo: Floats, gloss: float, sharp: float, bounce: float = 0.10) -> Floats:
    """A surface's colour in the room's light: Lambert's law, a warm return from the table, a Blinn-Phong gleam."""
    normal_z = np.sqrt(np.clip(1 - normal_x**2 - normal_y**2, 0, 1))
    facing = normal_x * LIGHT[0] + normal_y * LIGHT[1] + normal_z * LIGHT[2]
    body = np.clip(facing, 0, 1)[..., None] ** 1.15
    shadow = albedo * colour("#5c3a24") * 0.32
    back = np.clip(normal_x * 0.7 + normal_y * 0.6 - 0.2, 0, 1)[..., None] * colour("#b0784a") * albedo * bounce * 3
    gleam = (
        np.clip(normal_x * _GLEAM[0] + normal_y * _GLEAM[1] + normal_z * _GLEAM[2], 0, 1)[..., None] ** sharp * gloss
    )
    return np.asarray(np.clip(shadow + body * albedo * 1.08 + back + gleam * colour("#fff3dc"), 0, 1), dtype=np.float32)


def cast(s: Stage, x: float, foot: float, wide: float, thick: float = 0.2) -> None:
    """The shadow to the right of a thing that stands at (x, foot); ``thick`` is its depth as a share of ``wide``."""
    lay(s.picture, ellipse(x + wide * 0.75, foot, wide * 1.5, wide * thick), colour(DEEP), 0.62, wide * 0.10)
    lay(s.picture, ellipse(x + wide * 0.12, foot, wide * 1.0, wide * thick * 0.6), colour(DEEP), 0.75, wide * 0.05)


def ball(
    s: Stage,
    x: float,
    y: float,
    rx: float,
    ry: float,
    albedo: Floats,
    gloss: float,
    sharp: float,
    turn: float = 0.0,
    bumps: float = 0.0,
) -> None:
    """A ball or an egg; ``albedo``: one colour, or a function's picture of the window's shape."""
    down, across, dx, dy = s.window(x, y, max(rx, ry) + 3)
    if dx.size == 0:
        return
    c, n = np.cos(turn), np.sin(turn)
    u, v = (dx * c + dy * n) / rx, (-dx * n + dy * c) / ry
    away = np.hypot(u, v)
    nx, ny = u * c - v * n, u * n + v * c
    if bumps:
        pits = noise(s.rng, (dx.shape[0], dx.shape[1]), max(3.0, rx * 0.09), 2)
        nx, ny = nx + np.gradient(pits, axis=1) * bumps, ny + np.gradient(pits, axis=0) * bumps
    scale = np.maximum(np.hypot(nx, ny), 1.0)
    paint = lit(nx / scale, ny / scale, albedo, gloss, sharp)
    edge = np.clip((1 - away) * min(rx, ry) / 1.4, 0, 1)[..., None]
    part = s.picture[down, across]
    part += edge * (paint - part)


def skin(s: Stage, x: float, y: float, r: float, codes: tuple[str, ...], turn: float, grain: float) -> Floats:
    """A window of colours that change across a fruit of radius ``r`` along ``turn`` (radians), in streaks."""
    _, _, dx, dy = s.window(x, y, r + 3)
    place_ = 0.5 + (dx * np.cos(turn) + dy * np.sin(turn)) / (2.4 * r)
    spots = noise(s.rng, (dx.shape[0], dx.shape[1]), (r * 0.5, r * 0.12), 3) * grain
    return ramp(np.stack([colour(code) for code in codes]), (place_ + spots).astype(np.float32))


def turned(
    s: Stage,
    x: float,
    foot: float,
    profile: list[tuple[float, float]],
    scale: float,
    albedo: Floats,
    gloss: float,
    sharp: float,
    opacity: float = 1.0,
) -> None:
    """A thing turned on the wheel: ``profile`` is (half-width, height) from the foot up, in units of ``scale`` px."""
    wheel = smooth([(r * scale, foot - h * scale) for r, h in profile], steps=10)
    heights, radii = wheel[::-1, 1], np.maximum(wheel[::-1, 0], 0.5)
    tall = float(foot - heights.min())
    down, across, dx, dy = s.window(x, foot - tall / 2, max(tall / 2, float(radii.max())) + 4)
    rows = dy + foot - tall / 2
    order = np.argsort(heights)
    half = np.interp(rows, heights[order], radii[order]).astype(np.float32)
    slope = np.gradient(half, axis=0)
    u = np.clip(dx / half, -1, 1)
    ny = -np.clip(slope, -2, 2)
    length = np.sqrt(1 + ny**2)
    paint = lit(u / length, ny / length, albedo, gloss, sharp, 0.16)
    edge = np.clip((half - np.abs(dx)) / 1.3, 0, 1) * np.clip(rows - heights.min(), 0, 1)
    curve = heights.max() + np.sqrt(np.clip(1 - u**2, 0, 1)) * half * 0.13 - rows
    edge = (edge * np.clip(curve, 0, 1) * opacity)[..., None]
    part = s.picture[down, across]
    part += edge * (paint - part)
