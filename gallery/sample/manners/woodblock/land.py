"""Land and sky, plants, houses, birds and weather."""

import numpy as np

from gallery.sample.canvas import grid
from gallery.sample.manners.woodblock.block import Block
from gallery.sample.palettes import colour, lighter, mix, ramp
from gallery.sample.shapes import box, ellipse, lay, ribbon, ridge, smooth, tapered


def mountain(b: Block) -> None:
    x, peak, foot = b.width * 0.36, b.horizon * 0.30, b.horizon + 4
    reach = b.unit * 0.85
    slope = [(x - reach, foot), (x - reach * 0.45, foot - (foot - peak) * 0.34),
        (x - reach * 0.13, peak + b.unit * 0.03), (x - reach * 0.05, peak), (x + reach * 0.05, peak + b.unit * 0.006),
        (x + reach * 0.14, peak + b.unit * 0.04), (x + reach * 0.5, foot - (foot - peak) * 0.3),
        (x + reach * 1.1, foot)]  # fmt: skip
    cone = smooth(slope)
    b.put(cone, b.wiped((b.palette.line, b.palette.far, b.palette.pale), peak, foot))
    snow_line = peak + (foot - peak) * 0.30
    cap = cone[(cone[:, 1] < snow_line)]
    teeth = np.linspace(cap[-1, 0], cap[0, 0], 15)
    drops = [
        (tx, snow_line + b.unit * (0.06 if i % 2 else -0.055) * (0.6 + 0.4 * np.sin(i * 2.1)))
        for i, tx in enumerate(teeth[1:-1])
    ]
    b.put(np.concatenate([cap, np.array(drops, dtype=np.float32)]), colour(b.palette.pale), 0.0025)


def hills(b: Block) -> None:
    for i in range(3):
        y = b.horizon - b.unit * (0.17 - 0.06 * i)
        tone = mix(mix(colour(b.palette.far), colour(b.palette.pale), 0.4 - 0.2 * i), colour(b.palette.land), 0.3 * i)
        hill = ridge(b.rng, b.width, b.horizon + 4, y, b.unit * 0.05, 6)
        rows, _ = grid((b.height, b.width))
        b.put(hill, ramp(np.stack([tone, mix(tone, colour(b.palette.pale), 0.75)]),
            (rows - y + b.unit * 0.05) / (b.unit * 0.2)), 0.003)  # fmt: skip


def sun(b: Block) -> None:
    x, y, r = b.width * 0.66, b.horizon * 0.42, b.unit * 0.13
    b.put(ellipse(x, y, r, points=120), b.wiped((b.palette.accent, b.palette.accent, b.palette.sky[2]),
        y - r, y + r * 1.5), 0.0)  # fmt: skip


def moon(b: Block) -> None:
    x, y, r = b.width * 0.62, b.horizon * 0.36, b.unit * 0.14
    for reach in (1.5, 1.25):
        lay(b.picture, ellipse(x, y, r * reach, points=120), colour(b.palette.pale), 0.14, r * 0.1)
    b.put(ellipse(x, y, r, points=120), colour(b.palette.pale), 0.002)


def mist(b: Block) -> None:
    for i, share in enumerate((0.55, 0.78, 0.96)):
        y, x = b.horizon * share, b.width * (0.15 + 0.5 * (i % 2))
        wide, thick = b.width * (0.62 - 0.08 * i), b.unit * 0.026
        for dx, dy, scale in ((0, 0, 1.0), (0.2, 1.5, 0.75)):
            band = box(x + dx * wide, y + dy * thick, wide * scale, thick)
            ends = [ellipse(x + dx * wide + s * wide * scale / 2, y + dy * thick, thick / 2) for s in (-1, 1)]
            for outline in (band, *ends):
                lay(b.picture, outline, colour(b.palette.pale), 0.86, b.unit * 0.003)


def roofs(b: Block) -> None:
    u = b.unit
    for i, place in enumerate((0.08, 0.26, 0.42, 0.16, 0.34)):
        x, y, s = place * b.width + u * 0.03, b.height - u * (0.30 - 0.05 * i - 0.04 * (i == 4)), u * (0.09 + 0.018 * i)
        b.put(
            box(x, y + s * 0.35, s * 1.5, s * 0.8), mix(colour(b.palette.pale), colour(b.palette.accent), 0.18), 0.003
        )
        for k in (-0.4, 0.0, 0.4):
            b.put(
                box(x + k * s, y + s * 0.4, s * 0.24, s * 0.5),
                mix(colour("#f2c464"), colour(b.palette.line), 0.25),
                0.002,
            )
        roof = smooth([(x - s * 1.15, y + s * 0.06), (x - s * 0.7, y - s * 0.22), (x - s * 0.4, y - s * 0.62),
            (x + s * 0.4, y - s * 0.62), (x + s * 0.7, y - s * 0.22), (x + s * 1.15, y + s * 0.06)],
            steps=6)  # fmt: skip
        cap = (
            colour(b.palette.pale)
            if b.palette.name.startswith("snow")
            else mix(colour(b.palette.line), colour(b.palette.far), 0.5)
        )
        b.put(roof, cap, 0.0035)
        for k in np.linspace(-0.7, 0.7, 8):
            line = np.array([(x + k * s * 0.55, y - s * 0.55), (x + k * s * 1.3, y)], dtype=np.float32)
            lay(b.picture, ribbon(line, s * 0.018), colour(b.palette.line), 0.45)


