"""A cartoon: the picture before it is painted, with the direction that brushes follow at each place."""

from dataclasses import dataclass

import numpy as np

from gallery.sample.canvas import Size, blank, grid, noise
from gallery.sample.palettes import Floats, colour, colours, ramp
from gallery.sample.shapes import border, cover, lay, shade


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheme:
    """The colours of a motif, as ``#rrggbb``."""

    name: str
    sky: tuple[str, ...]
    """From the top to the horizon; behind a sitter or a table, the wall."""
    far: str
    mid: str
    near: str
    water: tuple[str, str]
    """Near the horizon, and in front."""
    light: str
    accent: str
    second: str
    dark: str
    skin: tuple[str, str, str] = ("#6b4030", "#c98f68", "#f2cfa4")
    """In shadow, between, in the light."""


class Cartoon:
    """The model's colours (h, w, 3) and its flow (angles, h×w), both changed in place by laying shapes on it."""

    def __init__(self, size: Size, scheme: Scheme, rng: np.random.Generator, contour: tuple[str, float] | None = None):
        self.size, self.scheme, self.rng = size, scheme, rng
        self.contour = contour
        """The colour and width in px of the line around each shape that asks for one, if any."""
        self.unit = float(min(size))
        self.wet = False
        """Whether water lies in front, so that what needs ground must keep to the bank."""
        self.colour = blank(size, colour(scheme.sky[0]))
        self.flow = noise(rng, size, self.unit * 0.5, 2) * np.float32(0.5)

    @property
    def glow(self) -> float:
        """How much of the light reaches what stands on the ground, about 0.05 (night) to 0.3 (noon)."""
        return float(colour(self.scheme.sky[-1]).mean()) ** 2 * 0.36

    def lay(
        self,
        outline: Floats,
        paint: Floats,
        *,
        flow: float | Floats | None = None,
        soft: float = 0.0,
        opacity: float = 1.0,
        lined: bool = False,
    ) -> None:
        """Put a shape on top; ``lined`` shapes get the contour."""
        lay(self.colour, outline, paint, opacity, soft)
        if flow is not None:
            inside = cover(self.size, outline) > 0.5
            self.flow[inside] = flow[inside] if isinstance(flow, np.ndarray) else flow
        if lined and self.contour is not None:
            ink, width = self.contour
            lay(self.colour, border(outline, width), colour(ink))

    def shade(self, outline: Floats, by: float, soft: float = 0.0) -> None:
        """Darken or lighten a shape."""
        shade(self.colour, outline, by, soft)

    def wash(self, codes: tuple[str, ...], top: float, bottom: float, uneven: float = 0.04) -> Floats:
        """A picture-sized gradient through the colours from row ``top`` to row ``bottom``, a little cloudy."""
        rows, _ = grid(self.size)
        place = (rows - top) / max(bottom - top, 1.0) + noise(self.rng, self.size, self.unit * 0.3, 3) * uneven
        return ramp(colours(*codes), place.astype(np.float32))
