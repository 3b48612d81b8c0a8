"""Water, and what goes over it."""

import numpy as np

from gallery.sample.manners.woodblock.block import Block
from gallery.sample.palettes import Floats, colour, colours, mix, ramp
from gallery.sample.shapes import box, ellipse, lay, ribbon, smooth, tapered


def _wave_row(b: Block, y: float, size: float, tone: Floats, shift: float) -> None:
    xs = np.arange(-1 + shift, b.width / size + 2) * size
    for x in xs:
        hump = smooth([(x - size * 0.62, y + size * 0.5), (x - size * 0.4, y), (x, y - size * 0.34),
            (x + size * 0.4, y - size * 0.02), (x + size * 0.62, y + size * 0.5)], steps=8)  # fmt: skip
        b.put(hump, tone, 0.0028)
        for k in (0.78, 0.56, 0.34):
            arc = smooth([(x - size * 0.5 * k, y + size * 0.24), (x - size * 0.3 * k, y - size * 0.02 * k),
                (x, y - size * 0.30 * k), (x + size * 0.3 * k, y - size * 0.02), (x + size * 0.5 * k, y + size * 0.24)],
                steps=6)  # fmt: skip
            lay(b.picture, ribbon(arc, size * 0.022), colour(b.palette.pale), 0.75)
        crest = smooth(
            [
                (x - size * 0.3, y - size * 0.14),
                (x - size * 0.12, y - size * 0.31),
                (x + size * 0.1, y - size * 0.33),
                (x + size * 0.28, y - size * 0.18),
            ],
            steps=6,
        )
        lay(b.picture, tapered(crest, size * 0.09), colour(b.palette.pale))


def _sea(b: Block) -> None:
    below = box(b.width / 2, (b.horizon + b.height) / 2 + 5, b.width + 20, b.height - b.horizon + 10)
    b.put(below, b.wiped(b.palette.water, b.horizon, b.height))


def waves(b: Block) -> None:
    _sea(b)
    for i in range(7):
        share = i / 6
        y = b.horizon + b.unit * 0.035 + (b.height - b.horizon) * share**1.25
        tone = ramp(colours(*b.palette.water), np.array(0.1 + share * 0.85))
        _wave_row(b, y, b.unit * (0.07 + 0.13 * share), tone, 0.5 * (i % 2) + 0.1 * b.rng.random())


def swell(b: Block) -> None:
    _sea(b)
    for i in range(3):
        _wave_row(
            b,
            b.horizon + b.unit * (0.03 + 0.05 * i),
            b.unit * (0.08 + 0.02 * i),
            colour(b.palette.water[1]),
            0.5 * (i % 2),
        )
    h, w, u = b.height, b.width, b.unit
    top = b.horizon - u * 0.20
    crest = [(w * 1.04, h), (w * 1.04, b.horizon + u * 0.12), (w * 0.93, b.horizon - u * 0.02),
        (w * 0.80, top + u * 0.03), (w * 0.66, top - u * 0.02), (w * 0.545, top + u * 0.06), (w * 0.50, top + u * 0.17),
        (w * 0.535, top + u * 0.25), (w * 0.60, top + u * 0.17), (w * 0.665, top + u * 0.20),
        (w * 0.66, top + u * 0.32), (w * 0.56, h - u * 0.20), (w * 0.34, h - u * 0.09), (-9, h - u * 0.14), (-9, h + 9),
        (w * 1.04, h + 9)]  # fmt: skip
    body = smooth(crest, closed=True)
    b.put(body, b.wiped((b.palette.water[1], b.palette.water[2]), top, h), 0.005)
    for k in range(8):
        s = k / 8
        inner = smooth([(w * (0.985 - 0.035 * k), h + 4), (w * (0.96 - 0.033 * k), b.horizon + u * (0.15 + 0.02 * k)),
            (w * (0.84 - 0.022 * k), top + u * (0.12 + 0.045 * s)), (w * (0.70 - 0.008 * k),
            top + u * (0.075 + 0.07 * s))])  # fmt: skip
        lay(b.picture, tapered(inner, u * 0.017, start=0.5), colour(b.palette.water[0]), 0.9)
    _foam(b, body[44:100])


