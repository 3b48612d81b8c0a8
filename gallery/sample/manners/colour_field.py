"""Colour fields: a few large soft-edged fields, layer over thin layer, that glow from within."""

from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np

from gallery.sample.canvas import Size, blur, grid, noise, on_canvas
from gallery.sample.manner import Manner, Work
from gallery.sample.painters import ROTHENMEAD, SUMMERHAYLE
from gallery.sample.palettes import Floats, colour, from_oklab, to_oklab

Layout = Literal["stacked", "side by side", "veils", "window"]


@dataclass(frozen=True, slots=True)
class Fields:
    """``ground``, then the fields' colours; ``shares`` of the height (or width) go to the fields in order."""

    said: str
    ground: str
    fields: tuple[str, ...]
    shares: tuple[float, ...]
    layout: Layout = "stacked"


_WORKS: tuple[Work[Fields], ...] = (
    Work("Ember Held Open", ROTHENMEAD, "1956", "abstract", (203, 168),
         Fields("orange, crimson and plum on dark red", "#571618", ("#e2662a", "#a81e2c", "#4a1430"),
              (0.34, 0.16, 0.5))),
    Work("Number of a Quiet Sea", ROTHENMEAD, "1958", "abstract", (228, 175),
         Fields("pale blue, ultramarine and near-black on slate", "#34486a", ("#9fc3cf", "#20407f", "#131a33"),
              (0.22, 0.42, 0.36))),
    Work("Yellow Leans on White", ROTHENMEAD, "1954", "abstract", (190, 160),
         Fields("chalk white, lemon and apricot on yellow", "#e7b43a", ("#f4ecd2", "#f6d24e", "#ee9a55"),
              (0.28, 0.4, 0.32))),
    Work("Two Nights", SUMMERHAYLE, "1963", "abstract", (180, 230),
         Fields("violet-black and midnight blue on umber", "#33211f", ("#1c1230", "#152448"), (0.5, 0.5),
              "side by side")),
    Work("Moss and What Follows", ROTHENMEAD, "1960", "abstract", (198, 150),
         Fields("moss green, sage and rust on dark green", "#1f3a2c", ("#6d8b3a", "#a9b78a", "#9a4a26"),
              (0.46, 0.14, 0.4))),
    Work("Rose Interval", SUMMERHAYLE, "1962", "abstract", (175, 175),
         Fields("rose, flesh pink and wine red on dusty pink", "#d79a92", ("#cf4a5e", "#f1c4ae", "#6e1f36"),
              (0.4, 0.2, 0.4))),
    Work("Veil, Falling South", SUMMERHAYLE, "c. 1965", "abstract", (240, 170),
         Fields("violet, orange, green and blue on bare canvas", "#e9dfca", ("#70469c", "#e0772f", "#4f8f5d", "#2a5fa0",
              "#c93c50"), (0.2,) * 5, "veils")),
    Work("Veil with a Gold Seam", SUMMERHAYLE, "1966", "abstract", (170, 240),
         Fields("gold, teal, brown and rose on bare canvas", "#ece3cf", ("#d8a22c", "#1f7f80", "#6f3f2a", "#d06a7a",
              "#e4b95a"), (0.2,) * 5, "veils")),
    Work("Window for No House", ROTHENMEAD, "1959", "abstract", (210, 180),
         Fields("an open oblong of vermilion on maroon", "#4a1418", ("#d23a22", "#5d171d"), (0.72, 0.44), "window")),
    Work("Grey above the Black Acre", ROTHENMEAD, "1969", "abstract", (206, 172),
         Fields("warm grey over black with a pale margin", "#d9d4c6", ("#9b968a", "#211f1f"), (0.52, 0.48))),
    Work("Turquoise, Then Nothing Louder", SUMMERHAYLE, "1964", "abstract", (160, 200),
         Fields("turquoise, ivory and coral on sea green", "#2d7f7a", ("#4fc0b4", "#efe6cf", "#ea7d5e"),
              (0.5, 0.1, 0.4))),
    Work("Saffron Door", SUMMERHAYLE, "1961", "abstract", (220, 150),
         Fields("an open oblong of deep blue on saffron", "#e29a24", ("#233a86", "#eeb03c"), (0.76, 0.4), "window")),
)  # fmt: skip


