"""The village: houses, church, trees, people and the pond."""

import numpy as np

from gallery.sample.manners.naive.folk import Folk, crest
from gallery.sample.palettes import colour, lighter, mix
from gallery.sample.shapes import blob, box, ellipse, lay, ribbon, smooth


def _house(f: Folk, x: float, foot: float, s: float, number: int) -> None:
    wall = colour(f.season.wall[number % 3])
    roof = mix(colour(f.season.roof), colour(f.season.line), 0.16 * (number % 3))
    f.put(box(x, foot - s * 0.4, s, s * 0.8), wall)
    gable = np.array(
        [
            (x - s * 0.62, foot - s * 0.78),
            (x - s * 0.36, foot - s * 1.28),
            (x + s * 0.36, foot - s * 1.28),
            (x + s * 0.62, foot - s * 0.78),
        ],
        dtype=np.float32,
    )
    f.put(gable, roof)
    for k in range(3):
        lay(f.picture, box(x, foot - s * (0.88 + 0.13 * k), s * (1.1 - 0.18 * k), s * 0.025), lighter(roof, 0.10), 0.9)
    f.put(box(x + s * 0.2, foot - s * 1.38, s * 0.13, s * 0.26), mix(wall, colour(f.season.roof), 0.5))
    door = mix(colour(f.season.leaf[number % 3]), colour(f.season.line), 0.1)
    f.put(box(x, foot - s * 0.22, s * 0.2, s * 0.44), door)
    for side in (-1, 1):
        f.put(
            box(x + side * s * 0.3, foot - s * 0.48, s * 0.2, s * 0.24),
            colour("#f9d978" if f.season.name == "a summer night" else "#8fb8cc"),
        )
        lay(f.picture, box(x + side * s * 0.3, foot - s * 0.48, s * 0.02, s * 0.24), colour(f.season.line))
        lay(f.picture, box(x + side * s * 0.3, foot - s * 0.48, s * 0.2, s * 0.02), colour(f.season.line))


def houses(f: Folk) -> None:
    number = 0
    for row, places in ((1, (0.06, 0.17, 0.27, 0.66, 0.76, 0.87, 0.96)), (2, (0.10, 0.23, 0.36, 0.58, 0.71, 0.84))):
        for place in places:
            x = place * f.width
            foot = float(crest(f, row, np.array([x]))[0]) + f.unit * (0.045 + 0.02 * (number % 2))
            _house(f, x, foot, f.unit * (0.062 + 0.018 * row), number)
            number += 1


def church(f: Folk) -> None:
    x, s = f.width * 0.46, f.unit * 0.11
    foot = float(crest(f, 1, np.array([x]))[0]) + f.unit * 0.04
    white, roof = lighter(colour(f.season.wall[0]), 0.03), colour(f.season.roof)
    f.put(box(x + s * 0.75, foot - s * 0.5, s * 1.3, s), white)
    f.put(np.array([(x + s * 0.05, foot - s), (x + s * 0.3, foot - s * 1.5), (x + s * 1.25, foot - s * 1.5),
        (x + s * 1.5, foot - s)], dtype=np.float32), roof)  # fmt: skip
    f.put(box(x, foot - s * 0.9, s * 0.6, s * 1.8), white)
    onion = smooth([(x - s * 0.34, foot - s * 1.8), (x - s * 0.42, foot - s * 2.15), (x - s * 0.08, foot - s * 2.5),
        (x, foot - s * 2.85), (x + s * 0.08, foot - s * 2.5), (x + s * 0.42, foot - s * 2.15),
        (x + s * 0.34, foot - s * 1.8)])  # fmt: skip
    f.put(onion, mix(colour("#3f7f9c"), roof, 0.15))
    f.put(ellipse(x, foot - s * 1.45, s * 0.15), colour("#f3d987"))
    for k in range(3):
        f.put(box(x + s * (0.5 + 0.36 * k), foot - s * 0.5, s * 0.13, s * 0.4), colour("#7fa6c0"))
    f.put(box(x, foot - s * 0.22, s * 0.24, s * 0.44), colour(f.season.leaf[2]))


def _tree(f: Folk, x: float, foot: float, s: float, number: int, *, fruit: bool) -> None:
    f.put(box(x, foot - s * 0.3, s * 0.13, s * 0.6), mix(colour("#7a5030"), colour(f.season.line), 0.15))
    tint = colour(f.season.leaf[number % 3])
    f.put(blob(f.rng, x, foot - s, s * 0.55, s * 0.6, 0.05, 10), tint)
    spots = [
        (x + np.cos(i * 2.4) * s * 0.46 * np.sqrt(i / 34), foot - s + np.sin(i * 2.4) * s * 0.5 * np.sqrt(i / 34))
        for i in range(34)
    ]
    f.dots(np.array(spots[::2], dtype=np.float32), s * 0.045, lighter(tint, 0.12))
    f.dots(
        np.array(spots[1::3], dtype=np.float32),
        s * (0.06 if fruit else 0.03),
        colour(f.season.blossom[0] if fruit else f.season.leaf[(number + 1) % 3]),
    )


