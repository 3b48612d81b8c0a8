"""Chiaroscuro: things on a table that come out of the dark into one light from the left."""

from dataclasses import dataclass

import numpy as np

from gallery.sample.canvas import Size, aged, blank, grid, noise, on_canvas
from gallery.sample.manner import Genre, Manner, Work
from gallery.sample.manners.chiaroscuro.light import Stage
from gallery.sample.manners.chiaroscuro.things import TOLD, Thing, place
from gallery.sample.painters import LOOVENS, PLUMSTEEN
from gallery.sample.palettes import Floats, colour, colours, mix, ramp


@dataclass(frozen=True, slots=True)
class Board:
    """What stands on the table: (thing, place from left to right 0..1, size), back to front."""

    things: tuple[tuple[Thing, float, float], ...]
    ground: str = "#2b2018"
    cloth: str = "#4a3524"


_S: Genre = "still life"
_WORKS: tuple[Work[Board], ...] = (
    Work("Lemons and a Pewter Jug", LOOVENS, "c. 1665", _S, (52, 64),
         Board((("jug", 0.34, 1.1), ("plate", 0.60, 1.0), ("lemon", 0.54, 1.0), ("lemon", 0.66, 0.95),
              ("peach", 0.78, 0.9), ("grapes", 0.42, 0.9)))),
    Work("Breakfast with a Late Candle", LOOVENS, "1658", _S, (60, 50),
         Board((("candle", 0.36, 1.15), ("bread", 0.64, 1.0), ("plum", 0.44, 0.8), ("plum", 0.54, 0.85)), "#20170f")),
    Work("Apples on Green Cloth", PLUMSTEEN, "1649", _S, (46, 61),
         Board((("apple", 0.32, 1.1), ("apple", 0.50, 1.2), ("apple", 0.68, 1.05), ("apple", 0.42, 1.0),
              ("peach", 0.60, 0.95)), "#241d16", "#27402f")),
    Work("The Glass That Was Not Drunk", LOOVENS, "1661", _S, (63, 51),
         Board((("glass", 0.40, 1.2), ("plate", 0.64, 0.9), ("lemon", 0.62, 0.95), ("plum", 0.74, 0.7)),
              "#2a241b", "#54402a")),
    Work("Grapes for Saint Martin", PLUMSTEEN, "1670s", _S, (55, 70),
         Board((("copper pot", 0.30, 1.1), ("grapes", 0.58, 1.3), ("peach", 0.74, 1.0), ("plum", 0.46, 0.8),
              ("apple", 0.84, 0.95)))),
    Work("Roses in a Dark Room", PLUMSTEEN, "1684", "flower painting", (70, 54),
         Board((("roses", 0.50, 1.2), ("plum", 0.74, 0.6)), "#1e1a16", "#3f3226")),
    Work("Bread, and the Knife Put Down", LOOVENS, "before 1660", _S, (48, 66),
         Board((("jug", 0.26, 0.95), ("bread", 0.54, 1.2), ("knife", 0.70, 1.0), ("apple", 0.82, 0.8)),
              "#2c241a", "#5a4a36")),
    Work("Copper Pot with Onion-Coloured Light", PLUMSTEEN, "c. 1672", _S, (42, 50),
         Board((("copper pot", 0.46, 1.4), ("apple", 0.72, 0.9), ("lemon", 0.26, 0.75)), "#261c14", "#4d3a2a")),
    Work("Peaches, One Fallen", PLUMSTEEN, "1679", _S, (40, 54),
         Board((("plate", 0.44, 1.25), ("peach", 0.36, 1.0), ("peach", 0.50, 1.05), ("peach", 0.43, 0.95),
              ("peach", 0.76, 1.0)), "#231a15", "#3c2a20")),
    Work("Candle and Book, Past Midnight", LOOVENS, "17th century", _S, (58, 48),
         Board((("candle", 0.58, 1.25), ("book", 0.40, 1.1), ("plum", 0.76, 0.6)), "#18120c", "#3a291b")),
    Work("Flowers Bought from the Boat", PLUMSTEEN, "1688", "flower painting", (76, 60),
         Board((("roses", 0.46, 1.35), ("lemon", 0.76, 0.7), ("peach", 0.66, 0.75)), "#211d1a", "#4b3b2c")),
    Work("A Table Left in Haste", LOOVENS, "c. 1668", _S, (66, 92),
         Board((("jug", 0.20, 1.05), ("glass", 0.40, 1.05), ("plate", 0.62, 1.1), ("bread", 0.62, 0.85),
              ("grapes", 0.32, 0.9), ("knife", 0.78, 0.9), ("lemon", 0.86, 0.8)))),
)  # fmt: skip


def _room(scene: Board, size: Size, rng: np.random.Generator, edge: float) -> Floats:
    rows, columns = grid(size)
    u = float(min(size))
    dark = colour(scene.ground)
    beam = np.exp(-(((columns / size[1] - 0.28 - rows / size[0] * 0.55) / 0.42) ** 2)) * (1 - 0.55 * rows / size[0])
    wall = ramp(np.stack([mix(dark, colour("#0a0706"), 0.6), dark, mix(dark, colour("#8a6b47"), 0.42)]),
        0.18 + 0.72 * beam + noise(rng, size, u * 0.2, 4) * 0.04)  # fmt: skip
    near = np.clip((rows - edge) / (size[0] - edge), 0, 1)
    folds = noise(rng, size, (u * 0.10, u * 0.5), 3) * 0.08
    light = np.exp(-(((columns / size[1] - 0.42) / 0.42) ** 2))
    base = colour(scene.cloth)
    table = ramp(np.stack([mix(base, colour("#080605"), 0.8), base, mix(base, colour("#e0c090"), 0.45)]),
        0.22 + 0.5 * light * (1 - 0.55 * near) + folds)  # fmt: skip
    front = np.clip((rows - edge - (size[0] - edge) * 0.72) / 6, 0, 1)[..., None]
    table *= 1 - 0.62 * front
    onto = np.clip((rows - edge) / 5, 0, 1)[..., None]
    return np.asarray(wall + onto * (table - wall), dtype=np.float32)


def _paint(scene: Board, size: Size, rng: np.random.Generator) -> Floats:
    edge = size[0] * 0.62
    stage = Stage(_room(scene, size, rng, edge), rng)
    for thing, across, scale in scene.things:
        place(stage, thing, across, scale, scene.things.index((thing, across, scale)))
    glazed = stage.picture + noise(rng, size, (3, 9), 2)[..., None] * 0.006
    glazed = glazed * (1 - 0.06 * blank(size, colours("#3060a0")[0]))
    return np.clip(aged(on_canvas(np.clip(glazed, 0, 1).astype(np.float32), rng, 0.006), rng, 15, 0.07, 0.05), 0, 1)


def _describe(scene: Board) -> str:
    counts: dict[Thing, int] = {}
    for thing, _, _ in scene.things:
        counts[thing] = counts.get(thing, 0) + 1
    numbers = ("", "", "two ", "three ", "four ", "five ")
    words = [TOLD[t][0] if n == 1 else f"{numbers[n]}{TOLD[t][1]}" for t, n in counts.items()]
    return f"On a table in the dark, lit from the left: {', '.join(words[:-1])} and {words[-1]}."


MANNER = Manner(
    name="chiaroscuro", style="Baroque", medium="oil on panel", works=_WORKS, paint=_paint, describe=_describe
)
