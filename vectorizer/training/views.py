"""What a picture is shown as in training: itself, a crop of it, or a visitor's photo of it.

Never other colours, blur or grey for the style: they are style. The photos are for the copy vector alone.
"""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from vectorizer.training.scans import scan

Picture = NDArray[np.uint8]
View = Callable[[Picture, np.random.Generator], Picture]

LEAST_AREA = 0.4
MOST_STRETCH = 4 / 3
PHOTO_SIDE = 640  # pixels; drawing a photo of 1,000 takes more than twice as long, and the network sees 320


def original(rgb: Picture, random: np.random.Generator) -> Picture:
    """The picture itself."""
    return rgb


def crop(rgb: Picture, random: np.random.Generator) -> Picture:
    """A rectangle of 40 to 100 % of the area, up to a third wider or narrower in shape; half of them mirrored."""
    height, width = rgb.shape[:2]
    area = random.uniform(LEAST_AREA, 1)
    stretch = np.exp(random.uniform(-np.log(MOST_STRETCH), np.log(MOST_STRETCH)))
    wide = min(width, max(1, round(width * np.sqrt(area * stretch))))
    high = min(height, max(1, round(height * np.sqrt(area / stretch))))
    left, top = random.integers(width - wide + 1), random.integers(height - high + 1)
    cropped = rgb[top : top + high, left : left + wide]
    return np.ascontiguousarray(cropped[:, ::-1] if random.random() < 0.5 else cropped)


def photo(rgb: Picture, random: np.random.Generator) -> Picture:
    """A plain photo of it on a wall."""
    from vectorizer.training.photographs import plain_photo

    return plain_photo(rgb, random, side=PHOTO_SIDE)


def hard_photo(rgb: Picture, random: np.random.Generator) -> Picture:
    """A photo with a patterned wall, a mat, glare and wide margins."""
    from vectorizer.training.photographs import hard_photo

    return hard_photo(rgb, random, side=PHOTO_SIDE)


VIEWS: Mapping[str, View] = {
    "original": original,
    "crop": crop,
    "scan": scan,  # for thresholds, never trained on
    "photo": photo,
    "hard_photo": hard_photo,
}
