"""Strokes and washes of ink: each thing adds to how dark the paper is."""

from collections.abc import Callable
from typing import Literal

import numpy as np

from gallery.sample.canvas import Size, blur, grid, noise
from gallery.sample.palettes import Floats
from gallery.sample.shapes import blob, cover, ellipse, lay, ribbon, smooth, tapered

Thing = Literal["peaks", "far hills", "waterfall", "mist path", "hut", "pines", "great pine", "boat", "near bank", "bamboo", "rock", "orchid", "moon", "plum branch", "bird", "geese"]
TOLD: dict[Thing, str] = {
    "peaks": "steep peaks rising from mist", "far hills": "faint far hills", "waterfall": "a thin waterfall",
    "mist path": "drifting mist", "hut": "a small thatched hut", "pines": "a stand of pines",
    "great pine": "one great leaning pine", "boat": "a boat with a single boatman", "near bank": "a near bank with rocks",
    "bamboo": "stalks of bamboo with pointed leaves", "rock": "a hollowed rock", "orchid": "an orchid with long leaves",
    "moon": "a pale moon", "plum branch": "a flowering plum branch", "bird": "a small bird", "geese": "a line of geese",
}  # fmt: skip


class Ink:
    """How dark the paper is, 0..1 of shape (h, w), changed in place."""

    def __init__(self, size: Size, rng: np.random.Generator):
        self.size, self.rng = size, rng
        self.height, self.width = size
        self.unit = float(np.sqrt(size[0] * size[1])) * 0.8
        self.density = np.zeros(size, dtype=np.float32)

    def stroke(self, outline: Floats, depth: float, soft: float = 0.6) -> None:
        """A stroke that darkens towards ``depth``."""
        lay(self.density[..., None], outline, np.array([depth], dtype=np.float32), 0.94, soft)

    def line(self, points: list[tuple[float, float]] | Floats, width: float, depth: float, *, start: float = 0.4, end: float = 0.05) -> None:
        """A brushed line through the points."""
        self.stroke(tapered(smooth(points), width, start=start, end=end), depth)

    def wash(self, field: Floats) -> None:
        """A wash over what is there: dark stays dark."""
        self.density += field * (1 - self.density)

    def lift(self, field: Floats) -> None:
        """Wet paper: ink is lost where the field is 1."""
        self.density *= 1 - field


def touch(ink: Ink, thing: Thing) -> None:
    """Brush one thing."""
    _TOUCHES[thing](ink)


def _massif(k: Ink, y: float, rise: float, depth: float, peaks: int, roughness: float) -> None:
    h, w = k.size
    xs = np.linspace(0, w, 400)
    line = np.zeros(400)
    for i in range(peaks):
        at, wide = w * (i + k.rng.uniform(0.2, 0.8)) / peaks, w * k.rng.uniform(0.10, 0.22) / np.sqrt(peaks)
        tall = rise * k.rng.uniform(0.45, 1.0)
        line = np.maximum(line, tall * np.exp(-(np.abs((xs - at) / wide) ** 1.7)) * (1 + 0.10 * np.sin(xs * 0.05 + i)))
    jag = np.cumsum(k.rng.normal(0, 1, 400))
    jag = (jag - np.convolve(jag, np.ones(60) / 60, "same")) * roughness * rise * 0.010
    crest = np.interp(np.arange(w), xs, y - line + jag).astype(np.float32)
    rows, _ = grid(k.size)
    below = rows - crest[None, :]
    inside = np.clip(below * 0.7, 0, 1)
    fall = np.exp(-np.maximum(below, 0) / (rise * 0.42)) * np.clip((y - rows) / (rise * 0.25) + 0.35, 0, 1)
    creases = noise(k.rng, k.size, (k.unit * 0.12, k.unit * 0.018), 4, 0.6) + np.sin(below * 0.045 + noise(k.rng, k.size, 80, 2) * 2) * 0.35
    cun = np.clip(creases - 0.55, 0, 1.2) * depth * 0.75
    rim = np.exp(-np.abs(below - 2.5) / 2.4) * depth * 0.9 * (noise(k.rng, k.size, 60, 2) > -0.7)
    k.lift((inside * np.clip((y - rows) / (rise * 0.3) + 0.5, 0, 1)).astype(np.float32))
    k.wash(np.clip(inside * fall * (0.46 * depth + cun) + rim * fall, 0, 0.92).astype(np.float32))


