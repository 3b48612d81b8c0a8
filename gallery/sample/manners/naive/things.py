"""What a naïve picture tells of: each thing flat, outlined and covered with its pattern."""

from collections.abc import Callable
from typing import Literal

import numpy as np

from gallery.sample.canvas import grid
from gallery.sample.manners.naive.animals import cat, rooster, sheep
from gallery.sample.manners.naive.folk import Folk, bloom, crest
from gallery.sample.manners.naive.village import church, houses, orchard, people, pond, trees
from gallery.sample.palettes import Floats, colour, colours, lighter, mix, ramp
from gallery.sample.shapes import box, ellipse, lay, ribbon, smooth

Thing = Literal["sky", "sun", "moon", "hills", "church", "houses", "trees", "orchard", "people", "sheep", "pond", "cat",
    "rooster", "flowers", "bouquet", "snowfall"]  # fmt: skip


TOLD: dict[Thing, str] = {
    "sky": "the sky", "sun": "a rayed sun", "moon": "a big moon with stars", "hills": "patchwork hills",
    "church": "a church on the hill", "houses": "rows of small houses", "trees": "round trees",
    "orchard": "fruit trees",
    "people": "villagers hand in hand", "sheep": "grazing sheep", "pond": "a pond", "cat": "a large striped cat",
    "rooster": "a large rooster", "flowers": "rows of flowers", "bouquet": "a symmetrical bouquet in a painted jug",
    "snowfall": "falling snow",
}  # fmt: skip


def put(folk: Folk, thing: Thing) -> None:
    """Paint one thing."""
    _THINGS[thing](folk)


def _sky(f: Folk) -> None:
    rows, _ = grid((f.height, f.width))
    f.picture[:] = ramp(colours(*f.season.sky), rows / (f.height * 0.5))


def _sun(f: Folk) -> None:
    x, y, r = f.width * 0.8, f.height * 0.15, f.unit * 0.075
    for i in range(20):
        a, long = i * np.pi / 10, r * (1.9 if i % 2 else 1.6)
        ray = np.array([(x + np.cos(a - 0.1) * r * 1.15, y + np.sin(a - 0.1) * r * 1.15),
            (x + np.cos(a) * long, y + np.sin(a) * long), (x + np.cos(a + 0.1) * r * 1.15,
            y + np.sin(a + 0.1) * r * 1.15)], dtype=np.float32)  # fmt: skip
        f.put(ray, colour("#f39a2e"), 0.0)
    f.put(ellipse(x, y, r), colour("#f9c93a"))
    f.put(ellipse(x, y, r * 0.7), colour("#fbdc6c"), 0.0)
    for i in range(3):
        cx, cy = f.width * (0.12 + 0.2 * i), f.height * (0.10 + 0.05 * (i % 2))
        for dx, s in ((-0.6, 0.7), (0.6, 0.75), (0.0, 1.0)):
            f.put(
                ellipse(cx + dx * f.unit * 0.06, cy, f.unit * 0.05 * s, f.unit * 0.026 * s),
                lighter(colour(f.season.sky[1]), 0.06),
                0.0,
            )


def _moon(f: Folk) -> None:
    x, y, r = f.width * 0.76, f.height * 0.17, f.unit * 0.105
    f.put(ellipse(x, y, r * 1.25), mix(colour(f.season.sky[0]), colour("#f6e6a8"), 0.25), 0.0)
    f.put(ellipse(x, y, r), colour("#f6e6a8"))
    for i in range(46):
        sx, sy = f.width * f.rng.random(), f.height * 0.36 * f.rng.random()
        for turn in (0.0, np.pi / 2):
            if abs(sx - x) > r * 1.4 or abs(sy - y) > r * 1.4:
                lay(f.picture, box(sx, sy, f.unit * (0.012 + 0.006 * (i % 3)), 2.0, turn), colour("#fbf0c4"), 0.95, 0.4)


def _hills(f: Folk) -> None:
    xs = np.linspace(-9, f.width + 9, 80)
    for number in range(5):
        top = np.stack([xs, crest(f, number, xs)], axis=-1)
        hill = np.concatenate([top, [(f.width + 9, f.height + 9), (-9, f.height + 9)]]).astype(np.float32)
        tint = colour(f.season.fields[number])
        f.put(hill, tint, 0.003)
        _pattern(f, number, tint)


