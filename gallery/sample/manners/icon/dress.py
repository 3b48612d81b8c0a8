"""Garments, veils, hair and wings."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from gallery.sample.manners.icon.face import LINE, curve
from gallery.sample.palettes import Floats, colour, lighter, mix
from gallery.sample.shapes import border, box, ellipse, lay, ribbon, smooth, tapered

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


def garments(picture: Floats, saint: Saint, x: float, y: float, r: float, bottom: float) -> None:
    cloak, tunic = colour(saint.cloak), colour(saint.tunic)
    neck = smooth([(x - r * 0.5, y + r * 0.7), (x - r * 0.5, y + r * 1.6), (x, y + r * 2.1), (x + r * 0.5, y + r * 1.6),
        (x + r * 0.5, y + r * 0.7)])  # fmt: skip
    body = smooth([(x - r * 2.5, bottom), (x - r * 2.45, y + r * 3.2), (x - r * 2.05, y + r * 2.25),
        (x - r * 0.7, y + r * 1.55), (x + r * 0.7, y + r * 1.55), (x + r * 2.05, y + r * 2.25),
        (x + r * 2.45, y + r * 3.2), (x + r * 2.5, bottom)])  # fmt: skip
    lay(picture, body, tunic)
    for i in range(7):
        px = x + r * (-0.75 + 0.25 * i)
        curve(picture, [(px, y + r * 2.0), (px * 0.9 + x * 0.1, y + r * 3.2), (px, bottom)],
            r * 0.09, mix(tunic, colour(LINE), 0.55))  # fmt: skip
        curve(picture, [(px + r * 0.1, y + r * 2.1), (px * 0.9 + x * 0.1 + r * 0.1, y + r * 3.0),
            (px + r * 0.08, bottom)], r * 0.05, lighter(tunic, 0.16))  # fmt: skip
    lay(picture, neck, colour("#7b5630"))
    curve(
        picture,
        [(x - r * 0.6, y + r * 1.66), (x, y + r * 2.2), (x + r * 0.6, y + r * 1.66)],
        r * 0.2,
        colour("#d9ac4c"),
    )
    for side in (-1.0, 1.0):
        _cloak_half(picture, cloak, x, y, r, bottom, side)


def _cloak_half(picture: Floats, cloak: Floats, x: float, y: float, r: float, bottom: float, side: float) -> None:
    def at(across: float, down: float) -> tuple[float, float]:
        return x + side * r * across, y + r * down

    over = 0.35 if side < 0 else -0.2
    half = smooth([at(0.62, 1.45), at(1.5, 1.85), at(2.2, 2.3), at(2.6, 3.3), (x + side * r * 2.75, bottom + 5),
        (x + side * r * over, bottom + 5), at(0.9, 3.4), at(0.72, 2.3)], closed=True)  # fmt: skip
    lay(picture, half, cloak)
    deep, pale = mix(cloak, colour(LINE), 0.6), lighter(cloak, 0.15)
    for i in range(6):
        start = 0.85 + 0.24 * i
        path = [
            at(start, 1.75 + 0.13 * i),
            at(start * 0.82 + 0.5, 2.6 + 0.16 * i),
            at(start * 0.72 + 0.45, 3.5 + 0.2 * i),
            (x + side * r * (0.5 + 0.4 * i), bottom),
        ]
        curve(picture, path, r * 0.11, deep)
        curve(picture, [(px + r * 0.10, py - r * 0.02) for px, py in path], r * 0.08, pale, 0.85)
        curve(picture, [(px + r * 0.13, py) for px, py in path[:3]], r * 0.022, colour("#e6c46c"), 0.9)
    edge = half[: 12 * 4 + 1]
    lay(picture, ribbon(edge, r * 0.05), deep)
    hem = smooth([at(0.62, 1.5), at(0.72, 2.3), at(0.9, 3.4), (x + side * r * over, bottom + 5)])
    lay(picture, ribbon(hem, r * 0.13), colour("#c9993f"))
    lay(picture, ribbon(hem, r * 0.03), colour("#7c4a18"))


def veil(picture: Floats, saint: Saint, x: float, y: float, r: float) -> None:
    cloth = colour(saint.cloak)
    outer = [(-1.25, 1.95), (-1.2, 0.4), (-1.05, -0.7), (-0.55, -1.42), (0, -1.62), (0.55, -1.42), (1.05, -0.7),
        (1.2, 0.4), (1.25, 1.95)]  # fmt: skip
    inner = [(0.5, 1.62), (0.72, 0.75), (0.78, -0.2), (0.52, -0.86), (0, -1.05), (-0.52, -0.86), (-0.78, -0.2),
        (-0.72, 0.75), (-0.5, 1.62)]  # fmt: skip
    rim = smooth([(x + a * r, y + b * r) for a, b in inner])
    hood = np.concatenate([smooth([(x + a * r, y + b * r) for a, b in outer]), rim])
    lay(picture, hood, cloth)
    for side in (-1, 1):
        for i in range(4):
            fold = [(x + side * r * (0.3 + 0.16 * i), y - r * (1.38 - 0.14 * i)), (x + side * r * (0.86 + 0.06 * i),
                y - r * 0.3), (x + side * r * (0.8 + 0.1 * i), y + r * 1.2)]  # fmt: skip
            curve(picture, fold, r * 0.07, (mix(cloth, colour(LINE), 0.55), lighter(cloth, 0.14))[i % 2], 0.9)
    gold = colour("#d6a84a") if saint.kind != "hermit" else lighter(cloth, 0.2)
    lay(picture, ribbon(rim, r * 0.13), gold)
    lay(picture, ribbon(rim, r * 0.03), colour("#6b3d16"))
    if saint.attribute == "star":
        for px, py in ((x, y - r * 1.34), (x - r * 1.55, y + r * 2.3)):
            for turn in range(4):
                lay(picture, box(px, py, r * 0.42, r * 0.045, turn * np.pi / 4), colour("#efcf78"))
            lay(picture, ellipse(px, py, r * 0.07), colour("#fff0b8"))


def hair_behind(picture: Floats, saint: Saint, x: float, y: float, r: float) -> None:
    tone = colour("#d9d2c0" if saint.kind == "elder" else "#4b2a14")
    back = smooth([(x - r * 0.95, y + r * 0.9), (x - r * 1.1, y - r * 0.3), (x - r * 0.7, y - r * 1.25),
        (x, y - r * 1.5), (x + r * 0.7, y - r * 1.25), (x + r * 1.1, y - r * 0.3), (x + r * 0.95, y + r * 0.9),
        (x + r * 0.5, y + r * 1.2), (x - r * 0.5, y + r * 1.2)], closed=True)  # fmt: skip
    lay(picture, back, mix(tone, colour(LINE), 0.45))
    for side in (-1, 1):
        for i in range(5):
            cy = y - r * 0.6 + r * 0.34 * i
            lock = ellipse(x + side * r * 0.92, cy, r * 0.17, r * 0.2)
            lay(picture, lock, tone, 0.8)
            lay(picture, ribbon(lock[4:44], r * 0.04), mix(tone, colour(LINE), 0.65))


def hair_before(picture: Floats, saint: Saint, x: float, y: float, r: float) -> None:
    tone = colour("#d9d2c0" if saint.kind == "elder" else "#4b2a14")
    fringe = smooth([(x - r * 0.88, y - r * 0.2), (x - r * 0.86, y - r * 0.95), (x, y - r * 1.48),
        (x + r * 0.86, y - r * 0.95), (x + r * 0.88, y - r * 0.2), (x + r * 0.62, y - r * 0.72),
        (x + r * 0.2, y - r * 0.98), (x - r * 0.2, y - r * 0.98), (x - r * 0.62, y - r * 0.72)],
        closed=True)  # fmt: skip
    lay(picture, fringe, tone)
    for i in range(11):
        s = (i - 5) / 5
        curve(picture, [(x + s * r * 0.1, y - r * 1.44), (x + s * r * 0.55, y - r * 1.22 + abs(s) * r * 0.1),
            (x + s * r * 0.86, y - r * (0.95 - 0.6 * abs(s)))], r * 0.05, mix(tone, colour(LINE), 0.6),
            0.8)  # fmt: skip
    if saint.kind == "angel":
        curve(
            picture,
            [(x - r * 0.9, y - r * 0.8), (x, y - r * 1.22), (x + r * 0.9, y - r * 0.8)],
            r * 0.1,
            colour("#efe4c6"),
        )
    if saint.kind == "king":
        crown = [(x - r * 0.9, y - r * 0.85), (x - r * 1.05, y - r * 1.75), (x - r * 0.5, y - r * 1.35),
            (x, y - r * 1.95), (x + r * 0.5, y - r * 1.35), (x + r * 1.05, y - r * 1.75), (x + r * 0.9, y - r * 0.85),
            (x, y - r * 1.02)]  # fmt: skip
        outline = np.array(crown, dtype=np.float32)
        lay(picture, outline, colour("#d8a944"))
        lay(picture, border(outline, r * 0.04), colour("#5a330f"))
        for dx, code in ((-0.55, "#1f4f8a"), (0.0, "#a52a1f"), (0.55, "#2f6b46")):
            lay(picture, ellipse(x + dx * r, y - r * 1.16, r * 0.1, r * 0.12), colour(code))


def wings(picture: Floats, x: float, y: float, r: float) -> None:
    for side in (-1, 1):
        for i in range(9):
            spread = 1.6 + 0.16 * i
            tip = (x + side * r * (spread + 1.0 - 0.06 * i * i * 0.4), y + r * (4.4 - 0.42 * i))
            feather = smooth(
                [(x + side * r * 1.0, y + r * 1.4), (x + side * r * (spread + 0.65), y + r * (0.55 - 0.02 * i)), tip]
            )
            tone = mix(colour("#8a4a26"), colour("#d9a552"), i / 8)
            lay(picture, tapered(feather, r * 0.5, start=0.5), tone)
            lay(picture, ribbon(feather, r * 0.03), colour("#3f2110"), 0.8)
