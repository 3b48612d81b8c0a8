"""Brings a picture of any size into the square that the network sees."""

from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Fit = Literal["squash", "pad", "crop"]
FITS: tuple[Fit, ...] = get_args(Fit)

PAD_COLOUR = (127, 127, 127)
SHRINK_FIRST_TO = 3.0


def fit_square(rgb: NDArray[np.uint8], size: int, fit: Fit) -> NDArray[np.uint8]:
    """A picture (height, width, 3) as (size, size, 3): squashed, padded with grey, or its centre cropped.

    Scaled with a triangle filter as wide as the reduction (antialiased); pictures more than three times too large are
    first averaged down by a whole factor, which is fast and makes no difference that can be seen.
    """
    image = Image.fromarray(rgb)
    if fit == "crop":
        return np.asarray(_scale(_centre_square(image), size, size))
    if fit == "squash":
        return np.asarray(_scale(image, size, size))
    longest = max(image.size)
    width, height = (max(1, round(side * size / longest)) for side in image.size)
    padded = Image.new("RGB", (size, size), PAD_COLOUR)
    padded.paste(_scale(image, width, height), ((size - width) // 2, (size - height) // 2))
    return np.asarray(padded)


def _scale(image: Image.Image, width: int, height: int) -> Image.Image:
    return image.resize((width, height), Image.Resampling.BILINEAR, reducing_gap=SHRINK_FIRST_TO)


def _centre_square(image: Image.Image) -> Image.Image:
    width, height = image.size
    side = min(width, height)
    left, top = (width - side) // 2, (height - side) // 2
    return image.crop((left, top, left + side, top + side))
