"""A part of a picture that is searched by, as it stands in an address: four corners in thousandths."""

import re

import numpy as np
from django.utils.translation import gettext as _

from vectorizer.quadrilaterals import Quad, area, is_convex

Part = tuple[tuple[int, int], ...]
"""Four corners (x, y) in thousandths of the picture's width and height, clockwise from the part's top left."""

FULL = 1000
WHOLE: Part = ((0, 0), (FULL, 0), (FULL, FULL), (0, FULL))
LEAST = 0.01  # of the picture's area: what is smaller has no pixels left to compare
_NUMBERS = re.compile(r"[0-9]{1,4}(,[0-9]{1,4})+")


def parse(text: str) -> Part:
    """`left,top,right,bottom`, or `x,y` of each of the four corners. Raises ValueError with a sentence for a person."""
    numbers = [int(number) for number in text.split(",")] if _NUMBERS.fullmatch(text) else []
    if len(numbers) not in (4, 8) or max(numbers) > FULL:
        sentence = _(
            "“%(text)s” is no part of a picture: write left,top,right,bottom in thousandths, from 0 to %(full)s, "
            "or x,y of its four corners."
        )
        raise ValueError(sentence % {"text": text, "full": FULL})
    part = _upright(*numbers) if len(numbers) == 4 else tuple(zip(numbers[::2], numbers[1::2], strict=True))
    corners = np.array(part, np.float32)  # whole numbers: nothing is rounded
    if not is_convex(corners):
        sentence = _(
            "“%(text)s” is no part of a picture: its corners must go round clockwise from its top left, none of them "
            "inwards, so that left is less than right, and top less than bottom."
        )
        raise ValueError(sentence % {"text": text})
    if area(corners) < LEAST * FULL**2:
        sentence = _("The part “%(text)s” is too small: it must be a hundredth of the picture or more.")
        raise ValueError(sentence % {"text": text})
    return part


def written(part: Part) -> str:
    """As `parse` reads it: four numbers where it is an upright rectangle, else eight."""
    (left, top), _, (right, bottom), _ = part
    is_upright = left < right and part == _upright(left, top, right, bottom)
    numbers = (left, top, right, bottom) if is_upright else sum(part, ())
    return ",".join(map(str, numbers))


def region(part: Part) -> Quad:
    """The part in shares of width and height, as `quadrilaterals.rectify` wants it: (4, 2), float32."""
    return np.array(part, np.float32) / np.float32(FULL)


def _upright(left: int, top: int, right: int, bottom: int) -> Part:
    return (left, top), (right, top), (right, bottom), (left, bottom)
