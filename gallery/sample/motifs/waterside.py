"""Water and what floats on it, stands beside it or walks along it."""

import numpy as np

from gallery.sample.canvas import blur, grid, noise
from gallery.sample.motifs.cartoon import Cartoon
from gallery.sample.palettes import Floats, colour, colours, lighter, mix, ramp
from gallery.sample.shapes import box, ellipse, lay, ribbon, smooth


def water(c: Cartoon, horizon: float, focus: float) -> Floats:
    """A picture-sized sheet of water below the horizon: its own colour, and the sky and shore upside down, rippled."""
    rows, columns = grid(c.size)
    depth = np.clip((rows - horizon) / (c.size[0] - horizon), 0, 1)
    ripple = noise(c.rng, c.size, (c.unit * 0.02, c.unit * 0.16), 3)
    own = ramp(colours(*c.scheme.water), depth + ripple * 0.09)
    mirror = np.clip(2 * horizon - rows + ripple * (3 + 26 * depth), 0, horizon - 1).astype(np.int32)
    sideways = np.clip(columns + ripple * 5, 0, c.size[1] - 1).astype(np.int32)
    seen = blur(c.colour, c.unit * 0.008)[mirror, sideways]
    mixed = own + (seen - own) * (0.55 - 0.3 * depth)[..., None]
    glints = np.clip((ripple - 0.9) * 2, 0, 1) * np.exp(-(((columns - focus * c.size[1]) / (c.unit * 0.22)) ** 2))
    crest = np.clip(noise(c.rng, c.size, (c.unit * 0.018, c.unit * 0.12), 2) - 1.25, 0, 0.5)
    mixed += (glints * 0.8 + crest * 0.5)[..., None] * (colour(c.scheme.light) - mixed)
    return np.asarray(mixed, dtype=np.float32)


def banks(c: Cartoon, horizon: float) -> None:
    """A far shore, and a near bank in one corner."""
    h, w = c.size
    far = smooth([(-9, horizon - c.unit * 0.012), (w * 0.3, horizon - c.unit * 0.02),
        (w * 0.7, horizon - c.unit * 0.008), (w + 9, horizon - c.unit * 0.02), (w + 9, horizon + c.unit * 0.015),
        (w * 0.5, horizon + c.unit * 0.01), (-9, horizon + c.unit * 0.022)])  # fmt: skip
    c.lay(far, colour(c.scheme.mid), flow=0.0, lined=True)
    near = smooth([(-9, h * 0.5 + horizon * 0.5), (w * 0.2, h * 0.58 + horizon * 0.42),
        (w * 0.44, h * 0.86 + horizon * 0.14), (w * 0.62, h + 9), (-9, h + 9)])  # fmt: skip
    c.lay(near, c.wash((c.scheme.mid, c.scheme.near), horizon, h), flow=-0.9, lined=True)


def boats(c: Cartoon, horizon: float, focus: float) -> None:
    """Five sails, the nearest the largest, each with its reflection."""
    deep = c.size[0] - horizon
    for i, (place, near) in enumerate(((0.30, 0.03), (0.88, 0.06), (0.16, 0.1), (0.52, 0.17), (0.74, 0.42))):
        _boat(c, place * c.size[1], horizon + near * deep + c.unit * 0.012, c.unit * (0.035 + 0.25 * near), i)


