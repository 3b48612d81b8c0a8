"""What a colour is called, for those who read swatches instead of seeing them."""

import math
from typing import TypeVar

import numpy as np
from django.utils.translation import gettext_noop

from vectorizer.features import Colour
from vectorizer.oklab import from_srgb

Name = TypeVar("Name", str, tuple[str, str, str])

GREYISH = 0.025  # of OKLab's chroma: less is a grey to the eye
MUTED = 0.075  # less is earth more than light where it is warm
GREYS = (
    (0.22, gettext_noop("black")),
    (0.45, gettext_noop("dark grey")),
    (0.75, gettext_noop("grey")),
    (0.93, gettext_noop("light grey")),
    (math.inf, gettext_noop("white")),
)
EARTHS = (
    (0.4, gettext_noop("dark brown")),
    (0.62, gettext_noop("brown")),
    (0.82, gettext_noop("beige")),
    (math.inf, gettext_noop("cream")),
)
# As it is called when it is dark, in between, and pale.
PINK = (gettext_noop("dark pink"), gettext_noop("pink"), gettext_noop("pale pink"))
RED = (gettext_noop("dark red"), gettext_noop("red"), gettext_noop("pale red"))
ORANGE = (gettext_noop("dark orange"), gettext_noop("orange"), gettext_noop("pale orange"))
YELLOW = (gettext_noop("dark yellow"), gettext_noop("yellow"), gettext_noop("yellow"))
GREEN = (gettext_noop("dark green"), gettext_noop("green"), gettext_noop("pale green"))
TEAL = (gettext_noop("dark teal"), gettext_noop("teal"), gettext_noop("pale teal"))
BLUE = (gettext_noop("dark blue"), gettext_noop("blue"), gettext_noop("pale blue"))
VIOLET = (gettext_noop("dark violet"), gettext_noop("violet"), gettext_noop("pale violet"))
HUES = (  # degrees up to which each goes
    (8, PINK),
    (42, RED),
    (75, ORANGE),
    (118, YELLOW),
    (165, GREEN),
    (225, TEAL),
    (288, BLUE),
    (335, VIOLET),
    (360, PINK),
)
WARM = (30, 115)
BLACK = 0.22  # of what is darker, only strong colours have a hue to the eye
DARK, PALE = 0.42, 0.8


def named(colour: Colour) -> str:
    """“dark blue”, “cream”, “red”: by its lightness, chroma and hue in OKLab. Rough, as names of colours are.

    In English; each is among the strings that are translated.
    """
    lightness, green_red, blue_yellow = (float(value) for value in from_srgb(np.array(colour, np.uint8)))
    chroma = math.hypot(green_red, blue_yellow)
    if chroma < (GREYISH if lightness > BLACK else MUTED):
        return _up_to(lightness, GREYS)
    hue = math.degrees(math.atan2(blue_yellow, green_red)) % 360
    if WARM[0] <= hue <= WARM[1] and (chroma < MUTED or (hue < 90 and lightness < 0.55)):
        return _up_to(lightness, EARTHS)
    dark, between, pale = _up_to(hue, HUES)
    if lightness < DARK:
        return dark
    return pale if lightness > PALE else between


def _up_to(value: float, steps: tuple[tuple[float, Name], ...]) -> Name:
    return next(name for limit, name in steps if value <= limit)
