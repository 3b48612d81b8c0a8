"""The sheet that a naïve picture is told on: a season's colours, outlines, hills and blossoms."""

from dataclasses import dataclass

import numpy as np

from gallery.sample.palettes import Floats, colour, lighter
from gallery.sample.shapes import border, ellipse, lay


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """The colours of a time of year."""

    name: str
    sky: tuple[str, str]
    fields: tuple[str, str, str, str, str]
    leaf: tuple[str, str, str]
    blossom: tuple[str, str, str]
    roof: str
    wall: tuple[str, str, str]
    line: str


class Folk:
    """The picture as it grows, in place."""

    def __init__(self, picture: Floats, season: Season, rng: np.random.Generator):
        self.picture, self.season, self.rng = picture, season, rng
        self.height, self.width = picture.shape[:2]
        self.unit = float(min(self.height, self.width))

    def put(self, outline: Floats, tint: Floats, line: float = 0.0028) -> None:
        """A flat shape with a thin line around it."""
        lay(self.picture, outline, tint, 1.0, 0.5)
        if line:
            lay(self.picture, border(outline, self.unit * line), colour(self.season.line), 0.8)

    def dots(self, points: Floats, size: float, tint: Floats) -> None:
        """Small round touches."""
        for x, y in points:
            lay(self.picture, ellipse(x, y, size, points=12), tint)


def crest(f: Folk, number: int, x: Floats) -> Floats:
    """The rows, in px, of a hill's upper edge at columns ``x``; hills are numbered from the furthest, 0 to 4."""
    base = f.height * (0.34 + 0.125 * number)
    long = np.sin(x / f.width * (4.2 + number) + number * 2.1) * 0.055
    short = np.sin(x / f.width * 11 + number) * 0.02
    return np.asarray(base - f.height * (long + short))


def bloom(f: Folk, x: float, y: float, r: float, number: int) -> None:
    """A blossom of radius ``r`` px; the number chooses its colour and petals."""
    tint = colour((f.season.blossom[0], f.season.roof, f.season.blossom[2], "#4f7fc0", f.season.blossom[1])[number % 5])
    petals = (6, 8, 5)[number % 3]
    for i in range(petals):
        a = i * 2 * np.pi / petals + number
        f.put(ellipse(x + np.cos(a) * r * 0.6, y + np.sin(a) * r * 0.6, r * 0.42, r * 0.30, a), tint, 0.0022)
        f.put(
            ellipse(x + np.cos(a) * r * 0.55, y + np.sin(a) * r * 0.55, r * 0.16, r * 0.09, a), lighter(tint, 0.14), 0.0
        )
    f.put(ellipse(x, y, r * 0.3), colour(f.season.blossom[2] if number % 5 != 2 else f.season.roof), 0.0022)
    f.dots(np.array([(x + np.cos(a) * r * 0.15, y + np.sin(a) * r * 0.15) for a in range(6)], dtype=np.float32),
        r * 0.035, colour(f.season.line))  # fmt: skip
