"""Choosing a part of a picture to search by: which picture, what is chosen at first, and what example it becomes."""

from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray
from PIL import Image as Pillow

from gallery.models import Painting
from search import parts, photos
from search.models import Photo
from search.parts import FULL, WHOLE, Part
from search.query import Example
from search.regions import corners, region
from vectorizer.quadrilaterals import Quad, area, find_quadrilaterals

LEAST_FOUND = 0.12  # of a photo's area: what is smaller and was not recognised is seldom the picture that was meant


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What a part is chosen of: a painting, or a photo by its token; `width` and `height` in pixels.

    `start` is chosen at first: the painting that was recognised in the photo, else what looks like a picture in it,
    else all of it. `recognised` is None where all of it is compared as it is.
    """

    painting: Painting | None = None
    photo: str | None = None
    width: int
    height: int
    start: Part
    recognised: Part | None = None

    def example(self, part: Part) -> Example:
        """The example that a chosen part is. What is compared in any case stays unnamed, and so has its vectors."""
        usual = self.recognised or WHOLE
        chosen = None if part == usual else part
        return Example(painting=self.painting.pk if self.painting else None, photo=self.photo, part=chosen)


def of_painting(id_: int) -> Picture | None:
    """A public painting; None where there is none of this id."""
    painting = Painting.objects.public().with_details().filter(pk=id_).first()
    if painting is None or painting.live_image is None:
        return None
    image = painting.live_image
    return Picture(painting=painting, width=image.width, height=image.height, start=WHOLE)


def of_photo(token: str) -> Picture | None:
    """A visitor's photo; None where it is no longer there."""
    photo = photos.find(token)
    if photo is None:
        return None
    try:
        with photo.open() as file:
            return _opened(photo, file)
    except FileNotFoundError:
        return None  # it expired between two lines


def upright(left: float, top: float, right: float, bottom: float) -> Part:
    """The rectangle between these edges, in per cent. Raises ValueError with a sentence for a person."""
    edges = [round(edge * FULL / 100) for edge in (left, top, right, bottom)]
    try:
        return parts.parse(",".join(map(str, edges)))
    except ValueError as problem:
        raise ValueError(
            _("Left must be less than right, top less than bottom, and the part at least a hundredth of the picture.")
        ) from problem


def _opened(photo: Photo, file: BinaryIO) -> Picture:
    with Pillow.open(file) as opened:
        width, height = opened.size
        recognised = _part(region(photo.quad))
        found = recognised if photo.quad else _part(_likely(np.asarray(opened.convert("RGB"))))
    return Picture(photo=photo.token, width=width, height=height, start=found or WHOLE, recognised=recognised)


def _likely(rgb: NDArray[np.uint8]) -> Quad | None:
    """What looks most like a picture in a photo, unless it is nearly all of it."""
    return next((region(corners(quad)) for quad in find_quadrilaterals(rgb, most=1) if area(quad) >= LEAST_FOUND), None)


def _part(quad: Quad | None) -> Part | None:
    """In thousandths; None where too little is left of it."""
    if quad is None:
        return None
    numbers = np.clip(np.rint(quad * FULL), 0, FULL).astype(int).ravel()
    try:
        return parts.parse(",".join(map(str, numbers)))
    except ValueError:
        return None
