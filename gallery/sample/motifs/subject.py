"""Any motif that a manner with a brush can paint, whatever its kind."""

from dataclasses import dataclass

import numpy as np

from gallery.sample.canvas import Size
from gallery.sample.motifs import landscape, sitter, table
from gallery.sample.motifs.cartoon import Cartoon, Scheme
from gallery.sample.motifs.landscape import Landscape
from gallery.sample.motifs.sitter import Sitter
from gallery.sample.motifs.table import Table

Motif = Landscape | Sitter | Table


@dataclass(frozen=True, slots=True)
class Seen:
    """A motif in its light."""

    motif: Motif
    scheme: Scheme


def cartoon(seen: Seen, size: Size, rng: np.random.Generator, contour: tuple[str, float] | None = None) -> Cartoon:
    """The motif laid out in its colours, with this contour (colour, width in px) around its shapes."""
    drawn = Cartoon(size, seen.scheme, rng, contour)
    match seen.motif:
        case Landscape():
            landscape.draw(drawn, seen.motif)
        case Sitter():
            sitter.draw(drawn, seen.motif)
        case Table():
            table.draw(drawn, seen.motif)
    return drawn


def told(motif: Motif) -> str:
    """What is to be seen, as the middle of a sentence."""
    match motif:
        case Landscape():
            return landscape.told(motif)
        case Sitter():
            return sitter.told(motif)
        case Table():
            return table.told(motif)
