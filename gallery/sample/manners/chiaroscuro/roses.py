"""Roses in a glazed vase."""

import numpy as np

from gallery.sample.manners.chiaroscuro.light import DEEP, LIGHT, Stage, cast, turned
from gallery.sample.palettes import Floats, colour, lighter, mix
from gallery.sample.shapes import ellipse, lay, ribbon


def roses(s: Stage, x: float, foot: float, k: float, number: int) -> None:
    cast(s, x, foot, k * 0.6)
    turned(s, x, foot, [(0.36, 0), (0.3, 0.1), (0.52, 0.4), (0.56, 0.7), (0.34, 1.0), (0.3, 1.12)],
        k, colour("#3d5a66"), 0.75, 30)  # fmt: skip
    mouth = foot - k * 1.15
    for _ in range(26):
        a, far = s.rng.uniform(0, 2 * np.pi), k * s.rng.uniform(0.4, 1.15)
        at = x + np.cos(a) * far * 1.05, mouth - k * 0.62 + np.sin(a) * far * 0.72
        leaf = mix(colour("#4d5f2e"), colour(DEEP), float(np.clip(0.35 + 0.4 * np.cos(a - 0.6), 0, 0.85)))
        lay(s.picture, ellipse(*at, k * 0.22, k * 0.085, a), leaf, 0.95, 1.2)
    kinds = ("#d98a8c", "#efe0c8", "#b03a34", "#e8b45c", "#c9606e")
    blooms = [(np.sin(i * 2.4) * np.sqrt(i / 11), np.cos(i * 2.4) * np.sqrt(i / 11)) for i in range(12)][::-1]
    for i, (dx, dy) in enumerate(blooms):
        _rose(
            s, x + dx * k * 0.95, mouth - k * 0.68 + dy * k * 0.72, k * s.rng.uniform(0.22, 0.32), colour(kinds[i % 5])
        )


def _rose(s: Stage, x: float, y: float, r: float, tint: Floats) -> None:
    depth = np.clip(0.25 + 0.28 * (x / s.width - 0.3), 0.05, 0.6)
    lay(s.picture, ellipse(x + r * 0.15, y + r * 0.2, r * 1.05), colour(DEEP), 0.5, r * 0.2)
    turn = s.rng.uniform(0, 6)
    for ring, (reach, count) in enumerate(((0.95, 7), (0.7, 6), (0.46, 5), (0.24, 4))):
        for i in range(count):
            a = turn + ring * 0.5 + i * 2 * np.pi / count
            facing = np.cos(a) * LIGHT[0] + np.sin(a) * LIGHT[1]
            tone = mix(tint, colour("#2a0f0c"), float(np.clip(depth + 0.10 * (3 - ring) - 0.34 * facing, 0, 0.85)))
            petal = ellipse(
                x + np.cos(a) * r * reach * 0.6,
                y + np.sin(a) * r * reach * 0.56,
                r * (0.24 + 0.28 * reach),
                r * (0.20 + 0.24 * reach),
                a + np.pi / 2,
                28,
            )
            lay(s.picture, petal, tone, 0.95, 0.8)
            lip = petal[0:28] if ring % 2 else petal[2:18]
            lay(s.picture, ribbon(lip, r * 0.035), lighter(tone, 0.14), 0.6, 1.0)
    lay(s.picture, ellipse(x, y, r * 0.1), mix(tint, colour("#3a120e"), 0.6), 0.9, r * 0.04)
