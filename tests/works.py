"""A few paintings of the drawn sample, as pixels."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from gallery import sample

Picture = NDArray[np.uint8]


@cache
def work(number: int, side: int = 480) -> Picture:
    """A painting of the sample, the same number always the same one, `side` pixels long."""
    works = sample.paintings()
    picture = sample.draw(works[number * 13 % len(works)].key)
    picture.thumbnail((side, side))
    return np.asarray(picture)
