"""The flora and fauna of art-nouveau panels, each a flat shape in a heavy contour."""

from collections.abc import Callable
from typing import Literal

import numpy as np

from gallery.sample.palettes import Floats, colour, lighter, mix
from gallery.sample.shapes import border, ellipse, lay, ribbon, rotated, smooth, tapered

Flower = Literal["iris", "lily", "poppy", "tulip", "rose", "sunflower"]
TOLD: dict[Flower, str] = {
    "iris": "irises", "lily": "lilies", "poppy": "poppies", "tulip": "tulips", "rose": "roses",
    "sunflower": "sunflowers",
}  # fmt: skip


class Panel:
    """The poster as it is inked, in place. ``tints``: field (two), disc, petals (two), leaf, frame, line."""

    def __init__(self, picture: Floats, tints: tuple[str, ...], rng: np.random.Generator):
        self.picture, self.tints, self.rng = picture, tints, rng
        self.height, self.width = picture.shape[:2]
        self.unit = float(min(self.height, self.width))
        if self.height > 1.6 * self.width or self.width > 1.5 * self.height:
            self.unit *= 1.25

    def fill(self, outline: Floats, tint: Floats, weight: float = 1.0) -> None:
        """A flat shape and its contour; ``weight`` 1 is the usual line, 0 none."""
        lay(self.picture, outline, tint, 1.0, 0.4)
        if weight:
            self.line(outline, self.unit * 0.0062 * weight, colour(self.tints[7]))

    def line(self, outline: Floats, width: float, tint: Floats) -> None:
        """A line around a shape."""
        lay(self.picture, border(outline, width), tint)

    def stroke(self, points: list[tuple[float, float]], width: float, tint: Floats) -> None:
        """A swelling line through points."""
        lay(self.picture, tapered(smooth(points), width, start=0.2), tint, 0.9, 0.4)


def _petal(x: float, y: float, angle: float, long: float, wide: float, tip: float = 0.0) -> Floats:
    shape = np.array([(0, 0), (0.22, 0.42), (0.62, 0.52), (0.92, 0.22), (1.0, tip), (0.92, -0.22), (0.62, -0.52),
        (0.22, -0.42)])  # fmt: skip
    return rotated(smooth((shape * (long, wide)).astype(np.float32), closed=True), angle) + np.array(
        [x, y], dtype=np.float32
    )


def _veins(p: Panel, x: float, y: float, angle: float, long: float, tint: Floats) -> None:
    for spread in (-0.22, 0.0, 0.22):
        end = angle + spread
        p.stroke([(x + np.cos(angle) * long * 0.15, y + np.sin(angle) * long * 0.15),
            (x + np.cos(end) * long * 0.5, y + np.sin(end) * long * 0.5),
            (x + np.cos(end) * long * 0.8, y + np.sin(end) * long * 0.8)], p.unit * 0.005, tint)  # fmt: skip


def _petals(
    p: Panel, x: float, y: float, r: float, angles: tuple[float, ...], wide: float, tint: Floats, tip: float = 0.0
) -> None:
    for angle in angles:
        p.fill(_petal(x, y, angle, r, r * wide, tip), tint)
        _veins(p, x, y, angle, r, mix(tint, colour(p.tints[7]), 0.35))


def _iris(p: Panel, x: float, y: float, r: float, lean: float) -> None:
    deep, pale = colour(p.tints[3]), colour(p.tints[4])
    up = -np.pi / 2 + lean
    _petals(p, x, y, r * 1.1, (up - 0.55, up + 0.55), 0.55, pale)
    _petals(p, x, y, r * 1.2, (up,), 0.6, lighter(pale, 0.04))
    _petals(p, x, y, r * 1.15, (np.pi * 0.86 + lean, np.pi * 0.14 + lean), 0.62, deep, 0.2)
    _petals(p, x, y, r * 1.25, (np.pi / 2 + lean,), 0.78, deep)
    for angle in (np.pi * 0.86 + lean, np.pi * 0.14 + lean, np.pi / 2 + lean):
        p.fill(_petal(x, y, angle, r * 0.5, r * 0.2), colour("#f2c84e"), 0.6)


