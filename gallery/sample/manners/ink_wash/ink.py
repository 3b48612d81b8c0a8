"""Ink on a sheet: strokes, washes, and water that lifts them."""

import numpy as np

from gallery.sample.canvas import Size
from gallery.sample.palettes import Floats
from gallery.sample.shapes import lay, smooth, tapered


class Ink:
    """How dark the paper is, 0..1 of shape (h, w), changed in place."""

    def __init__(self, size: Size, rng: np.random.Generator):
        self.size, self.rng = size, rng
        self.height, self.width = size
        self.unit = float(np.sqrt(size[0] * size[1])) * 0.8
        self.density = np.zeros(size, dtype=np.float32)

    def stroke(self, outline: Floats, depth: float, soft: float = 0.6) -> None:
        """A stroke that darkens towards ``depth``."""
        lay(self.density[..., None], outline, np.array([depth], dtype=np.float32), 0.94, soft)

    def line(
        self,
        points: list[tuple[float, float]] | Floats,
        width: float,
        depth: float,
        *,
        start: float = 0.4,
        end: float = 0.05,
    ) -> None:
        """A brushed line through the points."""
        self.stroke(tapered(smooth(points), width, start=start, end=end), depth)

    def wash(self, field: Floats) -> None:
        """A wash over what is there: dark stays dark."""
        self.density += field * (1 - self.density)

    def lift(self, field: Floats) -> None:
        """Wet paper: ink is lost where the field is 1."""
        self.density *= 1 - field
