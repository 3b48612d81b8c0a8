"""Icons: haloed half figures, frontal and still, on gold."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from gallery.sample.canvas import Size, aged, blank, cracks, grid, noise, vignette
from gallery.sample.manner import Manner, Work
from gallery.sample.manners.icon.dress import Saint
from gallery.sample.manners.icon.figure import draw_saint
from gallery.sample.painters import AMBER_HALO, ANFIM
from gallery.sample.palettes import Floats, colour, colours, mix, ramp
from gallery.sample.shapes import border, box, cover, ellipse, lay

Frame = Literal["arch", "oblong", "double arch"]


@dataclass(frozen=True, slots=True)
class Icon:
    """One or two saints in a frame of one colour."""

    saints: tuple[Saint, ...]
    frame: Frame = "arch"
    border: str = "#7a2418"


_MAROON, _BLUE, _GREEN, _RED = "#5a1a24", "#23406b", "#2f5540", "#a5301f"
_OCHRE, _WHITE, _DARK = "#a8792f", "#e6dcc2", "#2b2420"

_WORKS: tuple[Work[Icon], ...] = (
    Work("Our Lady of the Still Lamp", AMBER_HALO, "c. 1480", "religious painting", (62, 48),
         Icon((Saint("veiled woman", _MAROON, _BLUE, "star"),))),
    Work("The Elder with the Sealed Book", AMBER_HALO, "before 1500", "religious painting", (58, 44),
         Icon((Saint("elder", _BLUE, _OCHRE, "book"),), "oblong", "#2f4436")),
    Work("Archangel of the Seventh Hour", ANFIM, "16th century", "religious painting", (80, 60),
         Icon((Saint("angel", _RED, _GREEN, "staff"),))),
    Work("Saint Ovrana with a Cross", ANFIM, "1540s", "religious painting", (44, 34),
         Icon((Saint("veiled woman", _GREEN, _RED, "cross"),), "oblong")),
    Work("The Hermit of the Salt Cave", AMBER_HALO, "c. 1490", "religious painting", (52, 40),
         Icon((Saint("hermit", _DARK, _OCHRE, "scroll"),), "arch", "#3a2c22")),
    Work("King Ismaro at Prayer", ANFIM, "mid-16th century", "religious painting", (66, 50),
         Icon((Saint("king", _RED, _BLUE, "cross"),), "arch", "#23406b")),
    Work("Two Physicians of Kelmora", ANFIM, "1571", "religious painting", (50, 64),
         Icon((Saint("youth", _GREEN, _RED, "cross"), Saint("elder", _RED, _BLUE, "scroll")),
         "double arch")),
    Work("The Young Martyr in Green", AMBER_HALO, "late 15th century", "religious painting", (47, 36),
         Icon((Saint("youth", _GREEN, _OCHRE, "cross"),), "oblong", "#7a2418")),
    Work("Angel with the Folded Map", ANFIM, "before 1600", "religious painting", (72, 56),
         Icon((Saint("angel", _BLUE, _MAROON, "scroll"),), "arch", "#2f4436")),
    Work("Mother and Messenger", AMBER_HALO, "c. 1510", "religious painting", (54, 70),
         Icon((Saint("veiled woman", _MAROON, _BLUE, "star"), Saint("angel", _GREEN, _RED, "staff")),
         "double arch", "#5a3a1c")),
    Work("The Bishop of the Reed Lake", ANFIM, "17th century", "religious painting", (88, 66),
         Icon((Saint("elder", _WHITE, _RED, "book"),), "arch", "#7a2418")),
    Work("Our Lady of the Blue Veil", AMBER_HALO, "1520–30", "religious painting", (36, 28),
         Icon((Saint("veiled woman", _BLUE, _MAROON, "star"),), "oblong", "#5a3a1c")),
)  # fmt: skip


def gold(rng: np.random.Generator, size: Size) -> Floats:
    """Burnished leaf, shape (h, w, 3): laid in squares, rubbed, worn through to red clay here and there."""
    rows, columns = grid(size)
    sheen = 0.55 + 0.30 * np.sin((columns - rows * 0.6) / size[1] * 4.2 + 0.8) + noise(rng, size, 60, 4) * 0.09
    leaf = min(size) / 5.5
    seams = (rows % leaf < 1.2) | ((columns + (rows // leaf % 2) * leaf / 2) % leaf < 1.2)
    metal = ramp(colours("#7c5316", "#b3812a", "#d6a945", "#f1d68a"), np.clip(sheen - seams * 0.10, 0, 1))
    worn = np.clip(noise(rng, size, 70, 5, 0.65) - 1.75, 0, 1)[..., None]
    return np.asarray(metal + worn * (colour("#8a3d22") - metal), dtype=np.float32)


def _halo(picture: Floats, x: float, y: float, r: float) -> None:
    size = (picture.shape[0], picture.shape[1])
    rows, columns = grid(size)
    away, turn = np.hypot(rows - y, columns - x), np.arctan2(rows - y, columns - x)
    shine = 0.5 + 0.30 * np.cos(2 * turn + 0.9) + 0.13 * np.sign(np.sin(turn * 48)) * (away > r * 0.62)
    disc = ramp(colours("#8d6420", "#c79638", "#e8c66a", "#fbebb0"), shine.astype(np.float32))
    lay(picture, ellipse(x, y, r, points=160), disc)
    for reach, width, code in ((1.0, 0.028, "#7d2015"), (0.955, 0.012, "#5d3d12"), (0.62, 0.012, "#6f4a17")):
        ring = ellipse(x, y, r * reach, points=160)
        lay(picture, border(ring, r * width), colour(code), 0.85)
    for angle in np.linspace(0, 2 * np.pi, 44, endpoint=False):
        px, py = x + np.cos(angle) * r * 0.9, y + np.sin(angle) * r * 0.9
        lay(picture, ellipse(px, py, r * 0.014, points=12), colour("#6b4715"), 0.8)
        lay(picture, ellipse(px - 1, py - 1, r * 0.007, points=10), colour("#fff0bd"), 0.8)


def _arch(left: float, right: float, top: float, bottom: float) -> Floats:
    middle, half = (left + right) / 2, (right - left) / 2
    angle = np.linspace(np.pi, 2 * np.pi, 48)
    bow = np.stack([middle + np.cos(angle) * half, top + half * 0.9 + np.sin(angle) * half * 0.9], axis=-1)
    return np.asarray(np.concatenate([bow, [(right, bottom), (left, bottom)]]), dtype=np.float32)


def _opening(scene: Icon, size: Size) -> list[Floats]:
    h, w = size
    edge = min(size) * 0.085
    if scene.frame == "oblong":
        return [box(w / 2, h / 2, w - 2 * edge, h - 2 * edge)]
    if scene.frame == "arch":
        return [_arch(edge, w - edge, edge, h - edge)]
    middle = edge * 0.22
    return [_arch(edge, w / 2 - middle, edge, h - edge), _arch(w / 2 + middle, w - edge, edge, h - edge)]


def _frame(picture: Floats, scene: Icon, size: Size, rng: np.random.Generator) -> Floats:
    inner = np.clip(sum((cover(size, o) for o in _opening(scene, size)), np.zeros(size, np.float32)), 0, 1)[..., None]
    paint = blank(size, colour(scene.border)) * (1 + noise(rng, size, 120, 4) * 0.07)[..., None]
    u = float(min(size))
    h, w = size
    for inset, code, wide in ((0.020, "#caa04a", 0.010), (0.034, "#20140d", 0.004)):
        line = box(w / 2, h / 2, w - 2 * inset * u, h - 2 * inset * u)
        lay(paint, border(line, wide * u), colour(code))
    for outline in _opening(scene, size):
        lay(paint, border(outline, u * 0.042), mix(colour("#d0a54c"), colour("#7c5316"), 0.2))
        lay(paint, border(outline, u * 0.022), colour("#3a2112"))
    dots = np.linspace(0.06, 0.94, 17)
    for share in dots:
        for x, y in (
            (share * w, u * 0.056),
            (share * w, h - u * 0.056),
            (u * 0.056, share * h),
            (w - u * 0.056, share * h),
        ):
            lay(paint, ellipse(x, y, u * 0.007, points=16), colour("#dcb65e"))
    return paint + inner * (picture - paint)


def _paint(scene: Icon, size: Size, rng: np.random.Generator) -> Floats:
    h, w = size
    picture = gold(rng, size)
    count = len(scene.saints)
    reach = min(w / count, h * 0.80)
    for i, saint in enumerate(scene.saints):
        x, r = w * (i + 0.5) / count, reach * 0.135
        y = h * 0.5 - r * 1.0
        _halo(picture, x, y, r * 2.05)
        draw_saint(picture, saint, x, y, r, h, rng)
    framed = _frame(picture, scene, size, rng)
    dull = framed * (1 - cracks(rng, size, 46) * 0.22)[..., None] * vignette(size, 0.22)[..., None]
    return np.clip(aged(dull.astype(np.float32), rng, 15, 0.10, 0.05), 0, 1)


def _describe(scene: Icon) -> str:
    people = " and ".join(saint.told() for saint in scene.saints)
    frame = {"arch": "under an arch", "oblong": "in a plain frame", "double arch": "under two arches"}[scene.frame]
    return f"An icon on a gold ground: {people}, haloed and facing forward {frame}."


MANNER = Manner(
    name="icon",
    style="Icon painting",
    medium="tempera and gold leaf on panel",
    works=_WORKS,
    paint=_paint,
    describe=_describe,
)