def _pattern(f: Folk, number: int, tint: Floats) -> None:
    u = f.unit
    mark = mix(tint, colour(f.season.line), 0.20) if number % 2 else lighter(tint, 0.07)
    for row in range(1, 6):
        xs = np.arange(u * 0.02 * (row % 2), f.width, u * 0.042)
        ys = crest(f, number, xs) + row * u * 0.028
        if number % 3 == 2:
            lay(f.picture, ribbon(np.stack([xs, ys], axis=-1).astype(np.float32), u * 0.003), mark, 0.8)
            continue
        for x, y in zip(xs, ys, strict=True):
            turn = 1.2 if (row + number) % 2 else 1.9
            lay(f.picture, box(x, y, u * 0.014, u * 0.0032, turn if number % 3 else 0.0), mark, 0.85)


def _flowers(f: Folk) -> None:
    for row in range(2):
        for i in range(11):
            x = f.width * (i + 0.3 + 0.4 * row) / 11
            y = f.height * (0.90 + 0.065 * row)
            stem = box(x, y + f.unit * 0.04, f.unit * 0.006, f.unit * 0.08)
            f.put(stem, colour(f.season.leaf[0]), 0.0)
            for side in (-1, 1):
                f.put(
                    ellipse(x + side * f.unit * 0.014, y + f.unit * 0.04, f.unit * 0.016, f.unit * 0.006, -0.6 * side),
                    colour(f.season.leaf[1]),
                    0.0,
                )
            bloom(f, x, y, f.unit * 0.03, i + row)


def _bouquet(f: Folk) -> None:
    u, x = f.unit, f.width / 2
    f.put(box(x, f.height * 0.92, f.width + 20, f.height * 0.2), colour(f.season.roof))
    for i in range(30):
        lay(
            f.picture,
            ellipse(f.width * (i + 0.5) / 30, f.height * 0.845, u * 0.012, points=16),
            colour(f.season.blossom[1]),
        )
    foot = f.height * 0.90
    stems = [(side * (0.08 + 0.075 * k), 0.50 + 0.02 * k - 0.085 * k * (k % 2)) for k in range(5) for side in (-1,
        1)] + [(0.0, 0.64), (0.0, 0.42)]  # fmt: skip
    tips = [(x + dx * u * 1.05, foot - u * (0.16 + dy)) for dx, dy in stems]
    for i, tip in enumerate(tips):
        stem = smooth([(x, foot - u * 0.26), ((x * 0.7 + tip[0] * 0.3), (foot - u * 0.3 + tip[1]) / 2), tip])
        lay(f.picture, ribbon(stem, u * 0.010), colour(f.season.leaf[2]))
        for k in (0.45, 0.62, 0.78):
            px, py = stem[int(len(stem) * k)]
            for side in (-1, 1):
                f.put(
                    ellipse(px + side * u * 0.028, py - u * 0.004, u * 0.032, u * 0.012, -0.5 * side),
                    colour(f.season.leaf[(i + side) % 3]),
                    0.0018,
                )
    for i, tip in enumerate(tips):
        bloom(f, *tip, u * (0.078 + 0.012 * (i >= 10)), i // 2)
    half = [(-0.10, 0.0), (-0.16, 0.1), (-0.15, 0.2), (-0.085, 0.27), (-0.11, 0.31)]
    jug = smooth(
        [(x + a * u, foot - b * u) for a, b in half] + [(x - a * u, foot - b * u) for a, b in half[::-1]], steps=8
    )
    f.put(jug, colour(f.season.wall[0]), 0.004)
    for k, width in ((0.05, 0.125), (0.225, 0.125)):
        lay(f.picture, box(x, foot - k * u, 2 * width * u, u * 0.012), colour("#3f6fa8"))
    for i in range(5):
        bloom(f, x + u * (-0.10 + 0.05 * i), foot - u * 0.135, u * 0.024, i)


def _snowfall(f: Folk) -> None:
    points = f.rng.random((260, 2)) * (f.width, f.height)
    f.dots(points.astype(np.float32), f.unit * 0.0055, colour("#ffffff"))


_THINGS: dict[Thing, Callable[[Folk], None]] = {
    "sky": _sky, "sun": _sun, "moon": _moon, "hills": _hills, "church": church, "houses": houses, "trees": trees,
    "orchard": orchard, "people": people, "sheep": sheep, "pond": pond, "cat": cat, "rooster": rooster,
    "flowers": _flowers, "bouquet": _bouquet, "snowfall": _snowfall,
}  # fmt: skip