def _foam(b: Block, edge: Floats) -> None:
    pale, u = colour(b.palette.pale), b.unit
    for i in range(0, len(edge), 2):
        x, y = edge[i]
        r = u * (0.016 + 0.014 * abs(np.sin(i * 1.7)))
        lobe = ellipse(x, y, r * 1.3, r, 0.4 * np.sin(i), 24)
        b.put(lobe, pale, 0.0026)
    for i in range(0, len(edge), 2):
        lay(b.picture, ellipse(edge[i, 0], edge[i, 1], u * 0.017, u * 0.013, points=20), pale)
    for _ in range(46):
        x, y = edge[int(b.rng.integers(len(edge)))] + b.rng.normal(0, u * 0.05, 2) - (u * 0.03, u * 0.01)
        lay(b.picture, ellipse(x, y, u * b.rng.uniform(0.002, 0.006), points=12), pale)


def boats(b: Block) -> None:
    for place, deep, scale in ((0.22, 0.06, 0.055), (0.42, 0.03, 0.035), (0.14, 0.34, 0.12)):
        x, y, s = place * b.width, b.horizon + deep * (b.height - b.horizon), scale * b.unit
        hull = smooth([(x - s * 1.3, y - s * 0.35), (x - s * 0.8, y + s * 0.12), (x + s * 0.9, y + s * 0.12),
            (x + s * 1.5, y - s * 0.5), (x + s * 0.8, y - s * 0.16), (x - s * 0.7, y - s * 0.14)],
            closed=True)  # fmt: skip
        sail = np.array(
            [
                (x - s * 0.55, y - s * 2.2),
                (x + s * 0.62, y - s * 2.2),
                (x + s * 0.7, y - s * 0.5),
                (x - s * 0.62, y - s * 0.5),
            ],
            dtype=np.float32,
        )
        b.put(sail, b.wiped((b.palette.pale, b.palette.sky[2]), y - s * 2.2, y), 0.003)
        for k in (-0.3, 0.0, 0.3):
            lay(b.picture, box(x + k * s, y - s * 1.35, s * 0.02, s * 1.7), colour(b.palette.line), 0.7)
        b.put(hull, mix(colour(b.palette.accent), colour(b.palette.line), 0.25), 0.003)


def bridge(b: Block) -> None:
    w, u = b.width, b.unit
    y = b.horizon + u * 0.10
    deck = smooth(
        [(-w * 0.05, y + u * 0.05), (w * 0.3, y - u * 0.09), (w * 0.62, y - u * 0.12), (w * 1.05, y - u * 0.02)]
    )
    wood = mix(colour(b.palette.accent), colour("#8a6a45"), 0.55)
    for i in range(6, len(deck) - 2, 7):
        px, py = deck[i]
        for dx in (-0.018, 0.018):
            b.put(box(px + dx * u, py + u * 0.13, u * 0.016, u * 0.27), mix(wood, colour(b.palette.line), 0.45), 0.002)
        b.put(box(px, py + u * 0.12, u * 0.09, u * 0.011), mix(wood, colour(b.palette.line), 0.3), 0.002)
    b.put(ribbon(deck, u * 0.042), wood, 0.0035)
    rail = deck - (0, u * 0.062)
    for i in range(0, len(deck), 3):
        px, py = deck[i]
        b.put(box(px, py - u * 0.035, u * 0.008, u * 0.065), wood, 0.0015)
    b.put(ribbon(rail, u * 0.014), colour(b.palette.accent), 0.0025)
    for i in (9, 14, 22, 27):
        _traveller(b, *deck[i % len(deck)])


def _traveller(b: Block, x: float, y: float) -> None:
    u = b.unit
    b.put(smooth([(x - u * 0.016, y - u * 0.01), (x - u * 0.014, y - u * 0.06), (x + u * 0.012, y - u * 0.06),
        (x + u * 0.018, y - u * 0.01)]), colour(b.palette.line), 0.0)  # fmt: skip
    b.put(np.array([(x - u * 0.035, y - u * 0.058), (x, y - u * 0.085), (x + u * 0.035, y - u * 0.058)],
        dtype=np.float32), mix(colour(b.palette.pale), colour("#c9a24e"), 0.5), 0.0022)  # fmt: skip
