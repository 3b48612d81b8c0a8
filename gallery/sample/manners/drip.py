"""Drip painting: paint flung and poured from above, skein over skein."""

from dataclasses import dataclass

import cv2
import numpy as np

from gallery.sample.brush import Sheet, daub, dried, sheet
from gallery.sample.canvas import Size, blank, noise, on_canvas
from gallery.sample.manner import Manner, Work
from gallery.sample.painters import CORBELLAC, KESTRELL
from gallery.sample.palettes import Floats, colour, colours, lighter

_SUBPIXEL_BITS = 3


@dataclass(frozen=True, slots=True)
class Pour:
    """The bare ground, and what was poured, first to last. ``reach``: how wide the arm swings; ``dense``: how much."""

    said: str
    ground: str
    paints: tuple[str, ...]
    dense: float = 1.0
    reach: float = 1.0
    drift: float = 0.0
    """The slope, in radians, along which the skeins are drawn out; 0 for none."""


_WORKS: tuple[Work[Pour], ...] = (
    Work("Blackbird Telegraph", CORBELLAC, "1949", "abstract", (120, 170),
         Pour("black, white and rust on raw canvas", "#d6c3a0", ("#2a211d", "#f0ebdd", "#9c4a2a",
         "#171515"))),
    Work("Number Fourteen and a Half", CORBELLAC, "1950", "abstract", (150, 150),
         Pour("grey, black, silver and pale yellow on cream", "#e6dcc4", ("#7d8288", "#1a1a1c", "#c9ccca", "#e7cf6a",
         "#151414"), 1.3)),
    Work("Kelp", CORBELLAC, "1948", "abstract", (170, 92),
         Pour("greens, brown and bone on sand", "#c9b892", ("#2f4a35", "#6f7f3a", "#3a2a1d", "#ece2c6", "#1d3a3a"),
         1.1, 0.8, 1.45)),
    Work("The Whole July", KESTRELL, "1952", "abstract", (130, 200),
         Pour("red, yellow, blue and black on white", "#f1ece0", ("#d13a26", "#f0b929", "#2354a6", "#f6f1e4",
         "#181717"), 1.2, 1.1)),
    Work("Frost on the Wire", CORBELLAC, "1951", "abstract", (110, 150),
         Pour("white and pale blue on black", "#16171b", ("#42556e", "#aebccb", "#f3f1ea", "#8796a8"),
         0.9)),
    Work("Long Low Music", CORBELLAC, "c. 1950", "abstract", (70, 190),
         Pour("teal, ochre and black on buff", "#d2bd95", ("#1f6a6d", "#c98e2f", "#181614", "#efe6cf"),
         1.0, 0.9, 0.06)),
    Work("Copper Season", KESTRELL, "1953", "abstract", (140, 110),
         Pour("copper, cream and dark brown on red earth", "#8d3d22", ("#33170f", "#d98a4a", "#f0d9b0", "#571f14"),
         1.1)),
    Work("Argument in Primary Colours", KESTRELL, "1955", "abstract", (160, 160),
         Pour("blue, red and yellow on bare canvas", "#e2d6bb", ("#1f4fa3", "#cf2f28", "#f2c230"),
         0.7, 1.3)),
    Work("Night Bus Home", KESTRELL, "1956", "abstract", (100, 160),
         Pour("orange, violet and white on dark blue", "#171d3d", ("#5b3a86", "#ef8a32", "#f2ead8", "#2f6fae"),
         1.0, 1.0, -0.25)),
    Work("One Black Thread", CORBELLAC, "1947", "abstract", (90, 120),
         Pour("black on raw linen", "#cdbb98", ("#171514", "#221d1a"), 0.55, 1.4)),
    Work("Hedgerow, Overheard", CORBELLAC, "1952", "abstract", (180, 130),
         Pour("greens, pink and white on grey", "#a9a695", ("#27502f", "#7fa043", "#e6a0a4", "#f4efe2", "#1b2a20"),
         1.2)),
    Work("Salt and Tar", KESTRELL, "1957", "abstract", (120, 120),
         Pour("white and grey over tar black", "#25211e", ("#0f0e0e", "#8d8579", "#f0ebe0", "#2d2724", "#d9d1bf"),
         1.3, 0.8)),
)  # fmt: skip


