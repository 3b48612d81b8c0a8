"""Pines, bamboo, orchids, plum, and birds."""

import numpy as np

from gallery.sample.manners.ink_wash.ink import Ink
from gallery.sample.manners.ink_wash.land import ground
from gallery.sample.shapes import cover, ellipse, ribbon, smooth, tapered


def _pine(k: Ink, x: float, foot: float, tall: float, lean: float) -> None:
    trunk = smooth(
        [
            (x, foot),
            (x + lean * tall * 0.12, foot - tall * 0.3),
            (x - lean * tall * 0.10, foot - tall * 0.6),
            (x + lean * tall * 0.28, foot - tall),
        ]
    )
    k.stroke(ribbon(trunk, np.linspace(tall * 0.075, tall * 0.016, len(trunk),
        dtype=np.float32) * (1 + 0.2 * np.sin(np.arange(len(trunk)) * 1.3))), 0.66)  # fmt: skip
    for i in range(9):
        px, py = trunk[int(len(trunk) * (0.34 + 0.073 * i))]
        side, reach = (-1) ** i, tall * (0.34 - 0.022 * i) * k.rng.uniform(0.75, 1.15)
        end = px + side * reach, py + tall * 0.03 - 0.01 * tall * i
        k.line([(px, py), ((px + end[0]) / 2, py - tall * 0.03), end], tall * 0.022, 0.75)
        for share in (0.5, 0.75, 1.0):
            cx, cy = px + side * reach * share, py + (end[1] - py) * share - tall * 0.015
            k.stroke(ellipse(cx, cy - tall * 0.016, tall * 0.075, tall * 0.028), 0.38, tall * 0.008)
            for a in np.linspace(np.pi * 1.02, np.pi * 1.98, 13):
                tip = cx + np.cos(a) * tall * 0.085, cy + np.sin(a) * tall * 0.05
                k.line(
                    [(cx + np.cos(a) * tall * 0.015, cy), ((cx + tip[0]) / 2, (cy + tip[1]) / 2), tip],
                    tall * 0.008,
                    0.88,
                )


def pines(k: Ink) -> None:
    foot = k.height * (0.93 if k.height > k.width else 0.92)
    for share, tall, lean in ((0.17, 0.30, 0.6), (0.26, 0.22, -0.5), (0.10, 0.18, 0.5)):
        _pine(k, k.width * share, foot - k.unit * 0.02 * (tall < 0.3), k.unit * tall, lean)
    ground(k, k.width * 0.16, foot, k.unit * 0.30)


def great_pine(k: Ink) -> None:
    _pine(k, k.width * 0.30, k.height * 0.93, k.height * 0.56, 0.9)
    ground(k, k.width * 0.34, k.height * 0.93, k.unit * 0.34)


def bamboo(k: Ink) -> None:
    h, w, u = k.height, k.width, k.unit
    for share, lean, depth, thick in ((0.62, -0.05, 0.26, 0.026), (0.36, 0.10, 0.78, 0.032), (0.50, 0.16, 0.5, 0.022)):
        joints = np.linspace(1.02, 0.02, 8) * h
        xs = share * w + lean * (h - joints) * 0.55 + 0.02 * u * np.sin(joints / h * 3)
        for i in range(7):
            a, b = (xs[i], joints[i] - u * 0.004), (xs[i + 1], joints[i + 1] + u * 0.004)
            k.stroke(ribbon(smooth([a, ((a[0] + b[0]) / 2 + u * 0.001, (a[1] + b[1]) / 2), b]),
                u * thick * (1 - 0.06 * i)), depth * k.rng.uniform(0.8, 1.05))  # fmt: skip
            k.line(
                [(b[0] - u * thick * 0.7, b[1]), (b[0], b[1] - u * 0.006), (b[0] + u * thick * 0.7, b[1])],
                u * 0.006,
                min(0.95, depth + 0.2),
            )
            if i >= 2:
                _leaves(k, b[0], b[1], depth, 1 if (i + int(share * 10)) % 2 else -1)


def _leaves(k: Ink, x: float, y: float, depth: float, side: int) -> None:
    u = k.unit
    tip = x + side * u * 0.13, y - u * 0.06
    k.line([(x, y), ((x + tip[0]) / 2, y - u * 0.045), tip], u * 0.006, depth)
    for i, share in enumerate((0.35, 0.65, 1.0, 1.0, 0.9)):
        px, py = x + (tip[0] - x) * share, y + (tip[1] - y) * share
        a = (0.35 + 0.33 * i + k.rng.normal(0, 0.12)) if side > 0 else np.pi - (0.35 + 0.33 * i + k.rng.normal(0, 0.12))
        long = u * k.rng.uniform(0.11, 0.17)
        end = px + np.cos(a) * long, py + np.sin(a) * long
        leaf = smooth([(px, py), (px + np.cos(a) * long * 0.5 + np.sin(a) * long * 0.05,
            py + np.sin(a) * long * 0.5 - np.cos(a) * long * 0.05), end])  # fmt: skip
        k.stroke(tapered(leaf, long * 0.15, start=0.1, end=0.0), min(0.95, depth * k.rng.uniform(0.85, 1.25)))