def _lily(p: Panel, x: float, y: float, r: float, lean: float) -> None:
    white, blush = colour(p.tints[3]), mix(colour(p.tints[3]), colour(p.tints[4]), 0.5)
    up = -np.pi / 2 + lean
    _petals(p, x, y, r * 1.25, (up - 1.25, up + 1.25, up), 0.42, blush)
    _petals(p, x, y, r * 1.3, (up - 0.65, up + 0.65), 0.46, white)
    _petals(p, x, y, r * 0.95, (up - 1.95, up + 1.95), 0.4, white)
    for s in (-0.4, -0.15, 0.1, 0.35):
        tip = x + np.cos(up + s) * r * 0.8, y + np.sin(up + s) * r * 0.8
        p.stroke([(x, y), ((x + tip[0]) / 2, (y + tip[1]) / 2), tip], p.unit * 0.006, colour("#8fa04a"))
        p.fill(ellipse(*tip, r * 0.075, r * 0.04, s), colour("#c8792a"), 0.5)


def _poppy(p: Panel, x: float, y: float, r: float, lean: float) -> None:
    deep, pale = colour(p.tints[3]), colour(p.tints[4])
    up = -np.pi / 2 + lean
    _petals(p, x, y, r * 1.15, (up - 0.5, up + 0.5), 1.05, deep)
    _petals(p, x, y, r * 1.05, (up - 1.6, up + 1.6), 0.95, mix(deep, pale, 0.45))
    _petals(p, x, y, r * 0.9, (np.pi / 2 + lean,), 1.2, mix(deep, pale, 0.25))
    p.fill(ellipse(x, y - r * 0.08, r * 0.25, r * 0.22), mix(colour(p.tints[5]), colour(p.tints[7]), 0.35))
    for i in range(14):
        a = i * 2 * np.pi / 14
        p.fill(
            ellipse(x + np.cos(a) * r * 0.36, y - r * 0.08 + np.sin(a) * r * 0.32, r * 0.035), colour(p.tints[7]), 0.0
        )


def _tulip(p: Panel, x: float, y: float, r: float, lean: float) -> None:
    deep, pale = colour(p.tints[3]), colour(p.tints[4])
    up = -np.pi / 2 + lean
    base = x - np.cos(up) * r * 0.5, y - np.sin(up) * r * 0.5
    _petals(p, *base, r * 1.55, (up - 0.42, up + 0.42), 0.52, mix(deep, colour(p.tints[7]), 0.15))
    _petals(p, *base, r * 1.6, (up,), 0.62, pale)
    _petals(p, *base, r * 1.45, (up - 0.24, up + 0.24), 0.42, deep)


def _rose(p: Panel, x: float, y: float, r: float, lean: float) -> None:
    deep, pale = colour(p.tints[3]), colour(p.tints[4])
    for ring, (reach, count) in enumerate(((1.05, 7), (0.8, 6), (0.52, 5))):
        for i in range(count):
            a = lean + ring * 0.45 + i * 2 * np.pi / count
            p.fill(
                ellipse(
                    x + np.cos(a) * r * reach * 0.5,
                    y + np.sin(a) * r * reach * 0.48,
                    r * reach * 0.5,
                    r * reach * 0.42,
                    a + np.pi / 2,
                ),
                mix(pale, deep, 0.3 * ring + 0.12 * (i % 2)),
                0.8,
            )
    turns = np.linspace(0, 3.4 * np.pi, 60)
    spiral = np.stack(
        [x + np.cos(turns) * r * 0.30 * (1 - turns / 13), y + np.sin(turns) * r * 0.27 * (1 - turns / 13)], axis=-1
    ).astype(np.float32)
    p.fill(ellipse(x, y, r * 0.34, r * 0.31), mix(deep, pale, 0.15), 0.8)
    lay(p.picture, ribbon(spiral, p.unit * 0.006), colour(p.tints[7]))