def _peaks(k: Ink) -> None:
    tall = k.height > k.width
    far, mid, near = (0.42, 0.66, 0.86) if tall else (0.56, 0.70, 0.86)
    rise = k.height * (0.30 if tall else 0.42)
    _massif(k, k.height * far, rise * 1.05, 0.40, 4 if not tall else 2, 0.7)
    _massif(k, k.height * mid, rise * 1.0, 0.66, 4 if not tall else 2, 1.0)
    _massif(k, k.height * near, rise * 0.55, 0.92, 3 if not tall else 2, 1.3)


def _far_hills(k: Ink) -> None:
    for share, depth in ((0.42, 0.16), (0.5, 0.24)):
        _massif(k, k.height * share, k.height * 0.16, depth, 3, 0.3)


def _waterfall(k: Ink) -> None:
    x, top = k.width * 0.56, k.height * 0.40
    fall = smooth([(x, top), (x - k.unit * 0.01, top + k.unit * 0.16), (x + k.unit * 0.012, top + k.unit * 0.34), (x - k.unit * 0.004, top + k.unit * 0.46)])
    k.lift(cover(k.size, ribbon(fall, np.linspace(k.unit * 0.018, k.unit * 0.05, len(fall), dtype=np.float32)), soft=2.5))
    for i in range(5):
        shift = (i - 2) * k.unit * 0.008
        k.line(fall[6 + 2 * i : -2] + (shift, 0), k.unit * 0.0032, 0.30)
    foot = fall[-1]
    k.lift(cover(k.size, ellipse(foot[0], foot[1], k.unit * 0.11, k.unit * 0.035), soft=k.unit * 0.025) * 0.85)


def _mist_path(k: Ink) -> None:
    drift = noise(k.rng, k.size, (k.unit * 0.10, k.unit * 0.6), 3)
    rows, _ = grid(k.size)
    band = np.exp(-(((rows / k.height - 0.60) / 0.11) ** 2))
    k.lift(np.clip(band * 1.1 + band * drift * 0.2, 0, 0.96).astype(np.float32))


def _hut(k: Ink) -> None:
    x, y, s = k.width * 0.30, k.height * 0.78, k.unit * 0.055
    k.lift(cover(k.size, ellipse(x, y - s * 0.6, s * 2.2, s * 1.7), soft=s * 0.3) * 0.9)
    for dx in (-0.9, -0.3, 0.35, 0.9):
        k.line([(x + dx * s, y - s * 0.75), (x + dx * s, y + s * 0.1)], s * 0.08, 0.8, end=0.5)
    k.line([(x - s * 1.1, y + s * 0.1), (x, y + s * 0.14), (x + s * 1.1, y + s * 0.08)], s * 0.08, 0.75)
    roof = smooth([(x - s * 1.5, y - s * 0.6), (x - s * 0.5, y - s * 1.3), (x + s * 0.1, y - s * 1.55), (x + s * 0.7, y - s * 1.25), (x + s * 1.5, y - s * 0.62), (x, y - s * 0.75)], closed=True)
    k.stroke(roof, 0.42)
    for i in range(13):
        t = i / 12
        k.line([(x + s * (0.1 + (t - 0.5) * 0.6), y - s * (1.5 - 0.2 * abs(t - 0.5))), (x + s * (-1.4 + 2.8 * t), y - s * 0.62)], s * 0.06, 0.72)


