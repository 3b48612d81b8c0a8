"""The studio table that cubists break: a guitar, a bottle, a glass, a newspaper, fruit."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from gallery.sample.canvas import noise
from gallery.sample.motifs.cartoon import Cartoon
from gallery.sample.palettes import Floats, colour, lighter, mix, ramp
from gallery.sample.shapes import box, ellipse, moved, ribbon, rotated, smooth

Item = Literal["guitar", "bottle", "glass", "newspaper", "fruit"]
_TOLD: dict[Item, str] = {
    "guitar": "a guitar", "bottle": "a bottle", "glass": "a glass", "newspaper": "a folded newspaper", "fruit": "fruit",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Studio:
    """What lies on the table."""

    items: tuple[Item, ...]


def told_studio(studio: Studio) -> str:
    """What is to be seen, as the middle of a sentence."""
    words = [_TOLD[item] for item in studio.items]
    return f"{', '.join(words[:-1])} and {words[-1]} on a table"


def draw_studio(c: Cartoon, studio: Studio) -> None:
    """Lay the table and its things on the cartoon, furthest first."""
    h, w = c.size
    c.colour[:] = c.wash(c.scheme.sky, 0, h, 0.14)
    panel = box(w * 0.24, h * 0.3, w * 0.44, h * 0.66, 0.06)
    c.lay(panel, mix(colour(c.scheme.far), colour(c.scheme.sky[-1]), 0.3), lined=True)
    c.lay(smooth([(w * 0.06, h * 0.86), (w * 0.2, h * 0.55), (w * 0.86, h * 0.52), (w * 0.97, h * 0.84),
        (w * 0.5, h * 0.97)], closed=True), _wood(c, c.scheme.mid), lined=True)  # fmt: skip
    for item in ("newspaper", "guitar", "bottle", "glass", "fruit"):
        if item in studio.items:
            _ITEMS[item](c)


def _wood(c: Cartoon, code: str) -> Floats:
    grain = noise(c.rng, c.size, (c.unit * 0.012, c.unit * 0.3), 3)
    rings = np.sin(grain * 3 + noise(c.rng, c.size, c.unit * 0.3, 2) * 4) * 0.25 + 0.5
    base = colour(code)
    return ramp(np.stack([mix(base, colour(c.scheme.dark), 0.4), base, mix(base, colour(c.scheme.light), 0.35)]), rings)


def _guitar(c: Cartoon) -> None:
    h, w = c.size
    u, turn = c.unit, -0.42
    middle = np.array([w * 0.50, h * 0.56], dtype=np.float32)

    def at(points: list[tuple[float, float]]) -> Floats:
        return rotated(np.array(points) * u, turn) + middle

    half = [(0.0, -0.30), (0.12, -0.30), (0.175, -0.20), (0.115, -0.06), (0.20, 0.08), (0.215, 0.22), (0.11, 0.33),
        (0.0, 0.345)]  # fmt: skip
    body = smooth(np.concatenate([at(half), at([(-x, y) for x, y in half[-2:0:-1]])]), closed=True, steps=8)
    c.lay(moved(body, u * 0.03, u * 0.025), mix(colour(c.scheme.dark), colour(c.scheme.near), 0.3), lined=True)
    c.lay(body, _wood(c, c.scheme.second), lined=True)
    neck = at([(-0.032, -0.74), (0.032, -0.74), (0.034, -0.04), (-0.034, -0.04)])
    c.lay(neck, mix(colour(c.scheme.dark), colour(c.scheme.accent), 0.3), lined=True)
    c.lay(at([(-0.05, -0.90), (0.05, -0.90), (0.036, -0.73), (-0.036, -0.73)]), colour(c.scheme.accent), lined=True)
    hole = at([(0.0, 0.03)])[0]
    c.lay(ellipse(hole[0], hole[1], u * 0.078), colour(c.scheme.light), lined=True)
    c.lay(ellipse(hole[0], hole[1], u * 0.062), colour(c.scheme.dark))
    c.lay(at([(-0.09, 0.225), (0.09, 0.225), (0.09, 0.25), (-0.09, 0.25)]), colour(c.scheme.dark))
    for x in np.linspace(-0.024, 0.024, 5):
        c.lay(ribbon(at([(x, -0.84), (x * 1.3, 0.235)]), u * 0.0035), mix(colour(c.scheme.light), colour(c.scheme.dark),
            0.1))  # fmt: skip
    for y in np.linspace(-0.66, -0.18, 7):
        c.lay(ribbon(at([(-0.032, y), (0.032, y)]), u * 0.005), colour(c.scheme.second))


def _bottle(c: Cartoon) -> None:
    h, w = c.size
    x, foot, u, s = w * 0.25, h * 0.80, c.unit, c.scheme
    left = [(-0.085, 0), (-0.09, 0.3), (-0.075, 0.40), (-0.034, 0.47), (-0.032, 0.62), (-0.042, 0.64)]
    outline = smooth(
        [(x + a * u, foot - b * u) for a, b in left] + [(x - a * u, foot - b * u) for a, b in left[::-1]], steps=6
    )
    c.lay(outline, mix(colour(s.water[1]), colour(s.dark), 0.2), lined=True)
    c.lay((outline - (x, 0)) * (0.5, 1) + (x - u * 0.035, 0), mix(colour(s.water[0]), colour(s.light), 0.2), soft=2)
    c.lay(box(x, foot - u * 0.18, u * 0.172, u * 0.15), colour(s.light), lined=True)
    for i in range(4):
        c.lay(box(x, foot - u * (0.13 + 0.032 * i), u * (0.12 - 0.02 * (i % 2)), u * 0.007),
            colour((s.accent, s.dark)[i % 2]))  # fmt: skip


def _glass(c: Cartoon) -> None:
    h, w = c.size
    x, foot, u, s = w * 0.76, h * 0.82, c.unit, c.scheme
    c.lay(ellipse(x, foot, u * 0.075, u * 0.022), colour(s.light), lined=True)
    c.lay(box(x, foot - u * 0.075, u * 0.018, u * 0.15), colour(s.light), lined=True)
    bowl = smooth([(x - u * 0.09, foot - u * 0.34), (x - u * 0.085, foot - u * 0.2), (x, foot - u * 0.14),
        (x + u * 0.085, foot - u * 0.2), (x + u * 0.09, foot - u * 0.34)], steps=8)  # fmt: skip
    c.lay(bowl, mix(colour(s.light), colour(s.water[0]), 0.4), lined=True)
    c.lay(bowl[6:27], colour(s.accent), lined=True)
    c.lay(ellipse(x, foot - u * 0.34, u * 0.09, u * 0.028), lighter(colour(s.light), 0.03), lined=True)


def _newspaper(c: Cartoon) -> None:
    h, w = c.size
    u, s = c.unit, c.scheme
    sheet = box(w * 0.68, h * 0.66, u * 0.44, u * 0.56, 0.3)
    c.lay(sheet, colour(s.light), lined=True)
    along, down = (sheet[1] - sheet[0]), (sheet[3] - sheet[0])
    for i in range(19):
        for column in range(3):
            share = 0.10 + i * 0.046
            if i < 2 and column < 2:
                continue
            start = sheet[0] + along * (0.06 + 0.31 * column) + down * share
            line = np.stack([start, start + along * 0.25 * c.rng.uniform(0.7, 1.0)]).astype(np.float32)
            c.lay(ribbon(line, u * 0.007), mix(colour(s.dark), colour(s.light), 0.35))
    head = sheet[0] + along * 0.07 + down * 0.10
    for i in range(5):
        bar = np.stack([head + along * 0.115 * i, head + along * (0.115 * i + 0.08)]).astype(np.float32)
        c.lay(ribbon(bar, u * 0.04), colour(s.dark))


def _fruit(c: Cartoon) -> None:
    h, w = c.size
    u, s = c.unit, c.scheme
    c.lay(ellipse(w * 0.52, h * 0.84, u * 0.27, u * 0.065), mix(colour(s.light), colour(s.far), 0.25), lined=True)
    for i, (x, y) in enumerate(((0.40, 0.79), (0.54, 0.77), (0.63, 0.81), (0.48, 0.82))):
        tint = colour((s.accent, s.second, s.near, s.accent)[i])
        px, py, r = x * w, y * h, u * 0.075
        pear = smooth([(px, py - r * 1.5), (px + r * 0.45, py - r * 0.7), (px + r * 0.9, py + r * 0.3), (px, py + r),
            (px - r * 0.9, py + r * 0.3), (px - r * 0.45, py - r * 0.7)], closed=True)  # fmt: skip
        c.lay(pear, tint, lined=True)
        c.lay((pear - (px, py)) * 0.5 + (px - r * 0.25, py), lighter(tint, 0.14), soft=2)


_ITEMS = {"guitar": _guitar, "bottle": _bottle, "glass": _glass, "newspaper": _newspaper, "fruit": _fruit}