def _sunflower(p: Panel, x: float, y: float, r: float, lean: float) -> None:
    for ring, tint in ((0, colour(p.tints[3])), (1, mix(colour(p.tints[3]), colour(p.tints[4]), 0.6))):
        for i in range(16):
            a = lean + (i + ring / 2) * 2 * np.pi / 16
            p.fill(
                _petal(x + np.cos(a) * r * 0.3, y + np.sin(a) * r * 0.3, a, r * (0.85 - 0.12 * ring), r * 0.24),
                tint,
                0.7,
            )
    p.fill(ellipse(x, y, r * 0.5), mix(colour("#5a3418"), colour(p.tints[7]), 0.2))
    for i in range(60):
        a, far = i * 2.39996, r * 0.46 * np.sqrt(i / 60)
        p.fill(ellipse(x + np.cos(a) * far, y + np.sin(a) * far, r * 0.028), colour("#d99a3c"), 0.0)


_FLOWERS: dict[Flower, Callable[[Panel, float, float, float, float], None]] = {
    "iris": _iris, "lily": _lily, "poppy": _poppy, "tulip": _tulip, "rose": _rose, "sunflower": _sunflower,
}  # fmt: skip


def bloom(p: Panel, flower: Flower, x: float, y: float, r: float, lean: float) -> None:
    """One flower of about radius ``r`` px at (x, y), leaning by ``lean`` radians."""
    _FLOWERS[flower](p, x, y, r, lean)


def leaf(p: Panel, x: float, y: float, side: float, long: float) -> None:
    """A long leaf that leaves the stem at (x, y), curls outwards and shows its paler half."""
    spine = smooth(
        [
            (x, y),
            (x + side * long * 0.35, y - long * 0.42),
            (x + side * long * 0.8, y - long * 0.5),
            (x + side * long * 1.05, y - long * 0.12),
        ],
        steps=14,
    )
    green = colour(p.tints[5])
    p.fill(tapered(spine, long * 0.24, start=0.12), green, 0.9)
    lay(p.picture, tapered(spine - (0, long * 0.03), long * 0.10), lighter(green, 0.12), 0.9, 0.6)
    lay(p.picture, tapered(spine, p.unit * 0.006), colour(p.tints[7]), 0.9)


def dragonflies(p: Panel) -> None:
    """Four dragonflies around the disc."""
    for fx, fy, turn, size in (
        (0.24, 0.24, 0.7, 0.12),
        (0.78, 0.33, -0.6, 0.14),
        (0.70, 0.62, 2.3, 0.10),
        (0.27, 0.58, -2.4, 0.11),
    ):
        x, y, r = fx * p.width, fy * p.height, size * p.unit
        for side in (-1, 1):
            for spread, long in ((1.25, 1.35), (1.75, 1.15)):
                wing = _petal(x, y, turn - np.pi / 2 + side * spread, r * long, r * 0.36)
                p.fill(wing, mix(colour(p.tints[4]), colour(p.tints[2]), 0.6), 0.7)
                _veins(
                    p,
                    x,
                    y,
                    turn - np.pi / 2 + side * spread,
                    r * long,
                    mix(colour(p.tints[7]), colour(p.tints[4]), 0.45),
                )
        tail = smooth([(x + np.cos(turn - np.pi / 2) * r * 0.35, y + np.sin(turn - np.pi / 2) * r * 0.35), (x, y),
            (x - np.cos(turn - np.pi / 2) * r * 0.8, y - np.sin(turn - np.pi / 2) * r * 0.8),
            (x - np.cos(turn - np.pi / 2 + 0.2) * r * 1.5, y - np.sin(turn - np.pi / 2 + 0.2) * r * 1.5)])  # fmt: skip
        p.fill(ribbon(tail, np.linspace(r * 0.17, r * 0.05, len(tail), dtype=np.float32)), colour(p.tints[3]), 0.8)
        p.fill(
            ellipse(x + np.cos(turn - np.pi / 2) * r * 0.42, y + np.sin(turn - np.pi / 2) * r * 0.42, r * 0.13),
            colour(p.tints[5]),
            0.8,
        )