def _boat(c: Cartoon, x: float, y: float, size: float, number: int) -> None:
    s = c.scheme
    sail = colour((s.light, s.accent, s.second)[number % 3])
    hull = colour((s.dark, s.accent, s.dark)[(number + 1) % 3])
    _reflected(c, x, y, size, sail, hull)
    c.lay(box(x, y - size, size * 0.05, size * 2.3), mix(hull, colour(s.dark), 0.6))
    main = smooth(
        [
            (x + size * 0.06, y - size * 2.1),
            (x + size * 0.55, y - size * 1.1),
            (x + size * 0.75, y - size * 0.28),
            (x + size * 0.06, y - size * 0.25),
        ],
        steps=6,
    )
    jib = np.array(
        [(x - size * 0.06, y - size * 1.9), (x - size * 0.1, y - size * 0.25), (x - size * 0.68, y - size * 0.2)],
        dtype=np.float32,
    )
    c.lay(main, sail, flow=1.3, lined=True)
    c.lay(jib, mix(sail, colour(s.sky[-1]), 0.3), flow=1.9, lined=True)
    boat = smooth([(x - size * 0.95, y - size * 0.2), (x - size * 0.6, y + size * 0.1),
        (x + size * 0.6, y + size * 0.1), (x + size * 0.95, y - size * 0.22), (x, y - size * 0.12)],
        closed=True, steps=6)  # fmt: skip
    c.lay(boat, hull, flow=0.0, lined=True)
    c.lay(ribbon(boat[14:24], size * 0.05), lighter(hull, 0.2), flow=0.0)


def _reflected(c: Cartoon, x: float, y: float, size: float, sail: Floats, hull: Floats) -> None:
    for i in range(9):
        wide = size * (0.9 - 0.07 * i) * c.rng.uniform(0.6, 1.1)
        tint = hull if i < 2 else sail
        line = ellipse(x + c.rng.normal(0, 0.12) * size + size * 0.1, y + size * (0.16 + 0.2 * i), wide, size * 0.055)
        lay(c.colour, line, tint, 0.62 - 0.05 * i, 0.8)


def masts(c: Cartoon, horizon: float, focus: float) -> None:
    """Moored boats: hulls in a row and a thin wood of masts."""
    s = c.scheme
    for i, place in enumerate(np.linspace(0.06, 0.62, 6)):
        x, size = place * c.size[1], c.unit * 0.09 * c.rng.uniform(0.8, 1.2)
        y = horizon + c.unit * (0.05 + 0.03 * (i % 3))
        hull = colour((s.dark, s.accent, s.second)[i % 3])
        _reflected(c, x, y, size * 0.8, mix(hull, colour(s.dark), 0.5), hull)
        top = y - size * c.rng.uniform(2.6, 3.6)
        c.lay(box(x, (y + top) / 2, c.unit * 0.007, y - top), colour(s.dark))
        c.lay(box(x, top + size * 0.8, size * 0.9, c.unit * 0.005, 0.08), colour(s.dark))
        for side in (-1, 1):
            rope = np.array([(x, top), (x + side * size * 0.8, y - size * 0.1)], dtype=np.float32)
            c.lay(ribbon(rope, c.unit * 0.003), mix(colour(s.dark), colour(s.sky[-1]), 0.3))
        body = smooth([(x - size, y - size * 0.3), (x - size * 0.7, y + size * 0.12), (x + size * 0.7, y + size * 0.12),
            (x + size, y - size * 0.3), (x, y - size * 0.16)], closed=True, steps=6)  # fmt: skip
        c.lay(body, hull, flow=0.0, lined=True)


def bridge(c: Cartoon, horizon: float, focus: float) -> None:
    """Stone arches over the whole width, mirrored darkly."""
    w = c.size[1]
    stone, tall = (
        mix(mix(colour(c.scheme.second), colour(c.scheme.far), 0.4), colour(c.scheme.dark), 0.22),
        c.unit * 0.16,
    )
    foot = horizon + c.unit * 0.05
    deck = smooth([(-9, foot - tall), (w * 0.5, foot - tall * 1.22), (w + 9, foot - tall), (w + 9, foot),
        (w * 0.5, foot), (-9, foot)], steps=16)  # fmt: skip
    glimpse = mix(colour(c.scheme.sky[-1]), colour(c.scheme.water[0]), 0.5)
    c.lay(deck, stone, flow=0.0, lined=True)
    c.lay(ribbon(deck[:32], c.unit * 0.018), lighter(stone, 0.1), flow=0.0)
    span = w / 4.4
    for place in np.arange(-1.5, 2.5) * span + w / 2:
        arch = ellipse(place, foot + 1, span * 0.38, tall * 0.86)
        upper = arch[arch[:, 1] <= foot + 1]
        c.lay(upper, lighter(stone, -0.22))
        c.lay(upper * (0.93, 1) + (place * 0.07 + span * 0.02, 0), glimpse, flow=0.0)
        lower = upper * (1, -0.8) + (0, foot * 1.8)
        c.lay(lower, mix(colour(c.scheme.water[0]), colour(c.scheme.light), 0.25), soft=3, opacity=0.5, flow=0.0)
    for i in range(int(c.unit * 0.02)):
        y = foot + 2 + i * c.unit * 0.008
        lay(c.colour, box(w * c.rng.random(), y, w * 0.3, 2.5), mix(stone, colour(c.scheme.dark), 0.4), 0.35, 1.2)


