"""The figures of icons: how a face, a garment and an attribute are built up, from dark to light."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from gallery.sample.palettes import Floats, colour, lighter, mix
from gallery.sample.shapes import box, ellipse, lay, ribbon, smooth, tapered

Kind = Literal["veiled woman", "elder", "angel", "hermit", "king", "youth"]
Attribute = Literal["star", "book", "staff", "cross", "scroll"]
_TOLD: dict[Kind, str] = {
    "veiled woman": "a veiled woman", "elder": "a white-bearded elder", "angel": "a winged angel",
    "hermit": "a hooded hermit", "king": "a crowned king", "youth": "a beardless youth",
}  # fmt: skip
_HELD: dict[Attribute, str] = {
    "star": "a gold star on her shoulder", "book": "a jewelled book", "staff": "a red staff",
    "cross": "a small white cross", "scroll": "a scroll",
}  # fmt: skip
_SANKIR, _OCHRE, _LIGHT, _LINE = "#5f4426", "#c08a4c", "#f0cf95", "#24150c"


@dataclass(frozen=True, slots=True)
class Saint:
    """Who, in a cloak and a tunic of these colours, with what."""

    kind: Kind
    cloak: str
    tunic: str
    attribute: Attribute

    def told(self) -> str:
        """The figure in a few words."""
        return f"{_TOLD[self.kind]} with {_HELD[self.attribute]}"


def draw_saint(picture: Floats, saint: Saint, x: float, y: float, r: float, bottom: float, rng: np.random.Generator) -> None:
    """Paint a half figure whose face of half-width ``r`` is centred at (x, y), down to row ``bottom``."""
    if saint.kind == "angel":
        _wings(picture, x, y, r)
    _garments(picture, saint, x, y, r, bottom)
    if saint.kind in ("elder", "youth", "angel", "king"):
        _hair_behind(picture, saint, x, y, r)
    _face(picture, x, y, r, young=saint.kind in ("veiled woman", "angel", "youth"))
    if saint.kind in ("elder", "hermit", "king"):
        _beard(picture, x, y, r, "#d9d2c0" if saint.kind != "king" else "#4a2d18")
    if saint.kind in ("veiled woman", "hermit"):
        _veil(picture, saint, x, y, r)
    else:
        _hair_before(picture, saint, x, y, r)
    _attribute(picture, saint, x, y, r)


def _curve(picture: Floats, points: list[tuple[float, float]], width: float, paint: Floats, opacity: float = 1.0, soft: float = 0.0) -> None:
    lay(picture, tapered(smooth(points), width, start=0.3, end=0.1), paint, opacity, soft)


def _garments(picture: Floats, saint: Saint, x: float, y: float, r: float, bottom: float) -> None:
    cloak, tunic = colour(saint.cloak), colour(saint.tunic)
    neck = smooth([(x - r * 0.5, y + r * 0.7), (x - r * 0.5, y + r * 1.6), (x, y + r * 2.1), (x + r * 0.5, y + r * 1.6), (x + r * 0.5, y + r * 0.7)])
    body = smooth([(x - r * 2.5, bottom), (x - r * 2.45, y + r * 3.2), (x - r * 2.05, y + r * 2.25), (x - r * 0.7, y + r * 1.55), (x + r * 0.7, y + r * 1.55), (x + r * 2.05, y + r * 2.25), (x + r * 2.45, y + r * 3.2), (x + r * 2.5, bottom)])
    lay(picture, body, tunic)
    for i in range(7):
        px = x + r * (-0.75 + 0.25 * i)
        _curve(picture, [(px, y + r * 2.0), (px * 0.9 + x * 0.1, y + r * 3.2), (px, bottom)], r * 0.09, mix(tunic, colour(_LINE), 0.55))
        _curve(picture, [(px + r * 0.1, y + r * 2.1), (px * 0.9 + x * 0.1 + r * 0.1, y + r * 3.0), (px + r * 0.08, bottom)], r * 0.05, lighter(tunic, 0.16))
    lay(picture, neck, colour("#7b5630"))
    _curve(picture, [(x - r * 0.6, y + r * 1.66), (x, y + r * 2.2), (x + r * 0.6, y + r * 1.66)], r * 0.2, colour("#d9ac4c"))
    for side in (-1.0, 1.0):
        _cloak_half(picture, cloak, x, y, r, bottom, side)


def _cloak_half(picture: Floats, cloak: Floats, x: float, y: float, r: float, bottom: float, side: float) -> None:
    def at(across: float, down: float) -> tuple[float, float]:
        return x + side * r * across, y + r * down

    over = 0.35 if side < 0 else -0.2
    half = smooth([at(0.62, 1.45), at(1.5, 1.85), at(2.2, 2.3), at(2.6, 3.3), (x + side * r * 2.75, bottom + 5), (x + side * r * over, bottom + 5), at(0.9, 3.4), at(0.72, 2.3)], closed=True)
    lay(picture, half, cloak)
    deep, pale = mix(cloak, colour(_LINE), 0.6), lighter(cloak, 0.15)
    for i in range(6):
        start = 0.85 + 0.24 * i
        path = [at(start, 1.75 + 0.13 * i), at(start * 0.82 + 0.5, 2.6 + 0.16 * i), at(start * 0.72 + 0.45, 3.5 + 0.2 * i), (x + side * r * (0.5 + 0.4 * i), bottom)]
        _curve(picture, path, r * 0.11, deep)
        _curve(picture, [(px + r * 0.10, py - r * 0.02) for px, py in path], r * 0.08, pale, 0.85)
        _curve(picture, [(px + r * 0.13, py) for px, py in path[:3]], r * 0.022, colour("#e6c46c"), 0.9)
    edge = half[: 12 * 4 + 1]
    lay(picture, ribbon(edge, r * 0.05), deep)
    hem = smooth([at(0.62, 1.5), at(0.72, 2.3), at(0.9, 3.4), (x + side * r * over, bottom + 5)])
    lay(picture, ribbon(hem, r * 0.13), colour("#c9993f"))
    lay(picture, ribbon(hem, r * 0.03), colour("#7c4a18"))


def _face(picture: Floats, x: float, y: float, r: float, *, young: bool) -> None:
    oval = smooth([(x - r * 0.80, y - r * 0.35), (x - r * 0.55, y - r * 1.0), (x, y - r * 1.22), (x + r * 0.55, y - r * 1.0), (x + r * 0.80, y - r * 0.35), (x + r * 0.72, y + r * 0.45), (x + r * 0.32, y + r * 1.12), (x, y + r * 1.25), (x - r * 0.32, y + r * 1.12), (x - r * 0.72, y + r * 0.45)], closed=True)
    lay(picture, oval, colour(_SANKIR))
    lay(picture, (oval - (x, y)) * 0.86 + (x, y), colour(_OCHRE), 0.9, r * 0.1)
    pools = [(0, -0.72, 0.44, 0.24), (-0.42, 0.22, 0.22, 0.26), (0.42, 0.22, 0.22, 0.26), (0, 0.98, 0.2, 0.13), (0, 0.1, 0.085, 0.5)]
    for dx, dy, rx, ry in pools:
        lay(picture, ellipse(x + dx * r, y + dy * r, rx * r, ry * r), colour(_LIGHT), 0.9, r * 0.07)
    if young:
        for side in (-1, 1):
            lay(picture, ellipse(x + side * r * 0.45, y + r * 0.38, r * 0.2, r * 0.16), colour("#c4573a"), 0.35, r * 0.09)
    for side in (-1.0, 1.0):
        _eye(picture, x + side * r * 0.36, y - r * 0.12, r, side)
    _nose_and_mouth(picture, x, y, r)
    lay(picture, ribbon(np.concatenate([oval, oval[:2]]), r * 0.03), colour(_LINE), 0.8)


def _eye(picture: Floats, ex: float, ey: float, r: float, side: float) -> None:
    line = colour(_LINE)
    lay(picture, ellipse(ex, ey + r * 0.02, r * 0.29, r * 0.19), colour(_SANKIR), 0.75, r * 0.05)
    almond = smooth([(ex - r * 0.25, ey + r * 0.01), (ex, ey - r * 0.12), (ex + r * 0.25, ey + r * 0.01), (ex, ey + r * 0.10)], closed=True)
    lay(picture, almond, colour("#ead9b4"))
    lay(picture, ellipse(ex, ey - r * 0.015, r * 0.105), colour("#3a2110"))
    lay(picture, ellipse(ex, ey - r * 0.015, r * 0.05), colour("#0d0805"))
    lay(picture, ellipse(ex - r * 0.035, ey - r * 0.05, r * 0.022), colour("#fff8e2"))
    _curve(picture, [(ex - side * r * 0.28, ey + r * 0.03), (ex, ey - r * 0.14), (ex + side * r * 0.33, ey + r * 0.04)], r * 0.065, line)
    _curve(picture, [(ex - r * 0.22, ey + r * 0.05), (ex, ey + r * 0.12), (ex + r * 0.22, ey + r * 0.05)], r * 0.03, line, 0.8)
    _curve(picture, [(ex - side * r * 0.24, ey - r * 0.2), (ex, ey - r * 0.34), (ex + side * r * 0.36, ey - r * 0.16)], r * 0.075, line, 0.95)
    for i in range(3):
        dy = r * (0.2 + 0.06 * i)
        _curve(picture, [(ex - r * 0.16, ey + dy), (ex + side * r * 0.02, ey + dy + r * 0.05), (ex + r * 0.18, ey + dy)], r * 0.022, colour("#fbe9c4"), 0.75)


def _nose_and_mouth(picture: Floats, x: float, y: float, r: float) -> None:
    line = colour(_LINE)
    _curve(picture, [(x + r * 0.13, y - r * 0.3), (x + r * 0.09, y + r * 0.1), (x + r * 0.1, y + r * 0.4), (x + r * 0.15, y + r * 0.5)], r * 0.05, line, 0.75)
    _curve(picture, [(x - r * 0.13, y - r * 0.3), (x - r * 0.08, y + r * 0.1), (x - r * 0.1, y + r * 0.44)], r * 0.03, line, 0.5)
    _curve(picture, [(x - r * 0.15, y + r * 0.5), (x - r * 0.05, y + r * 0.57), (x, y + r * 0.55), (x + r * 0.05, y + r * 0.57), (x + r * 0.16, y + r * 0.5)], r * 0.05, line, 0.9)
    _curve(picture, [(x - r * 0.01, y - r * 0.25), (x - r * 0.01, y + r * 0.42)], r * 0.05, colour("#fdf0cf"), 0.85, 0.6)
    lay(picture, smooth([(x - r * 0.22, y + r * 0.77), (x - r * 0.06, y + r * 0.71), (x, y + r * 0.735), (x + r * 0.06, y + r * 0.71), (x + r * 0.22, y + r * 0.77), (x, y + r * 0.86)], closed=True), colour("#9c3a28"))
    _curve(picture, [(x - r * 0.24, y + r * 0.77), (x, y + r * 0.785), (x + r * 0.24, y + r * 0.77)], r * 0.035, line)
    _curve(picture, [(x - r * 0.12, y + r * 0.93), (x, y + r * 0.95), (x + r * 0.12, y + r * 0.93)], r * 0.03, line, 0.5)


def _beard(picture: Floats, x: float, y: float, r: float, code: str) -> None:
    hair = colour(code)
    whole = smooth([(x - r * 0.78, y + r * 0.2), (x - r * 0.42, y + r * 0.62), (x, y + r * 0.62), (x + r * 0.42, y + r * 0.62), (x + r * 0.78, y + r * 0.2), (x + r * 0.72, y + r * 1.15), (x + r * 0.3, y + r * 2.0), (x, y + r * 2.25), (x - r * 0.3, y + r * 2.0), (x - r * 0.72, y + r * 1.15)], closed=True)
    lay(picture, whole, mix(hair, colour("#5a4a38"), 0.55))
    for i in range(13):
        s = (i - 6) / 6
        _curve(picture, [(x + s * r * 0.66, y + r * (0.95 - 0.62 * s * s * abs(s))), (x + s * r * 0.6 + r * 0.05, y + r * 1.3), (x + s * r * 0.24, y + r * (2.15 - 0.45 * abs(s)))], r * 0.07, lighter(hair, 0.05), 0.95)
    lay(picture, ellipse(x, y + r * 0.79, r * 0.2, r * 0.06), colour("#8c3424"))
    _curve(picture, [(x - r * 0.46, y + r * 0.92), (x - r * 0.2, y + r * 0.66), (x, y + r * 0.68), (x + r * 0.2, y + r * 0.66), (x + r * 0.46, y + r * 0.92)], r * 0.13, hair)


def _veil(picture: Floats, saint: Saint, x: float, y: float, r: float) -> None:
    cloth = colour(saint.cloak)
    outer = [(-1.25, 1.95), (-1.2, 0.4), (-1.05, -0.7), (-0.55, -1.42), (0, -1.62), (0.55, -1.42), (1.05, -0.7), (1.2, 0.4), (1.25, 1.95)]
    inner = [(0.5, 1.62), (0.72, 0.75), (0.78, -0.2), (0.52, -0.86), (0, -1.05), (-0.52, -0.86), (-0.78, -0.2), (-0.72, 0.75), (-0.5, 1.62)]
    rim = smooth([(x + a * r, y + b * r) for a, b in inner])
    hood = np.concatenate([smooth([(x + a * r, y + b * r) for a, b in outer]), rim])
    lay(picture, hood, cloth)
    for side in (-1, 1):
        for i in range(4):
            fold = [(x + side * r * (0.3 + 0.16 * i), y - r * (1.38 - 0.14 * i)), (x + side * r * (0.86 + 0.06 * i), y - r * 0.3), (x + side * r * (0.8 + 0.1 * i), y + r * 1.2)]
            _curve(picture, fold, r * 0.07, (mix(cloth, colour(_LINE), 0.55), lighter(cloth, 0.14))[i % 2], 0.9)
    gold = colour("#d6a84a") if saint.kind != "hermit" else lighter(cloth, 0.2)
    lay(picture, ribbon(rim, r * 0.13), gold)
    lay(picture, ribbon(rim, r * 0.03), colour("#6b3d16"))
    if saint.attribute == "star":
        for px, py in ((x, y - r * 1.34), (x - r * 1.55, y + r * 2.3)):
            for turn in range(4):
                lay(picture, box(px, py, r * 0.42, r * 0.045, turn * np.pi / 4), colour("#efcf78"))
            lay(picture, ellipse(px, py, r * 0.07), colour("#fff0b8"))


def _hair_behind(picture: Floats, saint: Saint, x: float, y: float, r: float) -> None:
    tone = colour("#d9d2c0" if saint.kind == "elder" else "#4b2a14")
    back = smooth([(x - r * 0.95, y + r * 0.9), (x - r * 1.1, y - r * 0.3), (x - r * 0.7, y - r * 1.25), (x, y - r * 1.5), (x + r * 0.7, y - r * 1.25), (x + r * 1.1, y - r * 0.3), (x + r * 0.95, y + r * 0.9), (x + r * 0.5, y + r * 1.2), (x - r * 0.5, y + r * 1.2)], closed=True)
    lay(picture, back, mix(tone, colour(_LINE), 0.45))
    for side in (-1, 1):
        for i in range(5):
            cy = y - r * 0.6 + r * 0.34 * i
            lock = ellipse(x + side * r * 0.92, cy, r * 0.17, r * 0.2)
            lay(picture, lock, tone, 0.8)
            lay(picture, ribbon(lock[4:44], r * 0.04), mix(tone, colour(_LINE), 0.65))


def _hair_before(picture: Floats, saint: Saint, x: float, y: float, r: float) -> None:
    tone = colour("#d9d2c0" if saint.kind == "elder" else "#4b2a14")
    fringe = smooth([(x - r * 0.88, y - r * 0.2), (x - r * 0.86, y - r * 0.95), (x, y - r * 1.48), (x + r * 0.86, y - r * 0.95), (x + r * 0.88, y - r * 0.2), (x + r * 0.62, y - r * 0.72), (x + r * 0.2, y - r * 0.98), (x - r * 0.2, y - r * 0.98), (x - r * 0.62, y - r * 0.72)], closed=True)
    lay(picture, fringe, tone)
    for i in range(11):
        s = (i - 5) / 5
        _curve(picture, [(x + s * r * 0.1, y - r * 1.44), (x + s * r * 0.55, y - r * 1.22 + abs(s) * r * 0.1), (x + s * r * 0.86, y - r * (0.95 - 0.6 * abs(s)))], r * 0.05, mix(tone, colour(_LINE), 0.6), 0.8)
    if saint.kind == "angel":
        _curve(picture, [(x - r * 0.9, y - r * 0.8), (x, y - r * 1.22), (x + r * 0.9, y - r * 0.8)], r * 0.1, colour("#efe4c6"))
    if saint.kind == "king":
        crown = [(x - r * 0.9, y - r * 0.85), (x - r * 1.05, y - r * 1.75), (x - r * 0.5, y - r * 1.35), (x, y - r * 1.95), (x + r * 0.5, y - r * 1.35), (x + r * 1.05, y - r * 1.75), (x + r * 0.9, y - r * 0.85), (x, y - r * 1.02)]
        outline = np.array(crown, dtype=np.float32)
        lay(picture, outline, colour("#d8a944"))
        lay(picture, ribbon(np.concatenate([outline, outline[:2]]), r * 0.04), colour("#5a330f"))
        for dx, code in ((-0.55, "#1f4f8a"), (0.0, "#a52a1f"), (0.55, "#2f6b46")):
            lay(picture, ellipse(x + dx * r, y - r * 1.16, r * 0.1, r * 0.12), colour(code))


def _wings(picture: Floats, x: float, y: float, r: float) -> None:
    for side in (-1, 1):
        for i in range(9):
            spread = 1.6 + 0.16 * i
            tip = (x + side * r * (spread + 1.0 - 0.06 * i * i * 0.4), y + r * (4.4 - 0.42 * i))
            feather = smooth([(x + side * r * 1.0, y + r * 1.4), (x + side * r * (spread + 0.65), y + r * (0.55 - 0.02 * i)), tip])
            tone = mix(colour("#8a4a26"), colour("#d9a552"), i / 8)
            lay(picture, tapered(feather, r * 0.5, start=0.5), tone)
            lay(picture, ribbon(feather, r * 0.03), colour("#3f2110"), 0.8)


def _attribute(picture: Floats, saint: Saint, x: float, y: float, r: float) -> None:
    hx, hy = x + r * 0.75, y + r * 3.05
    match saint.attribute:
        case "book":
            lay(picture, box(hx, hy, r * 1.35, r * 1.6, 0.1), colour("#6e1c1a"))
            lay(picture, box(hx, hy, r * 1.2, r * 1.45, 0.1), colour("#cf9d3f"))
            lay(picture, box(hx, hy, r * 0.16, r * 1.2, 0.1), colour("#7a2018"))
            lay(picture, box(hx, hy - r * 0.1, r * 0.9, r * 0.15, 0.1), colour("#7a2018"))
            for dx, dy in ((-0.4, -0.5), (0.4, -0.5), (-0.4, 0.5), (0.4, 0.5)):
                lay(picture, ellipse(hx + dx * r, hy + dy * r, r * 0.1), colour("#22508a"))
        case "staff":
            lay(picture, box(x + r * 1.35, y + r * 2.2, r * 0.1, r * 6, 0.05), colour("#8c2216"))
            hx = x + r * 1.3
        case "cross":
            lay(picture, box(hx, hy - r * 0.9, r * 0.12, r * 1.5), colour("#f0e6cc"))
            lay(picture, box(hx, hy - r * 1.2, r * 0.75, r * 0.12), colour("#f0e6cc"))
        case "scroll":
            lay(picture, box(hx, hy, r * 0.42, r * 1.5, 0.5), colour("#e9dcb8"))
            for end in (-1, 1):
                lay(picture, ellipse(hx - np.sin(0.5) * end * r * 0.75, hy + np.cos(0.5) * end * r * 0.75, r * 0.22, r * 0.09, 0.5), colour("#b99a62"))
        case "star":
            hx = x + r * 0.1
    _hand(picture, hx, hy + r * 0.35, r)


def _hand(picture: Floats, x: float, y: float, r: float) -> None:
    lay(picture, smooth([(x - r * 0.2, y + r * 0.75), (x - r * 0.3, y + r * 0.15), (x, y - r * 0.1), (x + r * 0.3, y + r * 0.15), (x + r * 0.22, y + r * 0.75)], closed=True), colour(_SANKIR))
    lay(picture, ellipse(x, y + r * 0.3, r * 0.2, r * 0.28), colour(_OCHRE), 1.0, r * 0.05)
    for i in range(4):
        dx = (-0.24 + 0.15 * i) * r
        finger = smooth([(x + dx, y + r * 0.2), (x + dx * 1.15, y - r * 0.15), (x + dx * 1.05 + r * 0.03, y - r * (0.42 - 0.05 * abs(i - 1)))])
        lay(picture, ribbon(finger, r * 0.15), colour(_LINE))
        lay(picture, ribbon(finger, r * 0.12), colour(_OCHRE))
        lay(picture, ribbon(finger, r * 0.045), colour(_LIGHT))
