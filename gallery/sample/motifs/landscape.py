"""Places in the open: a sky, what stands on the horizon, land or water, and what is near."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from gallery.sample.canvas import grid, noise
from gallery.sample.motifs import buildings, growth, heavens, waterside
from gallery.sample.motifs.cartoon import Cartoon
from gallery.sample.palettes import colour, lighter, mix
from gallery.sample.shapes import blob, ellipse, moved, ridge, smooth

Ground = Literal["field", "meadow", "sea", "river"]


Thing = Literal[
    "stars", "moon", "sun", "clouds", "mountain", "hills", "village", "church", "town", "poplars", "trees", "cypress",
    "boats", "bridge", "haystacks", "path", "flowers", "walkers", "lamps", "masts", "mill", "rocks",
]  # fmt: skip


TOLD: dict[Thing, str] = {
    "stars": "large stars", "moon": "a moon", "sun": "a low sun", "clouds": "drifting clouds",
    "mountain": "a mountain", "hills": "rolling hills", "village": "a small village", "church": "a church spire",
    "town": "a row of town houses", "poplars": "a row of poplars", "trees": "round trees",
    "cypress": "a tall dark cypress", "boats": "sailing boats", "bridge": "an arched bridge",
    "haystacks": "haystacks", "path": "a winding path", "flowers": "flowers in the grass",
    "walkers": "people out walking", "lamps": "lamps along the shore", "masts": "moored masts", "mill": "a windmill",
    "rocks": "dark rocks",
}  # fmt: skip


_GROUNDS: dict[Ground, str] = {
    "field": "a furrowed field", "meadow": "a meadow", "sea": "the open sea", "river": "a calm river",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Landscape:
    """A place. ``horizon``: its height as a share of the picture's, from the top. Things are laid in their order."""

    ground: Ground
    things: tuple[Thing, ...]
    horizon: float = 0.5
    focus: float = 0.68
    """Where the eye is led, as a share of the width: the sun, the church, the end of the path."""


def told(place: Landscape) -> str:
    """What is to be seen, as the middle of a sentence."""
    words = [TOLD[thing] for thing in place.things]
    listed = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
    return f"{_GROUNDS[place.ground]} with {listed}"


def draw(cartoon: Cartoon, place: Landscape) -> None:
    """Lay the whole place on the cartoon."""
    horizon = place.horizon * cartoon.size[0]
    cartoon.wet = place.ground in ("sea", "river")
    _sky(cartoon, horizon)
    before = [t for t in place.things if t in _SKY]
    for thing in before:
        _SKY[thing](cartoon, horizon, place.focus)
    _land(cartoon, place.ground, horizon, place.focus)
    for thing in place.things:
        if thing not in _SKY:
            _ON_LAND[thing](cartoon, horizon, place.focus)


def _sky(c: Cartoon, horizon: float) -> None:
    c.colour[:] = c.wash(c.scheme.sky, 0, horizon)
    c.flow[:] = noise(c.rng, c.size, (c.unit * 0.35, c.unit * 0.7), 2) * np.float32(0.45)


def _mountain(c: Cartoon, horizon: float, focus: float) -> None:
    width, peak = c.size[1], horizon * 0.38
    x = width * (1 - focus * 0.75)
    crest = smooth([(-9, horizon * 0.93), (x * 0.45, horizon * 0.8), (x * 0.82, peak * 1.25), (x, peak),
                    (x * 1.1 + 9, peak * 1.12), (x + width * 0.28, horizon * 0.82), (width + 9, horizon * 0.9),
                    (width + 9, horizon + 9), (-9, horizon + 9)], steps=6)  # fmt: skip
    far = colour(c.scheme.far)
    c.lay(crest, mix(far, colour(c.scheme.sky[-1]), 0.25), flow=1.0, lined=True)
    bright = smooth([(x, peak), (x * 0.8, peak * 1.6), (x * 0.6, horizon), (x * 1.02, horizon), (x * 0.94, peak * 1.7)])
    c.lay(bright, lighter(mix(far, colour(c.scheme.light), c.glow), 0.03), flow=2.1, soft=c.unit * 0.012)


def _hills(c: Cartoon, horizon: float, focus: float) -> None:
    for i, rise in enumerate((0.20, 0.11, 0.04)):
        tone = mix(colour(c.scheme.far), colour(c.scheme.mid), i / 2)
        y = horizon - rise * c.unit * 0.7
        hill = ridge(c.rng, c.size[1], horizon + 3, y, c.unit * 0.05, 5)
        c.lay(hill, tone, flow=0.25 * (-1) ** i, lined=True)
        c.shade(moved(hill, 0, c.unit * 0.05), -0.10, c.unit * 0.02)


