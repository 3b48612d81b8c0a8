"""Solid things in one light: each is shaded from the direction its surface faces."""

from collections.abc import Callable
from typing import Literal

import numpy as np

from gallery.sample.canvas import noise
from gallery.sample.palettes import Floats, colour, lighter, mix, ramp
from gallery.sample.shapes import blob, box, ellipse, lay, ribbon, rotated, shade, smooth, tapered

Thing = Literal["jug", "copper pot", "glass", "candle", "book", "plate", "knife", "bread", "lemon", "apple", "peach", "plum", "grapes", "roses"]
TOLD: dict[Thing, tuple[str, str]] = {
    "jug": ("a pewter jug", "pewter jugs"), "copper pot": ("a copper pot", "copper pots"),
    "glass": ("a glass of wine", "glasses of wine"), "candle": ("a burning candle", "candles"),
    "book": ("an old book", "books"), "plate": ("a silver plate", "plates"), "knife": ("a knife", "knives"),
    "bread": ("a loaf of bread", "loaves of bread"), "lemon": ("a lemon", "lemons"), "apple": ("an apple", "apples"),
    "peach": ("a peach", "peaches"), "plum": ("a plum", "plums"), "grapes": ("a bunch of grapes", "bunches of grapes"),
    "roses": ("a vase of roses", "vases of roses"),
}  # fmt: skip
_LIGHT = np.array([-0.62, -0.50, 0.60])
_LIGHT = _LIGHT / np.linalg.norm(_LIGHT)
_GLEAM = (_LIGHT + [0, 0, 1]) / np.linalg.norm(_LIGHT + [0, 0, 1])
_DEEP = "#0d0806"


class Stage:
    """The picture as it fills, in place; ``unit`` is its short side in px."""

    def __init__(self, picture: Floats, rng: np.random.Generator):
        self.picture, self.rng = picture, rng
        self.height, self.width = picture.shape[:2]
        self.unit = float(min(self.height, self.width))

    def window(self, x: float, y: float, reach: float) -> tuple[slice, slice, Floats, Floats]:
        """The part of the picture within ``reach`` px of (x, y), and its columns and rows measured from there."""
        top, left = max(0, int(y - reach)), max(0, int(x - reach))
        down, across = slice(top, max(top, min(self.height, int(y + reach) + 1))), slice(left, max(left, min(self.width, int(x + reach) + 1)))
        rows, columns = np.mgrid[down, across]
        return down, across, (columns - x).astype(np.float32), (rows - y).astype(np.float32)


def lit(normal_x: Floats, normal_y: Floats, albedo: Floats, gloss: float, sharp: float, bounce: float = 0.10) -> Floats:
    """A surface's colour in the room's light: Lambert's law, a warm return from the table, a Blinn-Phong gleam."""
    normal_z = np.sqrt(np.clip(1 - normal_x**2 - normal_y**2, 0, 1))
    facing = normal_x * _LIGHT[0] + normal_y * _LIGHT[1] + normal_z * _LIGHT[2]
    body = np.clip(facing, 0, 1)[..., None] ** 1.15
    shadow = albedo * colour("#5c3a24") * 0.32
    back = np.clip(normal_x * 0.7 + normal_y * 0.6 - 0.2, 0, 1)[..., None] * colour("#b0784a") * albedo * bounce * 3
    gleam = np.clip(normal_x * _GLEAM[0] + normal_y * _GLEAM[1] + normal_z * _GLEAM[2], 0, 1)[..., None] ** sharp * gloss
    return np.asarray(np.clip(shadow + body * albedo * 1.08 + back + gleam * colour("#fff3dc"), 0, 1), dtype=np.float32)


def _cast(s: Stage, x: float, foot: float, wide: float, thick: float = 0.2) -> None:
    lay(s.picture, ellipse(x + wide * 0.75, foot, wide * 1.5, wide * thick), colour(_DEEP), 0.62, wide * 0.10)
    lay(s.picture, ellipse(x + wide * 0.12, foot, wide * 1.0, wide * thick * 0.6), colour(_DEEP), 0.75, wide * 0.05)


def _round(s: Stage, x: float, y: float, rx: float, ry: float, albedo: Floats, gloss: float, sharp: float, turn: float = 0.0, bumps: float = 0.0) -> None:
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


