"""The print as it grows: flat or wiped colour, each shape with its key line."""

from dataclasses import dataclass

import numpy as np

from gallery.sample.canvas import grid
from gallery.sample.palettes import Floats, colour, colours, ramp
from gallery.sample.shapes import border, lay


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """The colours of the blocks; ``water`` from far to near."""

    name: str
    sky: tuple[str, str, str]
    water: tuple[str, str, str]
    land: str
    far: str
    accent: str
    pale: str
    line: str


class Block:
    """The print as it grows, block by block, in place."""

    def __init__(self, picture: Floats, palette: Print, rng: np.random.Generator):
        self.picture, self.palette, self.rng = picture, palette, rng
        self.height, self.width = picture.shape[:2]
        self.unit = float(min(self.height, self.width))
        self.horizon = self.height * (0.56 if self.height < self.width else 0.60)

    def put(self, outline: Floats, paint: Floats, key: float = 0.0035) -> None:
        """Print a shape; ``key`` is the width of its line as a share of the unit, 0 for none."""
        lay(self.picture, outline, paint, 1.0, 0.5)
        if key:
            lay(self.picture, border(outline, self.unit * key), colour(self.palette.line), 0.9)

    def wiped(self, codes: tuple[str, ...], top: float, bottom: float) -> Floats:
        """A picture-sized gradation from row to row, as wiped on the block."""
        rows, _ = grid((self.height, self.width))
        return ramp(colours(*codes), (rows - top) / max(bottom - top, 1.0))
