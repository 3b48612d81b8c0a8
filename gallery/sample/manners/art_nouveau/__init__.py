"""Art nouveau panels: flowers on whiplash stems before a disc, flat tints in heavy contours, a framed field."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from gallery.sample.canvas import Size, blank, grid, noise, paper, relief
from gallery.sample.manner import Genre, Manner, Work
from gallery.sample.manners.art_nouveau.flora import TOLD, Flower, Panel, bloom, dragonflies, leaf, peacock, water
from gallery.sample.painters import LILLENSTRAND, VASQUEREL
from gallery.sample.palettes import Floats, colour, colours, lighter, mix, ramp
from gallery.sample.shapes import box, cover, ellipse, ribbon, smooth

Guest = Literal["none", "dragonflies", "peacock", "water"]


@dataclass(frozen=True, slots=True)
class Poster:
    """Flowers of a kind, a guest among them, and the tints: field (two), disc, petals (two), leaf, frame, line."""

    flower: Flower
    stems: int
    tints: tuple[str, str, str, str, str, str, str, str]
    said: str
    guest: Guest = "none"


_F: Genre = "flower painting"
_DUSK = ("#e9d6a8", "#c98f5f", "#f2e2b6", "#6a4f9a", "#c9b2de", "#5f7a4a", "#3f5a48", "#2b2018")
_LAGOON = ("#bcd6c4", "#5f9a98", "#f0e6c0", "#f3efe0", "#e0a8a0", "#3f7a58", "#244f58", "#182a2c")
_FLAME = ("#f0dcae", "#e3b06a", "#f7ecc8", "#c8402c", "#f0904a", "#6f8448", "#6a3424", "#2c1812")
_MOSS = ("#d8d8a6", "#9aab6a", "#f1e9bf", "#f0c34a", "#f8e6a0", "#4f6f3a", "#33502e", "#1e2416")
_NIGHT = ("#3a4f74", "#1d2a4a", "#e8d49a", "#e6dff0", "#a8a0d4", "#4f8478", "#141d36", "#0c1022")
_ROSE = ("#f2dcd0", "#d9a09a", "#f8eed8", "#b83f5e", "#ee9aa4", "#66805a", "#5a2f3c", "#2c161c")

_WORKS: tuple[Work[Poster], ...] = (
    Work("Irises for the Stairwell", LILLENSTRAND, "1898", _F, (104, 42),
         Poster("iris", 3, _DUSK, "violet and gold")),
    Work("Lilies above Still Water", LILLENSTRAND, "1900", _F, (96, 60),
         Poster("lily", 5, _LAGOON, "sea green and cream", "water")),
    Work("Poppy Season", LILLENSTRAND, "1899", _F, (88, 54),
         Poster("poppy", 5, _FLAME, "scarlet and straw")),
    Work("Four Dragonflies and a Reason", VASQUEREL, "1901", "animal painting", (70, 50),
         Poster("iris", 3, _NIGHT, "night blue and old gold", "dragonflies")),
    Work("Tulip Panel for a Tea Merchant", LILLENSTRAND, "c. 1902", _F, (90, 36),
         Poster("tulip", 3, _MOSS, "moss and yellow")),
    Work("The Peacock Does Not Wait", VASQUEREL, "1897", "animal painting", (80, 64),
         Poster("tulip", 2, _LAGOON, "sea green and cream", "peacock")),
    Work("Rose Arch, Theatre Poster", LILLENSTRAND, "1903", _F, (92, 62),
         Poster("rose", 5, _ROSE, "rose and ivory")),
    Work("Water Lilies at the Fourth Bell", VASQUEREL, "1904", _F, (60, 84),
         Poster("lily", 5, _DUSK, "violet and gold", "water")),
    Work("Sunflower Frieze", LILLENSTRAND, "1896", _F, (58, 96),
         Poster("sunflower", 5, _MOSS, "moss and yellow")),
    Work("Night Iris", VASQUEREL, "1905", _F, (94, 48),
         Poster("iris", 5, _NIGHT, "night blue and old gold")),
    Work("Poppies with Thin Wings", VASQUEREL, "1890s", "animal painting", (76, 56),
         Poster("poppy", 3, _ROSE, "rose and ivory", "dragonflies")),
    Work("Peacock, Copper Evening", LILLENSTRAND, "1902", "animal painting", (72, 72),
         Poster("sunflower", 2, _FLAME, "scarlet and straw", "peacock")),
)  # fmt: skip


def _field(p: Panel, size: Size) -> None:
    rows, _ = grid(size)
    fall = (rows / size[0]) ** 1.3
    p.picture[:] = ramp(colours(p.tints[0], p.tints[1]), fall)


def _disc(p: Panel, x: float, y: float, r: float) -> None:
    p.fill(ellipse(x, y, r, points=140), colour(p.tints[2]), 1.4)
    p.fill(ellipse(x, y, r * 0.80, points=140), mix(colour(p.tints[2]), colour(p.tints[0]), 0.55), 0.9)
    for i in range(28):
        a = i * 2 * np.pi / 28
        at = x + np.cos(a) * r * 0.9, y + np.sin(a) * r * 0.9
        tint = mix(colour(p.tints[3 + i % 2]), colour(p.tints[2]), 0.45)
        p.fill(ellipse(*at, r * 0.075, r * 0.055, a), tint, 0.7)


def _whiplash(p: Panel, x: float, foot: float, tip: tuple[float, float], bend: float) -> Floats:
    rise = foot - tip[1]
    curve = smooth([(x, foot), (x + bend * rise * 0.35, foot - rise * 0.28),
        (x - bend * rise * 0.22, foot - rise * 0.62), (tip[0] + bend * rise * 0.05, tip[1] + rise * 0.12), tip],
        steps=18)  # fmt: skip
    p.fill(
        ribbon(curve, np.linspace(p.unit * 0.020, p.unit * 0.009, len(curve), dtype=np.float32)),
        colour(p.tints[5]),
        0.9,
    )
    return curve


def _tendrils(p: Panel, size: Size) -> None:
    h, w = size
    for side in (-1, 1):
        for k in range(3):
            x = w / 2 + side * w * (0.06 + 0.05 * k)
            reach, rise = side * w * (0.26 - 0.05 * k), h * (0.10 + 0.06 * k)
            hook = smooth([(x, h * 0.93), (x + reach * 0.6, h * 0.91 - rise * 0.2), (x + reach, h * 0.90 - rise * 0.8),
                (x + reach * 0.7, h * 0.90 - rise * 1.25), (x + reach * 0.45, h * 0.9 - rise * 0.95),
                (x + reach * 0.62, h * 0.9 - rise * 0.78)], steps=14)  # fmt: skip
            p.fill(
                ribbon(hook, np.linspace(p.unit * 0.014, p.unit * 0.003, len(hook), dtype=np.float32)),
                lighter(colour(p.tints[5]), 0.06),
                0.7,
            )


def _bouquet(p: Panel, scene: Poster, size: Size) -> None:
    h, w = size
    spread = np.linspace(-1, 1, scene.stems)
    spread = spread[np.argsort(-np.abs(spread), kind="stable")]
    for i, s in enumerate(spread):
        tip = w * (0.5 + 0.30 * s), h * (0.27 + 0.16 * abs(s) + 0.035 * (i % 2))
        bend = 0.55 * (np.sign(s) or 1.0) * min(1.0, w / h * 1.2)
        curve = _whiplash(p, w * (0.5 + 0.05 * s), h * 0.945, tip, bend)
        for share, side in ((0.30, 1), (0.45, -1), (0.62, 1)):
            x, y = curve[int(len(curve) * share)]
            leaf(p, x, y, side * (1 if s >= 0 else -1), p.unit * (0.26 - 0.1 * share))
        bloom(p, scene.flower, tip[0], tip[1], p.unit * (0.135 if scene.stems > 3 else 0.165), 0.35 * s)


def _frame(p: Panel, size: Size) -> None:
    h, w = size
    u, edge = p.unit, p.unit * 0.065
    inner = [(edge, h - edge), (edge, edge + u * 0.13), (edge + u * 0.05, edge + u * 0.03), (edge + u * 0.16, edge),
        (w - edge - u * 0.16, edge), (w - edge - u * 0.05, edge + u * 0.03), (w - edge, edge + u * 0.13),
        (w - edge, h - edge)]  # fmt: skip
    hole = np.concatenate(
        [smooth(inner[1:4], steps=10), smooth(inner[4:7], steps=10), np.array([inner[7], inner[0]], dtype=np.float32)]
    )
    outside = (1 - cover(size, hole, soft=0.5))[..., None]
    band = blank(size, colour(p.tints[6]))
    p.picture += outside * (band - p.picture)
    p.line(hole, u * 0.012, colour(p.tints[2]))
    p.line(hole, u * 0.004, colour(p.tints[7]))
    rim = box(w / 2, h / 2, w - u * 0.03, h - u * 0.03)
    p.line(rim, u * 0.006, colour(p.tints[2]))
    for side in (-1, 1):
        x = w / 2 + side * (w / 2 - u * 0.10)
        for r, tint in ((0.036, 2), (0.024, 3), (0.010, 4)):
            p.fill(ellipse(x, u * 0.075, u * r), colour(p.tints[tint]), 0.6)
        scroll = smooth(
            [
                (x - side * u * 0.04, u * 0.045),
                (x - side * u * 0.16, u * 0.035),
                (x - side * u * 0.22, u * 0.05),
                (x - side * u * 0.2, u * 0.056),
            ],
            steps=10,
        )
        p.fill(
            ribbon(scroll, np.linspace(u * 0.012, u * 0.003, len(scroll), dtype=np.float32)), colour(p.tints[2]), 0.0
        )
    n = int((w - 2 * edge) / (u * 0.06))
    for i in range(n):
        p.fill(
            ellipse(edge + (i + 0.5) * (w - 2 * edge) / n, h - edge * 0.48, u * 0.012, u * 0.016),
            colour(p.tints[2 + i % 2]),
            0.4,
        )


def _paint(scene: Poster, size: Size, rng: np.random.Generator) -> Floats:
    h, w = size
    p = Panel(blank(size, colour(scene.tints[0])), scene.tints, rng)
    _field(p, size)
    _disc(p, w / 2, h * 0.36 if h > w else h * 0.42, min(w * 0.42, h * 0.34))
    if scene.guest == "water":
        water(p, h * 0.74)
    _tendrils(p, size)
    _bouquet(p, scene, size)
    if scene.guest == "peacock":
        peacock(p, w * 0.5, h * 0.62)
    if scene.guest == "dragonflies":
        dragonflies(p)
    _frame(p, size)
    tooth = noise(rng, size, 2.5, 2)
    printed = p.picture * (0.965 + 0.035 * paper(rng, size, "#fffaf0")) + tooth[..., None] * 0.006
    return relief(np.clip(printed, 0, 1).astype(np.float32), noise(rng, size, (3, 20), 2), 0.006)


def _describe(scene: Poster) -> str:
    guest = {
        "none": "",
        "dragonflies": ", with four dragonflies",
        "peacock": ", with a peacock in front",
        "water": ", above rippled water",
    }
    flowers = f"{scene.stems} {TOLD[scene.flower]} on curving stems"
    return f"A framed poster in {scene.said}: {flowers} before a disc{guest[scene.guest]}."


MANNER = Manner(
    name="art-nouveau", style="Art Nouveau", medium="colour lithograph", works=_WORKS, paint=_paint, describe=_describe
)
