"""A whole figure, and what it holds."""

import numpy as np

from gallery.sample.manners.icon.dress import Saint, garments, hair_before, hair_behind, veil, wings
from gallery.sample.manners.icon.face import LIGHT, LINE, OCHRE, SANKIR, beard, face
from gallery.sample.palettes import Floats, colour
from gallery.sample.shapes import box, ellipse, lay, ribbon, smooth


def draw_saint(
    picture: Floats, saint: Saint, x: float, y: float, r: float, bottom: float, rng: np.random.Generator
) -> None:
    """Paint a half figure whose face of half-width ``r`` is centred at (x, y), down to row ``bottom``."""
    if saint.kind == "angel":
        wings(picture, x, y, r)
    garments(picture, saint, x, y, r, bottom)
    if saint.kind in ("elder", "youth", "angel", "king"):
        hair_behind(picture, saint, x, y, r)
    face(picture, x, y, r, young=saint.kind in ("veiled woman", "angel", "youth"))
    if saint.kind in ("elder", "hermit", "king"):
        beard(picture, x, y, r, "#d9d2c0" if saint.kind != "king" else "#4a2d18")
    if saint.kind in ("veiled woman", "hermit"):
        veil(picture, saint, x, y, r)
    else:
        hair_before(picture, saint, x, y, r)
    _attribute(picture, saint, x, y, r)


def _attribute(picture: Floats, saint: Saint, x: float, y: float, r: float) -> None:
    hx, hy = x + r * 0.75, y + r * 3.05
    match saint.attribute:
        case "book":
            lay(picture, box(hx, hy, r * 1.35, r * 1.6, 0.1), colour("#6e1c1a"))
            lay(picture, box(hx, hy, r * 1.2, r * 1.45, 0.1), colour("#cf9d3f"))
            lay(picture, box(hx, hy, r * 0.16, r * 1.2, 0.1), colour("#7a2018"))
            lay(picture, box(hx, hy - r * 0.1, r * 0.9, r * 0.15, 0.1), colour("#7a2018"))
            for dx, dy in ((-0.4, -0.5), (0.4, -0.5), (-0.4, 0.5), (0.4, 0.5)):
                lay(picture, ellipse(hx + dx * r, hy + dy * r, r * 0.1), colour("#22508a"))
        case "staff":
            lay(picture, box(x + r * 1.35, y + r * 2.2, r * 0.1, r * 6, 0.05), colour("#8c2216"))
            hx = x + r * 1.3
        case "cross":
            lay(picture, box(hx, hy - r * 0.9, r * 0.12, r * 1.5), colour("#f0e6cc"))
            lay(picture, box(hx, hy - r * 1.2, r * 0.75, r * 0.12), colour("#f0e6cc"))
        case "scroll":
            lay(picture, box(hx, hy, r * 0.42, r * 1.5, 0.5), colour("#e9dcb8"))
            for end in (-1, 1):
                lay(
                    picture,
                    ellipse(
                        hx - np.sin(0.5) * end * r * 0.75, hy + np.cos(0.5) * end * r * 0.75, r * 0.22, r * 0.09, 0.5
                    ),
                    colour("#b99a62"),
                )
        case "star":
            hx = x + r * 0.1
    _hand(picture, hx, hy + r * 0.35, r)


def _hand(picture: Floats, x: float, y: float, r: float) -> None:
    lay(picture, smooth([(x - r * 0.2, y + r * 0.75), (x - r * 0.3, y + r * 0.15), (x, y - r * 0.1),
        (x + r * 0.3, y + r * 0.15), (x + r * 0.22, y + r * 0.75)], closed=True), colour(SANKIR))  # fmt: skip
    lay(picture, ellipse(x, y + r * 0.3, r * 0.2, r * 0.28), colour(OCHRE), 1.0, r * 0.05)
    for i in range(4):
        dx = (-0.24 + 0.15 * i) * r
        finger = smooth(
            [
                (x + dx, y + r * 0.2),
                (x + dx * 1.15, y - r * 0.15),
                (x + dx * 1.05 + r * 0.03, y - r * (0.42 - 0.05 * abs(i - 1))),
            ]
        )
        lay(picture, ribbon(finger, r * 0.15), colour(LINE))
        lay(picture, ribbon(finger, r * 0.12), colour(OCHRE))
        lay(picture, ribbon(finger, r * 0.045), colour(LIGHT))