def _feathered(size: Size, rng: np.random.Generator, bounds: tuple[float, float, float, float]) -> Floats:
    """How far each pixel lies in the oblong (top, bottom, left, right, as shares), with a brushed uncertain edge."""
    unit = float(min(size))
    rows, columns = grid(size)
    drift = noise(rng, size, unit * 0.07, 4, 0.6) * unit * 0.0048
    top, bottom, left, right = (b * size[i // 2] for i, b in enumerate(bounds))
    inside = np.minimum(np.minimum(rows - top, bottom - rows), np.minimum(columns - left, right - columns)) + drift
    return np.asarray(1 / (1 + np.exp(np.clip(-inside / (unit * 0.0085), -20, 20))), dtype=np.float32)


def _washed(rng: np.random.Generator, size: Size, code: str) -> Floats:
    """A picture-sized wash of one colour, lighter and darker in clouds and brush sweeps."""
    unit = float(min(size))
    clouds = noise(rng, size, unit * 0.45, 4) * 0.022 + noise(rng, size, (unit * 0.03, unit * 0.3), 3) * 0.012
    lab = np.tile(to_oklab(colour(code)), (256, 1))
    lab[:, 0] += np.linspace(-0.15, 0.15, 256)
    table = from_oklab(lab)
    return np.asarray(table[np.clip((clouds / 0.15 + 1) * 127.5, 0, 255).astype(np.int32)])


def _lay_field(picture: Floats, rng: np.random.Generator, code: str, bounds: tuple[float, float, float, float]) -> None:
    size = (picture.shape[0], picture.shape[1])
    mask = _feathered(size, rng, bounds)
    glow = blur(mask, min(size) * 0.03) * 0.35 + mask * 0.62
    thin = np.clip(glow + noise(rng, size, 90, 4) * 0.035 * mask, 0, 1)[..., None]
    picture += thin * (_washed(rng, size, code) - picture)
    rim = np.clip(blur(mask, min(size) * 0.018) - blur(mask, min(size) * 0.05), 0, 1)
    picture += rim[..., None] * 0.22


def _rows_of(shares: tuple[float, ...], start: float, end: float, gap: float) -> list[tuple[float, float]]:
    total, at, rows = end - start - gap * (len(shares) - 1), start, []
    for share in shares:
        rows.append((at, at + share / sum(shares) * total))
        at = rows[-1][1] + gap
    return rows


def _veils(picture: Floats, rng: np.random.Generator, scene: Fields) -> None:
    size = (picture.shape[0], picture.shape[1])
    rows, columns = grid(size)
    count = len(scene.fields)
    for i, code in enumerate(scene.fields):
        middle = size[1] * (0.5 + (i - (count - 1) / 2) * 0.115)
        lean = (0.5 - rows / size[0]) * (i - (count - 1) / 2) * size[1] * 0.09 + noise(
            rng, size, (size[0] * 0.6, 120), 2
        ) * 14
        wide = size[1] * (0.10 + 0.05 * rng.random()) * (0.62 + 0.5 * rows / size[0])
        edge = 1 - np.abs(columns - middle - lean) / wide
        poured = np.clip(edge * 5, 0, 1) * np.clip((rows / size[0] - 0.06 - 0.05 * rng.random()) * 9, 0, 1)
        pool = np.clip(edge * 5, 0, 1) - np.clip(edge * 5 - 0.9, 0, 1)
        share = (poured * (0.66 + 0.25 * np.clip(pool, 0, 1)))[..., None]
        stain = _washed(rng, size, code)
        picture += share * (np.minimum(picture, 1) * stain * 0.55 + stain * 0.45 - picture)


def _paint(scene: Fields, size: Size, rng: np.random.Generator) -> Floats:
    picture = _washed(rng, size, scene.ground)
    if scene.layout == "veils":
        _veils(picture, rng, scene)
    elif scene.layout == "window":
        outer, inner = ((1 - s) / 2 for s in scene.shares)
        _lay_field(picture, rng, scene.fields[0], (outer, 1 - outer, outer * 1.1, 1 - outer * 1.1))
        _lay_field(picture, rng, scene.fields[1], (inner, 1 - inner * 0.9, inner * 1.08, 1 - inner * 1.08))
    elif scene.layout == "side by side":
        for (left, right), code in zip(_rows_of(scene.shares, 0.06, 0.94, 0.035), scene.fields, strict=True):
            _lay_field(picture, rng, code, (0.07, 0.93, left, right))
    else:
        for (top, bottom), code in zip(_rows_of(scene.shares, 0.055, 0.945, 0.022), scene.fields, strict=True):
            _lay_field(picture, rng, code, (top, bottom, 0.075, 0.925))
    grained = picture + noise(rng, size, 2, 1)[..., None] * 0.006
    return np.clip(on_canvas(np.clip(cv2.GaussianBlur(grained, (0, 0), 0.5), 0, 1), rng, 0.011, 3.2), 0, 1)


def _describe(scene: Fields) -> str:
    kind = {"stacked": "floating oblongs one above another", "side by side": "floating oblongs side by side",
            "veils": "poured translucent veils", "window": "a single open frame"}[scene.layout]  # fmt: skip
    return f"An abstract picture of {kind} with soft edges: {scene.said}."


MANNER = Manner(
    name="colour-field", style="Color Field", medium="acrylic on canvas", works=_WORKS, paint=_paint, describe=_describe
)
