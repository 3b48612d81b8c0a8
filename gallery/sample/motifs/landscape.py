"""Places in the open: a sky, what stands on the horizon, land or water, and what is near."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from gallery.sample.canvas import blur, grid, noise
from gallery.sample.motifs import growth, waterside
from gallery.sample.motifs.cartoon import Cartoon
from gallery.sample.palettes import colour, colours, lighter, mix, ramp
from gallery.sample.shapes import blob, box, cover, ellipse, ridge, smooth

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


def _halo(c: Cartoon, x: float, y: float, radius: float, rings: float) -> None:
    rows, columns = grid(c.size)
    away = np.hypot(rows - y, columns - x) / radius
    glow = np.exp(-np.maximum(away - 1, 0) / rings) * (0.86 + 0.14 * np.cos(away * 3.4))
    glow = (np.clip(glow, 0, 1) * (away < 9))[..., None]
    c.colour += glow * (colour(c.scheme.light) - c.colour) * np.float32(0.9)
    near = away < 1 + rings * 2.6
    c.flow[near] = (np.arctan2(rows - y, columns - x) + np.pi / 2)[near]


def _stars(c: Cartoon, horizon: float, focus: float) -> None:
    _swirl(c, horizon)
    slots = np.linspace(0.06, 0.94, 9)
    for i, slot in enumerate(c.rng.permutation(slots)):
        x, y = slot * c.size[1], c.rng.uniform(0.08, 0.72) * horizon
        _halo(c, x, y, c.unit * (0.009 + 0.012 * (i % 3 == 0)), 1.3 + (i % 3))


def _swirl(c: Cartoon, horizon: float) -> None:
    rows, columns = grid(c.size)
    for place, turn in ((0.36, 1.0), (0.62, -1.0)):
        x, y, reach = place * c.size[1], horizon * (0.42 + 0.14 * turn), c.unit * 0.17
        away = np.hypot(rows - y, columns - x)
        round_it = np.arctan2(rows - y, columns - x) + np.pi / 2 + 0.35
        inside = (away < reach * 1.25) & (rows < horizon)
        c.flow[inside] = round_it[inside]
        bands = np.sin(away / reach * 9 - np.arctan2(rows - y, columns - x) * turn)[..., None]
        pale = colour(c.scheme.sky[-1]) - c.colour
        c.colour += pale * (np.clip(bands, 0, 1) * np.exp(-((away / reach) ** 2))[..., None] * 0.75)


def _moon(c: Cartoon, horizon: float, focus: float) -> None:
    _halo(c, focus * c.size[1], horizon * 0.3, c.unit * 0.045, 1.4)


def _sun(c: Cartoon, horizon: float, focus: float) -> None:
    x, y = focus * c.size[1], horizon * 0.66
    _halo(c, x, y, c.unit * 0.06, 1.9)


def _clouds(c: Cartoon, horizon: float, focus: float) -> None:
    shape = noise(c.rng, c.size, (c.unit * 0.16, c.unit * 0.42), 4)
    rows, _ = grid(c.size)
    edge = np.clip((shape - 0.15) * 1.6, 0, 1) * np.clip((horizon - rows) / (0.2 * horizon), 0, 1)
    under = np.clip((shape - np.roll(shape, int(c.unit * 0.03), 0)) * 1.2 + 0.6, 0, 1)
    body = ramp(np.stack([mix(colour(c.scheme.sky[0]), colour(c.scheme.light), c.glow), mix(colour(c.scheme.sky[-1]), colour(c.scheme.light), min(1.0, 3.6 * c.glow))]), under)
    c.colour += (edge * 0.85)[..., None] * (body - c.colour)


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
        c.shade(hill + (0, c.unit * 0.05), -0.10, c.unit * 0.02)


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
    left = smooth([(x, horizon), (x - 0.05 * w, horizon + deep * 0.25), (x - 0.02 * w, horizon + deep * 0.5), (x - 0.36 * w, h + 5)])
    right = smooth([(x + 0.05 * w, h + 5), (x + 0.07 * w, horizon + deep * 0.5), (x - 0.02 * w, horizon + deep * 0.22), (x + 0.008 * w, horizon)])
    warm = mix(colour(c.scheme.second), colour(c.scheme.light), min(0.65, 2.4 * c.glow))
    c.lay(np.concatenate([left, right]), warm, flow=1.9, soft=1.5, lined=True)


def _village(c: Cartoon, horizon: float, focus: float) -> None:
    middle = focus * c.size[1]
    for i, place in enumerate(np.linspace(-1.7, 1.7, 11)):
        side = c.unit * c.rng.uniform(0.045, 0.075)
        _house(c, middle + place * c.unit * 0.15, horizon + c.unit * (0.015 + 0.02 * (i % 2)), side, i)


def _house(c: Cartoon, x: float, foot: float, side: float, number: int) -> None:
    s = c.scheme
    wall = (mix(colour(s.light), colour(s.second), 0.45), mix(colour(s.light), colour(s.far), 0.35), colour(s.second))[number % 3]
    tall = side * c.rng.uniform(0.7, 1.0)
    c.lay(box(x, foot - tall / 2, side, tall), wall, flow=np.pi / 2, lined=True)
    c.lay(box(x + side * 0.31, foot - tall / 2, side * 0.38, tall), mix(wall, colour(s.dark), 0.3), flow=np.pi / 2)
    roof = np.array([(x - side * 0.62, foot - tall), (x, foot - tall * 1.75), (x + side * 0.62, foot - tall)], dtype=np.float32)
    c.lay(roof, mix(colour(s.accent), colour(s.dark), 0.12 * (number % 3)), flow=0.7, lined=True)
    c.lay(box(x - side * 0.18, foot - tall * 0.5, side * 0.2, tall * 0.32), mix(colour(s.dark), colour(s.light), 0.9 * (number % 2)))


def _church(c: Cartoon, horizon: float, focus: float) -> None:
    x, side, s = focus * c.size[1], c.unit * 0.085, c.scheme
    foot = horizon + c.unit * 0.02
    wall = mix(colour(s.second), colour(s.light), 0.35)
    c.lay(box(x + side, foot - side * 0.5, side * 1.7, side), wall, flow=np.pi / 2, lined=True)
    roof = np.array([(x, foot - side), (x + side * 0.3, foot - side * 1.6), (x + side * 1.7, foot - side * 1.6), (x + side * 2, foot - side)], dtype=np.float32)
    c.lay(roof, colour(s.accent), flow=0.0, lined=True)
    c.lay(box(x, foot - side, side * 0.62, side * 2), wall, flow=np.pi / 2, lined=True)
    c.lay(box(x + side * 0.18, foot - side, side * 0.26, side * 2), mix(wall, colour(s.dark), 0.35), flow=np.pi / 2)
    spire = np.array([(x - side * 0.4, foot - side * 1.98), (x, foot - side * 3.7), (x + side * 0.4, foot - side * 1.98)], dtype=np.float32)
    c.lay(spire, mix(colour(s.dark), colour(s.far), 0.3), flow=np.pi / 2, lined=True)


def _town(c: Cartoon, horizon: float, focus: float) -> None:
    x, number, s = -0.02 * c.size[1], 0, c.scheme
    foot = horizon + c.unit * 0.012
    while x < c.size[1]:
        wide, tall = c.unit * c.rng.uniform(0.06, 0.12), c.unit * c.rng.uniform(0.13, 0.26)
        pale = mix(colour((s.light, s.second, s.far, s.accent)[number % 4]), colour(s.sky[-1]), 0.35)
        c.lay(box(x + wide / 2, foot - tall / 2, wide, tall), pale, flow=np.pi / 2, lined=True)
        gable = np.array([(x - 2, foot - tall), (x + wide / 2, foot - tall - wide * 0.55), (x + wide + 2, foot - tall)], dtype=np.float32)
        c.lay(gable, mix(colour(s.accent), colour(s.dark), 0.35), flow=0.7, lined=True)
        for row in range(int(tall / (c.unit * 0.055))):
            for column in (0.3, 0.7):
                lit = 0.85 if c.rng.random() < 0.3 else 0.15
                spot = box(x + wide * column, foot - tall + c.unit * (0.035 + 0.052 * row), wide * 0.17, c.unit * 0.026)
                c.lay(spot, mix(colour(s.dark), colour(s.light), lit))
        x, number = x + wide, number + 1


def _haystacks(c: Cartoon, horizon: float, focus: float) -> None:
    h, w = c.size
    for place, deep, scale in ((0.12, 0.22, 0.13), (0.82, 0.16, 0.10), (0.34, 0.46, 0.26)):
        x, foot, wide = place * w, horizon + deep * (h - horizon) + scale * c.unit * 0.4, scale * c.unit
        straw = mix(colour(c.scheme.second), colour(c.scheme.light), c.glow)
        c.lay(ellipse(x + wide * 0.5, foot, wide * 1.1, wide * 0.16), mix(colour(c.scheme.dark), colour(c.scheme.near), 0.5), flow=0.0, soft=wide * 0.04)
        stack = smooth([(x - wide * 0.55, foot), (x - wide * 0.6, foot - wide * 0.5), (x, foot - wide * 1.15), (x + wide * 0.6, foot - wide * 0.5), (x + wide * 0.55, foot)], steps=10)
        c.lay(stack, straw, flow=1.2, lined=True)
        c.lay(smooth([(x + wide * 0.1, foot), (x + wide * 0.2, foot - wide * 0.55), (x + wide * 0.02, foot - wide * 1.12), (x + wide * 0.6, foot - wide * 0.5), (x + wide * 0.55, foot)], steps=10), mix(straw, colour(c.scheme.dark), 0.4), flow=1.9, soft=wide * 0.03)


def _mill(c: Cartoon, horizon: float, focus: float) -> None:
    x, foot, tall, s = focus * c.size[1], horizon + c.unit * 0.02, c.unit * 0.24, c.scheme
    body = np.array([(x - tall * 0.22, foot), (x - tall * 0.12, foot - tall), (x + tall * 0.12, foot - tall), (x + tall * 0.22, foot)], dtype=np.float32)
    c.lay(body, mix(colour(s.second), colour(s.light), 0.3), flow=np.pi / 2, lined=True)
    c.lay(body * (0.45, 1) + (x * 0.55 + tall * 0.07, 0), mix(colour(s.second), colour(s.dark), 0.35), flow=np.pi / 2)
    c.lay(ellipse(x, foot - tall, tall * 0.14, tall * 0.13), colour(s.accent), flow=0.5, lined=True)
    for quarter in range(4):
        turn = 0.4 + quarter * np.pi / 2
        hub = np.array([x + np.cos(turn) * tall * 0.36, foot - tall + np.sin(turn) * tall * 0.36])
        c.lay(box(hub[0], hub[1], tall * 0.68, tall * 0.09, turn), mix(colour(s.light), colour(s.dark), 0.15), flow=turn, lined=True)


def _rocks(c: Cartoon, horizon: float, focus: float) -> None:
    h, w = c.size
    for i, place in enumerate((0.02, 0.11, 0.2, 0.93, 0.3)):
        wide = c.unit * (0.15 - 0.022 * i)
        y = h - (h - horizon) * (0.12 + 0.07 * i)
        stone = blob(c.rng, place * w, y, wide, wide * 0.6, 0.16, 8)
        c.lay(stone, mix(colour(c.scheme.dark), colour(c.scheme.far), 0.25), flow=0.9, lined=True)
        c.lay(stone * (0.6, 0.55) + (place * w * 0.4 - wide * 0.15, y * 0.45 - wide * 0.2), mix(colour(c.scheme.far), colour(c.scheme.light), 0.35), flow=0.5, soft=wide * 0.08)


def _lamps(c: Cartoon, horizon: float, focus: float) -> None:
    waterside.lamps(c, horizon)


_Layer = Callable[[Cartoon, float, float], None]
_SKY: dict[Thing, _Layer] = {
    "stars": _stars, "moon": _moon, "sun": _sun, "clouds": _clouds, "mountain": _mountain, "hills": _hills,
}  # fmt: skip
_ON_LAND: dict[Thing, _Layer] = {
    "village": _village, "church": _church, "town": _town, "haystacks": _haystacks, "path": _path, "mill": _mill,
    "rocks": _rocks, "poplars": growth.poplars, "trees": growth.trees, "cypress": growth.cypress,
    "flowers": growth.flowers, "walkers": waterside.walkers, "boats": waterside.boats, "masts": waterside.masts,
    "bridge": waterside.bridge, "lamps": _lamps,
}  # fmt: skip
