"""People who sit for their portrait: head and shoulders, lit from the left."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from gallery.sample.canvas import grid, noise
from gallery.sample.motifs.cartoon import Cartoon
from gallery.sample.palettes import Floats, colour, colours, lighter, mix, ramp
from gallery.sample.shapes import ellipse, ribbon, smooth

Hair = Literal["short", "long", "bun", "headscarf", "straw hat", "beard"]
_TOLD: dict[Hair, str] = {
    "short": "short hair", "long": "long hair", "bun": "hair tied in a knot", "headscarf": "a headscarf",
    "straw hat": "a wide straw hat", "beard": "a full beard",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sitter:
    """A person. ``turn``: how far the face looks to the right (above zero) or left, about -1..1."""

    hair: Hair
    turn: float = 0.4


def told(sitter: Sitter) -> str:
    """Who is to be seen, as the middle of a sentence."""
    side = "right" if sitter.turn > 0 else "left"
    return f"the head and shoulders of a person with {_TOLD[sitter.hair]}, turned a little to the {side}"


def draw(c: Cartoon, sitter: Sitter) -> None:
    """Lay the ground and the sitter on the cartoon."""
    h, w = c.size
    x, y, r = w * 0.5, h * 0.40, min(w * 0.21, h * 0.18)
    _ground(c, x, y)
    _behind(c, sitter, x, y, r)
    _body(c, x, y, r)
    _face(c, x, y, r, sitter.turn)
    _features(c, x, y, r, sitter.turn)
    _before(c, sitter, x, y, r)


def _ground(c: Cartoon, x: float, y: float) -> None:
    c.colour[:] = c.wash(c.scheme.sky, 0, c.size[0], 0.12)
    rows, columns = grid(c.size)
    c.flow[:] = np.arctan2(rows - y, columns - x) + np.pi / 2 + noise(c.rng, c.size, c.unit * 0.3, 2) * 0.3


def _body(c: Cartoon, x: float, y: float, r: float) -> None:
    bottom, s = c.size[0] + 9, c.scheme
    coat = smooth([(x - r * 2.5, bottom), (x - r * 2.35, y + r * 2.9), (x - r * 1.7, y + r * 2.15),
        (x - r * 0.6, y + r * 1.75), (x + r * 0.6, y + r * 1.75), (x + r * 1.7, y + r * 2.1),
        (x + r * 2.3, y + r * 2.9), (x + r * 2.5, bottom)], steps=10)  # fmt: skip
    _, columns = grid(c.size)
    cloth = ramp(np.stack([mix(colour(s.near), colour(s.light), 0.25), colour(s.near), mix(colour(s.near),
        colour(s.dark), 0.6)]), (columns - x) / (r * 4.4) + 0.45)  # fmt: skip
    c.lay(coat, cloth, flow=1.25, lined=True)
    neck = smooth([(x - r * 0.48, y + r * 0.6), (x - r * 0.5, y + r * 1.5), (x - r * 0.75, y + r * 1.85),
        (x, y + r * 2.2), (x + r * 0.75, y + r * 1.85), (x + r * 0.5, y + r * 1.5), (x + r * 0.48, y + r * 0.6)],
        steps=8)  # fmt: skip
    c.lay(neck, mix(colour(s.skin[0]), colour(s.skin[1]), 0.6), flow=np.pi / 2, lined=True)
    for side in (-1, 1):
        collar = smooth([(x, y + r * 2.3), (x + side * r * 0.55, y + r * 1.72), (x + side * r * 0.86, y + r * 1.78),
            (x + side * r * 0.7, y + r * 2.45), (x + side * r * 0.3, y + r * 2.8)], closed=True)  # fmt: skip
        c.lay(collar, mix(colour(s.accent), colour(s.dark), 0.12 + 0.12 * side), flow=0.9 * side, lined=True)
        fold = smooth(
            [(x + side * r * 0.9, y + r * 2.5), (x + side * r * 1.2, y + r * 3.3), (x + side * r * 1.1, bottom)]
        )
        c.lay(ribbon(fold, r * 0.12), mix(colour(s.near), colour(s.dark), 0.5), flow=1.4, soft=r * 0.03)
    for i in range(3):
        c.lay(ellipse(x, y + r * (2.95 + 0.42 * i), r * 0.07), colour(s.light), lined=True)


def _head(x: float, y: float, r: float, turn: float) -> Floats:
    lean = turn * r * 0.1
    return smooth([(x - r * 0.82, y - r * 0.5), (x, y - r * 1.22), (x + r * 0.82, y - r * 0.5),
        (x + r * 0.8 + lean, y + r * 0.25), (x + r * 0.52 + lean, y + r * 0.9), (x + lean * 1.8, y + r * 1.22),
        (x - r * 0.52 + lean, y + r * 0.9), (x - r * 0.8 + lean, y + r * 0.25)], closed=True)  # fmt: skip


def _face(c: Cartoon, x: float, y: float, r: float, turn: float) -> None:
    rows, columns = grid(c.size)
    u, v = (columns - x) / r, (rows - y) / (r * 1.2)
    lit = 0.62 - 0.42 * u - 0.16 * v - 0.25 * (u**2) * (u > 0) + noise(c.rng, c.size, r * 0.4, 2) * 0.03
    skin = ramp(colours(*c.scheme.skin), lit)
    for side in (-1, 1):
        c.lay(
            ellipse(x + side * r * 0.86 - turn * r * 0.12, y + r * 0.1, r * 0.13, r * 0.26),
            mix(colour(c.scheme.skin[1]), colour(c.scheme.skin[0]), 0.3 + 0.25 * side),
            lined=True,
        )
    flow = np.arctan2(rows - y, columns - x).astype(np.float32) + np.float32(np.pi / 2)
    c.lay(_head(x, y, r, turn), skin, flow=flow, lined=True)
    for side, warmth in ((-1, 0.3), (1, 0.22)):
        cheek = ellipse(x + (side * 0.44 + turn * 0.22) * r, y + r * 0.42, r * 0.24, r * 0.2)
        c.lay(cheek, mix(colour(c.scheme.skin[1]), colour(c.scheme.accent), 0.5), soft=r * 0.1, opacity=warmth)


def _features(c: Cartoon, x: float, y: float, r: float, turn: float) -> None:
    s, lean = c.scheme, turn * r * 0.24
    deep, dark = mix(colour(s.skin[0]), colour(s.dark), 0.35), mix(colour(s.dark), colour(s.skin[0]), 0.25)
    for side in (-1, 1):
        near = 1 - 0.18 * side * turn
        ex, ey = x + lean + side * r * 0.38 * near, y + r * 0.02
        c.lay(ellipse(ex, ey, r * 0.24 * near, r * 0.15), deep, soft=r * 0.05, opacity=0.5)
        almond = smooth(
            [
                (ex - r * 0.2 * near, ey + r * 0.02),
                (ex, ey - r * 0.085),
                (ex + r * 0.2 * near, ey + r * 0.01),
                (ex, ey + r * 0.075),
            ],
            closed=True,
        )
        c.lay(almond, mix(colour(s.light), colour(s.skin[1]), 0.35))
        c.lay(ellipse(ex + turn * r * 0.05, ey - r * 0.005, r * 0.085, r * 0.085), dark)
        c.lay(ellipse(ex + turn * r * 0.05 - r * 0.03, ey - r * 0.035, r * 0.022), colour(s.light))
        lid = smooth([(ex - r * 0.23 * near, ey), (ex, ey - r * 0.115), (ex + r * 0.23 * near, ey - r * 0.01)])
        c.lay(ribbon(lid, r * 0.045), dark, flow=0.0)
        brow = smooth(
            [(ex - side * r * 0.22, ey - r * 0.2), (ex, ey - r * 0.27), (ex + side * r * 0.26 * near, ey - r * 0.17)]
        )
        c.lay(ribbon(brow, r * 0.065), mix(dark, colour(s.skin[0]), 0.2), flow=0.0)
    nose = smooth(
        [
            (x + lean * 0.95 + r * 0.03, y - r * 0.12),
            (x + lean * 1.5 + r * 0.1, y + r * 0.32),
            (x + lean * 1.3 + r * 0.17, y + r * 0.5),
            (x + lean * 1.2 - r * 0.12, y + r * 0.5),
        ]
    )
    c.lay(nose, deep, soft=r * 0.025, opacity=0.55, flow=np.pi / 2)
    c.lay(
        ribbon(smooth([(x + lean * 0.9, y - r * 0.1), (x + lean * 1.3 - r * 0.02, y + r * 0.4)]), r * 0.08),
        colour(s.skin[2]),
        soft=r * 0.03,
        opacity=0.8,
    )
    mx, my = x + lean * 1.1, y + r * 0.76
    upper = smooth([(mx - r * 0.27, my), (mx - r * 0.08, my - r * 0.07), (mx, my - r * 0.04),
        (mx + r * 0.08, my - r * 0.07), (mx + r * 0.25, my), (mx, my + r * 0.02)], closed=True)  # fmt: skip
    lower = smooth([(mx - r * 0.25, my), (mx, my + r * 0.02), (mx + r * 0.23, my), (mx, my + r * 0.12)], closed=True)
    red = mix(colour(s.accent), colour(s.skin[1]), 0.45)
    c.lay(lower, lighter(red, 0.05), flow=0.0)
    c.lay(upper, mix(red, colour(s.dark), 0.35), flow=0.0)
    c.lay(ellipse(mx, my + r * 0.2, r * 0.16, r * 0.04), deep, soft=r * 0.03, opacity=0.5)


def _locks(c: Cartoon, outline: Floats, tone: Floats, flow: float) -> None:
    streaks = noise(
        c.rng, c.size, (c.unit * 0.15, c.unit * 0.02) if abs(np.sin(flow)) > 0.6 else (c.unit * 0.02, c.unit * 0.15), 2
    )
    hair = ramp(
        np.stack([mix(tone, colour(c.scheme.dark), 0.5), tone, mix(tone, colour(c.scheme.light), 0.35)]),
        0.45 + streaks * 0.2,
    )
    c.lay(outline, hair, flow=flow, lined=True)


def _tone(c: Cartoon) -> Floats:
    return mix(colour(c.scheme.dark), colour(c.scheme.second), 0.3)


def _behind(c: Cartoon, sitter: Sitter, x: float, y: float, r: float) -> None:
    if sitter.hair == "long":
        mane = smooth([(x, y - r * 1.42), (x - r * 0.95, y - r * 0.8), (x - r * 1.15, y + r * 0.5),
            (x - r * 1.25, y + r * 2.3), (x, y + r * 2.0), (x + r * 1.25, y + r * 2.3), (x + r * 1.15, y + r * 0.5),
            (x + r * 0.95, y - r * 0.8)], closed=True)  # fmt: skip
        _locks(c, mane, _tone(c), np.pi / 2)
    elif sitter.hair == "bun":
        _locks(c, ellipse(x - sitter.turn * r * 0.5, y - r * 1.5, r * 0.42, r * 0.36), _tone(c), 0.6)
    elif sitter.hair == "straw hat":
        c.lay(ellipse(x, y - r * 0.62, r * 1.75, r * 0.5, 0.06), mix(colour(c.scheme.light), colour(c.scheme.dark),
            0.45), flow=0.0, lined=True)  # fmt: skip


def _before(c: Cartoon, sitter: Sitter, x: float, y: float, r: float) -> None:
    if sitter.hair == "headscarf":
        return _scarf(c, x, y, r)
    if sitter.hair == "straw hat":
        return _hat(c, x, y, r)
    if sitter.hair == "beard":
        beard = smooth([(x - r * 0.84, y + r * 0.25), (x - r * 0.5, y + r * 0.58), (x - r * 0.3, y + r * 0.66),
            (x, y + r * 0.6), (x + r * 0.34, y + r * 0.66), (x + r * 0.6, y + r * 0.55), (x + r * 0.88, y + r * 0.25),
            (x + r * 0.78, y + r * 1.3), (x + r * 0.1, y + r * 1.9), (x - r * 0.66, y + r * 1.35)],
            closed=True)  # fmt: skip
        _locks(c, beard, mix(_tone(c), colour(c.scheme.light), 0.15), np.pi / 2)
        lips = ellipse(x + sitter.turn * r * 0.26, y + r * 0.82, r * 0.2, r * 0.05)
        c.lay(lips, mix(colour(c.scheme.accent), colour(c.scheme.dark), 0.3))
    part = sitter.turn * r * 0.3
    cap = smooth([(x - r * 0.92, y + r * 0.05), (x - r * 1.0, y - r * 0.7), (x - r * 0.5, y - r * 1.36),
        (x + r * 0.5, y - r * 1.36), (x + r * 1.0, y - r * 0.7), (x + r * 0.92, y + r * 0.05),
        (x + r * 0.74, y - r * 0.48), (x + r * 0.3 + part, y - r * 0.74), (x + part - r * 0.1, y - r * 0.9),
        (x - r * 0.42 + part, y - r * 0.66), (x - r * 0.76, y - r * 0.42)], closed=True)  # fmt: skip
    _locks(c, cap, _tone(c), 0.5)
    return None


def _scarf(c: Cartoon, x: float, y: float, r: float) -> None:
    s = c.scheme
    whole = smooth([(x - r * 0.98, y + r * 0.9), (x - r * 1.1, y - r * 0.3), (x - r * 0.7, y - r * 1.3),
        (x, y - r * 1.55), (x + r * 0.7, y - r * 1.3), (x + r * 1.1, y - r * 0.3), (x + r * 0.98, y + r * 0.9),
        (x + r * 0.2, y + r * 1.6), (x + r * 0.56, y + r * 0.95), (x + r * 0.78, y - r * 0.2),
        (x + r * 0.4, y - r * 0.85), (x, y - r * 0.97), (x - r * 0.4, y - r * 0.85), (x - r * 0.78, y - r * 0.2),
        (x - r * 0.56, y + r * 0.95), (x - r * 0.1, y + r * 1.6)], closed=True)  # fmt: skip
    _, columns = grid(c.size)
    cloth = ramp(np.stack([mix(colour(s.accent), colour(s.light), 0.35), colour(s.accent), mix(colour(s.accent),
        colour(s.dark), 0.6)]), (columns - x) / (r * 2.4) + 0.5)  # fmt: skip
    c.lay(whole, cloth, flow=1.1, lined=True)
    for i in range(4):
        fold = smooth([(x - r * (0.2 + 0.2 * i), y - r * (1.4 - 0.12 * i)), (x - r * (0.62 + 0.1 * i), y - r * 0.5),
            (x - r * (0.75 + 0.07 * i), y + r * 0.5)])  # fmt: skip
        c.lay(ribbon(fold, r * 0.05), mix(colour(s.accent), colour(s.dark), 0.4), flow=1.3, soft=1.0, opacity=0.7)


def _hat(c: Cartoon, x: float, y: float, r: float) -> None:
    s = c.scheme
    straw = mix(colour(s.light), colour(s.second), 0.3)
    crown = smooth([(x - r * 0.86, y - r * 0.66), (x - r * 0.8, y - r * 1.35), (x, y - r * 1.62),
        (x + r * 0.8, y - r * 1.35), (x + r * 0.86, y - r * 0.66)])  # fmt: skip
    rim = ellipse(x, y - r * 0.66, r * 1.75, r * 0.42, 0.06)
    c.lay(rim, straw, flow=0.0, lined=True)
    c.lay(crown, straw, flow=0.5, lined=True)
    band = smooth([(x - r * 0.87, y - r * 0.62), (x - r * 0.85, y - r * 0.88), (x, y - r * 0.72),
        (x + r * 0.85, y - r * 0.88), (x + r * 0.87, y - r * 0.62), (x, y - r * 0.46)], closed=True)  # fmt: skip
    c.lay(band, colour(s.accent), flow=0.0, lined=True)
    c.shade(ellipse(x + r * 0.1, y - r * 0.28, r * 0.85, r * 0.2), -0.32, r * 0.1)
    c.shade(crown * (0.5, 1) + (x * 0.5 + r * 0.4, 0), -0.25, r * 0.1)