def orchid(k: Ink) -> None:
    x, y, u = k.width * 0.42, k.height * 0.80, k.unit
    for i in range(15):
        side, tall = (-1 if i % 2 else 1), u * k.rng.uniform(0.26, 0.62)
        reach = side * u * k.rng.uniform(0.08, 0.42)
        leaf = smooth(
            [
                (x + side * u * 0.012, y),
                (x + reach * 0.25, y - tall * 0.6),
                (x + reach * 0.65, y - tall * 0.9),
                (x + reach, y - tall * k.rng.uniform(0.55, 0.8)),
            ]
        )
        t = np.linspace(0, 1, len(leaf))
        widths = u * 0.013 * (np.sin(np.pi * t) ** 0.6) * (0.65 + 0.35 * np.cos(t * 11 + i))
        k.stroke(ribbon(leaf, np.maximum(widths, 0.6).astype(np.float32)), 0.5 + 0.4 * k.rng.random())
    for i in range(4):
        fx, fy = x + u * (-0.20 + 0.13 * i), y - u * (0.30 + 0.07 * (i % 2))
        k.line([(x, y), ((x + fx) / 2, (y + fy) / 2 + u * 0.02), (fx, fy)], u * 0.005, 0.45)
        for a in (-2.7, -2.1, -1.4, -0.8, 0.2):
            k.line([(fx, fy), (fx + np.cos(a) * u * 0.03, fy + np.sin(a) * u * 0.025 - u * 0.004),
                (fx + np.cos(a) * u * 0.06, fy + np.sin(a) * u * 0.05)], u * 0.016, 0.32)  # fmt: skip
        for dx in (-1, 0, 1):
            k.stroke(ellipse(fx + dx * u * 0.006, fy - u * 0.004, u * 0.004), 0.92)


def plum_branch(k: Ink) -> None:
    w, h, u = k.width, k.height, k.unit
    limb = smooth([(w * 1.02, h * 0.86), (w * 0.72, h * 0.70), (w * 0.62, h * 0.52), (w * 0.40, h * 0.44),
        (w * 0.26, h * 0.24)])  # fmt: skip
    wide = np.linspace(u * 0.06, u * 0.010, len(limb)) * (1 + 0.25 * np.sin(np.arange(len(limb)) * 0.9))
    k.stroke(ribbon(limb, wide.astype(np.float32)), 0.72)
    for i in range(10, len(limb), 6):
        px, py = limb[i]
        side = 1 if i % 4 else -1
        end = px + side * u * 0.10 - u * 0.02, py - u * k.rng.uniform(0.10, 0.26)
        k.line([(px, py), (px + side * u * 0.06, py - u * 0.05), end], u * 0.012, 0.82)
        for share in (0.45, 0.7, 1.0):
            bx, by = px + (end[0] - px) * share + k.rng.normal(0, u * 0.012), py + (end[1] - py) * share
            _blossom(k, bx, by, u * k.rng.uniform(0.016, 0.026))


def _blossom(k: Ink, x: float, y: float, r: float) -> None:
    turn = k.rng.uniform(0, 6)
    for i in range(5):
        a = turn + i * 2 * np.pi / 5
        petal = ellipse(x + np.cos(a) * r, y + np.sin(a) * r, r * 0.72, points=24)
        k.lift(cover(k.size, petal) * 0.9)
        k.stroke(ribbon(petal, r * 0.13), 0.62)
    for i in range(7):
        a = i * 2 * np.pi / 7
        k.stroke(ellipse(x + np.cos(a) * r * 0.7, y + np.sin(a) * r * 0.7, r * 0.12, points=10), 0.88)


def bird(k: Ink) -> None:
    x, y, s = k.width * 0.47, k.height * 0.43 - k.unit * 0.045, k.unit * 0.062
    k.lift(cover(k.size, ellipse(x, y, s * 1.7, s * 1.3), soft=s * 0.2) * 0.96)
    k.stroke(smooth([(x - s * 0.9, y - s * 0.1), (x - s * 0.3, y - s * 0.6), (x + s * 0.5, y - s * 0.35),
        (x + s * 0.95, y + s * 0.35), (x + s * 0.3, y + s * 0.55), (x - s * 0.5, y + s * 0.45)], closed=True),
        0.26)  # fmt: skip
    k.stroke(ellipse(x - s * 0.8, y - s * 0.55, s * 0.42, s * 0.38), 0.58)
    k.stroke(smooth([(x - s * 0.1, y - s * 0.4), (x + s * 0.6, y - s * 0.1), (x + s * 1.2, y + s * 0.55),
        (x + s * 0.4, y + s * 0.3)], closed=True), 0.82)  # fmt: skip
    for i in range(3):
        k.line(
            [
                (x + s * 0.6, y + s * 0.25),
                (x + s * 1.3, y + s * (0.62 + 0.1 * i)),
                (x + s * 1.9, y + s * (0.95 + 0.14 * i)),
            ],
            s * 0.15,
            0.85,
        )
    k.line([(x - s * 1.18, y - s * 0.56), (x - s * 1.5, y - s * 0.46)], s * 0.14, 0.95, start=0.8)
    k.lift(cover(k.size, ellipse(x - s * 0.9, y - s * 0.62, s * 0.1)))
    k.stroke(ellipse(x - s * 0.9, y - s * 0.62, s * 0.06), 0.97)
    for dx in (-0.1, 0.15):
        k.line([(x + dx * s, y + s * 0.5), (x + dx * s - s * 0.1, y + s * 0.85)], s * 0.07, 0.85)


def geese(k: Ink) -> None:
    for i in range(7):
        x, y, s = k.width * (0.62 + 0.030 * i), k.height * (0.20 + 0.022 * abs(i - 3)), k.unit * 0.018
        k.line([(x - s, y - s * 0.4), (x - s * 0.4, y - s * 0.5), (x, y), (x + s * 0.4, y - s * 0.55),
            (x + s, y - s * 0.5)], s * 0.24, 0.75)  # fmt: skip
