"""The manners of painting, one module each."""

from typing import Any

from gallery.sample.manner import Manner
from gallery.sample.manners import (
    art_nouveau,
    chiaroscuro,
    colour_field,
    cubism,
    drip,
    fauvism,
    icon,
    impasto,
    ink_wash,
    naive,
    neoplastic,
    nocturne,
    op_art,
    pointillism,
    suprematism,
    woodblock,
)

MANNERS: tuple[Manner[Any], ...] = (
    icon.MANNER,
    ink_wash.MANNER,
    chiaroscuro.MANNER,
    woodblock.MANNER,
    nocturne.MANNER,
    pointillism.MANNER,
    impasto.MANNER,
    art_nouveau.MANNER,
    fauvism.MANNER,
    cubism.MANNER,
    suprematism.MANNER,
    neoplastic.MANNER,
    naive.MANNER,
    drip.MANNER,
    colour_field.MANNER,
    op_art.MANNER,
)
"""Each with scenes of its own type, which only its own functions see; in the order of their time."""