def _land(c: Cartoon, ground: Ground, horizon: float, focus: float) -> None:
    rows, columns = grid(c.size)
    below = rows >= horizon
    if ground in ("sea", "river"):
        painted, flow = waterside.water(c, horizon, focus), noise(c.rng, c.size, 60, 1) * 0.12
    else:
        painted = c.wash((c.scheme.mid, c.scheme.near), horizon, c.size[0])
        away = np.arctan2(rows - horizon + 0.12 * c.unit, columns - focus * c.size[1])
        flow = away if ground == "field" else noise(c.rng, c.size, 120, 2) * 0.3 - 0.9
        if ground == "field":
            furrows = np.clip(np.sin(away * 44) * 2.2, -1, 1) * np.clip((rows - horizon) / (0.10 * c.unit), 0, 1)
            gold = mix(colour(c.scheme.near), colour(c.scheme.light), 0.55)
            painted += (np.maximum(furrows, 0) * 0.8)[..., None] * (gold - painted)
            painted *= 1 - (np.maximum(-furrows, 0) * 0.24)[..., None]
    c.colour[below], c.flow[below] = painted[below], flow[below]
    if ground == "river":
        waterside.banks(c, horizon)


def _path(c: Cartoon, horizon: float, focus: float) -> None:
    h, w = c.size
    x = focus * w
    deep = h - horizon
    left = smooth(
        [
            (x, horizon),
            (x - 0.05 * w, horizon + deep * 0.25),
            (x - 0.02 * w, horizon + deep * 0.5),
            (x - 0.36 * w, h + 5),
        ]
    )
    right = smooth(
        [
            (x + 0.05 * w, h + 5),
            (x + 0.07 * w, horizon + deep * 0.5),
            (x - 0.02 * w, horizon + deep * 0.22),
            (x + 0.008 * w, horizon),
        ]
    )
    warm = mix(colour(c.scheme.second), colour(c.scheme.light), min(0.65, 1.7 * c.glow))
    c.lay(np.concatenate([left, right]), warm, flow=1.9, soft=1.5, lined=True)


def _haystacks(c: Cartoon, horizon: float, focus: float) -> None:
    h, w = c.size
    for place, deep, scale in ((0.12, 0.22, 0.13), (0.82, 0.16, 0.10), (0.34, 0.46, 0.26)):
        x, foot, wide = place * w, horizon + deep * (h - horizon) + scale * c.unit * 0.4, scale * c.unit
        straw = mix(colour(c.scheme.second), colour(c.scheme.light), c.glow)
        c.lay(
            ellipse(x + wide * 0.5, foot, wide * 1.1, wide * 0.16),
            mix(colour(c.scheme.dark), colour(c.scheme.near), 0.5),
            flow=0.0,
            soft=wide * 0.04,
        )
        stack = smooth([(x - wide * 0.55, foot), (x - wide * 0.6, foot - wide * 0.5), (x, foot - wide * 1.15),
            (x + wide * 0.6, foot - wide * 0.5), (x + wide * 0.55, foot)], steps=10)  # fmt: skip
        c.lay(stack, straw, flow=1.2, lined=True)
        c.lay(smooth([(x + wide * 0.1, foot), (x + wide * 0.2, foot - wide * 0.55),
            (x + wide * 0.02, foot - wide * 1.12), (x + wide * 0.6, foot - wide * 0.5), (x + wide * 0.55, foot)],
            steps=10), mix(straw, colour(c.scheme.dark), 0.4), flow=1.9, soft=wide * 0.03)  # fmt: skip


def _rocks(c: Cartoon, horizon: float, focus: float) -> None:
    h, w = c.size
    for i, place in enumerate((0.02, 0.11, 0.2, 0.93, 0.3)):
        wide = c.unit * (0.15 - 0.022 * i)
        y = h - (h - horizon) * (0.12 + 0.07 * i)
        stone = blob(c.rng, place * w, y, wide, wide * 0.6, 0.16, 8)
        c.lay(stone, mix(colour(c.scheme.dark), colour(c.scheme.far), 0.25), flow=0.9, lined=True)
        c.lay(
            stone * (0.6, 0.55) + (place * w * 0.4 - wide * 0.15, y * 0.45 - wide * 0.2),
            mix(colour(c.scheme.far), colour(c.scheme.light), 0.35),
            flow=0.5,
            soft=wide * 0.08,
        )


def _lamps(c: Cartoon, horizon: float, focus: float) -> None:
    waterside.lamps(c, horizon)


_Layer = Callable[[Cartoon, float, float], None]


_SKY: dict[Thing, _Layer] = {
    "stars": heavens.stars, "moon": heavens.moon, "sun": heavens.sun, "clouds": heavens.clouds,
    "mountain": _mountain, "hills": _hills,
}  # fmt: skip


_ON_LAND: dict[Thing, _Layer] = {
    "village": buildings.village, "church": buildings.church, "town": buildings.town, "mill": buildings.mill,
    "haystacks": _haystacks, "path": _path, "rocks": _rocks,
    "poplars": growth.poplars, "trees": growth.trees, "cypress": growth.cypress,
    "flowers": growth.flowers, "walkers": waterside.walkers, "boats": waterside.boats, "masts": waterside.masts,
    "bridge": waterside.bridge, "lamps": _lamps,
}  # fmt: skip
