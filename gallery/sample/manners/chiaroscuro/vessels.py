"""What holds, cuts, lights and is read."""

import numpy as np

from gallery.sample.manners.chiaroscuro.light import DEEP, Stage, cast, turned
from gallery.sample.palettes import Floats, colour, lighter, mix
from gallery.sample.shapes import border, box, ellipse, lay, moved, ribbon, rotated, shade, smooth, tapered


def jug(s: Stage, x: float, foot: float, k: float, number: int) -> None:
    metal = colour("#8d8f92")
    cast(s, x, foot, k * 0.75)
    loop = smooth(
        [
            (x + k * 0.38, foot - k * 1.75),
            (x + k * 0.95, foot - k * 1.85),
            (x + k * 1.02, foot - k * 1.1),
            (x + k * 0.6, foot - k * 0.65),
        ]
    )
    lay(s.picture, ribbon(loop, k * 0.13), mix(metal, colour(DEEP), 0.55), 1.0, 0.6)
    lay(s.picture, ribbon(loop - (k * 0.03, k * 0.02), k * 0.04), lighter(metal, 0.1), 0.8, 1.0)
    turned(s, x, foot, [(0.5, 0), (0.55, 0.08), (0.42, 0.16), (0.68, 0.5), (0.72, 0.85), (0.5, 1.25), (0.36, 1.5),
        (0.4, 1.9), (0.46, 2.0)], k, metal, 0.55, 26)  # fmt: skip
    for height, half in ((1.98, 0.46), (1.5, 0.37), (0.12, 0.48)):
        lay(s.picture, ribbon(ellipse(x, foot - k * height, k * half, k * half * 0.13)[0:34], k * 0.028),
            lighter(metal, 0.16), 0.55, 0.8)  # fmt: skip
    lay(s.picture, ellipse(x, foot - k * 2.0, k * 0.44, k * 0.06), mix(metal, colour(DEEP), 0.75))
    lay(s.picture, ellipse(x - k * 0.3, foot - k * 0.95, k * 0.05, k * 0.22, 0.12), colour("#fffaf0"), 0.75, k * 0.03)


def copper(s: Stage, x: float, foot: float, k: float, number: int) -> None:
    cast(s, x, foot, k * 0.95)
    turned(s, x, foot, [(0.62, 0), (0.85, 0.2), (0.92, 0.55), (0.82, 0.85), (0.7, 1.0), (0.8, 1.12)],
        k, colour("#a8552e"), 0.65, 22)  # fmt: skip
    lay(s.picture, ellipse(x, foot - k * 1.12, k * 0.8, k * 0.14), mix(colour("#c77a48"), colour(DEEP), 0.15))
    lay(s.picture, ellipse(x, foot - k * 1.10, k * 0.74, k * 0.11), mix(colour("#5b2a16"), colour(DEEP), 0.6))
    handle = smooth(
        [
            (x - k * 0.78, foot - k * 1.1),
            (x - k * 0.5, foot - k * 1.75),
            (x + k * 0.5, foot - k * 1.75),
            (x + k * 0.78, foot - k * 1.1),
        ]
    )
    lay(s.picture, ribbon(handle, k * 0.07), mix(colour("#6b5a48"), colour(DEEP), 0.3), 1.0, 0.6)
    lay(s.picture, ribbon(handle - (1.5, 1.5), k * 0.02), colour("#d9c6a4"), 0.6, 0.8)
    lay(s.picture, ellipse(x - k * 0.42, foot - k * 0.62, k * 0.07, k * 0.2, 0.2), colour("#ffe9cc"), 0.85, k * 0.04)


