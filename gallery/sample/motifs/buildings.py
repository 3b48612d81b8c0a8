"""What people built: houses, a church, a mill."""

import numpy as np

from gallery.sample.motifs.cartoon import Cartoon
from gallery.sample.palettes import colour, mix
from gallery.sample.shapes import box, ellipse


def village(c: Cartoon, horizon: float, focus: float) -> None:
    middle = focus * c.size[1]
    for i, place in enumerate(np.linspace(-1.7, 1.7, 11)):
        side = c.unit * c.rng.uniform(0.045, 0.075)
        _house(c, middle + place * c.unit * 0.15, horizon + c.unit * (0.015 + 0.02 * (i % 2)), side, i)


def _house(c: Cartoon, x: float, foot: float, side: float, number: int) -> None:
    s = c.scheme
    wall = (mix(colour(s.light), colour(s.second), 0.45), mix(colour(s.light), colour(s.far), 0.35),
        colour(s.second))[number % 3]  # fmt: skip
    tall = side * c.rng.uniform(0.7, 1.0)
    c.lay(box(x, foot - tall / 2, side, tall), wall, flow=np.pi / 2, lined=True)
    c.lay(box(x + side * 0.31, foot - tall / 2, side * 0.38, tall), mix(wall, colour(s.dark), 0.3), flow=np.pi / 2)
    roof = np.array(
        [(x - side * 0.62, foot - tall), (x, foot - tall * 1.75), (x + side * 0.62, foot - tall)], dtype=np.float32
    )
    c.lay(roof, mix(colour(s.accent), colour(s.dark), 0.12 * (number % 3)), flow=0.7, lined=True)
    c.lay(
        box(x - side * 0.18, foot - tall * 0.5, side * 0.2, tall * 0.32),
        mix(colour(s.dark), colour(s.light), 0.9 * (number % 2)),
    )


def church(c: Cartoon, horizon: float, focus: float) -> None:
    x, side, s = focus * c.size[1], c.unit * 0.085, c.scheme
    foot = horizon + c.unit * 0.02
    wall = mix(colour(s.second), colour(s.light), 0.35)
    c.lay(box(x + side, foot - side * 0.5, side * 1.7, side), wall, flow=np.pi / 2, lined=True)
    roof = np.array(
        [
            (x, foot - side),
            (x + side * 0.3, foot - side * 1.6),
            (x + side * 1.7, foot - side * 1.6),
            (x + side * 2, foot - side),
        ],
        dtype=np.float32,
    )
    c.lay(roof, colour(s.accent), flow=0.0, lined=True)
    c.lay(box(x, foot - side, side * 0.62, side * 2), wall, flow=np.pi / 2, lined=True)
    c.lay(box(x + side * 0.18, foot - side, side * 0.26, side * 2), mix(wall, colour(s.dark), 0.35), flow=np.pi / 2)
    spire = np.array(
        [(x - side * 0.4, foot - side * 1.98), (x, foot - side * 3.7), (x + side * 0.4, foot - side * 1.98)],
        dtype=np.float32,
    )
    c.lay(spire, mix(colour(s.dark), colour(s.far), 0.3), flow=np.pi / 2, lined=True)


def town(c: Cartoon, horizon: float, focus: float) -> None:
    x, number, s = -0.02 * c.size[1], 0, c.scheme
    foot = horizon + c.unit * 0.012
    while x < c.size[1]:
        wide, tall = c.unit * c.rng.uniform(0.06, 0.12), c.unit * c.rng.uniform(0.13, 0.26)
        pale = mix(colour((s.light, s.second, s.far, s.accent)[number % 4]), colour(s.sky[-1]), 0.35)
        c.lay(box(x + wide / 2, foot - tall / 2, wide, tall), pale, flow=np.pi / 2, lined=True)
        gable = np.array(
            [(x - 2, foot - tall), (x + wide / 2, foot - tall - wide * 0.55), (x + wide + 2, foot - tall)],
            dtype=np.float32,
        )
        c.lay(gable, mix(colour(s.accent), colour(s.dark), 0.35), flow=0.7, lined=True)
        for row in range(int(tall / (c.unit * 0.055))):
            for column in (0.3, 0.7):
                lit = 0.85 if c.rng.random() < 0.3 else 0.15
                spot = box(x + wide * column, foot - tall + c.unit * (0.035 + 0.052 * row), wide * 0.17, c.unit * 0.026)
                c.lay(spot, mix(colour(s.dark), colour(s.light), lit))
        x, number = x + wide, number + 1


def mill(c: Cartoon, horizon: float, focus: float) -> None:
    x, foot, tall, s = focus * c.size[1], horizon + c.unit * 0.02, c.unit * 0.24, c.scheme
    body = np.array(
        [
            (x - tall * 0.22, foot),
            (x - tall * 0.12, foot - tall),
            (x + tall * 0.12, foot - tall),
            (x + tall * 0.22, foot),
        ],
        dtype=np.float32,
    )
    c.lay(body, mix(colour(s.second), colour(s.light), 0.3), flow=np.pi / 2, lined=True)
    c.lay(body * (0.45, 1) + (x * 0.55 + tall * 0.07, 0), mix(colour(s.second), colour(s.dark), 0.35), flow=np.pi / 2)
    c.lay(ellipse(x, foot - tall, tall * 0.14, tall * 0.13), colour(s.accent), flow=0.5, lined=True)
    for quarter in range(4):
        turn = 0.4 + quarter * np.pi / 2
        hub = np.array([x + np.cos(turn) * tall * 0.36, foot - tall + np.sin(turn) * tall * 0.36])
        c.lay(box(hub[0], hub[1], tall * 0.68, tall * 0.09, turn), mix(colour(s.light), colour(s.dark), 0.15),
            flow=turn, lined=True)  # fmt: skip