def _skin(s: Stage, x: float, y: float, r: float, codes: tuple[str, ...], turn: float, grain: float) -> Floats:
    _, _, dx, dy = s.window(x, y, r + 3)
    place_ = 0.5 + (dx * np.cos(turn) + dy * np.sin(turn)) / (2.4 * r)
    spots = noise(s.rng, (dx.shape[0], dx.shape[1]), (r * 0.5, r * 0.12), 3) * grain
    return ramp(np.stack([colour(code) for code in codes]), (place_ + spots).astype(np.float32))


def _turned(s: Stage, x: float, foot: float, profile: list[tuple[float, float]], scale: float, albedo: Floats, gloss: float, sharp: float, opacity: float = 1.0) -> None:
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


def _jug(s: Stage, x: float, foot: float, k: float, number: int) -> None:
    metal = colour("#8d8f92")
    _cast(s, x, foot, k * 0.75)
    loop = smooth([(x + k * 0.38, foot - k * 1.75), (x + k * 0.95, foot - k * 1.85), (x + k * 1.02, foot - k * 1.1), (x + k * 0.6, foot - k * 0.65)])
    lay(s.picture, ribbon(loop, k * 0.13), mix(metal, colour(_DEEP), 0.55), 1.0, 0.6)
    lay(s.picture, ribbon(loop - (k * 0.03, k * 0.02), k * 0.04), lighter(metal, 0.1), 0.8, 1.0)
    _turned(s, x, foot, [(0.5, 0), (0.55, 0.08), (0.42, 0.16), (0.68, 0.5), (0.72, 0.85), (0.5, 1.25), (0.36, 1.5), (0.4, 1.9), (0.46, 2.0)], k, metal, 0.55, 26)
    for height, half in ((1.98, 0.46), (1.5, 0.37), (0.12, 0.48)):
        lay(s.picture, ribbon(ellipse(x, foot - k * height, k * half, k * half * 0.13)[0:34], k * 0.028), lighter(metal, 0.16), 0.55, 0.8)
    lay(s.picture, ellipse(x, foot - k * 2.0, k * 0.44, k * 0.06), mix(metal, colour(_DEEP), 0.75))
    lay(s.picture, ellipse(x - k * 0.3, foot - k * 0.95, k * 0.05, k * 0.22, 0.12), colour("#fffaf0"), 0.75, k * 0.03)


def _copper(s: Stage, x: float, foot: float, k: float, number: int) -> None:
    _cast(s, x, foot, k * 0.95)
    _turned(s, x, foot, [(0.62, 0), (0.85, 0.2), (0.92, 0.55), (0.82, 0.85), (0.7, 1.0), (0.8, 1.12)], k, colour("#a8552e"), 0.65, 22)
    lay(s.picture, ellipse(x, foot - k * 1.12, k * 0.8, k * 0.14), mix(colour("#c77a48"), colour(_DEEP), 0.15))
    lay(s.picture, ellipse(x, foot - k * 1.10, k * 0.74, k * 0.11), mix(colour("#5b2a16"), colour(_DEEP), 0.6))
    handle = smooth([(x - k * 0.78, foot - k * 1.1), (x - k * 0.5, foot - k * 1.75), (x + k * 0.5, foot - k * 1.75), (x + k * 0.78, foot - k * 1.1)])
    lay(s.picture, ribbon(handle, k * 0.07), mix(colour("#6b5a48"), colour(_DEEP), 0.3), 1.0, 0.6)
    lay(s.picture, ribbon(handle - (1.5, 1.5), k * 0.02), colour("#d9c6a4"), 0.6, 0.8)
    lay(s.picture, ellipse(x - k * 0.42, foot - k * 0.62, k * 0.07, k * 0.2, 0.2), colour("#ffe9cc"), 0.85, k * 0.04)