def _pine(k: Ink, x: float, foot: float, tall: float, lean: float) -> None:
    trunk = smooth([(x, foot), (x + lean * tall * 0.12, foot - tall * 0.3), (x - lean * tall * 0.10, foot - tall * 0.6), (x + lean * tall * 0.28, foot - tall)])
    k.stroke(ribbon(trunk, np.linspace(tall * 0.075, tall * 0.016, len(trunk), dtype=np.float32) * (1 + 0.2 * np.sin(np.arange(len(trunk)) * 1.3))), 0.66)
    for i in range(9):
        px, py = trunk[int(len(trunk) * (0.34 + 0.073 * i))]
        side, reach = (-1) ** i, tall * (0.34 - 0.022 * i) * k.rng.uniform(0.75, 1.15)
        end = px + side * reach, py + tall * 0.03 - 0.01 * tall * i
        k.line([(px, py), ((px + end[0]) / 2, py - tall * 0.03), end], tall * 0.022, 0.75)
        for share in (0.5, 0.75, 1.0):
            cx, cy = px + side * reach * share, py + (end[1] - py) * share - tall * 0.015
            k.stroke(ellipse(cx, cy - tall * 0.016, tall * 0.075, tall * 0.028), 0.38, tall * 0.008)
            for a in np.linspace(np.pi * 1.02, np.pi * 1.98, 13):
                tip = cx + np.cos(a) * tall * 0.085, cy + np.sin(a) * tall * 0.05
                k.line([(cx + np.cos(a) * tall * 0.015, cy), ((cx + tip[0]) / 2, (cy + tip[1]) / 2), tip], tall * 0.008, 0.88)


def _pines(k: Ink) -> None:
    foot = k.height * (0.93 if k.height > k.width else 0.92)
    for share, tall, lean in ((0.17, 0.30, 0.6), (0.26, 0.22, -0.5), (0.10, 0.18, 0.5)):
        _pine(k, k.width * share, foot - k.unit * 0.02 * (tall < 0.3), k.unit * tall, lean)
    _ground(k, k.width * 0.16, foot, k.unit * 0.30)


def _great_pine(k: Ink) -> None:
    _pine(k, k.width * 0.30, k.height * 0.93, k.height * 0.56, 0.9)
    _ground(k, k.width * 0.34, k.height * 0.93, k.unit * 0.34)


def _ground(k: Ink, x: float, y: float, reach: float) -> None:
    for i in range(9):
        dx, dy = k.rng.normal(0, reach * 0.4), abs(k.rng.normal(0, reach * 0.08))
        k.line([(x + dx - reach * 0.3, y + dy), (x + dx, y + dy - reach * 0.03), (x + dx + reach * 0.34, y + dy + reach * 0.02)], reach * 0.05, 0.2 + 0.3 * k.rng.random())
    for _ in range(26):
        px, py = x + k.rng.normal(0, reach * 0.5), y + abs(k.rng.normal(0, reach * 0.06))
        k.line([(px, py), (px + k.rng.normal(0, 3), py - reach * k.rng.uniform(0.04, 0.10))], reach * 0.014, 0.7)


def _near_bank(k: Ink) -> None:
    h, w, u = k.height, k.width, k.unit
    for x, y, r in ((0.84, 0.93, 0.13), (0.95, 0.86, 0.11), (0.72, 0.97, 0.08), (0.05, 0.98, 0.09)):
        _stone(k, x * w, y * h, u * r)
    _ground(k, 0.82 * w, h * 0.97, u * 0.3)


def _stone(k: Ink, x: float, y: float, r: float) -> None:
    outline = blob(k.rng, x, y, r, r * 0.62, 0.16, 9)
    inside = cover(k.size, outline, soft=1.0)
    rows, columns = grid(k.size)
    dark = np.clip((columns - x) / r * 0.25 + (rows - y) / r * 0.3 + 0.25 + noise(k.rng, k.size, (r * 0.2, r * 0.5), 3) * 0.12, 0, 0.8)
    k.lift(inside)
    k.wash((inside * dark).astype(np.float32))
    k.stroke(ribbon(np.concatenate([outline[8:], outline[:2]]), r * 0.035 * (1 + 0.6 * np.sin(np.arange(len(outline) - 6) * 0.21)).astype(np.float32)), 0.85)
    for i in range(6):
        px, py = x + r * k.rng.uniform(-0.6, 0.5), y - r * k.rng.uniform(-0.25, 0.35)
        k.line([(px, py), (px + r * 0.14, py + r * 0.1), (px + r * 0.17, py + r * 0.28)], r * 0.035, 0.5 + 0.06 * i)


