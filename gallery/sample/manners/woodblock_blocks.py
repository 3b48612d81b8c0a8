"""What is cut into the blocks of a print: shapes of flat or wiped colour, each with its key line."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from gallery.sample.canvas import grid
from gallery.sample.palettes import Floats, colour, colours, lighter, mix, ramp
from gallery.sample.shapes import box, ellipse, lay, ribbon, ridge, smooth, tapered

Thing = Literal["mountain", "hills", "sun", "moon", "mist", "swell", "waves", "boats", "bridge", "roofs", "pines", "branch", "reeds", "birds", "rain", "snow"]
TOLD: dict[Thing, str] = {
    "mountain": "a snow-capped mountain", "hills": "layered hills", "sun": "a red sun", "moon": "a full moon",
    "mist": "bands of mist", "swell": "a great breaking swell", "waves": "rows of waves", "boats": "small sailing boats",
    "bridge": "a curved wooden bridge", "roofs": "village roofs", "pines": "leaning pines",
    "branch": "a blossoming branch", "reeds": "tall reeds", "birds": "birds in flight", "rain": "slanting rain",
    "snow": "falling snow",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """The colours of the blocks; ``water`` from far to near."""

    name: str
    sky: tuple[str, str, str]
    water: tuple[str, str, str]
    land: str
    far: str
    accent: str
    pale: str
    line: str


class Block:
    """The print as it grows, block by block, in place."""

    def __init__(self, picture: Floats, palette: Print, rng: np.random.Generator):
        self.picture, self.palette, self.rng = picture, palette, rng
        self.height, self.width = picture.shape[:2]
        self.unit = float(min(self.height, self.width))
        self.horizon = self.height * (0.56 if self.height < self.width else 0.60)

    def put(self, outline: Floats, paint: Floats, key: float = 0.0035) -> None:
        """Print a shape; ``key`` is the width of its line as a share of the unit, 0 for none."""
        lay(self.picture, outline, paint, 1.0, 0.5)
        if key:
            closed = np.concatenate([outline, outline[:2]])
            lay(self.picture, ribbon(closed, self.unit * key), colour(self.palette.line), 0.9)

    def wiped(self, codes: tuple[str, ...], top: float, bottom: float) -> Floats:
        """A picture-sized gradation from row to row, as wiped on the block."""
        rows, _ = grid((self.height, self.width))
        return ramp(colours(*codes), (rows - top) / max(bottom - top, 1.0))


def cut(block: Block, things: tuple[Thing, ...]) -> None:
    """Print the sky, and then the things in their order, water before what floats on it."""
    block.picture[:] = block.wiped(block.palette.sky, 0, block.horizon)
    if not {"waves", "swell"} & set(things):
        ground = ridge(block.rng, block.width, block.height + 9, block.horizon, block.unit * 0.02)
        later = [t for t in things if t in ("roofs", "pines", "snow", "reeds", "rain", "birds", "mist")]
        for thing in [t for t in things if t not in later]:
            _CUTS[thing](block)
        block.put(ground, block.wiped((block.palette.pale, block.palette.land), block.horizon, block.height))
        things = tuple(later)
    for thing in things:
        _CUTS[thing](block)


def _mountain(b: Block) -> None:
    x, peak, foot = b.width * 0.36, b.horizon * 0.30, b.horizon + 4
    reach = b.unit * 0.85
    slope = [(x - reach, foot), (x - reach * 0.45, foot - (foot - peak) * 0.34), (x - reach * 0.13, peak + b.unit * 0.03), (x - reach * 0.05, peak), (x + reach * 0.05, peak + b.unit * 0.006), (x + reach * 0.14, peak + b.unit * 0.04), (x + reach * 0.5, foot - (foot - peak) * 0.3), (x + reach * 1.1, foot)]
    cone = smooth(slope)
    b.put(cone, b.wiped((b.palette.line, b.palette.far, b.palette.pale), peak, foot))
    snow_line = peak + (foot - peak) * 0.30
    cap = cone[(cone[:, 1] < snow_line)]
    teeth = np.linspace(cap[-1, 0], cap[0, 0], 15)
    drops = [(tx, snow_line + b.unit * (0.06 if i % 2 else -0.055) * (0.6 + 0.4 * np.sin(i * 2.1))) for i, tx in enumerate(teeth[1:-1])]
    b.put(np.concatenate([cap, np.array(drops, dtype=np.float32)]), colour(b.palette.pale), 0.0025)


def _hills(b: Block) -> None:
    for i in range(3):
        y = b.horizon - b.unit * (0.17 - 0.06 * i)
        tone = mix(mix(colour(b.palette.far), colour(b.palette.pale), 0.4 - 0.2 * i), colour(b.palette.land), 0.3 * i)
        hill = ridge(b.rng, b.width, b.horizon + 4, y, b.unit * 0.05, 6)
        rows, _ = grid((b.height, b.width))
        b.put(hill, ramp(np.stack([tone, mix(tone, colour(b.palette.pale), 0.75)]), (rows - y + b.unit * 0.05) / (b.unit * 0.2)), 0.003)


def _sun(b: Block) -> None:
    x, y, r = b.width * 0.66, b.horizon * 0.42, b.unit * 0.13
    b.put(ellipse(x, y, r, points=120), b.wiped((b.palette.accent, b.palette.accent, b.palette.sky[2]), y - r, y + r * 1.5), 0.0)


def _moon(b: Block) -> None:
    x, y, r = b.width * 0.62, b.horizon * 0.36, b.unit * 0.14
    for reach in (1.5, 1.25):
        lay(b.picture, ellipse(x, y, r * reach, points=120), colour(b.palette.pale), 0.14, r * 0.1)
    b.put(ellipse(x, y, r, points=120), colour(b.palette.pale), 0.002)


def _mist(b: Block) -> None:
    for i, share in enumerate((0.55, 0.78, 0.96)):
        y, x = b.horizon * share, b.width * (0.15 + 0.5 * (i % 2))
        wide, thick = b.width * (0.62 - 0.08 * i), b.unit * 0.026
        for dx, dy, scale in ((0, 0, 1.0), (0.2, 1.5, 0.75)):
            band = box(x + dx * wide, y + dy * thick, wide * scale, thick)
            ends = [ellipse(x + dx * wide + s * wide * scale / 2, y + dy * thick, thick / 2) for s in (-1, 1)]
            for outline in (band, *ends):
                lay(b.picture, outline, colour(b.palette.pale), 0.86, b.unit * 0.003)


def _wave_row(b: Block, y: float, size: float, tone: Floats, shift: float) -> None:
    xs = np.arange(-1 + shift, b.width / size + 2) * size
    for x in xs:
        hump = smooth([(x - size * 0.62, y + size * 0.5), (x - size * 0.4, y), (x, y - size * 0.34), (x + size * 0.4, y - size * 0.02), (x + size * 0.62, y + size * 0.5)], steps=8)
        b.put(hump, tone, 0.0028)
        for k in (0.78, 0.56, 0.34):
            arc = smooth([(x - size * 0.5 * k, y + size * 0.24), (x - size * 0.3 * k, y - size * 0.02 * k), (x, y - size * 0.30 * k), (x + size * 0.3 * k, y - size * 0.02), (x + size * 0.5 * k, y + size * 0.24)], steps=6)
            lay(b.picture, ribbon(arc, size * 0.022), colour(b.palette.pale), 0.75)
        crest = smooth([(x - size * 0.3, y - size * 0.14), (x - size * 0.12, y - size * 0.31), (x + size * 0.1, y - size * 0.33), (x + size * 0.28, y - size * 0.18)], steps=6)
        lay(b.picture, tapered(crest, size * 0.09), colour(b.palette.pale))


def _sea(b: Block) -> None:
    below = box(b.width / 2, (b.horizon + b.height) / 2 + 5, b.width + 20, b.height - b.horizon + 10)
    b.put(below, b.wiped(b.palette.water, b.horizon, b.height))


def _waves(b: Block) -> None:
    _sea(b)
    for i in range(7):
        share = i / 6
        y = b.horizon + b.unit * 0.035 + (b.height - b.horizon) * share**1.25
        tone = ramp(colours(*b.palette.water), np.float32(0.1 + share * 0.85))
        _wave_row(b, y, b.unit * (0.07 + 0.13 * share), tone, 0.5 * (i % 2) + 0.1 * b.rng.random())


def _swell(b: Block) -> None:
    _sea(b)
    for i in range(3):
        _wave_row(b, b.horizon + b.unit * (0.03 + 0.05 * i), b.unit * (0.08 + 0.02 * i), colour(b.palette.water[1]), 0.5 * (i % 2))
    h, w, u = b.height, b.width, b.unit
    top = b.horizon - u * 0.20
    crest = [(w * 1.04, h), (w * 1.04, b.horizon + u * 0.12), (w * 0.93, b.horizon - u * 0.02), (w * 0.80, top + u * 0.03), (w * 0.66, top - u * 0.02), (w * 0.545, top + u * 0.06), (w * 0.50, top + u * 0.17), (w * 0.535, top + u * 0.25), (w * 0.60, top + u * 0.17), (w * 0.665, top + u * 0.20), (w * 0.66, top + u * 0.32), (w * 0.56, h - u * 0.20), (w * 0.34, h - u * 0.09), (-9, h - u * 0.14), (-9, h + 9), (w * 1.04, h + 9)]
    body = smooth(crest, closed=True)
    b.put(body, b.wiped((b.palette.water[1], b.palette.water[2]), top, h), 0.005)
    for k in range(8):
        s = k / 8
        inner = smooth([(w * (0.985 - 0.035 * k), h + 4), (w * (0.96 - 0.033 * k), b.horizon + u * (0.15 + 0.02 * k)), (w * (0.84 - 0.022 * k), top + u * (0.12 + 0.045 * s)), (w * (0.70 - 0.008 * k), top + u * (0.075 + 0.07 * s))])
        lay(b.picture, tapered(inner, u * 0.017, start=0.5), colour(b.palette.water[0]), 0.9)
    _foam(b, body[44:100])


def _foam(b: Block, edge: Floats) -> None:
    pale, u = colour(b.palette.pale), b.unit
    for i in range(0, len(edge), 2):
        x, y = edge[i]
        r = u * (0.016 + 0.014 * abs(np.sin(i * 1.7)))
        lobe = ellipse(x, y, r * 1.3, r, 0.4 * np.sin(i), 24)
        b.put(lobe, pale, 0.0026)
    for i in range(0, len(edge), 2):
        lay(b.picture, ellipse(*edge[i], u * 0.017, u * 0.013, points=20), pale)
    for _ in range(46):
        x, y = edge[int(b.rng.integers(len(edge)))] + b.rng.normal(0, u * 0.05, 2) - (u * 0.03, u * 0.01)
        lay(b.picture, ellipse(x, y, u * b.rng.uniform(0.002, 0.006), points=12), pale)


def _boats(b: Block) -> None:
    for place, deep, scale in ((0.22, 0.06, 0.055), (0.42, 0.03, 0.035), (0.14, 0.34, 0.12)):
        x, y, s = place * b.width, b.horizon + deep * (b.height - b.horizon), scale * b.unit
        hull = smooth([(x - s * 1.3, y - s * 0.35), (x - s * 0.8, y + s * 0.12), (x + s * 0.9, y + s * 0.12), (x + s * 1.5, y - s * 0.5), (x + s * 0.8, y - s * 0.16), (x - s * 0.7, y - s * 0.14)], closed=True)
        sail = np.array([(x - s * 0.55, y - s * 2.2), (x + s * 0.62, y - s * 2.2), (x + s * 0.7, y - s * 0.5), (x - s * 0.62, y - s * 0.5)], dtype=np.float32)
        b.put(sail, b.wiped((b.palette.pale, b.palette.sky[2]), y - s * 2.2, y), 0.003)
        for k in (-0.3, 0.0, 0.3):
            lay(b.picture, box(x + k * s, y - s * 1.35, s * 0.02, s * 1.7), colour(b.palette.line), 0.7)
        b.put(hull, mix(colour(b.palette.accent), colour(b.palette.line), 0.25), 0.003)


def _bridge(b: Block) -> None:
    h, w, u = b.height, b.width, b.unit
    y = b.horizon + u * 0.10
    deck = smooth([(-w * 0.05, y + u * 0.05), (w * 0.3, y - u * 0.09), (w * 0.62, y - u * 0.12), (w * 1.05, y - u * 0.02)])
    wood = mix(colour(b.palette.accent), colour("#8a6a45"), 0.55)
    for i in range(6, len(deck) - 2, 7):
        px, py = deck[i]
        for dx in (-0.018, 0.018):
            b.put(box(px + dx * u, py + u * 0.13, u * 0.016, u * 0.27), mix(wood, colour(b.palette.line), 0.45), 0.002)
        b.put(box(px, py + u * 0.12, u * 0.09, u * 0.011), mix(wood, colour(b.palette.line), 0.3), 0.002)
    b.put(ribbon(deck, u * 0.042), wood, 0.0035)
    rail = deck - (0, u * 0.062)
    for i in range(0, len(deck), 3):
        px, py = deck[i]
        b.put(box(px, py - u * 0.035, u * 0.008, u * 0.065), wood, 0.0015)
    b.put(ribbon(rail, u * 0.014), colour(b.palette.accent), 0.0025)
    for i in (9, 14, 22, 27):
        _traveller(b, *deck[i % len(deck)])


def _traveller(b: Block, x: float, y: float) -> None:
    u = b.unit
    b.put(smooth([(x - u * 0.016, y - u * 0.01), (x - u * 0.014, y - u * 0.06), (x + u * 0.012, y - u * 0.06), (x + u * 0.018, y - u * 0.01)]), colour(b.palette.line), 0.0)
    b.put(np.array([(x - u * 0.035, y - u * 0.058), (x, y - u * 0.085), (x + u * 0.035, y - u * 0.058)], dtype=np.float32), mix(colour(b.palette.pale), colour("#c9a24e"), 0.5), 0.0022)


def _roofs(b: Block) -> None:
    u = b.unit
    for i, place in enumerate((0.08, 0.26, 0.42, 0.16, 0.34)):
        x, y, s = place * b.width + u * 0.03, b.height - u * (0.30 - 0.05 * i - 0.04 * (i == 4)), u * (0.09 + 0.018 * i)
        b.put(box(x, y + s * 0.35, s * 1.5, s * 0.8), mix(colour(b.palette.pale), colour(b.palette.accent), 0.18), 0.003)
        for k in (-0.4, 0.0, 0.4):
            b.put(box(x + k * s, y + s * 0.4, s * 0.24, s * 0.5), mix(colour("#f2c464"), colour(b.palette.line), 0.25), 0.002)
        roof = smooth([(x - s * 1.15, y + s * 0.06), (x - s * 0.7, y - s * 0.22), (x - s * 0.4, y - s * 0.62), (x + s * 0.4, y - s * 0.62), (x + s * 0.7, y - s * 0.22), (x + s * 1.15, y + s * 0.06)], steps=6)
        cap = colour(b.palette.pale) if b.palette.name.startswith("snow") else mix(colour(b.palette.line), colour(b.palette.far), 0.5)
        b.put(roof, cap, 0.0035)
        for k in np.linspace(-0.7, 0.7, 8):
            line = np.array([(x + k * s * 0.55, y - s * 0.55), (x + k * s * 1.3, y)], dtype=np.float32)
            lay(b.picture, ribbon(line, s * 0.018), colour(b.palette.line), 0.45)


def _pines(b: Block) -> None:
    u, h, w = b.unit, b.height, b.width
    for x, foot, tall, lean in ((w * 0.86, h * 0.97, u * 0.66, -0.3), (w * 0.70, h * 0.99, u * 0.40, 0.22), (w * 0.06, h * 0.93, u * 0.46, 0.18)):
        trunk = smooth([(x, foot), (x - lean * tall * 0.35, foot - tall * 0.35), (x + lean * tall * 0.12, foot - tall * 0.7), (x + lean * tall * 0.5, foot - tall)])
        b.put(ribbon(trunk, np.linspace(tall * 0.085, tall * 0.025, len(trunk), dtype=np.float32)), mix(colour("#6b4a35"), colour(b.palette.line), 0.3), 0.003)
        for i in range(9):
            px, py = trunk[int(len(trunk) * (0.42 + 0.06 * i)) - 1]
            side = (-1) ** i
            reach = tall * (0.30 - 0.02 * i)
            cx, cy = px + side * reach * 0.7, py - tall * 0.015
            b.put(ribbon(smooth([(px, py), (cx, cy)]), tall * 0.018), colour(b.palette.line), 0)
            pad = smooth([(cx - reach * 0.7, cy + tall * 0.02), (cx - reach * 0.45, cy - tall * 0.045), (cx, cy - tall * 0.075), (cx + reach * 0.45, cy - tall * 0.04), (cx + reach * 0.7, cy + tall * 0.02), (cx, cy + tall * 0.035)], closed=True)
            b.put(pad, b.wiped((b.palette.land, b.palette.line), cy - tall * 0.09, cy + tall * 0.09), 0.003)
            for k in np.linspace(-0.5, 0.5, 7):
                needle = box(cx + k * reach, cy - tall * 0.02, tall * 0.005, tall * 0.05, k)
                lay(b.picture, needle, lighter(colour(b.palette.land), 0.1), 0.8)


def _branch(b: Block) -> None:
    u, w = b.unit, b.width
    limb = smooth([(w * 1.02, u * 0.34), (w * 0.86, u * 0.23), (w * 0.74, u * 0.27), (w * 0.58, u * 0.13), (w * 0.46, u * 0.16)])
    b.put(ribbon(limb, np.linspace(u * 0.045, u * 0.008, len(limb), dtype=np.float32)), mix(colour("#5d4034"), colour(b.palette.line), 0.3), 0.003)
    for i in range(4, len(limb), 2):
        for k in range(3):
            x, y = limb[i] + b.rng.normal(0, u * 0.04, 2)
            r = u * b.rng.uniform(0.012, 0.02)
            for turn in range(5):
                a = turn * 2 * np.pi / 5 + i
                b.put(ellipse(x + np.cos(a) * r * 0.7, y + np.sin(a) * r * 0.7, r * 0.6, points=16), mix(colour(b.palette.accent), colour(b.palette.pale), 0.35 + 0.2 * k), 0.0012)
            lay(b.picture, ellipse(x, y, r * 0.3, points=12), colour(b.palette.accent))


def _reeds(b: Block) -> None:
    u, h, w = b.unit, b.height, b.width
    for i in range(34):
        x = w * (0.02 + 0.30 * b.rng.random() ** 1.3) if i % 4 else w * (0.86 + 0.12 * b.rng.random())
        tall, lean = u * b.rng.uniform(0.18, 0.46), u * b.rng.normal(0.05, 0.05)
        blade = smooth([(x, h + 4), (x + lean * 0.3, h - tall * 0.6), (x + lean, h - tall)])
        tone = mix(colour(b.palette.land), colour(b.palette.line), 0.2 + 0.5 * (i % 3) / 2)
        lay(b.picture, tapered(blade, u * 0.013, start=0.8), tone)
        if i % 5 == 0:
            b.put(ellipse(x + lean, h - tall, u * 0.009, u * 0.03), mix(colour("#7a5030"), colour(b.palette.line), 0.3), 0.0015)


def _birds(b: Block) -> None:
    for i in range(9):
        x, y = b.width * (0.20 + 0.065 * i), b.horizon * (0.30 + 0.05 * abs(i - 5) + 0.02 * (i % 2))
        s = b.unit * (0.030 + 0.012 * (i % 3 == 1))
        wing = smooth([(x - s * 1.7, y - s * 0.5), (x - s * 0.8, y - s * 0.62), (x, y), (x + s * 0.7, y - s * 0.8), (x + s * 1.6, y - s * 0.75)])
        b.put(tapered(wing, s * 0.36), colour((b.palette.pale, b.palette.line)[b.palette.name.startswith("plum")]), 0.0018)
        b.put(tapered(smooth([(x - s * 0.5, y + s * 0.25), (x, y), (x + s * 0.9, y - s * 0.08)]), s * 0.3), colour(b.palette.line), 0)


def _rain(b: Block) -> None:
    count = int(b.width * b.height / 3600)
    for _ in range(count):
        x, y = b.rng.random() * b.width * 1.2, b.rng.random() * b.height
        long = b.unit * b.rng.uniform(0.12, 0.34)
        tone = colour((b.palette.pale, b.palette.line)[int(b.rng.random() < 0.35)])
        lay(b.picture, box(x, y, 1.3, long, 0.24), tone, 0.5)


def _snow(b: Block) -> None:
    for _ in range(330):
        x, y = b.rng.random() * b.width, b.rng.random() * b.height
        lay(b.picture, ellipse(x, y, b.unit * b.rng.uniform(0.0025, 0.0075), points=14), colour("#fbfaf4"), 0.95, 0.4)


_CUTS: dict[Thing, Callable[[Block], None]] = {
    "mountain": _mountain, "hills": _hills, "sun": _sun, "moon": _moon, "mist": _mist, "swell": _swell,
    "waves": _waves, "boats": _boats, "bridge": _bridge, "roofs": _roofs, "pines": _pines, "branch": _branch,
    "reeds": _reeds, "birds": _birds, "rain": _rain, "snow": _snow,
}  # fmt: skip
