"""Ink wash: a few tones of one ink on paper, and the paper left to be mist, water and sky."""

from dataclasses import dataclass

import numpy as np

from gallery.sample.canvas import Size, blur, noise, paper
from gallery.sample.manner import Manner, Work
from gallery.sample.manners.ink_wash.ink import Ink
from gallery.sample.manners.ink_wash.things import TOLD, Thing, touch
from gallery.sample.painters import CLOUD_LADLE, NINE_PINES
from gallery.sample.palettes import Floats, colour
from gallery.sample.shapes import box, ellipse, lay, wobble


@dataclass(frozen=True, slots=True)
class Scroll:
    """What is brushed, in order, on paper of a tint."""

    things: tuple[Thing, ...]
    tint: str = "#e9dfc6"


_WORKS: tuple[Work[Scroll], ...] = (
    Work("Nine Peaks, Eight in Cloud", NINE_PINES, "16th century", "landscape", (128, 52),
         Scroll(("peaks", "waterfall", "hut", "pines"))),
    Work("Returning Boat, No Wind", NINE_PINES, "c. 1550", "landscape", (38, 104),
         Scroll(("far hills", "peaks", "boat", "near bank"))),
    Work("Bamboo Told Twice", CLOUD_LADLE, "1623", "flower painting", (112, 46), Scroll(("bamboo",),
         "#ece4d0")),
    Work("Orchid on a Dry Day", CLOUD_LADLE, "17th century", "flower painting", (62, 48),
         Scroll(("rock", "orchid"), "#e6dabd")),
    Work("Moon, and the Sound of a Pine", NINE_PINES, "before 1600", "landscape", (96, 44),
         Scroll(("moon", "far hills", "great pine"))),
    Work("Bird Considering Rain", CLOUD_LADLE, "1640s", "animal painting", (70, 42),
         Scroll(("plum branch", "bird"), "#ebe2cc")),
    Work("The Ferry Waits for a Scholar", NINE_PINES, "late 16th century", "landscape", (44, 88),
         Scroll(("far hills", "near bank", "pines", "boat", "geese"))),
    Work("Waterfall behind the Waterfall", NINE_PINES, "1581", "landscape", (140, 54),
         Scroll(("peaks", "waterfall", "mist path", "pines"), "#e4d9bd")),
    Work("Plum in the First Month", CLOUD_LADLE, "1651", "flower painting", (90, 40),
         Scroll(("moon", "plum branch"), "#eae0c8")),
    Work("Long River with a Short Bridge", NINE_PINES, "c. 1590", "landscape", (34, 118),
         Scroll(("far hills", "peaks", "hut", "near bank", "boat", "geese"))),
    Work("Two Sparrows' Worth of Bamboo", CLOUD_LADLE, "1660", "animal painting", (84, 50),
         Scroll(("bamboo", "bird"), "#e8dec4")),
    Work("Hut Where Nobody Was In", NINE_PINES, "1576", "landscape", (60, 60),
         Scroll(("moon", "peaks", "mist path", "hut", "near bank"))),
)  # fmt: skip
_INK = "#1f2123"


def _seal(picture: Floats, x: float, y: float, side: float, rng: np.random.Generator) -> None:
    red, bare = colour("#a8321f"), colour("#eaddc0")
    lay(picture, wobble(rng, box(x, y, side, side), 0.8), red, 0.9, 0.5)
    for i in range(3):
        lay(
            picture,
            box(x + (i - 1) * side * 0.26, y + rng.normal(0, side * 0.04), side * 0.07, side * rng.uniform(0.4, 0.72)),
            bare,
            0.85,
        )
        lay(picture, box(x, y + (i - 1) * side * 0.25, side * rng.uniform(0.35, 0.7), side * 0.06), bare, 0.85)


def _paint(scene: Scroll, size: Size, rng: np.random.Generator) -> Floats:
    h, w = size
    ink = Ink(size, rng)
    for thing in scene.things:
        touch(ink, thing)
    sheet = paper(rng, size, scene.tint)
    depth = ink.density
    edges = np.clip(depth - blur(depth, 2.2), 0, 1) * 0.5
    soaked = np.clip((depth + edges) * (1 + noise(rng, size, 5, 3) * 0.07 + noise(rng, size, 120, 2) * 0.05),
        0, 0.97)[..., None]  # fmt: skip
    picture = sheet * (1 - soaked) + colour(_INK) * soaked
    side = min(size) * 0.055
    x, y = (w * 0.86, h * 0.10) if h > w else (w * 0.955, h * 0.16)
    _seal(picture, x, y, side, rng)
    _seal(picture, x + side * 0.06, y + side * 1.35, side * 0.8, rng)
    _foxed(picture, rng)
    return np.asarray(np.clip(picture, 0, 1), dtype=np.float32)


def _foxed(picture: Floats, rng: np.random.Generator) -> None:
    for _ in range(14):
        x, y = rng.random() * picture.shape[1], rng.random() * picture.shape[0]
        lay(picture, ellipse(x, y, rng.uniform(2, 7)), colour("#a87c45"), 0.16, 3)


def _describe(scene: Scroll) -> str:
    words = [TOLD[thing] for thing in scene.things]
    listed = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
    return f"Black ink on warm paper with much left empty: {listed}."


MANNER = Manner(
    name="ink-wash", style="Ink wash", medium="ink on paper", works=_WORKS, paint=_paint, describe=_describe
)
