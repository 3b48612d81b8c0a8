"""What can be brushed, and what it is called."""

from collections.abc import Callable
from typing import Literal

from gallery.sample.manners.ink_wash.growth import bamboo, bird, geese, great_pine, orchid, pines, plum_branch
from gallery.sample.manners.ink_wash.ink import Ink
from gallery.sample.manners.ink_wash.land import (
    boat,
    far_hills,
    hut,
    mist_path,
    moon,
    near_bank,
    peaks,
    rock,
    waterfall,
)

Thing = Literal["peaks", "far hills", "waterfall", "mist path", "hut", "pines", "great pine", "boat", "near bank",
    "bamboo", "rock", "orchid", "moon", "plum branch", "bird", "geese"]  # fmt: skip


TOLD: dict[Thing, str] = {
    "peaks": "steep peaks rising from mist", "far hills": "faint far hills", "waterfall": "a thin waterfall",
    "mist path": "drifting mist", "hut": "a small thatched hut", "pines": "a stand of pines",
    "great pine": "one great leaning pine", "boat": "a boat with a single boatman",
    "near bank": "a near bank with rocks",
    "bamboo": "stalks of bamboo with pointed leaves", "rock": "a hollowed rock", "orchid": "an orchid with long leaves",
    "moon": "a pale moon", "plum branch": "a flowering plum branch", "bird": "a small bird", "geese": "a line of geese",
}  # fmt: skip


def touch(ink: Ink, thing: Thing) -> None:
    """Brush one thing."""
    _TOUCHES[thing](ink)


_TOUCHES: dict[Thing, Callable[[Ink], None]] = {
    "peaks": peaks, "far hills": far_hills, "waterfall": waterfall, "mist path": mist_path, "hut": hut,
    "pines": pines, "great pine": great_pine, "boat": boat, "near bank": near_bank, "bamboo": bamboo,
    "rock": rock, "orchid": orchid, "moon": moon, "plum branch": plum_branch, "bird": bird, "geese": geese,
}  # fmt: skip
