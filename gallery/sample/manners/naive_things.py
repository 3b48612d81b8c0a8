"""What a naïve picture tells of: each thing flat, outlined and covered with its pattern."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from gallery.sample.canvas import grid
from gallery.sample.palettes import Floats, colour, colours, lighter, mix, ramp
from gallery.sample.shapes import blob, box, ellipse, lay, ribbon, smooth

Thing = Literal["sky", "sun", "moon", "hills", "church", "houses", "trees", "orchard", "people", "sheep", "pond", "cat", "rooster", "flowers", "bouquet", "snowfall"]
TOLD: dict[Thing, str] = {
    "sky": "the sky", "sun": "a rayed sun", "moon": "a big moon with stars", "hills": "patchwork hills",
    "church": "a church on the hill", "houses": "rows of small houses", "trees": "round trees", "orchard": "fruit trees",
    "people": "villagers hand in hand", "sheep": "grazing sheep", "pond": "a pond", "cat": "a large striped cat",
    "rooster": "a large rooster", "flowers": "rows of flowers", "bouquet": "a symmetrical bouquet in a painted jug",
    "snowfall": "falling snow",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """The colours of a time of year."""

    name: str
    sky: tuple[str, str]
    fields: tuple[str, str, str, str, str]
    leaf: tuple[str, str, str]
    blossom: tuple[str, str, str]
    roof: str
    wall: tuple[str, str, str]
    line: str


class Folk:
    """The picture as it grows, in place."""

    def __init__(self, picture: Floats, season: Season, rng: np.random.Generator):
        self.picture, self.season, self.rng = picture, season, rng
        self.height, self.width = picture.shape[:2]
        self.unit = float(min(self.height, self.width))

    def put(self, outline: Floats, tint: Floats, line: float = 0.0028) -> None:
        """A flat shape with a thin line around it."""
        lay(self.picture, outline, tint, 1.0, 0.5)
        if line:
            closed = np.concatenate([outline, outline[:2]])
            lay(self.picture, ribbon(closed, self.unit * line), colour(self.season.line), 0.8)

    def dots(self, points: Floats, size: float, tint: Floats) -> None:
        """Small round touches."""
        for x, y in points:
            lay(self.picture, ellipse(x, y, size, points=12), tint)


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
        ray = np.array([(x + np.cos(a - 0.1) * r * 1.15, y + np.sin(a - 0.1) * r * 1.15), (x + np.cos(a) * long, y + np.sin(a) * long), (x + np.cos(a + 0.1) * r * 1.15, y + np.sin(a + 0.1) * r * 1.15)], dtype=np.float32)
        f.put(ray, colour("#f39a2e"), 0.0)
    f.put(ellipse(x, y, r), colour("#f9c93a"))
    f.put(ellipse(x, y, r * 0.7), colour("#fbdc6c"), 0.0)
    for i in range(3):
        cx, cy = f.width * (0.12 + 0.2 * i), f.height * (0.10 + 0.05 * (i % 2))
        for dx, s in ((-0.6, 0.7), (0.6, 0.75), (0.0, 1.0)):
            f.put(ellipse(cx + dx * f.unit * 0.06, cy, f.unit * 0.05 * s, f.unit * 0.026 * s), lighter(colour(f.season.sky[1]), 0.06), 0.0)


def _moon(f: Folk) -> None:
    x, y, r = f.width * 0.76, f.height * 0.17, f.unit * 0.105
    f.put(ellipse(x, y, r * 1.25), mix(colour(f.season.sky[0]), colour("#f6e6a8"), 0.25), 0.0)
    f.put(ellipse(x, y, r), colour("#f6e6a8"))
    for i in range(46):
        sx, sy = f.width * f.rng.random(), f.height * 0.36 * f.rng.random()
        for turn in (0.0, np.pi / 2):
            if abs(sx - x) > r * 1.4 or abs(sy - y) > r * 1.4:
                lay(f.picture, box(sx, sy, f.unit * (0.012 + 0.006 * (i % 3)), 2.0, turn), colour("#fbf0c4"), 0.95, 0.4)


def _crest(f: Folk, number: int, x: Floats) -> Floats:
    base = f.height * (0.34 + 0.125 * number)
    return base - f.height * 0.055 * np.sin(x / f.width * (4.2 + number) + number * 2.1) - f.height * 0.02 * np.sin(x / f.width * 11 + number)


def _hills(f: Folk) -> None:
    xs = np.linspace(-9, f.width + 9, 80)
    for number in range(5):
        top = np.stack([xs, _crest(f, number, xs)], axis=-1)
        hill = np.concatenate([top, [(f.width + 9, f.height + 9), (-9, f.height + 9)]]).astype(np.float32)
        tint = colour(f.season.fields[number])
        f.put(hill, tint, 0.003)
        _pattern(f, number, tint)


def _pattern(f: Folk, number: int, tint: Floats) -> None:
    u = f.unit
    mark = mix(tint, colour(f.season.line), 0.20) if number % 2 else lighter(tint, 0.07)
    for row in range(1, 6):
        xs = np.arange(u * 0.02 * (row % 2), f.width, u * 0.042)
        ys = _crest(f, number, xs) + row * u * 0.028
        if number % 3 == 2:
            lay(f.picture, ribbon(np.stack([xs, ys], axis=-1).astype(np.float32), u * 0.003), mark, 0.8)
            continue
        for x, y in zip(xs, ys, strict=True):
            turn = 1.2 if (row + number) % 2 else 1.9
            lay(f.picture, box(x, y, u * 0.014, u * 0.0032, turn if number % 3 else 0.0), mark, 0.85)


def _house(f: Folk, x: float, foot: float, s: float, number: int) -> None:
    wall = colour(f.season.wall[number % 3])
    roof = mix(colour(f.season.roof), colour(f.season.line), 0.16 * (number % 3))
    f.put(box(x, foot - s * 0.4, s, s * 0.8), wall)
    gable = np.array([(x - s * 0.62, foot - s * 0.78), (x - s * 0.36, foot - s * 1.28), (x + s * 0.36, foot - s * 1.28), (x + s * 0.62, foot - s * 0.78)], dtype=np.float32)
    f.put(gable, roof)
    for k in range(3):
        lay(f.picture, box(x, foot - s * (0.88 + 0.13 * k), s * (1.1 - 0.18 * k), s * 0.025), lighter(roof, 0.10), 0.9)
    f.put(box(x + s * 0.2, foot - s * 1.38, s * 0.13, s * 0.26), mix(wall, colour(f.season.roof), 0.5))
    door = mix(colour(f.season.leaf[number % 3]), colour(f.season.line), 0.1)
    f.put(box(x, foot - s * 0.22, s * 0.2, s * 0.44), door)
    for side in (-1, 1):
        f.put(box(x + side * s * 0.3, foot - s * 0.48, s * 0.2, s * 0.24), colour("#f9d978" if f.season.name == "a summer night" else "#8fb8cc"))
        lay(f.picture, box(x + side * s * 0.3, foot - s * 0.48, s * 0.02, s * 0.24), colour(f.season.line))
        lay(f.picture, box(x + side * s * 0.3, foot - s * 0.48, s * 0.2, s * 0.02), colour(f.season.line))


def _houses(f: Folk) -> None:
    number = 0
    for row, places in ((1, (0.06, 0.17, 0.27, 0.66, 0.76, 0.87, 0.96)), (2, (0.10, 0.23, 0.36, 0.58, 0.71, 0.84))):
        for place in places:
            x = place * f.width
            foot = float(_crest(f, row, np.array([x]))[0]) + f.unit * (0.045 + 0.02 * (number % 2))
            _house(f, x, foot, f.unit * (0.062 + 0.018 * row), number)
            number += 1


def _church(f: Folk) -> None:
    x, s = f.width * 0.46, f.unit * 0.11
    foot = float(_crest(f, 1, np.array([x]))[0]) + f.unit * 0.04
    white, roof = lighter(colour(f.season.wall[0]), 0.03), colour(f.season.roof)
    f.put(box(x + s * 0.75, foot - s * 0.5, s * 1.3, s), white)
    f.put(np.array([(x + s * 0.05, foot - s), (x + s * 0.3, foot - s * 1.5), (x + s * 1.25, foot - s * 1.5), (x + s * 1.5, foot - s)], dtype=np.float32), roof)
    f.put(box(x, foot - s * 0.9, s * 0.6, s * 1.8), white)
    onion = smooth([(x - s * 0.34, foot - s * 1.8), (x - s * 0.42, foot - s * 2.15), (x - s * 0.08, foot - s * 2.5), (x, foot - s * 2.85), (x + s * 0.08, foot - s * 2.5), (x + s * 0.42, foot - s * 2.15), (x + s * 0.34, foot - s * 1.8)])
    f.put(onion, mix(colour("#3f7f9c"), roof, 0.15))
    f.put(ellipse(x, foot - s * 1.45, s * 0.15), colour("#f3d987"))
    for k in range(3):
        f.put(box(x + s * (0.5 + 0.36 * k), foot - s * 0.5, s * 0.13, s * 0.4), colour("#7fa6c0"))
    f.put(box(x, foot - s * 0.22, s * 0.24, s * 0.44), colour(f.season.leaf[2]))


def _tree(f: Folk, x: float, foot: float, s: float, number: int, *, fruit: bool) -> None:
    f.put(box(x, foot - s * 0.3, s * 0.13, s * 0.6), mix(colour("#7a5030"), colour(f.season.line), 0.15))
    tint = colour(f.season.leaf[number % 3])
    f.put(blob(f.rng, x, foot - s, s * 0.55, s * 0.6, 0.05, 10), tint)
    spots = [(x + np.cos(i * 2.4) * s * 0.46 * np.sqrt(i / 34), foot - s + np.sin(i * 2.4) * s * 0.5 * np.sqrt(i / 34)) for i in range(34)]
    f.dots(np.array(spots[::2], dtype=np.float32), s * 0.045, lighter(tint, 0.12))
    f.dots(np.array(spots[1::3], dtype=np.float32), s * (0.06 if fruit else 0.03), colour(f.season.blossom[0] if fruit else f.season.leaf[(number + 1) % 3]))


def _trees(f: Folk) -> None:
    for i, (place, row) in enumerate(((0.05, 0), (0.14, 0), (0.22, 0), (0.58, 0), (0.90, 0), (0.98, 0), (0.03, 3), (0.50, 2), (0.95, 3), (0.16, 3), (0.80, 3))):
        x = place * f.width
        foot = float(_crest(f, row, np.array([x]))[0]) + f.unit * 0.045
        _tree(f, x, foot, f.unit * (0.06 + 0.035 * row), i, fruit=False)


def _orchard(f: Folk) -> None:
    for row, count in ((2, 7), (3, 6)):
        for i in range(count):
            x = f.width * (i + 0.35 + 0.4 * (row % 2)) / count
            foot = float(_crest(f, row, np.array([x]))[0]) + f.unit * 0.06
            _tree(f, x, foot, f.unit * (0.075 + 0.03 * (row - 1)), i + row, fruit=True)


def _people(f: Folk) -> None:
    count = 9
    for i in range(count):
        x = f.width * (0.13 + 0.74 * i / (count - 1))
        s = f.unit * 0.085
        foot = float(_crest(f, 4, np.array([x]))[0]) + f.unit * (0.05 + 0.012 * (i % 2))
        _villager(f, x, foot, s, i)
        if i + 1 < count:
            ahead = f.width * (0.13 + 0.74 * (i + 1) / (count - 1))
            arm = smooth([(x + s * 0.16, foot - s * 0.95), ((x + ahead) / 2, foot - s * 0.62), (ahead - s * 0.16, foot - s * 0.95)])
            lay(f.picture, ribbon(arm, s * 0.10), colour(f.season.wall[i % 3]))


def _villager(f: Folk, x: float, foot: float, s: float, i: int) -> None:
    tint = colour((f.season.blossom[0], f.season.roof, "#3f6fa8", f.season.blossom[2], "#f4efe2")[i % 5])
    if i % 2:
        for side in (-1, 1):
            f.put(box(x + side * s * 0.09, foot - s * 0.2, s * 0.13, s * 0.42), colour(f.season.line), 0.0)
        f.put(box(x, foot - s * 0.72, s * 0.42, s * 0.66), tint)
    else:
        skirt = smooth([(x - s * 0.14, foot - s * 0.72), (x - s * 0.42, foot), (x + s * 0.42, foot), (x + s * 0.14, foot - s * 0.72)])
        f.put(skirt, tint)
        f.put(box(x, foot - s * 0.86, s * 0.34, s * 0.34), colour("#f7f0e0"))
        f.put(box(x, foot - s * 0.34, s * 0.26, s * 0.5), colour(f.season.wall[0]), 0.0018)
        f.dots(np.array([(x + s * (0.2 * k - 0.3), foot - s * 0.09) for k in range(4)], dtype=np.float32), s * 0.035, colour(f.season.blossom[2]))
    f.put(ellipse(x, foot - s * 1.2, s * 0.16, s * 0.18), colour("#f0c49c"))
    hat = ellipse(x, foot - s * 1.27, s * 0.19, s * 0.17)
    f.put(hat[hat[:, 1] <= foot - s * 1.24], colour(f.season.line if i % 2 else f.season.roof))


def _sheep(f: Folk) -> None:
    for i, (place, row) in enumerate(((0.12, 3), (0.30, 3), (0.44, 4), (0.20, 4), (0.62, 4), (0.72, 3), (0.84, 4), (0.55, 3))):
        x, s = place * f.width, f.unit * (0.045 + 0.008 * row)
        foot = float(_crest(f, row, np.array([x]))[0]) + f.unit * (0.07 + 0.03 * (i % 2))
        side = 1 if i % 2 else -1
        for k in (-0.5, -0.2, 0.25, 0.55):
            f.put(box(x + k * s, foot - s * 0.2, s * 0.12, s * 0.42), colour("#3a2f2a"), 0.0)
        for k in range(11):
            a = k * 2 * np.pi / 11
            f.put(ellipse(x + np.cos(a) * s * 0.62, foot - s * 0.7 + np.sin(a) * s * 0.34, s * 0.27), colour("#fbf7ea"))
        f.put(ellipse(x, foot - s * 0.7, s * 0.66, s * 0.4), colour("#fbf7ea"), 0.0)
        f.put(ellipse(x + side * s * 0.92, foot - s * 0.82, s * 0.25, s * 0.2, 0.4 * side), colour("#4a3c34"))
        f.put(ellipse(x + side * s * 0.96, foot - s * 0.88, s * 0.04), colour("#ffffff"), 0.0)


def _pond(f: Folk) -> None:
    x, y, u = f.width * 0.5, f.height * 0.80, f.unit
    f.put(blob(f.rng, x, y, u * 0.46, u * 0.15, 0.06, 12), colour("#b9d6e6" if f.season.name == "winter" else "#4f8fb0"))
    for i in range(14):
        px, py = x + f.rng.uniform(-0.34, 0.34) * u, y + f.rng.uniform(-0.09, 0.09) * u
        lay(f.picture, box(px, py, u * 0.05, u * 0.004), colour("#f2f8fa"), 0.8, 0.5)
    for i in range(3):
        px, py, s = x + u * (-0.2 + 0.19 * i), y + u * 0.03 * (-1) ** i, u * 0.034
        f.put(ellipse(px, py, s, s * 0.5), colour("#fdfbf2"))
        f.put(ellipse(px + s * 0.8, py - s * 0.65, s * 0.32), colour("#fdfbf2"))
        f.put(np.array([(px + s * 1.05, py - s * 0.75), (px + s * 1.5, py - s * 0.6), (px + s * 1.05, py - s * 0.5)], dtype=np.float32), colour("#f08a2e"))


def _cat(f: Folk) -> None:
    x, y, s = f.width * 0.5, f.height * 0.80, f.unit * 0.17
    fur, stripe = colour("#e08a3a"), colour("#8a4520")
    tail = smooth([(x + s * 1.2, y + s * 0.6), (x + s * 2.0, y + s * 0.5), (x + s * 2.2, y - s * 0.5), (x + s * 1.8, y - s * 1.1)])
    f.put(ribbon(tail, s * 0.3), fur, 0.004)
    f.put(smooth([(x - s * 1.2, y + s * 0.95), (x - s * 1.3, y), (x - s * 0.4, y - s * 0.6), (x + s * 0.9, y - s * 0.55), (x + s * 1.45, y + s * 0.2), (x + s * 1.35, y + s * 0.95)], closed=True), fur, 0.004)
    for k in range(6):
        mark = smooth([(x + s * (-0.3 + 0.28 * k), y - s * 0.56), (x + s * (-0.22 + 0.28 * k), y - s * 0.2), (x + s * (-0.3 + 0.28 * k), y + s * 0.15)])
        lay(f.picture, ribbon(mark, s * 0.085), stripe, 0.9)
    hx, hy = x - s * 0.85, y - s * 0.62
    for side in (-1, 1):
        f.put(np.array([(hx + side * s * 0.22, hy - s * 0.55), (hx + side * s * 0.66, hy - s * 1.08), (hx + side * s * 0.72, hy - s * 0.2)], dtype=np.float32), fur, 0.004)
        f.put(np.array([(hx + side * s * 0.36, hy - s * 0.58), (hx + side * s * 0.6, hy - s * 0.88), (hx + side * s * 0.62, hy - s * 0.42)], dtype=np.float32), colour("#f3b8a0"), 0.0)
    f.put(ellipse(hx, hy, s * 0.76, s * 0.66), fur, 0.004)
    for side in (-1, 1):
        f.put(ellipse(hx + side * s * 0.3, hy - s * 0.1, s * 0.18, s * 0.15), colour("#cfe08a"), 0.004)
        f.put(ellipse(hx + side * s * 0.3, hy - s * 0.1, s * 0.05, s * 0.13), colour("#171410"), 0.0)
        f.put(ellipse(hx + side * s * 0.17, hy + s * 0.28, s * 0.2, s * 0.15), colour("#fbeed8"), 0.0)
        for k in (-0.1, 0.06, 0.22):
            lay(f.picture, ribbon(smooth([(hx + side * s * 0.25, hy + s * 0.26), (hx + side * s * 1.05, hy + s * (0.2 + k))]), s * 0.018), colour("#fff8ea"))
    f.put(np.array([(hx - s * 0.09, hy + s * 0.1), (hx + s * 0.09, hy + s * 0.1), (hx, hy + s * 0.21)], dtype=np.float32), colour("#c8505a"))
    for k in (-0.28, 0.0, 0.28):
        lay(f.picture, box(hx + k * s, hy - s * 0.48, s * 0.06, s * 0.22), stripe)
    for k in (-0.95, -0.35):
        f.put(ellipse(x + k * s, y + s * 0.95, s * 0.3, s * 0.17), colour("#fbeed8"), 0.004)


def _rooster(f: Folk) -> None:
    x, y, s = f.width * 0.5, f.height * 0.66, f.unit * 0.17
    for i, code in enumerate(("#1f5f6a", "#2f8a72", "#c8482f", "#e8a22e", "#27406f", "#b0357a", "#2f8a72")):
        plume = smooth([(x - s * 0.8, y + s * 0.1), (x - s * (1.5 + 0.12 * i), y - s * (1.5 - 0.26 * i)), (x - s * (2.3 - 0.05 * i), y - s * (1.2 - 0.42 * i))])
        f.put(ribbon(plume, np.linspace(s * 0.34, s * 0.14, len(plume), dtype=np.float32)), colour(code), 0.0035)
    for side in (-0.25, 0.25):
        f.put(box(x + side * s, y + s * 1.35, s * 0.1, s * 0.9), colour("#e8a22e"))
        f.put(box(x + side * s + s * 0.12, y + s * 1.8, s * 0.42, s * 0.09), colour("#e8a22e"))
    f.put(smooth([(x - s * 1.1, y - s * 0.25), (x - s * 0.6, y + s * 0.85), (x + s * 0.3, y + s * 1.05), (x + s * 0.95, y + s * 0.4), (x + s * 0.95, y - s * 0.6), (x + s * 0.75, y - s * 1.3), (x + s * 0.35, y - s * 0.9), (x + s * 0.1, y - s * 0.2), (x - s * 0.5, y - s * 0.1)], closed=True), colour("#b8432a"), 0.004)
    f.put(smooth([(x + s * 0.3, y - s * 1.0), (x + s * 0.0, y - s * 0.1), (x + s * 0.35, y + s * 0.25), (x + s * 0.7, y + s * 0.2), (x + s * 0.98, y - s * 0.2), (x + s * 0.9, y - s * 1.0)], closed=True), colour("#f0b53a"), 0.003)
    for row in range(4):
        for k in range(5 - row):
            f.put(ellipse(x - s * (0.5 - 0.2 * k - 0.1 * row), y + s * (0.15 + 0.17 * row), s * 0.13, s * 0.11), colour(("#1f5f6a", "#27406f", "#2f8a72", "#e8a22e")[row]), 0.0022)
    f.put(ellipse(x + s * 0.75, y - s * 1.25, s * 0.34, s * 0.32), colour("#f0b53a"), 0.0035)
    for k in range(4):
        f.put(ellipse(x + s * (0.5 + 0.16 * k), y - s * (1.62 + 0.05 * (k % 2)), s * 0.12, s * 0.17), colour("#d8302a"), 0.0025)
    f.put(ellipse(x + s * 0.92, y - s * 0.88, s * 0.12, s * 0.2), colour("#d8302a"), 0.0025)
    f.put(np.array([(x + s * 1.03, y - s * 1.36), (x + s * 1.42, y - s * 1.2), (x + s * 1.03, y - s * 1.12)], dtype=np.float32), colour("#f6dc8a"))
    f.put(ellipse(x + s * 0.82, y - s * 1.32, s * 0.07), colour("#ffffff"))
    f.put(ellipse(x + s * 0.83, y - s * 1.32, s * 0.035), colour("#15110e"), 0.0)


def _bloom(f: Folk, x: float, y: float, r: float, number: int) -> None:
    tint = colour((f.season.blossom[0], f.season.roof, f.season.blossom[2], "#4f7fc0", f.season.blossom[1])[number % 5])
    petals = (6, 8, 5)[number % 3]
    for i in range(petals):
        a = i * 2 * np.pi / petals + number
        f.put(ellipse(x + np.cos(a) * r * 0.6, y + np.sin(a) * r * 0.6, r * 0.42, r * 0.30, a), tint, 0.0022)
        f.put(ellipse(x + np.cos(a) * r * 0.55, y + np.sin(a) * r * 0.55, r * 0.16, r * 0.09, a), lighter(tint, 0.14), 0.0)
    f.put(ellipse(x, y, r * 0.3), colour(f.season.blossom[2] if number % 5 != 2 else f.season.roof), 0.0022)
    f.dots(np.array([(x + np.cos(a) * r * 0.15, y + np.sin(a) * r * 0.15) for a in range(6)], dtype=np.float32), r * 0.035, colour(f.season.line))


def _flowers(f: Folk) -> None:
    for row in range(2):
        for i in range(11):
            x = f.width * (i + 0.3 + 0.4 * row) / 11
            y = f.height * (0.90 + 0.065 * row)
            stem = box(x, y + f.unit * 0.04, f.unit * 0.006, f.unit * 0.08)
            f.put(stem, colour(f.season.leaf[0]), 0.0)
            for side in (-1, 1):
                f.put(ellipse(x + side * f.unit * 0.014, y + f.unit * 0.04, f.unit * 0.016, f.unit * 0.006, -0.6 * side), colour(f.season.leaf[1]), 0.0)
            _bloom(f, x, y, f.unit * 0.03, i + row)


def _bouquet(f: Folk) -> None:
    u, x = f.unit, f.width / 2
    f.put(box(x, f.height * 0.92, f.width + 20, f.height * 0.2), colour(f.season.roof))
    for i in range(30):
        lay(f.picture, ellipse(f.width * (i + 0.5) / 30, f.height * 0.845, u * 0.012, points=16), colour(f.season.blossom[1]))
    foot = f.height * 0.90
    stems = [(side * (0.08 + 0.075 * k), 0.50 + 0.02 * k - 0.085 * k * (k % 2)) for k in range(5) for side in (-1, 1)] + [(0.0, 0.64), (0.0, 0.42)]
    tips = [(x + dx * u * 1.05, foot - u * (0.16 + dy)) for dx, dy in stems]
    for i, tip in enumerate(tips):
        stem = smooth([(x, foot - u * 0.26), ((x * 0.7 + tip[0] * 0.3), (foot - u * 0.3 + tip[1]) / 2), tip])
        lay(f.picture, ribbon(stem, u * 0.010), colour(f.season.leaf[2]))
        for k in (0.45, 0.62, 0.78):
            px, py = stem[int(len(stem) * k)]
            for side in (-1, 1):
                f.put(ellipse(px + side * u * 0.028, py - u * 0.004, u * 0.032, u * 0.012, -0.5 * side), colour(f.season.leaf[(i + side) % 3]), 0.0018)
    for i, tip in enumerate(tips):
        _bloom(f, *tip, u * (0.062 + 0.018 * (i >= 10)), i // 2)
    half = [(-0.10, 0.0), (-0.16, 0.1), (-0.15, 0.2), (-0.085, 0.27), (-0.11, 0.31)]
    jug = smooth([(x + a * u, foot - b * u) for a, b in half] + [(x - a * u, foot - b * u) for a, b in half[::-1]], steps=8)
    f.put(jug, colour(f.season.wall[0]), 0.004)
    for k, width in ((0.05, 0.125), (0.225, 0.125)):
        lay(f.picture, box(x, foot - k * u, 2 * width * u, u * 0.012), colour("#3f6fa8"))
    for i in range(5):
        _bloom(f, x + u * (-0.10 + 0.05 * i), foot - u * 0.135, u * 0.024, i)


def _snowfall(f: Folk) -> None:
    points = f.rng.random((260, 2)) * (f.width, f.height)
    f.dots(points.astype(np.float32), f.unit * 0.0055, colour("#ffffff"))


_THINGS: dict[Thing, Callable[[Folk], None]] = {
    "sky": _sky, "sun": _sun, "moon": _moon, "hills": _hills, "church": _church, "houses": _houses, "trees": _trees,
    "orchard": _orchard, "people": _people, "sheep": _sheep, "pond": _pond, "cat": _cat, "rooster": _rooster,
    "flowers": _flowers, "bouquet": _bouquet, "snowfall": _snowfall,
}  # fmt: skip
