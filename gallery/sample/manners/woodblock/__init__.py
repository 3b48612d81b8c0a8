"""Woodblock prints: key lines in blue, flat colour with wiped gradations, the grain of the block."""

from dataclasses import dataclass

import numpy as np

from gallery.sample.canvas import Size, blank, noise, paper
from gallery.sample.manner import Manner, Work
from gallery.sample.manners.woodblock.block import Block, Print
from gallery.sample.manners.woodblock.things import TOLD, Thing, cut
from gallery.sample.painters import HAKURO, RENZAN
from gallery.sample.palettes import Floats, colour
from gallery.sample.shapes import box, cover, ellipse, lay, wobble


@dataclass(frozen=True, slots=True)
class Inks:
    """What is printed, in order, and the colours of its blocks."""

    things: tuple[Thing, ...]
    palette: Print


_DAY = Print(name="Prussian blue and peach", sky=("#2d5c8c", "#b9cfca", "#f0dcb8"),
    water=("#a9c9c9", "#2f6690", "#173a63"), land="#7c9168", far="#6f8fa6", accent="#c8482f", pale="#f3ead2",
    line="#1b2c4a")  # fmt: skip
_DUSK = Print(name="plum and orange", sky=("#4a3a63", "#c9727a", "#f4c088"), water=("#e3b49a", "#6a6590", "#353660"),
    land="#5d6a5a", far="#6c5f84", accent="#d8482c", pale="#f6e6c6", line="#262142")  # fmt: skip
_NIGHT = Print(name="indigo and silver", sky=("#16223f", "#2f4a73", "#7f9bb0"), water=("#6f93ab", "#27466f", "#121f3d"),
    land="#2f4750", far="#35527a", accent="#b84a34", pale="#e9e6d6", line="#0d162c")  # fmt: skip
_SNOW = Print(name="snow grey and vermilion", sky=("#5d6f83", "#a7b4bb", "#dfe2dc"),
    water=("#b7c6cb", "#53799a", "#2c4f73"), land="#d9dfdc", far="#93a5b2", accent="#c6382a", pale="#f4f2ea",
    line="#23303f")  # fmt: skip
_SPRING = Print(name="celadon and pink", sky=("#8fb7ae", "#cfdcc6", "#f3e2cf"), water=("#bcd6cb", "#5f9aa0", "#2f6474"),
    land="#88a56a", far="#86a8a4", accent="#d9607a", pale="#f8eee0", line="#27423f")  # fmt: skip

_WORKS: tuple[Work[Inks], ...] = (
    Work("Wave Season at Cape Orukami", RENZAN, "c. 1832", "marina", (26, 38),
         Inks(("sun", "mist", "swell", "boats"), _DAY)),
    Work("White Rain over the Ferry", RENZAN, "1834", "landscape", (38, 26),
         Inks(("hills", "waves", "bridge", "rain"), _NIGHT)),
    Work("Red Sun, Eleventh Station", RENZAN, "1833", "landscape", (26, 38),
         Inks(("sun", "mountain", "mist", "pines"), _DUSK)),
    Work("Snow on the Toll Bridge", HAKURO, "1850s", "landscape", (36, 25),
         Inks(("hills", "waves", "bridge", "roofs", "snow"), _SNOW)),
    Work("Moon between Two Pines", HAKURO, "1857", "landscape", (38, 20),
         Inks(("moon", "hills", "mist", "pines"), _NIGHT)),
    Work("Blossom Tide", HAKURO, "1856", "landscape", (26, 38),
         Inks(("mountain", "waves", "boats", "branch"), _SPRING)),
    Work("Geese Crossing Late", HAKURO, "c. 1858", "animal painting", (37, 25),
         Inks(("moon", "hills", "waves", "reeds", "birds"), _DUSK)),
    Work("Fishing Fleet before the Squall", RENZAN, "1835", "marina", (25, 37),
         Inks(("mist", "swell", "boats", "rain"), _NIGHT)),
    Work("Village under First Snow", RENZAN, "1830s", "landscape", (25, 36),
         Inks(("mountain", "roofs", "pines", "snow"), _SNOW)),
    Work("The Bridge in Plum Light", HAKURO, "1859", "landscape", (26, 37),
         Inks(("sun", "hills", "waves", "bridge"), _DUSK)),
    Work("Gulls at the Reed Edge", HAKURO, "1855", "animal painting", (39, 18),
         Inks(("sun", "mist", "waves", "reeds", "birds"), _SPRING)),
    Work("Calm, with Far Sails", RENZAN, "1836", "marina", (24, 36),
         Inks(("sun", "mountain", "waves", "boats", "mist"), _DAY)),
)  # fmt: skip


def _grained(picture: Floats, sheet: Floats, rng: np.random.Generator) -> Floats:
    size = (picture.shape[0], picture.shape[1])
    rings = np.sin(noise(rng, size, (260, 1400), 2) * 9 + noise(rng, size, (5, 400), 2) * 0.8)
    thin = 0.90 + 0.05 * rings + noise(rng, size, 3, 2) * 0.02
    ink = np.clip(thin, 0.5, 1)[..., None]
    return np.asarray(sheet * (1 - ink) + picture * ink * (0.88 + 0.12 * sheet), dtype=np.float32)


def _seals(picture: Floats, palette: Print, size: Size, margin: float, rng: np.random.Generator) -> None:
    w = size[1]
    x, y, u = w - margin - min(size) * 0.07, margin + min(size) * 0.13, float(min(size))
    lay(picture, box(x, y, u * 0.06, u * 0.18), colour(palette.accent))
    lay(picture, box(x, y, u * 0.05, u * 0.17), colour(palette.pale))
    for i in range(5):
        mark = y - u * 0.062 + i * u * 0.031
        for dx, turn in ((-0.006, 0.3), (0.007, -0.5), (0.0, 1.4)):
            lay(picture, box(x + dx * u, mark + rng.normal(0, 2), u * rng.uniform(0.012, 0.024),
                u * 0.004, turn + rng.normal(0, 0.3)), colour(palette.line))  # fmt: skip
    seal = x, y + u * 0.125
    lay(picture, ellipse(*seal, u * 0.021), colour(palette.accent))
    lay(picture, box(seal[0], seal[1], u * 0.022, u * 0.004), colour(palette.pale))
    lay(picture, box(seal[0], seal[1], u * 0.004, u * 0.022), colour(palette.pale))


def _paint(scene: Inks, size: Size, rng: np.random.Generator) -> Floats:
    h, w = size
    margin = min(size) * 0.045
    sheet = paper(rng, size, "#eee3c9")
    block = Block(blank(size, colour(scene.palette.pale)), scene.palette, rng)
    cut(block, scene.things)
    _seals(block.picture, scene.palette, size, margin, rng)
    printed = _grained(block.picture, sheet, rng)
    window = wobble(rng, box(w / 2, h / 2, w - 2 * margin, h - 2 * margin), 0.8, 40)
    inside = cover(size, window, soft=0.5)[..., None]
    return np.asarray(np.clip(sheet + inside * (printed - sheet), 0, 1), dtype=np.float32)


def _describe(scene: Inks) -> str:
    words = [TOLD[thing] for thing in scene.things]
    return f"A woodblock print in {scene.palette.name}: {', '.join(words[:-1])} and {words[-1]}."


MANNER = Manner(
    name="woodblock",
    style="Ukiyo-e",
    medium="colour woodblock print on paper",
    works=_WORKS,
    paint=_paint,
    describe=_describe,
)