def trees(f: Folk) -> None:
    for i, (place, row) in enumerate(
        (
            (0.05, 0),
            (0.14, 0),
            (0.22, 0),
            (0.58, 0),
            (0.90, 0),
            (0.98, 0),
            (0.03, 3),
            (0.50, 2),
            (0.95, 3),
            (0.16, 3),
            (0.80, 3),
        )
    ):
        x = place * f.width
        foot = float(crest(f, row, np.array([x]))[0]) + f.unit * 0.045
        _tree(f, x, foot, f.unit * (0.06 + 0.035 * row), i, fruit=False)


def orchard(f: Folk) -> None:
    for row, count in ((2, 7), (3, 6)):
        for i in range(count):
            x = f.width * (i + 0.35 + 0.4 * (row % 2)) / count
            foot = float(crest(f, row, np.array([x]))[0]) + f.unit * 0.06
            _tree(f, x, foot, f.unit * (0.075 + 0.03 * (row - 1)), i + row, fruit=True)


def people(f: Folk) -> None:
    count = 9
    for i in range(count):
        x = f.width * (0.13 + 0.74 * i / (count - 1))
        s = f.unit * 0.085
        foot = float(crest(f, 4, np.array([x]))[0]) + f.unit * (0.05 + 0.012 * (i % 2))
        _villager(f, x, foot, s, i)
        if i + 1 < count:
            ahead = f.width * (0.13 + 0.74 * (i + 1) / (count - 1))
            arm = smooth(
                [
                    (x + s * 0.16, foot - s * 0.95),
                    ((x + ahead) / 2, foot - s * 0.62),
                    (ahead - s * 0.16, foot - s * 0.95),
                ]
            )
            lay(f.picture, ribbon(arm, s * 0.10), colour(f.season.wall[i % 3]))


def _villager(f: Folk, x: float, foot: float, s: float, i: int) -> None:
    tint = colour((f.season.blossom[0], f.season.roof, "#3f6fa8", f.season.blossom[2], "#f4efe2")[i % 5])
    if i % 2:
        for side in (-1, 1):
            f.put(box(x + side * s * 0.09, foot - s * 0.2, s * 0.13, s * 0.42), colour(f.season.line), 0.0)
        f.put(box(x, foot - s * 0.72, s * 0.42, s * 0.66), tint)
    else:
        skirt = smooth(
            [
                (x - s * 0.14, foot - s * 0.72),
                (x - s * 0.42, foot),
                (x + s * 0.42, foot),
                (x + s * 0.14, foot - s * 0.72),
            ]
        )
        f.put(skirt, tint)
        f.put(box(x, foot - s * 0.86, s * 0.34, s * 0.34), colour("#f7f0e0"))
        f.put(box(x, foot - s * 0.34, s * 0.26, s * 0.5), colour(f.season.wall[0]), 0.0018)
        f.dots(
            np.array([(x + s * (0.2 * k - 0.3), foot - s * 0.09) for k in range(4)], dtype=np.float32),
            s * 0.035,
            colour(f.season.blossom[2]),
        )
    f.put(ellipse(x, foot - s * 1.2, s * 0.16, s * 0.18), colour("#f0c49c"))
    hat = ellipse(x, foot - s * 1.27, s * 0.19, s * 0.17)
    f.put(hat[hat[:, 1] <= foot - s * 1.24], colour(f.season.line if i % 2 else f.season.roof))


def pond(f: Folk) -> None:
    x, y, u = f.width * 0.5, f.height * 0.80, f.unit
    f.put(
        blob(f.rng, x, y, u * 0.46, u * 0.15, 0.06, 12), colour("#b9d6e6" if f.season.name == "winter" else "#4f8fb0")
    )
    for _ in range(14):
        px, py = x + f.rng.uniform(-0.34, 0.34) * u, y + f.rng.uniform(-0.09, 0.09) * u
        lay(f.picture, box(px, py, u * 0.05, u * 0.004), colour("#f2f8fa"), 0.8, 0.5)
    for i in range(3):
        px, py, s = x + u * (-0.2 + 0.19 * i), y + u * 0.03 * (-1) ** i, u * 0.034
        f.put(ellipse(px, py, s, s * 0.5), colour("#fdfbf2"))
        f.put(ellipse(px + s * 0.8, py - s * 0.65, s * 0.32), colour("#fdfbf2"))
        f.put(
            np.array(
                [(px + s * 1.05, py - s * 0.75), (px + s * 1.5, py - s * 0.6), (px + s * 1.05, py - s * 0.5)],
                dtype=np.float32,
            ),
            colour("#f08a2e"),
        )
