"""What is in the sky."""

import numpy as np

from gallery.sample.canvas import grid, noise
from gallery.sample.motifs.cartoon import Cartoon
from gallery.sample.palettes import colour, mix, ramp


def _halo(c: Cartoon, x: float, y: float, radius: float, rings: float) -> None:
    near, far = (
        slice(max(0, int(y - 9 * radius)), int(y + 9 * radius)),
        slice(max(0, int(x - 9 * radius)), int(x + 9 * radius)),
    )
    rows, columns = (field[near, far] for field in grid(c.size))
    sky, flow = c.colour[near, far], c.flow[near, far]
    away = np.hypot(rows - y, columns - x) / radius
    glow = np.exp(-np.maximum(away - 1, 0) / rings) * (0.86 + 0.14 * np.cos(away * 3.4))
    glow = (np.clip(glow, 0, 1) * (away < 9))[..., None]
    sky += glow * (colour(c.scheme.light) - sky) * np.float32(0.9)
    ringed = away < 1 + rings * 2.6
    flow[ringed] = (np.arctan2(rows - y, columns - x) + np.pi / 2)[ringed]


def stars(c: Cartoon, horizon: float, focus: float) -> None:
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


def moon(c: Cartoon, horizon: float, focus: float) -> None:
    _halo(c, focus * c.size[1], horizon * 0.3, c.unit * 0.045, 1.4)


def sun(c: Cartoon, horizon: float, focus: float) -> None:
    x, y = focus * c.size[1], horizon * 0.66
    _halo(c, x, y, c.unit * 0.06, 1.9)


def clouds(c: Cartoon, horizon: float, focus: float) -> None:
    shape = noise(c.rng, c.size, (c.unit * 0.16, c.unit * 0.42), 4)
    rows, _ = grid(c.size)
    edge = np.clip((shape - 0.15) * 1.6, 0, 1) * np.clip((horizon - rows) / (0.2 * horizon), 0, 1)
    under = np.clip((shape - np.roll(shape, int(c.unit * 0.03), 0)) * 1.2 + 0.6, 0, 1)
    body = ramp(np.stack([mix(colour(c.scheme.sky[0]), colour(c.scheme.light), c.glow), mix(colour(c.scheme.sky[-1]),
        colour(c.scheme.light), min(1.0, 3.6 * c.glow))]), under)  # fmt: skip
    c.colour += (edge * 0.85)[..., None] * (body - c.colour)
