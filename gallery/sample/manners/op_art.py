"""Op art: hard-edged patterns that will not keep still."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from gallery.sample.canvas import Size, grid, noise
from gallery.sample.manner import Manner, Work
from gallery.sample.painters import FENNIMORE, KESTRELL
from gallery.sample.palettes import Floats, colours

Figure = Literal["waves", "bulge", "rings", "moire", "chevrons", "rays", "pleats", "vortex", "discs", "steps", "weft",
    "tunnel"]  # fmt: skip
_SUPERSAMPLING = 2


@dataclass(frozen=True, slots=True)
class Pattern:
    """A figure in two or more inks; ``pace`` is how often it repeats."""

    figure: Figure
    said: str
    inks: tuple[str, ...]
    pace: float


_NIGHT, _BONE = "#141416", "#f3f0e6"

_WORKS: tuple[Work[Pattern], ...] = (
    Work("Undertow", KESTRELL, "1964", "abstract", (122, 122),
         Pattern("waves", "black lines that swell and lean like a current", (_NIGHT, _BONE), 34)),
    Work("The Board Breathes In", KESTRELL, "1965", "abstract", (100, 100),
         Pattern("bulge", "a chequerboard that bulges from the middle", (_NIGHT, _BONE), 16)),
    Work("Resonance in Ultramarine", FENNIMORE, "1968", "abstract", (140, 140),
         Pattern("rings", "concentric rings in blue, green and orange", ("#1d3c9c", "#2f9f8a", "#f08a3c", "#f4ead2"),
         13)),
    Work("Interference, Two Stones", KESTRELL, "1966", "abstract", (92, 130),
         Pattern("moire", "two families of rings that cross each other", (_NIGHT, _BONE), 30)),
    Work("Migrating Arrows", FENNIMORE, "1970", "abstract", (110, 150),
         Pattern("chevrons", "chevrons in warm and cool stripes", ("#c8372c", "#f0a63a", "#f2ead6", "#2f7f9c",
         "#1c2f5f"), 9)),
    Work("Noon, Spun", KESTRELL, "1969", "abstract", (120, 120),
         Pattern("rays", "twisting rays in yellow, red and violet", ("#f4c22f", "#e2532f", "#6b2f86", "#f6efdc"),
         15)),
    Work("Pleated Light", KESTRELL, "1967", "abstract", (150, 110),
         Pattern("pleats", "standing stripes that thin and thicken like folded cloth", ("#101d3a", "#f0ede4"),
         22)),
    Work("Vortex for a Small Wall", FENNIMORE, "c. 1972", "abstract", (100, 100),
         Pattern("vortex", "a spiral of green and pink squares", ("#1d5f4c", "#f19ab0", "#f5edda", "#123049"),
         14)),
    Work("Tilting Discs", FENNIMORE, "1971", "abstract", (120, 120),
         Pattern("discs", "rows of discs that turn to ellipses and back", ("#f2553c", "#16234f"), 12)),
    Work("Steps Up, Steps Down", KESTRELL, "1974", "abstract", (130, 112),
         Pattern("steps", "stacked cubes that can be seen two ways", ("#17252f", "#cf5a3a", "#f1d9a6"),
         7)),
    Work("Weft with a Hidden Hill", FENNIMORE, "1975", "abstract", (110, 140),
         Pattern("weft", "woven bands in teal, coral and cream that rise over a hill", ("#0f6a70", "#ef7d5a",
         "#f6ecd4"), 20)),
    Work("Corridor to Thursday", KESTRELL, "1984–85", "abstract", (116, 116),
         Pattern("tunnel", "squares within squares, each turned a little", ("#23235b", "#e94f64", "#f7c65b", "#f7f0df"),
         15)),
)  # fmt: skip

Numbers = NDArray[np.int32]
_Field = Callable[[Floats, Floats, float, int], Numbers]
"""From x and y (about -1..1), the pace and the number of inks, to each pixel's ink number."""


def _stripes(phase: Floats, inks: int) -> Numbers:
    return np.asarray(np.floor(phase).astype(np.int32) % inks)


def _waves(x: Floats, y: Floats, pace: float, inks: int) -> Numbers:
    sway = 0.16 * np.sin(y * 4.2 + 0.9) * np.exp(-((y - 0.1) ** 2)) + 0.09 * np.sin(y * 9 + x * 2)
    return _stripes((x + sway * (1.2 + 0.6 * np.cos(x * 2.5))) * pace + 200, inks)


def _bulge(x: Floats, y: Floats, pace: float, inks: int) -> Numbers:
    away = np.hypot(x - 0.12, y + 0.08)
    pull = np.where(away < 0.78, (np.maximum(away, 1e-4) / 0.78) ** 0.75, 1.0)
    squares = np.floor((x - 0.12) * pull * pace / 2 + 100) + np.floor((y + 0.08) * pull * pace / 2 + 100)
    return np.asarray(squares.astype(np.int32) % inks)


def _rings(x: Floats, y: Floats, pace: float, inks: int) -> Numbers:
    away = np.hypot(x, y)
    turn = np.arctan2(y, x)
    return _stripes(away * pace + np.floor((turn + np.pi) / (np.pi / 4)) % 2 * (away * 2.6) + 100, inks)


def _moire(x: Floats, y: Floats, pace: float, inks: int) -> Numbers:
    left, right = np.hypot(x + 0.42, y + 0.1) * pace, np.hypot(x - 0.42, y - 0.12) * pace * 1.03
    return np.asarray((np.floor(left) + np.floor(right)).astype(np.int32) % inks)


