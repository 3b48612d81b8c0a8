"""The sample collection: paintings that never were, by painters who never lived, drawn by code.

It lets a newcomer see the whole application without a collection of their own. Nothing here needs Django, and a
picture depends on its key alone: the same key gives the same picture in any process, in any order.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from PIL import Image

from gallery import dates
from gallery.sample.manner import Manner, Work, chance, size_px
from gallery.sample.manners import MANNERS


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePainting:
    """What a label of the sample collection says. ``key`` is stable; the picture's file is named ``{key}.jpg``."""

    key: str
    title: str
    artist: str
    artist_sort_name: str
    display_date: str
    first_year: int
    last_year: int
    style: str
    genre: str
    medium: str
    dimensions: str
    """Height and width, as in ``73 × 92 cm``."""
    alt_text: str
    manner: str


@cache
def paintings() -> tuple[SamplePainting, ...]:
    """The whole collection, always in the same order."""
    return tuple(_label(key, manner, work) for key, (manner, work) in _works().items())


def draw(key: str) -> Image.Image:
    """The picture with this key: RGB, its longer side 960 px.

    Raises KeyError, with a sentence, for a key that is not in the collection.
    """
    if key not in _works():
        raise KeyError(f"The sample collection has no painting {key!r}.")
    manner, work = _works()[key]
    picture = manner.paint(work.scene, size_px(work.size_cm), chance(key))
    return Image.fromarray(np.round(np.clip(picture, 0, 1) * 255).astype(np.uint8))


@cache
def _works() -> dict[str, tuple[Manner[Any], Work[Any]]]:
    return {
        f"{manner.name}-{number:02d}": (manner, work)
        for manner in MANNERS
        for number, work in enumerate(manner.works, start=1)
    }


def _label(key: str, manner: Manner[Any], work: Work[Any]) -> SamplePainting:
    height, width = work.size_cm
    years = _years(work.date)
    return SamplePainting(
        key=key,
        title=work.title,
        artist=work.painter.name,
        artist_sort_name=work.painter.sort_name,
        display_date=work.date,
        first_year=years.first_year,
        last_year=years.last_year,
        style=manner.style,
        genre=work.genre,
        medium=manner.medium,
        dimensions=f"{height:g} × {width:g} cm",
        alt_text=manner.describe(work.scene),
        manner=manner.name,
    )


def _years(date: str) -> dates.Span:
    span = dates.parse(date)
    if span is None:
        raise ValueError("A painting of the sample collection has no date.")
    return span
