"""Suprematism: planes and bars adrift on a white that has no depth."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from gallery.sample.brush import brushed
from gallery.sample.canvas import Size, aged, blank
from gallery.sample.manner import Manner, Work
from gallery.sample.painters import DRAGUNSK, PELAGOVA
from gallery.sample.palettes import Floats, colour, vary
from gallery.sample.shapes import box, ellipse, lay, moved, wobble

Lead = Literal["quadrilateral", "circle", "triangle", "cross", "wedge", "two discs"]


@dataclass(frozen=True, slots=True)
class Planes:
    """One leading plane, bars along a slope (degrees), and small companions."""

    lead: Lead
    lead_colour: str
    slope: float
    bars: int
    others: tuple[str, ...]
    ground: str = "#ece6d6"


_RED, _BLACK, _BLUE, _YELLOW = "#c3331f", "#1b1a1a", "#24418a", "#e3b02c"
_GREEN, _ROSE, _OCHRE = "#2f6b4a", "#d99a94", "#b5762c"
_NAMES = {
    _RED: "red",
    _BLACK: "black",
    _BLUE: "blue",
    _YELLOW: "yellow",
    _GREEN: "green",
    _ROSE: "pink",
    _OCHRE: "ochre",
}

_WORKS: tuple[Work[Planes], ...] = (
    Work("Ascent of a Black Plane", DRAGUNSK, "1915", "abstract", (88, 70),
         Planes("quadrilateral", _BLACK, -38, 7, (_RED, _YELLOW, _BLUE))),
    Work("Red Disc, Arriving", DRAGUNSK, "1916", "abstract", (80, 71),
         Planes("circle", _RED, 30, 6, (_BLACK, _OCHRE, _GREEN))),
    Work("Construction in the Direction of Morning", PELAGOVA, "1917", "abstract", (97, 66),
         Planes("wedge", _YELLOW, -58, 9, (_BLACK, _RED, _BLUE, _ROSE))),
    Work("Cross that Does Not Stand", DRAGUNSK, "1918", "abstract", (72, 72),
         Planes("cross", _BLACK, 14, 3, (_RED, _OCHRE))),
    Work("Nine Bars and a Threshold", PELAGOVA, "c. 1916", "abstract", (66, 48),
         Planes("quadrilateral", _BLUE, 52, 9, (_YELLOW, _BLACK, _ROSE))),
    Work("Blue Triangle Overhead", PELAGOVA, "1917", "abstract", (71, 62),
         Planes("triangle", _BLUE, -20, 6, (_RED, _BLACK, _YELLOW, _GREEN))),
    Work("Two Discs Part Company", DRAGUNSK, "1915–16", "abstract", (80, 62),
         Planes("two discs", _OCHRE, 24, 0, (_BLACK, _BLACK))),
    Work("Weightless, with Green", PELAGOVA, "1919", "abstract", (60, 84),
         Planes("quadrilateral", _GREEN, 18, 8, (_BLACK, _RED, _OCHRE, _ROSE))),
    Work("Signal to a Station in the Air", DRAGUNSK, "1920", "abstract", (106, 70),
         Planes("circle", _BLACK, -66, 10, (_RED, _YELLOW, _BLUE))),
    Work("White, Almost Leaving", PELAGOVA, "1918", "abstract", (79, 79),
         Planes("circle", "#f6f2e6", 22, 3, (_ROSE, _BLACK), "#cfd0cb")),
    Work("The Wedge Is Patient", DRAGUNSK, "c. 1920", "abstract", (56, 75),
         Planes("wedge", _RED, 8, 7, (_BLACK, _OCHRE, _BLUE))),
    Work("Small Weather of Forms", PELAGOVA, "1921", "abstract", (64, 90),
         Planes("triangle", _OCHRE, -34, 11, (_BLUE, _BLACK, _RED, _YELLOW, _GREEN))),
)  # fmt: skip


def _lead(scene: Planes, x: float, y: float, u: float, turn: float) -> list[tuple[Floats, str]]:
    match scene.lead:
        case "circle":
            return [(ellipse(x, y, u * 0.21, points=120), scene.lead_colour)]
        case "triangle":
            corners = np.array([(-0.30, 0.22), (0.34, 0.12), (-0.02, -0.34)]) * u
            return [(moved(corners, x, y), scene.lead_colour)]
        case "wedge":
            corners = np.array([(-0.42, -0.13), (0.44, -0.02), (-0.36, 0.17)]) * u
            c, s = np.cos(turn), np.sin(turn)
            return [((corners @ np.array([[c, s], [-s, c]]) + (x, y)).astype(np.float32), scene.lead_colour)]
        case "cross":
            return [(box(x, y, u * 0.62, u * 0.16, turn), scene.lead_colour),
                (box(x + u * 0.02, y + u * 0.02, u * 0.17, u * 0.62, turn * 0.72), scene.lead_colour)]  # fmt: skip
        case "two discs":
            return [(ellipse(x - u * 0.06, y - u * 0.04, u * 0.27, points=160), scene.lead_colour),
                (ellipse(x + u * 0.2, y + u * 0.42, u * 0.11, points=120), scene.others[0])]  # fmt: skip
        case "quadrilateral":
            whole = box(x, y, u * 0.44, u * 0.34, turn)
            whole[0] += (-0.03 * u, 0.02 * u)
            return [(whole, scene.lead_colour)]


def _bars(scene: Planes, size: Size, rng: np.random.Generator, turn: float) -> list[tuple[Floats, str]]:
    h, w = size
    u = float(min(size))
    along, across = np.array([np.cos(turn), np.sin(turn)]), np.array([-np.sin(turn), np.cos(turn)])
    shapes = []
    place = -0.5
    for i in range(scene.bars):
        length, thick = u * (0.52 * rng.random() ** 1.4 + 0.10), u * rng.choice([0.012, 0.02, 0.034, 0.055])
        shift = across * u * (place * 0.62) + along * u * rng.normal(0.04, 0.13)
        lean = turn if i % 4 != 3 else turn + np.pi / 2
        shapes.append(
            (box(w * 0.52 + shift[0], h * 0.54 + shift[1], length, thick, lean), scene.others[i % len(scene.others)])
        )
        place += 1.0 / scene.bars + 0.02 * rng.random()
    return shapes


def _companions(scene: Planes, size: Size, rng: np.random.Generator, turn: float) -> list[tuple[Floats, str]]:
    h, w = size
    u, shapes = float(min(size)), []
    for i in range(4 if scene.bars else 0):
        x, y = w * (0.16 + 0.7 * ((i * 0.618 + 0.3) % 1)), h * (0.12 + 0.76 * ((i * 0.382 + 0.55 * (i % 2)) % 1))
        side = u * rng.uniform(0.022, 0.06)
        outline = (box(x, y, side * 1.6, side * 0.8, turn), ellipse(x, y, side * 0.55),
            box(x, y, side, side, turn + 0.2))[i % 3]  # fmt: skip
        shapes.append((outline, scene.others[(i + 1) % len(scene.others)]))
    return shapes


def _paint(scene: Planes, size: Size, rng: np.random.Generator) -> Floats:
    u, turn = float(min(size)), np.deg2rad(scene.slope)
    picture = brushed(blank(size, colour(scene.ground)), rng, 0.2, 0.022)
    x, y = size[1] * rng.uniform(0.42, 0.54), size[0] * rng.uniform(0.36, 0.44)
    shapes = _lead(scene, x, y, u * 1.12, turn) + _bars(scene, size, rng, turn) + _companions(scene, size, rng, turn)
    for outline, code in shapes:
        tone = vary(rng, colour(code), lightness=0.012, chroma=0.05, hue=2)
        paint = brushed(blank(size, tone), rng, turn, 0.035) if np.ptp(outline[:, 0]) > u * 0.2 else tone
        lay(picture, wobble(rng, outline, u * 0.0005), paint, 0.97, 0.5)
    return aged(picture, rng, 17, 0.09, 0.025)


def _describe(scene: Planes) -> str:
    lead = _NAMES.get(scene.lead_colour, "white")
    also = sorted({_NAMES[code] for code in scene.others})
    words = f"{', '.join(also[:-1])} and {also[-1]}" if len(also) > 1 else also[0]
    thing = {"cross": f"A tilted {lead} cross", "two discs": f"A large {lead} disc"}.get(
        scene.lead, f"A {lead} {scene.lead}"
    )
    rest = f"{scene.bars} bars and small planes in {words}" if scene.bars else f"a small {words} disc"
    return f"{thing} with {rest}, adrift on an off-white ground."


MANNER = Manner(
    name="suprematism", style="Suprematism", medium="oil on canvas", works=_WORKS, paint=_paint, describe=_describe
)
