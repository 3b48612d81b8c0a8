"""What is cut into the blocks, and in which order it is printed."""

from collections.abc import Callable
from typing import Literal

from gallery.sample.manners.woodblock.block import Block
from gallery.sample.manners.woodblock.land import (
    birds,
    branch,
    hills,
    mist,
    moon,
    mountain,
    pines,
    rain,
    reeds,
    roofs,
    snow,
    sun,
)
from gallery.sample.manners.woodblock.sea import boats, bridge, swell, waves
from gallery.sample.shapes import ridge

Thing = Literal["mountain", "hills", "sun", "moon", "mist", "swell", "waves", "boats", "bridge", "roofs", "pines",
    "branch", "reeds", "birds", "rain", "snow"]  # fmt: skip


TOLD: dict[Thing, str] = {
    "mountain": "a snow-capped mountain", "hills": "layered hills", "sun": "a red sun", "moon": "a full moon",
    "mist": "bands of mist", "swell": "a great breaking swell", "waves": "rows of waves",
    "boats": "small sailing boats",
    "bridge": "a curved wooden bridge", "roofs": "village roofs", "pines": "leaning pines",
    "branch": "a blossoming branch", "reeds": "tall reeds", "birds": "birds in flight", "rain": "slanting rain",
    "snow": "falling snow",
}  # fmt: skip


def cut(block: Block, things: tuple[Thing, ...]) -> None:
    """Print the sky, and then the things in their order, water before what floats on it."""
    block.picture[:] = block.wiped(block.palette.sky, 0, block.horizon)
    if not {"waves", "swell"} & set(things):
        ground = ridge(block.rng, block.width, block.height + 9, block.horizon, block.unit * 0.02)
        later = [t for t in things if t in ("roofs", "pines", "snow", "reeds", "rain", "birds", "mist")]
        for thing in [t for t in things if t not in later]:
            _CUTS[thing](block)
        block.put(ground, block.wiped((block.palette.pale, block.palette.land), block.horizon, block.height))
        things = tuple(later)
    for thing in things:
        _CUTS[thing](block)


_CUTS: dict[Thing, Callable[[Block], None]] = {
    "mountain": mountain, "hills": hills, "sun": sun, "moon": moon, "mist": mist, "swell": swell,
    "waves": waves, "boats": boats, "bridge": bridge, "roofs": roofs, "pines": pines, "branch": branch,
    "reeds": reeds, "birds": birds, "rain": rain, "snow": snow,
}  # fmt: skip