def _skein(rng: np.random.Generator, size: Size, scene: Pour, points: int = 260) -> Floats:
    """One throw of the arm: a looping path that starts and may end outside the picture."""
    t = np.linspace(0, 1, points)
    u = float(min(size)) * scene.reach
    path = np.zeros((points, 2))
    for harmonic in range(1, 7):
        size_of = u * 0.42 / harmonic**0.85
        phase, swing = rng.uniform(0, 2 * np.pi, 2), rng.normal(0, size_of, 2)
        path += np.sin(2 * np.pi * (harmonic * 0.75 * t[:, None] + phase / 6.28)) * swing
    start, end = rng.uniform(-0.05, 1.05, 2) * size[::-1], rng.uniform(-0.05, 1.05, 2) * size[::-1]
    if scene.drift:
        along = np.array([np.cos(scene.drift), np.sin(scene.drift)])
        across = np.array([-along[1], along[0]])
        path = np.outer(path @ along, along) * 1.2 + np.outer(path @ across, across) * 0.45
        end = start + along * max(size) * rng.choice([-0.7, 0.7])
    return np.asarray(path + start + np.outer(t, end - start), dtype=np.float32)


def _pour(wet: Sheet, path: Floats, ink: list[float], width: float, rng: np.random.Generator) -> None:
    speed = np.linalg.norm(np.diff(path, axis=0), axis=1)
    slow = np.clip(float(np.median(speed)) / (speed + 0.5), 0.35, 2.6)
    breath = 1 + 0.35 * np.interp(np.arange(len(speed)), np.linspace(0, len(speed), 24), rng.normal(0, 1, 24))
    widths = np.clip(width * slow * breath, 1, max(1.0, width * 3.2)).round().astype(int).tolist()
    points = np.round(path * (1 << _SUBPIXEL_BITS)).astype(np.int32)
    for i, wide in enumerate(widths):
        cv2.line(wet, points[i].tolist(), points[i + 1].tolist(), ink, wide, cv2.LINE_AA, _SUBPIXEL_BITS)


def _spatter(wet: Sheet, path: Floats, tint: Floats, unit: float, rng: np.random.Generator) -> None:
    spots = path[rng.integers(0, len(path), 26)] + rng.normal(0, unit * 0.035, (26, 2))
    radii = unit * 0.0016 * rng.pareto(1.8, 26).clip(0.3, 7)
    daub(wet, spots.astype(np.float32), np.tile(tint, (26, 1)), radii.astype(np.float32), rng)


def _paint(scene: Pour, size: Size, rng: np.random.Generator) -> Floats:
    u = float(min(size))
    ground = blank(size, colour(scene.ground)) * (1 + noise(rng, size, u * 0.3, 3) * 0.025)[..., None]
    wet = sheet(on_canvas(ground.astype(np.float32), rng, 0.05, 3.2))
    wet[..., 3] = 40
    for layer, tint in enumerate(colours(*scene.paints)):
        for throw in range(int(18 * scene.dense) + 2 * (layer == 0)):
            path = _skein(rng, size, scene)
            shaded = lighter(tint, float(rng.normal(0, 0.02)))
            width = u * float(rng.choice([0.0022, 0.0034, 0.0055, 0.009], p=[0.35, 0.35, 0.2, 0.1]))
            _pour(wet, path, [*(shaded * 255).tolist(), 130 + 10 * layer + 8 * (throw % 5)], width, rng)
            _spatter(wet, path, shaded, u, rng)
        spots = (rng.random((10, 2)) * size[::-1]).astype(np.float32)
        daub(wet, spots, np.tile(tint, (10, 1)), (u * 0.004 * rng.pareto(1.6, 10).clip(0.5, 4.5)).astype(np.float32),
            rng)  # fmt: skip
    return dried(wet, 0.22)


def _describe(scene: Pour) -> str:
    return f"A dense web of flung and dripped lines with spatters over the whole canvas: {scene.said}."


MANNER = Manner(
    name="drip",
    style="Abstract Expressionism",
    medium="enamel on canvas",
    works=_WORKS,
    paint=_paint,
    describe=_describe,
)