def _boat(k: Ink) -> None:
    wide = k.width > k.height
    x, y, s = k.width * (0.46 if wide else 0.6), k.height * (0.80 if wide else 0.7), k.unit * 0.055
    k.lift(cover(k.size, ellipse(x, y, s * 3, s * 1.2), soft=s * 0.5) * 0.9)
    k.line([(x - s * 1.8, y - s * 0.25), (x - s * 0.8, y + s * 0.12), (x + s * 0.9, y + s * 0.12), (x + s * 1.9, y - s * 0.35)], s * 0.17, 0.85, start=0.3, end=0.2)
    k.line([(x - s * 1.4, y - s * 0.16), (x, y - s * 0.04), (x + s * 1.5, y - s * 0.22)], s * 0.06, 0.6)
    k.stroke(smooth([(x - s * 0.7, y - s * 0.05), (x - s * 0.5, y - s * 0.6), (x + s * 0.3, y - s * 0.6), (x + s * 0.5, y - s * 0.05)]), 0.5)
    k.stroke(smooth([(x + s * 0.95, y - s * 0.05), (x + s * 0.95, y - s * 0.6), (x + s * 1.1, y - s * 0.85), (x + s * 1.25, y - s * 0.6), (x + s * 1.25, y - s * 0.1)]), 0.75)
    k.stroke(ellipse(x + s * 1.1, y - s * 0.95, s * 0.12), 0.8)
    k.line([(x + s * 1.15, y - s * 0.6), (x + s * 1.7, y + s * 0.2), (x + s * 2.0, y + s * 0.7)], s * 0.045, 0.8)
    for i in range(4):
        k.line([(x - s * (2 - 0.3 * i), y + s * (0.4 + 0.2 * i)), (x, y + s * (0.44 + 0.2 * i)), (x + s * (1.6 - 0.2 * i), y + s * (0.4 + 0.2 * i))], s * 0.04, 0.26)


def _bamboo(k: Ink) -> None:
    h, w, u = k.height, k.width, k.unit
    for share, lean, depth, thick in ((0.62, -0.05, 0.26, 0.026), (0.36, 0.10, 0.78, 0.032), (0.50, 0.16, 0.5, 0.022)):
        joints = np.linspace(1.02, 0.02, 8) * h
        xs = share * w + lean * (h - joints) * 0.55 + 0.02 * u * np.sin(joints / h * 3)
        for i in range(7):
            a, b = (xs[i], joints[i] - u * 0.004), (xs[i + 1], joints[i + 1] + u * 0.004)
            k.stroke(ribbon(smooth([a, ((a[0] + b[0]) / 2 + u * 0.001, (a[1] + b[1]) / 2), b]), u * thick * (1 - 0.06 * i)), depth * k.rng.uniform(0.8, 1.05))
            k.line([(b[0] - u * thick * 0.7, b[1]), (b[0], b[1] - u * 0.006), (b[0] + u * thick * 0.7, b[1])], u * 0.006, min(0.95, depth + 0.2))
            if i >= 2:
                _leaves(k, b[0], b[1], depth, 1 if (i + int(share * 10)) % 2 else -1)


