"""Bread and fruit."""

import numpy as np

from gallery.sample.manners.chiaroscuro.light import Stage, ball, cast, skin
from gallery.sample.palettes import colour, lighter, mix
from gallery.sample.shapes import blob, ellipse, lay, moved, ribbon, smooth, tapered


def bread(s: Stage, x: float, foot: float, k: float, number: int) -> None:
    cast(s, x, foot, k * 0.95)
    y, rx, ry = foot - k * 0.42, k * 0.98, k * 0.52
    crust = skin(s, x, y, rx, ("#d9a558", "#b8742f", "#8a4d1e"), 1.2, 0.16)
    ball(s, x, y, rx, ry, crust, 0.10, 6, -0.06, 0.30)
    for i in range(3):
        cx = x + k * (-0.42 + 0.40 * i)
        cut = smooth(
            [(cx - k * 0.16, y - k * 0.36 + abs(i - 1) * k * 0.06), (cx, y - k * 0.18), (cx + k * 0.2, y + k * 0.02)]
        )
        lay(s.picture, tapered(cut, k * 0.15), colour("#e7c891"), 0.85, k * 0.02)
        lay(s.picture, tapered(moved(cut, k * 0.05, k * 0.01), k * 0.05), colour("#6b3a18"), 0.7, k * 0.012)


def _fruit(
    s: Stage, x: float, foot: float, r: float, number: int, codes: tuple[str, ...], gloss: float, sharp: float
) -> float:
    y = foot - r * 0.9
    cast(s, x, foot, r * 0.85)
    albedo = skin(s, x, y, r * 1.03, codes, 0.4 + number, 0.10)
    ball(s, x, y, r * 1.03, r, albedo, gloss, sharp)
    return y


def apple(s: Stage, x: float, foot: float, k: float, number: int) -> None:
    r = k * 0.48
    codes = (("#d9b24a", "#c0442a", "#8e1f1c"), ("#b9b84a", "#c88a38", "#a5402a"))[number % 2]
    y = _fruit(s, x, foot, r, number, codes, 0.55, 40)
    lay(s.picture, ellipse(x, y - r * 0.74, r * 0.34, r * 0.12), colour("#3b1a10"), 0.7, r * 0.08)
    stem = smooth([(x, y - r * 0.72), (x + r * 0.05, y - r * 0.98), (x + r * 0.16, y - r * 1.2)])
    lay(s.picture, ribbon(stem, r * 0.07), colour("#4a321c"))


def peach(s: Stage, x: float, foot: float, k: float, number: int) -> None:
    r = k * 0.46
    y = _fruit(s, x, foot, r, number, ("#f0c878", "#e69a5a", "#c04a38"), 0.10, 8)
    seam = smooth([(x + r * 0.1, y - r * 0.93), (x + r * 0.32, y - r * 0.3), (x + r * 0.25, y + r * 0.5)])
    lay(s.picture, tapered(seam, r * 0.08), colour("#8c3428"), 0.45, r * 0.04)


def plum(s: Stage, x: float, foot: float, k: float, number: int) -> None:
    r = k * 0.44
    y = _fruit(s, x, foot, r, number, ("#5d3a5c", "#3c2347", "#2a1834"), 0.35, 24)
    lay(s.picture, ellipse(x - r * 0.2, y - r * 0.2, r * 0.6, r * 0.5), colour("#9a8fb8"), 0.22, r * 0.2)


def lemon(s: Stage, x: float, foot: float, k: float, number: int) -> None:
    r, turn = k * 0.40, (0.3, -0.35)[number % 2]
    y = foot - r * 0.85
    cast(s, x, foot, r * 1.2)
    yellow = colour("#e3b92c")
    tip = np.array([np.cos(turn), np.sin(turn)]) * r * 1.32
    ball(s, x + tip[0], y + tip[1], r * 0.26, r * 0.2, yellow, 0.2, 16, turn)
    ball(s, x - tip[0], y - tip[1], r * 0.2, r * 0.18, yellow, 0.2, 16, turn)
    ball(s, x, y, r * 1.32, r * 0.96, yellow, 0.38, 22, turn, 0.13)


def grapes(s: Stage, x: float, foot: float, k: float, number: int) -> None:
    r = k * 0.15
    cast(s, x, foot, k * 0.7)
    spots = [(x + (column - (4 - row) / 2) * r * 1.75 + s.rng.normal(0, r * 0.3) + row * r * 0.5,
        foot - r * 0.8 - row * r * 1.25 + s.rng.normal(0, r * 0.2)) for row in range(4, -1,
        -1) for column in range(6 - row)]  # fmt: skip
    for px, py in spots:
        tone = mix(colour("#6f7f34"), colour("#3d2140"), float(s.rng.random() * 0.3 + (number % 2) * 0.65))
        ball(s, px, py, r, r * 1.06, tone, 0.7, 46)
        lay(s.picture, ellipse(px + r * 0.35, py + r * 0.4, r * 0.38, r * 0.3), lighter(tone, 0.2), 0.35, r * 0.15)
    leaf = blob(s.rng, x - k * 0.5, foot - r * 4.6, k * 0.34, k * 0.26, 0.26, 9)
    lay(s.picture, leaf, colour("#3d4a22"), 1.0, 0.8)
    lay(s.picture, (leaf - leaf.mean(axis=0)) * 0.7 + leaf.mean(axis=0) - (3, 3), colour("#7d8a3e"), 0.7, k * 0.04)