def _glass(s: Stage, x: float, foot: float, k: float, number: int) -> None:
    _cast(s, x, foot, k * 0.5, 0.16)
    lay(s.picture, ellipse(x, foot, k * 0.42, k * 0.09), colour("#6d7462"), 0.45, 0.8)
    lay(s.picture, ribbon(ellipse(x, foot, k * 0.42, k * 0.09), k * 0.02), colour("#d9dcc4"), 0.6, 0.6)
    _turned(s, x, foot, [(0.08, 0.02), (0.05, 0.3), (0.06, 0.6), (0.12, 0.72)], k, colour("#8a917a"), 0.6, 20, 0.75)
    wine = [(0.12, 0.74), (0.36, 0.95), (0.42, 1.2), (0.41, 1.36)]
    _turned(s, x, foot, wine, k, colour("#7a1a1c" if number % 2 else "#b88a2e"), 0.4, 30, 0.92)
    lay(s.picture, ellipse(x, foot - k * 1.36, k * 0.41, k * 0.06), colour("#9c3030" if number % 2 else "#d8b25a"), 0.8, 0.6)
    bowl = smooth([(x - k * 0.12, foot - k * 0.72), (x - k * 0.38, foot - k * 0.95), (x - k * 0.43, foot - k * 1.3), (x - k * 0.36, foot - k * 1.85)])
    for line in (bowl, bowl * (-1, 1) + (2 * x, 0)):
        lay(s.picture, ribbon(line, k * 0.022), colour("#c9cfb8"), 0.6, 0.8)
    lay(s.picture, ribbon(ellipse(x, foot - k * 1.85, k * 0.36, k * 0.05), k * 0.018), colour("#e9ecd8"), 0.75, 0.6)
    gleam = smooth([(x - k * 0.30, foot - k * 1.7), (x - k * 0.34, foot - k * 1.4), (x - k * 0.30, foot - k * 1.05)])
    lay(s.picture, tapered(gleam, k * 0.09), colour("#fffdf2"), 0.8, k * 0.012)
    lay(s.picture, tapered(gleam * (-1, 1) + (2 * x - k * 0.02, 0), k * 0.04), colour("#f3e2c0"), 0.45, k * 0.02)


def _candle(s: Stage, x: float, foot: float, k: float, number: int) -> None:
    flame = x, foot - k * 2.05
    down, across, dx, dy = s.window(*flame, k * 3.4)
    glow = np.exp(-np.hypot(dx, dy) / (k * 0.75))[..., None]
    part = s.picture[down, across]
    part += glow * (colour("#f2a63c") - part) * 0.62
    _cast(s, x, foot, k * 0.6)
    brass = colour("#a87f34")
    _turned(s, x, foot, [(0.55, 0), (0.5, 0.06), (0.16, 0.16), (0.1, 0.4), (0.16, 0.5), (0.1, 0.62), (0.26, 0.74), (0.28, 0.8)], k, brass, 0.8, 24)
    _turned(s, x, foot - k * 0.78, [(0.15, 0), (0.145, 0.5), (0.15, 0.95)], k, colour("#e9d9ae"), 0.15, 12)
    lay(s.picture, ellipse(x, foot - k * 1.73, k * 0.15, k * 0.045), colour("#fff0bd"), 1.0, 1.0)
    lay(s.picture, box(x, foot - k * 1.80, k * 0.02, k * 0.16), colour("#1c100a"))
    tongue = smooth([(x, foot - k * 2.42), (x + k * 0.10, foot - k * 2.02), (x + k * 0.055, foot - k * 1.80), (x - k * 0.055, foot - k * 1.80), (x - k * 0.10, foot - k * 2.0)], closed=True)
    lay(s.picture, tongue, colour("#f7b03c"), 1.0, k * 0.03)
    lay(s.picture, (tongue - (x, foot - k * 1.98)) * 0.62 + (x, foot - k * 1.98), colour("#fff6cf"), 1.0, k * 0.02)


