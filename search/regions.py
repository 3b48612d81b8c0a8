"""Which part of a photo shows the painting that was recognised in it."""

from collections.abc import Sequence

import numpy as np

from vectorizer.quadrilaterals import Quad, area, is_convex

WHOLE = 0.9  # of a photo's area: a painting that covers as much is compared as the whole photo
LEAST = 0.01  # what is smaller has no pixels left to compare
ALL = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
DECIMALS = 5

Corners = Sequence[Sequence[float]]
"""Four corners as (x, y), from 0 to 1 of the photo's width and height, clockwise from the painting's top left."""


def corners(quad: Quad) -> list[list[float]]:
    """A quadrilateral (4, 2) as it is stored: they may lie outside of the photo where it shows only a part."""
    return [[round(float(x), DECIMALS), round(float(y), DECIMALS)] for x, y in quad]


def region(quad: Corners | None) -> Quad | None:
    """The painting's part of the photo, shape (4, 2), inside of it; None where the whole photo is what to compare.

    That is where no painting was found, where it covers WHOLE of the photo or more, and where what is left of it in the
    photo is no convex quadrilateral of some size.
    """
    if quad is None:
        return None
    inside: Quad = np.clip(np.asarray(quad, np.float32), 0, 1)
    return inside if is_convex(inside) and LEAST <= area(inside) < WHOLE else None