def _chevrons(x: Floats, y: Floats, pace: float, inks: int) -> Numbers:
    fold = np.abs(((x * 2.5 + 100) % 2) - 1)
    return _stripes((y + fold * 0.42 + 0.05 * np.sin(x * 3)) * pace + 100, inks)


def _rays(x: Floats, y: Floats, pace: float, inks: int) -> Numbers:
    away, turn = np.hypot(x, y), np.arctan2(y, x)
    return _stripes((turn / (2 * np.pi) + 0.28 * np.sin(away * 4.2)) * pace * inks + 100, inks)


def _pleats(x: Floats, y: Floats, pace: float, inks: int) -> Numbers:
    cloth = x + 0.05 * np.sin(y * 3.4 + x * 3)
    fold = cloth * pace + 6.5 * np.sin(cloth * 3.1 + 0.5 * np.sin(y * 2.2))
    narrow = 0.5 + 0.3 * np.sin(cloth * 6.2 + y * 1.2)
    return np.asarray(((fold % 1.0) < narrow).astype(np.int32))


def _vortex(x: Floats, y: Floats, pace: float, inks: int) -> Numbers:
    away, turn = np.log(np.hypot(x, y) + 0.02), np.arctan2(y, x) / (2 * np.pi)
    one, two = np.floor(away * 3.2 + turn * pace), np.floor(away * 3.2 - turn * (pace - 2))
    return np.asarray((one + 2 * two).astype(np.int32) % inks)


def _discs(x: Floats, y: Floats, pace: float, inks: int) -> Numbers:
    column, row = np.floor(x * pace / 2 + 50), np.floor(y * pace / 2 + 50)
    u, v = (x * pace / 2 + 50) % 1 - 0.5, (y * pace / 2 + 50) % 1 - 0.5
    wide = 0.12 + 0.30 * np.abs(np.cos(row * 0.55 + column * 0.32))
    lean = 0.7 * np.sin(column * 0.5 + row * 0.3)
    du, dv = u * np.cos(lean) + v * np.sin(lean), -u * np.sin(lean) + v * np.cos(lean)
    return np.asarray(((du / wide) ** 2 + (dv / 0.43) ** 2 < 1).astype(np.int32))


def _steps(x: Floats, y: Floats, pace: float, inks: int) -> Numbers:
    a, b = x * pace / np.sqrt(3), y * pace * (2 / 3)
    q, r = a - b / 2 + 300, b + 300
    cube = np.stack([q, -q - r, r])
    near = np.round(cube)
    gap = np.abs(near - cube)
    worst = gap.argmax(axis=0)
    total = near.sum(axis=0)
    for axis in range(3):
        near[axis] = np.where(worst == axis, near[axis] - total, near[axis])
    dx, dy = (cube - near)[0] + (cube - near)[2] / 2, (cube - near)[2] * 0.866
    turn = (np.arctan2(dy, dx) + np.pi / 2 + 2 * np.pi) % (2 * np.pi)
    return np.asarray(np.floor(turn / (2 * np.pi / 3)).astype(np.int32) % inks)


def _weft(x: Floats, y: Floats, pace: float, inks: int) -> Numbers:
    lift = 0.26 * np.exp(-((x - 0.18) ** 2 + (y + 0.02) ** 2) / 0.16)
    across, down = np.floor((y + lift) * pace + 100), np.floor((x + lift * 0.45) * pace + 100)
    over = (across + down) % 2 == 0
    return np.asarray(np.where(over, across.astype(np.int32) // 2 % 2, 2).astype(np.int32) % inks)


def _tunnel(x: Floats, y: Floats, pace: float, inks: int) -> Numbers:
    away = np.hypot(x, y)
    twist = 0.55 * np.log(away + 0.05)
    u, v = x * np.cos(twist) - y * np.sin(twist), x * np.sin(twist) + y * np.cos(twist)
    return _stripes(-np.log(np.maximum(np.abs(u), np.abs(v)) + 0.01) * pace * 0.55 + 100, inks)


_FIGURES: dict[Figure, _Field] = {
    "waves": _waves, "bulge": _bulge, "rings": _rings, "moire": _moire, "chevrons": _chevrons, "rays": _rays,
    "pleats": _pleats, "vortex": _vortex, "discs": _discs, "steps": _steps, "weft": _weft, "tunnel": _tunnel,
}  # fmt: skip


def _paint(scene: Pattern, size: Size, rng: np.random.Generator) -> Floats:
    large = (size[0] * _SUPERSAMPLING, size[1] * _SUPERSAMPLING)
    rows, columns = grid(large)
    scale = 2 / min(large)
    number = _FIGURES[scene.figure](
        (columns - large[1] / 2) * scale, (rows - large[0] / 2) * scale, scene.pace, len(scene.inks)
    )
    hard = (colours(*scene.inks) * 255).astype(np.uint8)[number]
    flat = cv2.resize(hard, size[::-1], interpolation=cv2.INTER_AREA).astype(np.float32) / 255
    tooth = noise(rng, size, 3, 2) * 0.006 + noise(rng, size, 300, 2) * 0.008
    return np.asarray(np.clip(flat * (1 + tooth[..., None]) + tooth[..., None] * 0.4, 0, 1), dtype=np.float32)


def _describe(scene: Pattern) -> str:
    return f"A sharp-edged abstract pattern: {scene.said}."


MANNER = Manner(
    name="op-art", style="Op Art", medium="acrylic on board", works=_WORKS, paint=_paint, describe=_describe
)