def pines(b: Block) -> None:
    u, h, w = b.unit, b.height, b.width
    for x, foot, tall, lean in (
        (w * 0.86, h * 0.97, u * 0.66, -0.3),
        (w * 0.70, h * 0.99, u * 0.40, 0.22),
        (w * 0.06, h * 0.93, u * 0.46, 0.18),
    ):
        trunk = smooth(
            [
                (x, foot),
                (x - lean * tall * 0.35, foot - tall * 0.35),
                (x + lean * tall * 0.12, foot - tall * 0.7),
                (x + lean * tall * 0.5, foot - tall),
            ]
        )
        b.put(ribbon(trunk, np.linspace(tall * 0.085, tall * 0.025, len(trunk), dtype=np.float32)),
            mix(colour("#6b4a35"), colour(b.palette.line), 0.3), 0.003)  # fmt: skip
        for i in range(9):
            px, py = trunk[int(len(trunk) * (0.42 + 0.06 * i)) - 1]
            side = (-1) ** i
            reach = tall * (0.30 - 0.02 * i)
            cx, cy = px + side * reach * 0.7, py - tall * 0.015
            b.put(ribbon(smooth([(px, py), (cx, cy)]), tall * 0.018), colour(b.palette.line), 0)
            pad = smooth([(cx - reach * 0.7, cy + tall * 0.02), (cx - reach * 0.45, cy - tall * 0.045),
                (cx, cy - tall * 0.075), (cx + reach * 0.45, cy - tall * 0.04), (cx + reach * 0.7, cy + tall * 0.02),
                (cx, cy + tall * 0.035)], closed=True)  # fmt: skip
            b.put(pad, b.wiped((b.palette.land, b.palette.line), cy - tall * 0.09, cy + tall * 0.09), 0.003)
            for k in np.linspace(-0.5, 0.5, 7):
                needle = box(cx + k * reach, cy - tall * 0.02, tall * 0.005, tall * 0.05, k)
                lay(b.picture, needle, lighter(colour(b.palette.land), 0.1), 0.8)


def branch(b: Block) -> None:
    u, w = b.unit, b.width
    limb = smooth([(w * 1.02, u * 0.34), (w * 0.86, u * 0.23), (w * 0.74, u * 0.27), (w * 0.58, u * 0.13),
        (w * 0.46, u * 0.16)])  # fmt: skip
    b.put(ribbon(limb, np.linspace(u * 0.045, u * 0.008, len(limb), dtype=np.float32)), mix(colour("#5d4034"),
        colour(b.palette.line), 0.3), 0.003)  # fmt: skip
    for i in range(4, len(limb), 2):
        for k in range(3):
            x, y = limb[i] + b.rng.normal(0, u * 0.04, 2)
            r = u * b.rng.uniform(0.012, 0.02)
            for turn in range(5):
                a = turn * 2 * np.pi / 5 + i
                b.put(ellipse(x + np.cos(a) * r * 0.7, y + np.sin(a) * r * 0.7, r * 0.6, points=16),
                    mix(colour(b.palette.accent), colour(b.palette.pale), 0.35 + 0.2 * k), 0.0012)  # fmt: skip
            lay(b.picture, ellipse(x, y, r * 0.3, points=12), colour(b.palette.accent))


def reeds(b: Block) -> None:
    u, h, w = b.unit, b.height, b.width
    for i in range(34):
        x = w * (0.02 + 0.30 * b.rng.random() ** 1.3) if i % 4 else w * (0.86 + 0.12 * b.rng.random())
        tall, lean = u * b.rng.uniform(0.18, 0.46), u * b.rng.normal(0.05, 0.05)
        blade = smooth([(x, h + 4), (x + lean * 0.3, h - tall * 0.6), (x + lean, h - tall)])
        tone = mix(colour(b.palette.land), colour(b.palette.line), 0.2 + 0.5 * (i % 3) / 2)
        lay(b.picture, tapered(blade, u * 0.013, start=0.8), tone)
        if i % 5 == 0:
            b.put(
                ellipse(x + lean, h - tall, u * 0.009, u * 0.03),
                mix(colour("#7a5030"), colour(b.palette.line), 0.3),
                0.0015,
            )


def birds(b: Block) -> None:
    for i in range(9):
        x, y = b.width * (0.20 + 0.065 * i), b.horizon * (0.30 + 0.05 * abs(i - 5) + 0.02 * (i % 2))
        s = b.unit * (0.030 + 0.012 * (i % 3 == 1))
        wing = smooth([(x - s * 1.7, y - s * 0.5), (x - s * 0.8, y - s * 0.62), (x, y), (x + s * 0.7, y - s * 0.8),
            (x + s * 1.6, y - s * 0.75)])  # fmt: skip
        b.put(
            tapered(wing, s * 0.36), colour((b.palette.pale, b.palette.line)[b.palette.name.startswith("plum")]), 0.0018
        )
        b.put(tapered(smooth([(x - s * 0.5, y + s * 0.25), (x, y), (x + s * 0.9, y - s * 0.08)]), s * 0.3),
            colour(b.palette.line), 0)  # fmt: skip


def rain(b: Block) -> None:
    count = int(b.width * b.height / 3600)
    for _ in range(count):
        x, y = b.rng.random() * b.width * 1.2, b.rng.random() * b.height
        long = b.unit * b.rng.uniform(0.12, 0.34)
        tone = colour((b.palette.pale, b.palette.line)[int(b.rng.random() < 0.35)])
        lay(b.picture, box(x, y, 1.3, long, 0.24), tone, 0.5)


def snow(b: Block) -> None:
    for _ in range(330):
        x, y = b.rng.random() * b.width, b.rng.random() * b.height
        lay(b.picture, ellipse(x, y, b.unit * b.rng.uniform(0.0025, 0.0075), points=14), colour("#fbfaf4"), 0.95, 0.4)
