"""What a colour is called, for those who read swatches instead of seeing them."""

import math

import numpy as np

from vectorizer.features import Colour
from vectorizer.oklab import from_srgb

GREYISH = 0.025  # of OKLab's chroma: less is a grey to the eye
MUTED = 0.075  # less is earth more than light where it is warm
GREYS = ((0.22, "black"), (0.45, "dark grey"), (0.75, "grey"), (0.93, "light grey"), (math.inf, "white"))
EARTHS = ((0.4, "dark brown"), (0.62, "brown"), (0.82, "beige"), (math.inf, "cream"))
HUES = (  # degrees up to which each goes
    (8, "pink"),
    (42, "red"),
    (75, "orange"),
    (118, "yellow"),
    (165, "green"),
    (225, "teal"),
    (288, "blue"),
    (335, "violet"),
    (360, "pink"),
)
WARM = (30, 115)
BLACK = 0.22  # of what is darker, only strong colours have a hue to the eye
DARK, PALE = 0.42, 0.8


def named(colour: Colour) -> str:
    """“dark blue”, “cream”, “red”: by its lightness, chroma and hue in OKLab. Rough, as names of colours are."""
    lightness, green_red, blue_yellow = (float(value) for value in from_srgb(np.array(colour, np.uint8)))
    chroma = math.hypot(green_red, blue_yellow)
    if chroma < (GREYISH if lightness > BLACK else MUTED):
        return _up_to(lightness, GREYS)
    hue = math.degrees(math.atan2(blue_yellow, green_red)) % 360
    if WARM[0] <= hue <= WARM[1] and (chroma < MUTED or (hue < 90 and lightness < 0.55)):
        return _up_to(lightness, EARTHS)
    name = _up_to(hue, HUES)
    if lightness < DARK:
        return f"dark {name}"
    return f"pale {name}" if lightness > PALE and name != "yellow" else name


def _up_to(value: float, steps: tuple[tuple[float, str], ...]) -> str:
    return next(name for limit, name in steps if value <= limit)
