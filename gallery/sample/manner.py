"""What a manner of painting is: its works, how one is painted, and how one is told in words."""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from typing import Generic, Literal, TypeVar

import numpy as np

from gallery.sample.canvas import Size
from gallery.sample.palettes import Floats

Style = Literal[
    "Abstract Expressionism",
    "Art Nouveau",
    "Baroque",
    "Color Field",
    "Cubism",
    "De Stijl",
    "Fauvism",
    "Icon painting",
    "Ink wash",
    "Naïve art",
    "Op Art",
    "Pointillism",
    "Post-Impressionism",
    "Suprematism",
    "Tonalism",
    "Ukiyo-e",
]
Genre = Literal[
    "abstract",
    "animal painting",
    "cityscape",
    "flower painting",
    "genre painting",
    "landscape",
    "marina",
    "portrait",
    "religious painting",
    "still life",
]
LONG_SIDE_PX = 960

Scene = TypeVar("Scene")


@dataclass(frozen=True, slots=True, kw_only=True)
class Painter:
    """A made-up painter; the name as shown carries its mark, ``Ilse Farrow (invented)``."""

    given: str
    family: str

    @property
    def name(self) -> str:
        return f"{self.given} {self.family} (invented)".lstrip()

    @property
    def sort_name(self) -> str:
        return f"{self.family}, {self.given} (invented)" if self.given else f"{self.family} (invented)"


@dataclass(frozen=True, slots=True)
class Work(Generic[Scene]):
    """One painting: what its label says, and the scene it shows."""

    title: str
    painter: Painter
    date: str
    """As a museum writes it, in words that `gallery.dates` understands."""
    genre: Genre
    size_cm: tuple[float, float]
    """Height and width."""
    scene: Scene


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner(Generic[Scene]):
    """A way of painting. ``paint`` gives sRGB in 0..1, shape (h, w, 3), and depends on its arguments only."""

    name: str
    style: Style
    medium: str
    works: tuple[Work[Scene], ...]
    paint: Callable[[Scene, Size, np.random.Generator], Floats]
    describe: Callable[[Scene], str]


def size_px(size_cm: tuple[float, float]) -> Size:
    """Height and width in pixels of a painting of this height and width in centimetres."""
    scale = LONG_SIDE_PX / max(size_cm)
    return round(size_cm[0] * scale), round(size_cm[1] * scale)


def chance(key: str) -> np.random.Generator:
    """The random numbers of the painting with this key: the same on every machine."""
    return np.random.Generator(np.random.PCG64(int.from_bytes(sha256(key.encode()).digest())))