def _book(s: Stage, x: float, foot: float, k: float, number: int) -> None:
    _cast(s, x, foot, k * 0.95, 0.14)
    slab = np.array([(-0.95, -0.12), (0.75, 0.08), (1.0, -0.22), (-0.6, -0.42)]) * k + (x, foot)
    cover_ = slab.astype(np.float32)
    lay(s.picture, (cover_ + (0, k * 0.05)), mix(colour("#5c2a1c"), colour(_DEEP), 0.5))
    pages = np.concatenate([cover_[[0, 1]] + (0, 0), cover_[[1, 0]] - (0, k * 0.26)]).astype(np.float32)
    lay(s.picture, pages, colour("#c9b285"))
    for i in range(9):
        y = -0.026 * k * (i + 0.7)
        lay(s.picture, ribbon(cover_[[0, 1]] + (0, y), 1.2), colour("#7c6440"), 0.7)
    side = np.concatenate([cover_[[1, 2]], cover_[[2, 1]] - (0, k * 0.26)]).astype(np.float32)
    lay(s.picture, side, mix(colour("#c9b285"), colour(_DEEP), 0.62))
    top = cover_ - (0, k * 0.27)
    lay(s.picture, top, colour("#7a3a24"))
    lay(s.picture, top[[0, 3, 2]], colour("#a05a38"), 0.5, k * 0.05)
    lay(s.picture, ribbon(np.concatenate([top, top[:1]]), k * 0.03), colour("#4a2014"), 0.9, 0.8)
    inset = (top - top.mean(axis=0)) * 0.8 + top.mean(axis=0)
    lay(s.picture, ribbon(np.concatenate([inset, inset[:1]]), k * 0.02), colour("#d0a04c"), 0.8, 0.6)


def _plate(s: Stage, x: float, foot: float, k: float, number: int) -> None:
    y, r = foot - k * 0.02, k * 1.15
    _cast(s, x, foot + k * 0.06, r * 0.95, 0.24)
    silver = colour("#a3a29b")
    for reach, tone in ((1.0, mix(silver, colour(_DEEP), 0.35)), (0.97, silver), (0.70, mix(silver, colour(_DEEP), 0.45)), (0.67, mix(silver, colour(_DEEP), 0.22))):
        lay(s.picture, ellipse(x, y, r * reach, r * reach * 0.25, points=100), tone, 1.0, 0.7)
    rim = ellipse(x, y, r * 0.985, r * 0.247, points=100)
    lay(s.picture, ribbon(rim[46:76], r * 0.018), colour("#fbf8ea"), 0.85, 1.0)
    lay(s.picture, ribbon(rim[2:30], r * 0.02), colour("#e6dfcb"), 0.6, 1.0)
    lay(s.picture, ellipse(x - r * 0.62, y - r * 0.06, r * 0.2, r * 0.03, -0.3), colour("#fffdf4"), 0.7, r * 0.02)
    lay(s.picture, ellipse(x + r * 0.55, y + r * 0.04, r * 0.3, r * 0.06), colour(_DEEP), 0.4, r * 0.05)


def _knife(s: Stage, x: float, foot: float, k: float, number: int) -> None:
    def at(points: list[tuple[float, float]]) -> Floats:
        return rotated(np.array(points) * k, 0.32) + np.array([x, foot + k * 0.1], dtype=np.float32)

    shade(s.picture, at([(-1.0, 0.10), (0.9, 0.12), (0.9, 0.2), (-1.0, 0.2)]), -0.6, k * 0.04)
    lay(s.picture, at([(-1.1, 0.0), (-0.9, -0.09), (0.1, -0.07), (0.1, 0.07), (-0.9, 0.06)]), colour("#9fa3a4"))
    lay(s.picture, at([(-1.05, -0.01), (-0.9, -0.08), (0.1, -0.06), (0.1, -0.01)]), colour("#edeee8"), 0.8, 1.0)
    lay(s.picture, at([(0.08, -0.09), (0.9, -0.1), (0.98, 0.0), (0.9, 0.1), (0.08, 0.08)]), colour("#3c2214"))
    lay(s.picture, at([(0.12, -0.06), (0.88, -0.07), (0.88, -0.02), (0.12, -0.02)]), colour("#8a5a34"), 0.8, 1.2)


def _bread(s: Stage, x: float, foot: float, k: float, number: int) -> None:
    _cast(s, x, foot, k * 0.95)
    y, rx, ry = foot - k * 0.42, k * 0.98, k * 0.52
    crust = _skin(s, x, y, rx, ("#d9a558", "#b8742f", "#8a4d1e"), 1.2, 0.16)
    _round(s, x, y, rx, ry, crust, 0.10, 6, -0.06, 0.30)
    for i in range(3):
        cx = x + k * (-0.42 + 0.40 * i)
        cut = smooth([(cx - k * 0.16, y - k * 0.36 + abs(i - 1) * k * 0.06), (cx, y - k * 0.18), (cx + k * 0.2, y + k * 0.02)])
        lay(s.picture, tapered(cut, k * 0.15), colour("#e7c891"), 0.85, k * 0.02)
        lay(s.picture, tapered(cut + (k * 0.05, k * 0.01), k * 0.05), colour("#6b3a18"), 0.7, k * 0.012)