def glass(s: Stage, x: float, foot: float, k: float, number: int) -> None:
    cast(s, x, foot, k * 0.5, 0.16)
    lay(s.picture, ellipse(x, foot, k * 0.42, k * 0.09), colour("#6d7462"), 0.45, 0.8)
    lay(s.picture, ribbon(ellipse(x, foot, k * 0.42, k * 0.09), k * 0.02), colour("#d9dcc4"), 0.6, 0.6)
    turned(s, x, foot, [(0.08, 0.02), (0.05, 0.3), (0.06, 0.6), (0.12, 0.72)], k, colour("#8a917a"), 0.6, 20, 0.75)
    wine = [(0.12, 0.74), (0.36, 0.95), (0.42, 1.2), (0.41, 1.36)]
    turned(s, x, foot, wine, k, colour("#7a1a1c" if number % 2 else "#b88a2e"), 0.4, 30, 0.92)
    lay(
        s.picture,
        ellipse(x, foot - k * 1.36, k * 0.41, k * 0.06),
        colour("#9c3030" if number % 2 else "#d8b25a"),
        0.8,
        0.6,
    )
    bowl = smooth(
        [
            (x - k * 0.12, foot - k * 0.72),
            (x - k * 0.38, foot - k * 0.95),
            (x - k * 0.43, foot - k * 1.3),
            (x - k * 0.36, foot - k * 1.85),
        ]
    )
    for line in (bowl, bowl * (-1, 1) + (2 * x, 0)):
        lay(s.picture, ribbon(line, k * 0.022), colour("#c9cfb8"), 0.6, 0.8)
    lay(s.picture, ribbon(ellipse(x, foot - k * 1.85, k * 0.36, k * 0.05), k * 0.018), colour("#e9ecd8"), 0.75, 0.6)
    gleam = smooth([(x - k * 0.30, foot - k * 1.7), (x - k * 0.34, foot - k * 1.4), (x - k * 0.30, foot - k * 1.05)])
    lay(s.picture, tapered(gleam, k * 0.09), colour("#fffdf2"), 0.8, k * 0.012)
    lay(s.picture, tapered(gleam * (-1, 1) + (2 * x - k * 0.02, 0), k * 0.04), colour("#f3e2c0"), 0.45, k * 0.02)


def candle(s: Stage, x: float, foot: float, k: float, number: int) -> None:
    flame = x, foot - k * 2.05
    down, across, dx, dy = s.window(*flame, k * 3.4)
    glow = np.exp(-np.hypot(dx, dy) / (k * 0.75))[..., None]
    part = s.picture[down, across]
    part += glow * (colour("#f2a63c") - part) * 0.62
    cast(s, x, foot, k * 0.6)
    brass = colour("#a87f34")
    turned(s, x, foot, [(0.55, 0), (0.5, 0.06), (0.16, 0.16), (0.1, 0.4), (0.16, 0.5), (0.1, 0.62), (0.26, 0.74),
        (0.28, 0.8)], k, brass, 0.8, 24)  # fmt: skip
    turned(s, x, foot - k * 0.78, [(0.15, 0), (0.145, 0.5), (0.15, 0.95)], k, colour("#e9d9ae"), 0.15, 12)
    lay(s.picture, ellipse(x, foot - k * 1.73, k * 0.15, k * 0.045), colour("#fff0bd"), 1.0, 1.0)
    lay(s.picture, box(x, foot - k * 1.80, k * 0.02, k * 0.16), colour("#1c100a"))
    tongue = smooth([(x, foot - k * 2.42), (x + k * 0.10, foot - k * 2.02), (x + k * 0.055, foot - k * 1.80),
        (x - k * 0.055, foot - k * 1.80), (x - k * 0.10, foot - k * 2.0)], closed=True)  # fmt: skip
    lay(s.picture, tongue, colour("#f7b03c"), 1.0, k * 0.03)
    lay(s.picture, (tongue - (x, foot - k * 1.98)) * 0.62 + (x, foot - k * 1.98), colour("#fff6cf"), 1.0, k * 0.02)


