"""Things on a table: a jug or a vase with flowers, fruit, a cloth."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from gallery.sample.canvas import grid
from gallery.sample.motifs.cartoon import Cartoon
from gallery.sample.palettes import Floats, colour, lighter, mix, ramp
from gallery.sample.shapes import blob, box, ellipse, ribbon, smooth

Flower = Literal["sunflowers", "asters", "irises", "poppies"]


@dataclass(frozen=True, slots=True)
class Table:
    """A table. ``flowers``: what stands in the vase, if anything (else it is a jug); ``fruit``: how many lie by it."""

    flowers: Flower | None = None
    fruit: int = 0


def told(table: Table) -> str:
    """What is to be seen, as the middle of a sentence."""
    vessel = f"a vase of {table.flowers}" if table.flowers else "a jug"
    count = {1: "one fruit"}.get(table.fruit, f"{table.fruit} round fruits")
    return f"{vessel} on a table" + (f" with {count} and a white cloth" if table.fruit else "")


def draw(c: Cartoon, table: Table) -> None:
    """Lay the wall, the table and what stands on it on the cartoon."""
    h, w = c.size
    edge = h * 0.70
    c.colour[:] = c.wash(c.scheme.sky, 0, edge, 0.10)
    top = np.array([(-9, edge), (w + 9, edge - c.unit * 0.03), (w + 9, h + 9), (-9, h + 9)], dtype=np.float32)
    c.lay(top, c.wash((c.scheme.mid, c.scheme.near), edge, h), flow=0.06, lined=True)
    x = w * (0.5 if not table.fruit else 0.40)
    if table.fruit:
        _cloth(c, w * 0.62, edge)
    _vessel(c, x, edge + c.unit * 0.15, c.unit * (0.17 if table.flowers else 0.2), handle=table.flowers is None)
    if table.flowers:
        _bouquet(c, table.flowers, x, edge + c.unit * 0.15 - c.unit * 0.38)
    _fruit(c, table.fruit, w * 0.66, edge + c.unit * 0.16)


def _vessel(c: Cartoon, x: float, foot: float, r: float, *, handle: bool) -> None:
    s = c.scheme
    c.lay(ellipse(x + r * 0.9, foot, r * 1.7, r * 0.2), mix(colour(s.dark), colour(s.mid), 0.4),
        flow=0.0, soft=r * 0.06, opacity=0.8)  # fmt: skip
    if handle:
        loop = smooth(
            [
                (x + r * 0.5, foot - r * 2.3),
                (x + r * 1.35, foot - r * 2.1),
                (x + r * 1.4, foot - r * 1.2),
                (x + r * 0.85, foot - r * 0.8),
            ]
        )
        c.lay(ribbon(loop, r * 0.17), mix(colour(s.water[1]), colour(s.dark), 0.3), flow=1.4, lined=True)
    left = [(-0.45, 0), (-0.85, 0.45), (-0.95, 1.0), (-0.7, 1.6), (-0.4, 2.0), (-0.38, 2.3), (-0.55, 2.55)]
    outline = [(x + a * r, foot - b * r) for a, b in left] + [(x - a * r, foot - b * r) for a, b in left[::-1]]
    _, columns = grid(c.size)
    glaze = ramp(np.stack([mix(colour(s.water[0]), colour(s.light), 0.55), colour(s.water[0]), colour(s.water[1]),
        mix(colour(s.water[1]), colour(s.dark), 0.65)]), (columns - x) / (r * 2) + 0.55)  # fmt: skip
    c.lay(smooth(outline, steps=8), glaze, flow=1.4, lined=True)
    c.lay(
        ellipse(x, foot - r * 2.55, r * 0.55, r * 0.12),
        mix(colour(s.dark), colour(s.water[1]), 0.4),
        flow=0.0,
        lined=True,
    )
    c.lay(ellipse(x - r * 0.42, foot - r * 1.35, r * 0.1, r * 0.3, 0.2), lighter(colour(s.light), 0.04), soft=r * 0.04)


def _bouquet(c: Cartoon, flower: Flower, x: float, mouth: float) -> None:
    s, reach = c.scheme, c.unit * 0.33
    spots = [(x + np.sin(a * 2.4) * reach * np.sqrt(k) * 1.05,
        mouth - reach * 0.62 - np.cos(a * 2.4) * reach * 0.78 * np.sqrt(k)) for a, k in zip(range(15),
        np.linspace(0.04, 1, 15), strict=True)]  # fmt: skip
    for tip in spots:
        stem = smooth([(x, mouth + c.unit * 0.02), ((x + tip[0]) / 2 + c.rng.normal(0, 6), (mouth + tip[1]) / 2), tip])
        c.lay(ribbon(stem, c.unit * 0.009), mix(colour(s.near), colour(s.dark), 0.5), flow=1.4)
    for i in range(16):
        a = c.rng.uniform(0, 2 * np.pi)
        at = x + np.cos(a) * reach * 0.85, mouth - reach * 0.5 + np.sin(a) * reach * 0.6
        leaf = mix(colour(s.near), colour((s.dark, s.mid)[i % 2]), 0.4)
        c.lay(ellipse(*at, c.unit * 0.055, c.unit * 0.02, a), leaf, flow=a, lined=True)
    for i in c.rng.permutation(len(spots)):
        _flower(c, flower, spots[i][0], spots[i][1], c.unit * c.rng.uniform(0.075, 0.11), int(i))


def _flower(c: Cartoon, flower: Flower, x: float, y: float, r: float, number: int) -> None:
    s = c.scheme
    tint = (
        colour((s.accent, s.light, s.second)[number % 3])
        if flower != "sunflowers"
        else mix(colour(s.second), colour(s.accent), 0.05 + 0.16 * (number % 3))
    )
    petals, long, wide = {"sunflowers": (15, 0.62, 0.15), "asters": (18, 0.6, 0.1), "irises": (6, 0.6, 0.3),
        "poppies": (5, 0.52, 0.5)}[flower]  # fmt: skip
    turn = c.rng.uniform(0, 6)
    for ring, size in ((0, 1.0), (1, 0.72)):
        for i in range(petals):
            a = turn + (i + ring / 2) * 2 * np.pi / petals
            tone = mix(tint, colour(s.dark), 0.28 * (np.sin(a - 0.6) > 0) * (1 - ring)) if ring == 0 else lighter(tint,
                0.05 * np.cos(a * 3))  # fmt: skip
            c.lay(
                ellipse(
                    x + np.cos(a) * r * long * size,
                    y + np.sin(a) * r * long * size * 0.9,
                    r * 0.42 * size,
                    r * wide * size,
                    a,
                    20,
                ),
                tone,
                flow=a,
                lined=petals == 6,
            )
    heart = mix(colour(s.dark), colour(s.second), 0.3) if flower in ("sunflowers", "poppies") else colour(s.light)
    c.lay(ellipse(x, y, r * (0.42 if flower == "sunflowers" else 0.2)), heart, flow=1.0, lined=True)


def _cloth(c: Cartoon, x: float, edge: float) -> None:
    u, s = c.unit, c.scheme
    linen = mix(colour(s.light), colour(s.sky[-1]), 0.25)
    outline = smooth([(x - u * 0.32, edge + u * 0.09), (x, edge + u * 0.03), (x + u * 0.36, edge + u * 0.07),
        (x + u * 0.33, edge + u * 0.22), (x + u * 0.12, edge + u * 0.27), (x - u * 0.1, edge + u * 0.23),
        (x - u * 0.26, edge + u * 0.25)], closed=True)  # fmt: skip
    c.lay(outline, linen, flow=0.5, lined=True)
    for i in range(5):
        fold = smooth([(x + u * (-0.24 + 0.12 * i), edge + u * 0.08), (x + u * (-0.2 + 0.11 * i), edge + u * 0.15),
            (x + u * (-0.23 + 0.115 * i), edge + u * 0.23)])  # fmt: skip
        c.lay(ribbon(fold, u * 0.016), mix(linen, colour(s.far), 0.5), flow=1.5, soft=u * 0.004)


def _fruit(c: Cartoon, count: int, x: float, foot: float) -> None:
    s, r = c.scheme, c.unit * 0.075
    for i in range(count):
        row = i % 2
        at = x + r * 1.55 * (i - (count - 1) / 2), foot - r * 0.75 * row
        _sphere(c, at[0], at[1], r * c.rng.uniform(0.9, 1.1), colour((s.accent, s.second, s.light)[i % 3]))


def _sphere(c: Cartoon, x: float, y: float, r: float, tint: Floats) -> None:
    s = c.scheme
    c.lay(ellipse(x + r * 0.5, y + r * 0.85, r * 1.1, r * 0.25), mix(colour(s.dark), colour(s.far), 0.4),
        flow=0.0, soft=r * 0.08, opacity=0.75)  # fmt: skip
    rows, columns = grid(c.size)
    lit = 0.5 - ((columns - x) * 0.35 + (rows - y) * 0.4) / r
    body = ramp(np.stack([mix(tint, colour(s.dark), 0.65), mix(tint, colour(s.dark), 0.2),
        tint, mix(tint, colour(s.light), 0.6)]), lit)  # fmt: skip
    around = np.arctan2(rows - y, columns - x) + np.float32(np.pi / 2)
    c.lay(blob(c.rng, x, y, r, r * 0.95, 0.03, 10), body, flow=around, lined=True)
    c.lay(
        ellipse(x - r * 0.35, y - r * 0.4, r * 0.16, r * 0.11, -0.6),
        lighter(colour(s.light), 0.05),
        soft=r * 0.05,
        opacity=0.85,
    )
    c.lay(box(x + r * 0.05, y - r * 0.95, r * 0.06, r * 0.3, 0.3), colour(s.dark))
