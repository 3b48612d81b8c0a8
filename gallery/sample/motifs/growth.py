"""What grows: trees and flowers of a landscape."""

import numpy as np

from gallery.sample.motifs.cartoon import Cartoon
from gallery.sample.palettes import colour, mix
from gallery.sample.shapes import blob, box, ellipse, ribbon, smooth


def poplars(c: Cartoon, horizon: float, focus: float) -> None:
    """A row that grows taller to one side."""
    for i, place in enumerate(np.linspace(0.03, 0.44, 7)):
        x = (place if focus > 0.5 else 1 - place) * c.size[1]
        tall = c.unit * (0.40 - 0.036 * i) * c.rng.uniform(0.9, 1.08)
        foot = horizon + c.unit * (0.055 - 0.006 * i)
        _flame(c, x, foot, tall, tall * 0.085, 0.45)


def cypress(c: Cartoon, horizon: float, focus: float) -> None:
    """One great flame of a tree in front, at the side away from the focus, and a smaller one by it."""
    x = c.size[1] * (0.16 if focus > 0.5 else 0.84)
    foot = c.size[0] * 1.02
    _flame(c, x + c.unit * 0.10, foot, c.unit * 0.52, c.unit * 0.05, 0.2)
    _flame(c, x, foot, foot * 0.84, c.unit * 0.085, 0.08)


def _flame(c: Cartoon, x: float, foot: float, tall: float, wide: float, pale: float) -> None:
    heights = np.array([0.0, 0.12, 0.35, 0.6, 0.82, 1.0])
    reach = np.array([0.35, 0.95, 1.0, 0.75, 0.42, 0.04]) * wide * c.rng.uniform(0.85, 1.15, 6)
    sway = np.sin(heights * 7 + x) * wide * 0.22
    left = np.stack([x + sway - reach, foot - heights * tall], axis=-1)
    right = np.stack([x + sway + reach * 0.95, foot - heights * tall], axis=-1)
    tree = smooth(np.concatenate([left, right[::-1]]).astype(np.float32), steps=8)
    deep = mix(colour(c.scheme.dark), colour(c.scheme.near), pale)
    c.lay(tree, deep, flow=np.pi / 2 + 0.18 * np.sign(wide), lined=True)
    for side in (-0.45, 0.1, 0.5):
        at = heights[1:5]
        vein = np.stack([x + side * reach[1:5] + sway[1:5], foot - at * tall], axis=-1).astype(np.float32)
        c.lay(ribbon(smooth(vein, steps=6), wide * 0.22), mix(deep, colour(c.scheme.mid), 0.55), flow=1.45, soft=1.0)


def trees(c: Cartoon, horizon: float, focus: float) -> None:
    """Round crowns: a few far, two near that frame the view."""
    far = [(p, 0.05, horizon + c.unit * 0.01) for p in (0.08, 0.2, 0.29, 0.47, 0.78, 0.9)]
    side = 0.1 if focus > 0.5 or c.wet else 0.9
    deep = (0.53 if c.wet else 0.3) * (c.size[0] - horizon)
    near = [(side, 0.17, horizon + deep), (1.16 * side - 0.02, 0.13, horizon + deep * 0.7)][: 1 if c.wet else 2]
    for place, wide, foot in far + near[::-1]:
        _crown(c, place * c.size[1], foot, wide * c.unit * c.rng.uniform(0.9, 1.15))


def _crown(c: Cartoon, x: float, foot: float, wide: float) -> None:
    s = c.scheme
    c.lay(
        ellipse(x + wide * 0.5, foot, wide * 1.2, wide * 0.13),
        mix(colour(s.dark), colour(s.mid), 0.45),
        flow=0.0,
        soft=wide * 0.05,
    )
    trunk = smooth([(x - wide * 0.02, foot - wide * 1.5), (x + wide * 0.05, foot - wide * 0.6), (x, foot)])
    c.lay(ribbon(trunk, np.linspace(wide * 0.1, wide * 0.2, len(trunk))), mix(colour(s.dark), colour(s.accent), 0.25),
        flow=np.pi / 2)  # fmt: skip
    body = mix(colour(s.near), colour(s.dark), 0.42)
    c.lay(blob(c.rng, x, foot - wide * 1.45, wide, wide * 0.9, 0.12, 10), body, flow=0.8, lined=True)
    for dx, dy, size, tone in (
        (0.3, -1.2, 0.5, 0.0),
        (-0.2, -1.6, 0.62, 0.35),
        (-0.38, -1.85, 0.4, 0.75),
        (0.25, -1.95, 0.3, 0.6),
    ):
        leaf = mix(body, mix(colour(s.mid), colour(s.light), c.glow), tone + 0.12)
        c.lay(blob(c.rng, x + dx * wide, foot + dy * wide, size * wide, size * wide * 0.7, 0.2, 8),
            leaf, flow=2.4 * tone, soft=wide * 0.05)  # fmt: skip


def flowers(c: Cartoon, horizon: float, focus: float) -> None:
    """Blossoms strewn over the ground, larger towards the front."""
    s = c.scheme
    for i in range(210):
        deep = c.rng.random() ** 0.7
        x, y = c.rng.random() * c.size[1], horizon + (0.12 + 0.88 * deep) * (c.size[0] - horizon)
        size = c.unit * (0.003 + 0.012 * deep)
        tint = colour((s.accent, s.light, s.second)[int(i * 7 % 5 % 3)])
        c.lay(blob(c.rng, x, y, size * 1.2, size, 0.2, 6), tint)
        if i % 3 == 0:
            c.lay(box(x, y + size * 2.4, size * 0.35, size * 3, 0.1), mix(colour(s.dark), colour(s.near), 0.5))
