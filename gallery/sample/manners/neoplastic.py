"""The neoplastic grid: black lines, a few primary planes, and whites that are not all the same."""

from dataclasses import dataclass

import numpy as np

from gallery.sample.brush import brushed
from gallery.sample.canvas import Size, aged, blank, grid
from gallery.sample.manner import Manner, Work
from gallery.sample.painters import BLOKZIJP, FENNIMORE
from gallery.sample.palettes import Floats, colour, lighter, vary
from gallery.sample.shapes import box, cover, lay, wobble

Cell = tuple[int, int, int, int]
"""First row, last row, first column, last column (each last one excluded), counted between lines."""


@dataclass(frozen=True, slots=True)
class Lines:
    """``across`` and ``down``: where the lines run, as shares of height and width. ``planes``: coloured cells.

    ``turned``: painted on a square that hangs on its corner. ``ink``: the lines' colour.
    """

    across: tuple[float, ...]
    down: tuple[float, ...]
    planes: tuple[tuple[Cell, str], ...]
    weight: float = 0.016
    turned: bool = False
    ink: str = "#161514"


_R, _B, _Y, _K, _G = "#be2a1c", "#1f3a8c", "#eabf24", "#1c1b1a", "#b9b6ad"
_NAMES = {_R: "red", _B: "blue", _Y: "yellow", _K: "black", _G: "grey"}

_WORKS: tuple[Work[Lines], ...] = (
    Work("Composition for a North Room", BLOKZIJP, "1922", "abstract", (60, 60),
         Lines((0.30, 0.78), (0.24, 0.70, 0.90), (((0, 1, 1, 2), _R), ((2, 3, 0, 1), _B), ((1, 2, 3, 4), _Y)))),
    Work("Canal Locks, Counted", BLOKZIJP, "1927", "abstract", (75, 52),
         Lines((0.16, 0.22, 0.64), (0.62,), (((2, 3, 1, 2), _Y), ((3, 4, 0, 1), _B)), 0.02)),
    Work("Red at the Margin", FENNIMORE, "1930", "abstract", (50, 50),
         Lines((0.72,), (0.20, 0.84), (((0, 1, 2, 3), _R), ((1, 2, 0, 1), _Y)), 0.024)),
    Work("Lozenge with Two Intervals", BLOKZIJP, "1926", "abstract", (84, 84),
         Lines((0.30, 0.74), (0.36, 0.66), (((0, 1, 1, 2), _Y), ((2, 3, 1, 2), _B)), 0.018, True)),
    Work("Composition without a Middle", FENNIMORE, "1929", "abstract", (46, 62),
         Lines((0.22, 0.60, 0.88), (0.34, 0.80), (((1, 2, 0, 1), _B), ((0, 1, 2, 3), _R), ((3, 4, 1, 2), _K)))),
    Work("City, Seen as Rhythm", FENNIMORE, "1940–42", "cityscape", (92, 92),
         Lines((0.10, 0.19, 0.34, 0.42, 0.55, 0.71, 0.86), (0.09, 0.23, 0.31, 0.46, 0.62, 0.70, 0.89),
               (((2, 3, 3, 4), _R), ((5, 6, 1, 2), _B), ((4, 5, 6, 7), _Y), ((0, 1, 5, 6), _R), ((6, 7, 3, 5), _G),
                    ((1, 2, 0, 1), _B)), 0.013)),
    Work("Double Line, Late Afternoon", BLOKZIJP, "1934", "abstract", (70, 68),
         Lines((0.40, 0.46, 0.82), (0.28, 0.76), (((0, 1, 2, 3), _Y), ((3, 4, 0, 1), _R)), 0.014)),
    Work("Composition with Grey Ground", FENNIMORE, "c. 1921", "abstract", (58, 74),
         Lines((0.18, 0.46, 0.72), (0.16, 0.42, 0.66, 0.86), (((0, 1, 3, 4), _R), ((1, 2, 0, 1), _B), ((2, 3, 2, 3),
              _G), ((3, 4, 1, 2), _Y), ((1, 2, 4, 5), _K)), 0.013)),
    Work("Pier and Shore, Reduced", BLOKZIJP, "1919", "abstract", (62, 96),
         Lines((0.12, 0.30, 0.50, 0.66, 0.84), (0.10, 0.26, 0.41, 0.58, 0.74, 0.91),
               (((0, 1, 1, 2), _G), ((2, 3, 3, 4), _B), ((4, 5, 0, 1), _G), ((3, 4, 5, 6), _Y), ((1, 2, 4, 5), _R),
                    ((5, 6, 2, 3), _K)), 0.010)),
    Work("Lozenge, One Red", FENNIMORE, "1932", "abstract", (78, 78),
         Lines((0.58,), (0.40, 0.46), (((0, 1, 2, 3), _R),), 0.022, True)),
    Work("Yellow Lines for a Dance", FENNIMORE, "1943", "abstract", (88, 70),
         Lines((0.14, 0.27, 0.52, 0.61, 0.83), (0.18, 0.37, 0.55, 0.80), (((1, 2, 1, 2), _B), ((3, 4, 3, 4), _R),
              ((4, 5, 0, 1), _K)), 0.020, False, "#e3b51f")),
    Work("Blue Keeps the Corner", BLOKZIJP, "1931", "abstract", (54, 46),
         Lines((0.66, 0.88), (0.54,), (((0, 1, 0, 1), _B), ((2, 3, 1, 2), _Y)), 0.026)),
)  # fmt: skip