def _leaves(k: Ink, x: float, y: float, depth: float, side: int) -> None:
    u = k.unit
    tip = x + side * u * 0.13, y - u * 0.06
    k.line([(x, y), ((x + tip[0]) / 2, y - u * 0.045), tip], u * 0.006, depth)
    for i, share in enumerate((0.35, 0.65, 1.0, 1.0, 0.9)):
        px, py = x + (tip[0] - x) * share, y + (tip[1] - y) * share
        a = (0.35 + 0.33 * i + k.rng.normal(0, 0.12)) if side > 0 else np.pi - (0.35 + 0.33 * i + k.rng.normal(0, 0.12))
        long = u * k.rng.uniform(0.11, 0.17)
        end = px + np.cos(a) * long, py + np.sin(a) * long
        leaf = smooth([(px, py), (px + np.cos(a) * long * 0.5 + np.sin(a) * long * 0.05, py + np.sin(a) * long * 0.5 - np.cos(a) * long * 0.05), end])
        k.stroke(tapered(leaf, long * 0.15, start=0.1, end=0.0), min(0.95, depth * k.rng.uniform(0.85, 1.25)))


def _rock(k: Ink) -> None:
    x, y, r = k.width * 0.68, k.height * 0.70, k.unit * 0.22
    _stone(k, x, y, r)
    _stone(k, x - r * 0.8, y + r * 0.4, r * 0.5)
    for dx, dy, s in ((0.1, -0.05, 0.16), (-0.25, 0.12, 0.1)):
        k.lift(cover(k.size, blob(k.rng, x + dx * r, y + dy * r, r * s, r * s * 0.8), soft=1.5))
    _ground(k, x - r * 0.4, y + r * 0.75, r * 1.4)


def _orchid(k: Ink) -> None:
    x, y, u = k.width * 0.42, k.height * 0.80, k.unit
    for i in range(15):
        side, tall = (-1 if i % 2 else 1), u * k.rng.uniform(0.26, 0.62)
        reach = side * u * k.rng.uniform(0.08, 0.42)
        leaf = smooth([(x + side * u * 0.012, y), (x + reach * 0.25, y - tall * 0.6), (x + reach * 0.65, y - tall * 0.9), (x + reach, y - tall * k.rng.uniform(0.55, 0.8))])
        t = np.linspace(0, 1, len(leaf))
        widths = u * 0.013 * (np.sin(np.pi * t) ** 0.6) * (0.65 + 0.35 * np.cos(t * 11 + i))
        k.stroke(ribbon(leaf, np.maximum(widths, 0.6).astype(np.float32)), 0.5 + 0.4 * k.rng.random())
    for i in range(4):
        fx, fy = x + u * (-0.20 + 0.13 * i), y - u * (0.30 + 0.07 * (i % 2))
        k.line([(x, y), ((x + fx) / 2, (y + fy) / 2 + u * 0.02), (fx, fy)], u * 0.005, 0.45)
        for a in (-2.7, -2.1, -1.4, -0.8, 0.2):
            k.line([(fx, fy), (fx + np.cos(a) * u * 0.03, fy + np.sin(a) * u * 0.025 - u * 0.004), (fx + np.cos(a) * u * 0.06, fy + np.sin(a) * u * 0.05)], u * 0.016, 0.32)
        for dx in (-1, 0, 1):
            k.stroke(ellipse(fx + dx * u * 0.006, fy - u * 0.004, u * 0.004), 0.92)


def _moon(k: Ink) -> None:
    x, y, r = k.width * 0.66, k.height * (0.17 if k.height > k.width * 1.2 else 0.2), k.unit * 0.085
    rows, columns = grid(k.size)
    away = np.hypot(rows - y, columns - x)
    glow = np.exp(-np.maximum(away - r, 0) / (r * 1.3)) * 0.26 * (away > r) * (1 + 0.2 * noise(k.rng, k.size, r, 3))
    k.wash(np.clip(blur(glow.astype(np.float32), 0.8), 0, 1))


def _plum_branch(k: Ink) -> None:
    w, h, u = k.width, k.height, k.unit
    limb = smooth([(w * 1.02, h * 0.86), (w * 0.72, h * 0.70), (w * 0.62, h * 0.52), (w * 0.40, h * 0.44), (w * 0.26, h * 0.24)])
    wide = np.linspace(u * 0.06, u * 0.010, len(limb)) * (1 + 0.25 * np.sin(np.arange(len(limb)) * 0.9))
    k.stroke(ribbon(limb, wide.astype(np.float32)), 0.72)
    for i in range(10, len(limb), 6):
        px, py = limb[i]
        side = 1 if i % 4 else -1
        end = px + side * u * 0.10 - u * 0.02, py - u * k.rng.uniform(0.10, 0.26)
        k.line([(px, py), (px + side * u * 0.06, py - u * 0.05), end], u * 0.012, 0.82)
        for share in (0.45, 0.7, 1.0):
            bx, by = px + (end[0] - px) * share + k.rng.normal(0, u * 0.012), py + (end[1] - py) * share
            _blossom(k, bx, by, u * k.rng.uniform(0.016, 0.026))