def _fruit(s: Stage, x: float, foot: float, r: float, number: int, codes: tuple[str, ...], gloss: float, sharp: float) -> float:
    y = foot - r * 0.9
    _cast(s, x, foot, r * 0.85)
    albedo = _skin(s, x, y, r * 1.03, codes, 0.4 + number, 0.10)
    _round(s, x, y, r * 1.03, r, albedo, gloss, sharp)
    return y


def _apple(s: Stage, x: float, foot: float, k: float, number: int) -> None:
    r = k * 0.48
    codes = (("#d9b24a", "#c0442a", "#8e1f1c"), ("#b9b84a", "#c88a38", "#a5402a"))[number % 2]
    y = _fruit(s, x, foot, r, number, codes, 0.55, 40)
    lay(s.picture, ellipse(x, y - r * 0.74, r * 0.34, r * 0.12), colour("#3b1a10"), 0.7, r * 0.08)
    stem = smooth([(x, y - r * 0.72), (x + r * 0.05, y - r * 0.98), (x + r * 0.16, y - r * 1.2)])
    lay(s.picture, ribbon(stem, r * 0.07), colour("#4a321c"))


def _peach(s: Stage, x: float, foot: float, k: float, number: int) -> None:
    r = k * 0.46
    y = _fruit(s, x, foot, r, number, ("#f0c878", "#e69a5a", "#c04a38"), 0.10, 8)
    seam = smooth([(x + r * 0.1, y - r * 0.93), (x + r * 0.32, y - r * 0.3), (x + r * 0.25, y + r * 0.5)])
    lay(s.picture, tapered(seam, r * 0.08), colour("#8c3428"), 0.45, r * 0.04)


def _plum(s: Stage, x: float, foot: float, k: float, number: int) -> None:
    r = k * 0.44
    y = _fruit(s, x, foot, r, number, ("#5d3a5c", "#3c2347", "#2a1834"), 0.35, 24)
    lay(s.picture, ellipse(x - r * 0.2, y - r * 0.2, r * 0.6, r * 0.5), colour("#9a8fb8"), 0.22, r * 0.2)


def _lemon(s: Stage, x: float, foot: float, k: float, number: int) -> None:
    r, turn = k * 0.40, (0.3, -0.35)[number % 2]
    y = foot - r * 0.85
    _cast(s, x, foot, r * 1.2)
    yellow = colour("#e3b92c")
    tip = np.array([np.cos(turn), np.sin(turn)]) * r * 1.32
    _round(s, x + tip[0], y + tip[1], r * 0.26, r * 0.2, yellow, 0.2, 16, turn)
    _round(s, x - tip[0], y - tip[1], r * 0.2, r * 0.18, yellow, 0.2, 16, turn)
    _round(s, x, y, r * 1.32, r * 0.96, yellow, 0.38, 22, turn, 0.13)


def _grapes(s: Stage, x: float, foot: float, k: float, number: int) -> None:
    r = k * 0.15
    _cast(s, x, foot, k * 0.7)
    spots = [(x + (column - (4 - row) / 2) * r * 1.75 + s.rng.normal(0, r * 0.3) + row * r * 0.5, foot - r * 0.8 - row * r * 1.25 + s.rng.normal(0, r * 0.2)) for row in range(4, -1, -1) for column in range(6 - row)]
    for px, py in spots:
        tone = mix(colour("#6f7f34"), colour("#3d2140"), float(s.rng.random() * 0.3 + (number % 2) * 0.65))
        _round(s, px, py, r, r * 1.06, tone, 0.7, 46)
        lay(s.picture, ellipse(px + r * 0.35, py + r * 0.4, r * 0.38, r * 0.3), lighter(tone, 0.2), 0.35, r * 0.15)
    leaf = blob(s.rng, x - k * 0.5, foot - r * 4.6, k * 0.34, k * 0.26, 0.26, 9)
    lay(s.picture, leaf, colour("#3d4a22"), 1.0, 0.8)
    lay(s.picture, (leaf - leaf.mean(axis=0)) * 0.7 + leaf.mean(axis=0) - (3, 3), colour("#7d8a3e"), 0.7, k * 0.04)


