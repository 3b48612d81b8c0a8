"""How the years of paintings are spread: bins of equal, round width over the span of the whole collection."""

import numpy as np

from search.indexes.arrays import Longs
from search.indexes.base import YearBin

MOST_BINS = 60
POWERS = (1, 10, 100, 1000, 10_000)


def binned(span: tuple[int, int] | None, years: Longs, counts: Longs | None = None) -> tuple[YearBin, ...]:
    """The bins that cover `span`, empty ones too, each with how many of these years are in it; () without a span.

    `counts` says how often each of `years` counts, once where it isn't given. Years beyond the span count nowhere.
    """
    if span is None:
        return ()
    width = _width(span)
    first = span[0] // width
    bins = span[1] // width - first + 1
    places = years // width - first
    inside = (places >= 0) & (places < bins)
    weights = None if counts is None else counts[inside]
    found = np.bincount(places[inside], weights, minlength=bins)
    return tuple(
        YearBin(first=(first + place) * width, last=(first + place + 1) * width - 1, count=int(number))
        for place, number in enumerate(found.tolist())
    )


def _width(span: tuple[int, int]) -> int:
    """The least of 1, 2, 5, 10, 20, 50 … years with which there are no more than MOST_BINS."""
    widths = (step * round_to for round_to in POWERS for step in (1, 2, 5))
    return next(width for width in widths if span[1] // width - span[0] // width < MOST_BINS)