def lamps(c: Cartoon, horizon: float) -> None:
    """Lights along the shore with long reflections."""
    for place in np.sort(c.rng.uniform(0.04, 0.96, 13)):
        x, y = place * c.size[1], horizon - c.unit * c.rng.uniform(0.005, 0.05)
        glow = colour(c.scheme.light)
        lay(c.colour, ellipse(x, y, c.unit * 0.02), glow, 0.35, c.unit * 0.018)
        lay(c.colour, ellipse(x, y, c.unit * 0.0065), lighter(glow, 0.06), 1.0, 1.0)
        long = (c.size[0] - horizon) * c.rng.uniform(0.25, 0.6)
        for i in range(12):
            wide = c.unit * (0.004 + 0.009 * c.rng.random()) * (1 + i / 8)
            spot = ellipse(
                x + c.rng.normal(0, 0.003) * c.unit, 2 * horizon - y + long * (i + 0.4) / 12, wide, long * 0.018
            )
            lay(c.colour, spot, glow, 0.75 - 0.055 * i, 0.8)


def walkers(c: Cartoon, horizon: float, focus: float) -> None:
    """People seen small, some under parasols, with their shadows."""
    s = c.scheme
    ashore = ((0.04, 0.56), (0.10, 0.60), (0.20, 0.66), (0.29, 0.78))
    spread = ((0.12, 0.32), (0.18, 0.30), (0.40, 0.2), (0.66, 0.12), (0.72, 0.13), (0.28, 0.62))
    for i, (place, near) in enumerate(ashore if c.wet else spread):
        x, tall = place * c.size[1], c.unit * (0.06 + 0.32 * near)
        foot = horizon + near * (c.size[0] - horizon) + tall * 0.35
        dress = colour((s.accent, s.dark, s.second)[i % 3])
        c.lay(
            ellipse(x + tall * 0.4, foot, tall * 0.45, tall * 0.05),
            mix(colour(s.dark), colour(s.mid), 0.35),
            flow=0.0,
            soft=1.5,
        )
        skirt = smooth([(x - tall * 0.06, foot - tall * 0.8), (x - tall * 0.1, foot - tall * 0.5),
            (x - tall * 0.2, foot), (x + tall * 0.2, foot), (x + tall * 0.09, foot - tall * 0.5),
            (x + tall * 0.06, foot - tall * 0.8)], steps=6)  # fmt: skip
        c.lay(skirt, dress, flow=np.pi / 2, lined=True)
        c.lay(ellipse(x, foot - tall * 0.88, tall * 0.065, tall * 0.08), colour(s.skin[1]))
        c.lay(ellipse(x, foot - tall * 0.95, tall * 0.1, tall * 0.035), colour(s.dark))
        if i % 2 == 0:
            shade = ellipse(x + tall * 0.1, foot - tall * 1.02, tall * 0.36, tall * 0.26)
            c.lay(
                shade[shade[:, 1] <= foot - tall * 1.0], colour((s.light, s.accent)[i // 2 % 2]), flow=0.0, lined=True
            )