def peacock(p: Panel, x: float, y: float) -> None:
    """A peacock from the side, its train sweeping down to the left."""
    r = p.unit * 0.2
    blue, green = mix(colour("#1f5f8f"), colour(p.tints[7]), 0.1), mix(colour("#2f7f6a"), colour(p.tints[5]), 0.4)
    for i in range(10):
        s = i / 9
        tip = x - r * (2.0 - 1.5 * s), y + r * (0.25 + 1.35 * s)
        shaft = smooth([(x + r * 0.1, y + r * 0.1), (x - r * (0.85 - 0.7 * s), y + r * (0.0 + 0.8 * s)), tip])
        p.fill(tapered(shaft, r * 0.34, start=0.4, end=0.6), mix(green, colour(p.tints[2]), 0.12 * (i % 3)), 0.7)
        for k, tint in ((0.16, colour("#c99a3a")), (0.11, green), (0.075, blue)):
            p.fill(ellipse(tip[0], tip[1], r * k * 1.15, r * k, 0.6), tint, 0.4)
    body = smooth([(x - r * 0.55, y + r * 0.35), (x - r * 0.1, y - r * 0.3), (x + r * 0.3, y - r * 0.75),
        (x + r * 0.38, y - r * 1.35), (x + r * 0.62, y - r * 1.52), (x + r * 0.8, y - r * 1.32),
        (x + r * 0.68, y - r * 0.7), (x + r * 0.72, y - r * 0.05), (x + r * 0.35, y + r * 0.5),
        (x - r * 0.2, y + r * 0.62)], closed=True)  # fmt: skip
    p.fill(body, blue, 1.2)
    p.fill(smooth([(x - r * 0.45, y + r * 0.35), (x + r * 0.0, y - r * 0.15), (x + r * 0.45, y - r * 0.05),
        (x + r * 0.25, y + r * 0.4), (x - r * 0.15, y + r * 0.55)], closed=True), green, 0.9)  # fmt: skip
    p.fill(
        np.array(
            [(x + r * 0.77, y - r * 1.44), (x + r * 1.0, y - r * 1.34), (x + r * 0.78, y - r * 1.28)], dtype=np.float32
        ),
        colour("#d8b25a"),
        0.6,
    )
    p.fill(ellipse(x + r * 0.64, y - r * 1.38, r * 0.055), colour("#fff8e0"), 0.6)
    for a in (-0.5, -0.2, 0.1, 0.4):
        top = x + r * (0.58 + a * 0.45), y - r * (1.95 - abs(a) * 0.2)
        p.stroke(
            [(x + r * 0.58, y - r * 1.5), ((x + r * 0.58 + top[0]) / 2, y - r * 1.7), top],
            p.unit * 0.006,
            colour(p.tints[7]),
        )
        p.fill(ellipse(*top, r * 0.05), blue, 0.5)


def water(p: Panel, top: float) -> None:
    """Rippled water from row ``top`` to the foot, with pads."""
    w, h = p.width, p.height
    deep = mix(colour(p.tints[6]), colour(p.tints[1]), 0.45)
    edge = smooth([(-9, top), (w * 0.25, top - p.unit * 0.02), (w * 0.55, top + p.unit * 0.015),
        (w * 0.8, top - p.unit * 0.012), (w + 9, top)])  # fmt: skip
    p.fill(np.concatenate([edge, np.array([(w + 9, h + 9), (-9, h + 9)], dtype=np.float32)]), deep)
    for i in range(16):
        y = top + (h - top) * (0.06 + 0.06 * i)
        x = w * p.rng.uniform(0.05, 0.7)
        long = w * p.rng.uniform(0.12, 0.34)
        p.stroke([(x, y), (x + long * 0.3, y - p.unit * 0.012), (x + long * 0.7, y + p.unit * 0.012), (x + long, y)],
            p.unit * 0.010, lighter(deep, 0.12))  # fmt: skip
    for fx, fy, size in ((0.2, 0.42, 0.12), (0.78, 0.3, 0.10), (0.66, 0.7, 0.15), (0.34, 0.78, 0.11)):
        x, y, r = fx * w, top + fy * (h - top), size * p.unit
        pad = ellipse(x, y, r, r * 0.36, points=40)
        p.fill(np.concatenate([pad[3:], np.array([(x, y)], dtype=np.float32)]), colour(p.tints[5]), 0.9)