def _plane(picture: Floats, scene: Lines, cell: Cell, paint: Floats) -> None:
    h, w = picture.shape[:2]
    ys, xs = (0.0, *scene.across, 1.0), (0.0, *scene.down, 1.0)
    top, bottom, left, right = ys[cell[0]] * h, ys[cell[1]] * h, xs[cell[2]] * w, xs[cell[3]] * w
    lay(picture, box((left + right) / 2, (top + bottom) / 2, right - left + 2, bottom - top + 2), paint)


def _upright(scene: Lines, size: Size, rng: np.random.Generator) -> Floats:
    h, w = size
    picture = blank(size, colour("#efece2"))
    whites = ("#f2efe6", "#e9e8e2", "#ece6d8", "#f5f2ea", "#e4e6e6")
    for row in range(len(scene.across) + 1):
        for column in range(len(scene.down) + 1):
            tint = colour(whites[int(rng.integers(len(whites)))])
            _plane(picture, scene, (row, row + 1, column, column + 1), tint)
    for cell, code in scene.planes:
        _plane(picture, scene, cell, vary(rng, colour(code), lightness=0.015, chroma=0.05, hue=2))
    picture = brushed(picture, rng, np.pi / 2 if w < h else 0.0, 0.018)
    ink = lighter(colour(scene.ink), 0.02)
    for i, share in enumerate(scene.across):
        line = box(w / 2, share * h, w + 40, scene.weight * min(size) * (1.35 if i % 3 == 1 else 0.95))
        lay(picture, wobble(rng, line, 0.5, 60), ink, 1.0, 0.4)
    for i, share in enumerate(scene.down):
        line = box(share * w, h / 2, scene.weight * min(size) * (1.25 if i % 3 == 0 else 0.9), h + 40)
        lay(picture, wobble(rng, line, 0.5, 60), ink, 1.0, 0.4)
    if scene.ink != "#161514":
        _crossings(picture, scene)
    return picture


def _crossings(picture: Floats, scene: Lines) -> None:
    h, w = picture.shape[:2]
    side = scene.weight * min(h, w) * 1.15
    for i, y in enumerate(scene.across):
        for j, x in enumerate(scene.down):
            lay(picture, box(x * w, y * h, side, side), colour((_R, _B, "#e9e6da", _G)[(i * 3 + j) % 4]), 1.0, 0.4)
        for k in range(9):
            x = ((k + 0.5) / 9 + 0.07 * (i % 3)) % 1
            lay(picture, box(x * w, y * h, side * 0.9, side), colour((_B, "#e9e6da", _R)[(k + i) % 3]), 1.0, 0.4)


def _paint(scene: Lines, size: Size, rng: np.random.Generator) -> Floats:
    picture = _upright(scene, size, rng)
    if scene.turned:
        rows, columns = grid(size)
        lozenge = np.abs(columns / size[1] - 0.5) + np.abs(rows / size[0] - 0.5)
        wall = brushed(blank(size, colour("#a9a59b")), rng, 0.0, 0.012)
        h, w = size
        diamond = np.array([(w / 2, 3), (w - 3, h / 2), (w / 2, h - 3), (3, h / 2)], dtype=np.float32)
        dim = np.clip((lozenge - 0.5) * 14, 0, 1)[..., None]
        wall *= 0.80 + 0.20 * dim
        picture = wall + cover(size, diamond, soft=0.6)[..., None] * (picture - wall)
    return aged(picture.astype(np.float32), rng, 30, 0.06, 0.015)


def _describe(scene: Lines) -> str:
    names = list(dict.fromkeys(_NAMES[code] for _, code in scene.planes))
    planes = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else f"one {names[0]}"
    lines = len(scene.across) + len(scene.down)
    shape = "on a square that hangs on its corner" if scene.turned else "on off-white"
    ink = "black" if scene.ink == "#161514" else "yellow"
    return f"A grid of {lines} straight {ink} lines with planes of {planes} {shape}."


MANNER = Manner(
    name="neoplastic", style="De Stijl", medium="oil on canvas", works=_WORKS, paint=_paint, describe=_describe
)