def _blossom(k: Ink, x: float, y: float, r: float) -> None:
    turn = k.rng.uniform(0, 6)
    for i in range(5):
        a = turn + i * 2 * np.pi / 5
        petal = ellipse(x + np.cos(a) * r, y + np.sin(a) * r, r * 0.72, points=24)
        k.lift(cover(k.size, petal) * 0.9)
        k.stroke(ribbon(petal, r * 0.13), 0.62)
    for i in range(7):
        a = i * 2 * np.pi / 7
        k.stroke(ellipse(x + np.cos(a) * r * 0.7, y + np.sin(a) * r * 0.7, r * 0.12, points=10), 0.88)


def _bird(k: Ink) -> None:
    x, y, s = k.width * 0.47, k.height * 0.43 - k.unit * 0.045, k.unit * 0.062
    k.lift(cover(k.size, ellipse(x, y, s * 1.7, s * 1.3), soft=s * 0.2) * 0.96)
    k.stroke(smooth([(x - s * 0.9, y - s * 0.1), (x - s * 0.3, y - s * 0.6), (x + s * 0.5, y - s * 0.35), (x + s * 0.95, y + s * 0.35), (x + s * 0.3, y + s * 0.55), (x - s * 0.5, y + s * 0.45)], closed=True), 0.26)
    k.stroke(ellipse(x - s * 0.8, y - s * 0.55, s * 0.42, s * 0.38), 0.58)
    k.stroke(smooth([(x - s * 0.1, y - s * 0.4), (x + s * 0.6, y - s * 0.1), (x + s * 1.2, y + s * 0.55), (x + s * 0.4, y + s * 0.3)], closed=True), 0.82)
    for i in range(3):
        k.line([(x + s * 0.6, y + s * 0.25), (x + s * 1.3, y + s * (0.62 + 0.1 * i)), (x + s * 1.9, y + s * (0.95 + 0.14 * i))], s * 0.15, 0.85)
    k.line([(x - s * 1.18, y - s * 0.56), (x - s * 1.5, y - s * 0.46)], s * 0.14, 0.95, start=0.8)
    k.lift(cover(k.size, ellipse(x - s * 0.9, y - s * 0.62, s * 0.1)))
    k.stroke(ellipse(x - s * 0.9, y - s * 0.62, s * 0.06), 0.97)
    for dx in (-0.1, 0.15):
        k.line([(x + dx * s, y + s * 0.5), (x + dx * s - s * 0.1, y + s * 0.85)], s * 0.07, 0.85)


def _geese(k: Ink) -> None:
    for i in range(7):
        x, y, s = k.width * (0.62 + 0.030 * i), k.height * (0.20 + 0.022 * abs(i - 3)), k.unit * 0.018
        k.line([(x - s, y - s * 0.4), (x - s * 0.4, y - s * 0.5), (x, y), (x + s * 0.4, y - s * 0.55), (x + s, y - s * 0.5)], s * 0.24, 0.75)


_TOUCHES: dict[Thing, Callable[[Ink], None]] = {
    "peaks": _peaks, "far hills": _far_hills, "waterfall": _waterfall, "mist path": _mist_path, "hut": _hut,
    "pines": _pines, "great pine": _great_pine, "boat": _boat, "near bank": _near_bank, "bamboo": _bamboo,
    "rock": _rock, "orchid": _orchid, "moon": _moon, "plum branch": _plum_branch, "bird": _bird, "geese": _geese,
}  # fmt: skip