def _roses(s: Stage, x: float, foot: float, k: float, number: int) -> None:
    _cast(s, x, foot, k * 0.6)
    _turned(s, x, foot, [(0.36, 0), (0.3, 0.1), (0.52, 0.4), (0.56, 0.7), (0.34, 1.0), (0.3, 1.12)], k, colour("#3d5a66"), 0.75, 30)
    mouth = foot - k * 1.15
    for i in range(26):
        a, far = s.rng.uniform(0, 2 * np.pi), k * s.rng.uniform(0.4, 1.15)
        at = x + np.cos(a) * far * 1.05, mouth - k * 0.62 + np.sin(a) * far * 0.72
        leaf = mix(colour("#4d5f2e"), colour(_DEEP), float(np.clip(0.35 + 0.4 * np.cos(a - 0.6), 0, 0.85)))
        lay(s.picture, ellipse(*at, k * 0.22, k * 0.085, a), leaf, 0.95, 1.2)
    kinds = ("#d98a8c", "#efe0c8", "#b03a34", "#e8b45c", "#c9606e")
    blooms = [(np.sin(i * 2.4) * np.sqrt(i / 11), np.cos(i * 2.4) * np.sqrt(i / 11)) for i in range(12)][::-1]
    for i, (dx, dy) in enumerate(blooms):
        _rose(s, x + dx * k * 0.95, mouth - k * 0.68 + dy * k * 0.72, k * s.rng.uniform(0.22, 0.32), colour(kinds[i % 5]))


def _rose(s: Stage, x: float, y: float, r: float, tint: Floats) -> None:
    depth = np.clip(0.25 + 0.28 * (x / s.width - 0.3), 0.05, 0.6)
    lay(s.picture, ellipse(x + r * 0.15, y + r * 0.2, r * 1.05), colour(_DEEP), 0.5, r * 0.2)
    turn = s.rng.uniform(0, 6)
    for ring, (reach, count) in enumerate(((0.95, 7), (0.7, 6), (0.46, 5), (0.24, 4))):
        for i in range(count):
            a = turn + ring * 0.5 + i * 2 * np.pi / count
            facing = np.cos(a) * _LIGHT[0] + np.sin(a) * _LIGHT[1]
            tone = mix(tint, colour("#2a0f0c"), float(np.clip(depth + 0.10 * (3 - ring) - 0.34 * facing, 0, 0.85)))
            petal = ellipse(x + np.cos(a) * r * reach * 0.6, y + np.sin(a) * r * reach * 0.56, r * (0.24 + 0.28 * reach), r * (0.20 + 0.24 * reach), a + np.pi / 2, 28)
            lay(s.picture, petal, tone, 0.95, 0.8)
            lip = petal[0:28] if ring % 2 else petal[2:18]
            lay(s.picture, ribbon(lip, r * 0.035), lighter(tone, 0.14), 0.6, 1.0)
    lay(s.picture, ellipse(x, y, r * 0.1), mix(tint, colour("#3a120e"), 0.6), 0.9, r * 0.04)


_THINGS: dict[Thing, Callable[[Stage, float, float, float, int], None]] = {
    "jug": _jug, "copper pot": _copper, "glass": _glass, "candle": _candle, "book": _book, "plate": _plate,
    "knife": _knife, "bread": _bread, "lemon": _lemon, "apple": _apple, "peach": _peach, "plum": _plum,
    "grapes": _grapes, "roses": _roses,
}  # fmt: skip
_AT_THE_BACK = ("jug", "copper pot", "glass", "candle", "roses", "plate")


def place(stage: Stage, thing: Thing, across: float, scale: float, number: int) -> None:
    """Put one thing on the table, ``across`` of the way from left to right; the ``number`` varies kinds."""
    deep = 0.74 if thing in _AT_THE_BACK else 0.79 + 0.025 * (number % 2)
    _THINGS[thing](stage, across * stage.width, deep * stage.height, stage.unit * 0.245 * scale, number)