def book(s: Stage, x: float, foot: float, k: float, number: int) -> None:
    cast(s, x, foot, k * 0.95, 0.14)
    slab = np.array([(-0.95, -0.12), (0.75, 0.08), (1.0, -0.22), (-0.6, -0.42)]) * k + (x, foot)
    cover_ = slab.astype(np.float32)
    lay(s.picture, moved(cover_, 0, k * 0.05), mix(colour("#5c2a1c"), colour(DEEP), 0.5))
    pages = np.concatenate([cover_[[0, 1]], cover_[[1, 0]] - (0, k * 0.26)]).astype(np.float32)
    lay(s.picture, pages, colour("#c9b285"))
    for i in range(9):
        y = -0.026 * k * (i + 0.7)
        lay(s.picture, ribbon(cover_[[0, 1]] + (0, y), 1.2), colour("#7c6440"), 0.7)
    side = np.concatenate([cover_[[1, 2]], cover_[[2, 1]] - (0, k * 0.26)]).astype(np.float32)
    lay(s.picture, side, mix(colour("#c9b285"), colour(DEEP), 0.62))
    top = cover_ - (0, k * 0.27)
    lay(s.picture, top, colour("#7a3a24"))
    lay(s.picture, top[[0, 3, 2]], colour("#a05a38"), 0.5, k * 0.05)
    lay(s.picture, border(top, k * 0.03), colour("#4a2014"), 0.9, 0.8)
    inset = (top - top.mean(axis=0)) * 0.8 + top.mean(axis=0)
    lay(s.picture, border(inset, k * 0.02), colour("#d0a04c"), 0.8, 0.6)


def plate(s: Stage, x: float, foot: float, k: float, number: int) -> None:
    y, r = foot - k * 0.02, k * 1.15
    cast(s, x, foot + k * 0.06, r * 0.95, 0.24)
    silver = colour("#a3a29b")
    for reach, tone in (
        (1.0, mix(silver, colour(DEEP), 0.35)),
        (0.97, silver),
        (0.70, mix(silver, colour(DEEP), 0.45)),
        (0.67, mix(silver, colour(DEEP), 0.22)),
    ):
        lay(s.picture, ellipse(x, y, r * reach, r * reach * 0.25, points=100), tone, 1.0, 0.7)
    rim = ellipse(x, y, r * 0.985, r * 0.247, points=100)
    lay(s.picture, ribbon(rim[46:76], r * 0.018), colour("#fbf8ea"), 0.85, 1.0)
    lay(s.picture, ribbon(rim[2:30], r * 0.02), colour("#e6dfcb"), 0.6, 1.0)
    lay(s.picture, ellipse(x - r * 0.62, y - r * 0.06, r * 0.2, r * 0.03, -0.3), colour("#fffdf4"), 0.7, r * 0.02)
    lay(s.picture, ellipse(x + r * 0.55, y + r * 0.04, r * 0.3, r * 0.06), colour(DEEP), 0.4, r * 0.05)


def knife(s: Stage, x: float, foot: float, k: float, number: int) -> None:
    def at(points: list[tuple[float, float]]) -> Floats:
        return rotated(np.array(points) * k, 0.32) + np.array([x, foot + k * 0.1], dtype=np.float32)

    shade(s.picture, at([(-1.0, 0.10), (0.9, 0.12), (0.9, 0.2), (-1.0, 0.2)]), -0.6, k * 0.04)
    lay(s.picture, at([(-1.1, 0.0), (-0.9, -0.09), (0.1, -0.07), (0.1, 0.07), (-0.9, 0.06)]), colour("#9fa3a4"))
    lay(s.picture, at([(-1.05, -0.01), (-0.9, -0.08), (0.1, -0.06), (0.1, -0.01)]), colour("#edeee8"), 0.8, 1.0)
    lay(s.picture, at([(0.08, -0.09), (0.9, -0.1), (0.98, 0.0), (0.9, 0.1), (0.08, 0.08)]), colour("#3c2214"))
    lay(s.picture, at([(0.12, -0.06), (0.88, -0.07), (0.88, -0.02), (0.12, -0.02)]), colour("#8a5a34"), 0.8, 1.2)
