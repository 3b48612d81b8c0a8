"""Naïve pictures: the village as it is told, everything seen from its best side and nothing left out."""

from dataclasses import dataclass

import numpy as np

from gallery.sample.brush import brushed
from gallery.sample.canvas import Size, blank, on_canvas
from gallery.sample.manner import Manner, Work
from gallery.sample.manners.naive.folk import Folk, Season
from gallery.sample.manners.naive.things import TOLD, Thing, put
from gallery.sample.painters import BRINDLECOMBE, ZVONEK
from gallery.sample.palettes import Floats, colour


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of, in order, in one season's colours."""

    things: tuple[Thing, ...]
    season: Season


_SPRING = Season(name="spring", sky=("#7fbfe0", "#d8ecd9"),
    fields=("#8fc25a", "#b6d46a", "#6aa84f", "#d9c95a", "#4f9150"), leaf=("#3f8a45", "#67a94c", "#2f6f3c"),
    blossom=("#f3a7b8", "#ffffff", "#f7d04a"), roof="#c8482f", wall=("#fbf3df", "#f4d79a", "#cfe3ea"),
    line="#2b2a24")  # fmt: skip
_HARVEST = Season(name="harvest time", sky=("#f2c46a", "#fbe9bd"),
    fields=("#e3b23c", "#d0882e", "#b8a23e", "#efd06a", "#8f8a38"), leaf=("#b8562a", "#d98a30", "#8a6a2c"),
    blossom=("#d83a2c", "#f3e6c0", "#7a3050"), roof="#9c3426", wall=("#fff4d9", "#f0c987", "#e9b8a0"),
    line="#33241a")  # fmt: skip
_WINTER = Season(name="winter", sky=("#8fa9c4", "#e3e6e6"),
    fields=("#f4f5f2", "#e3eaf0", "#fafaf6", "#d5e0ea", "#eef0ee"), leaf=("#3f5f58", "#557a6c", "#2f4a48"),
    blossom=("#c8382c", "#ffffff", "#e8b84a"), roof="#b84230", wall=("#f6e7c4", "#e7c489", "#c9d6de"),
    line="#25303a")  # fmt: skip
_NIGHT = Season(name="a summer night", sky=("#16244f", "#3f5f96"),
    fields=("#23524a", "#2f6a52", "#1c4348", "#3f7a4f", "#193a44"), leaf=("#1f5a48", "#347a54", "#174438"),
    blossom=("#f6d468", "#f5ead2", "#e0706a"), roof="#8f3a3c", wall=("#f3d98f", "#e8b86a", "#cfc3d8"),
    line="#0f1730")  # fmt: skip

_WORKS: tuple[Work[Told], ...] = (
    Work("The Village Tells Its Own News", BRINDLECOMBE, "1931", "genre painting", (60, 80),
         Told(("sun", "hills", "church", "houses", "trees", "people"), _SPRING)),
    Work("Everyone Came for the Apples", BRINDLECOMBE, "1936", "genre painting", (64, 84),
         Told(("sun", "hills", "houses", "orchard", "people", "sheep"), _HARVEST)),
    Work("Skating on Miller's Pond", BRINDLECOMBE, "c. 1938", "genre painting", (58, 78),
         Told(("hills", "church", "houses", "pond", "trees", "people", "snowfall"), _WINTER)),
    Work("The Cat Who Owned the Street", ZVONEK, "1952", "animal painting", (60, 60),
         Told(("sun", "hills", "houses", "cat"), _SPRING)),
    Work("Rooster, Monday", ZVONEK, "1955", "animal painting", (70, 56),
         Told(("sun", "hills", "rooster", "flowers"), _HARVEST)),
    Work("Bouquet from the Fair", ZVONEK, "1949", "flower painting", (72, 54), Told(("bouquet",),
         _SPRING)),
    Work("Wedding under the Big Moon", ZVONEK, "1958", "genre painting", (66, 90),
         Told(("moon", "hills", "church", "houses", "people", "flowers"), _NIGHT)),
    Work("Sheep Counted Twice", BRINDLECOMBE, "1930s", "animal painting", (54, 74),
         Told(("sun", "hills", "trees", "sheep", "flowers"), _SPRING)),
    Work("Snow up to the Windows", BRINDLECOMBE, "1941", "landscape", (60, 76),
         Told(("hills", "houses", "trees", "sheep", "snowfall"), _WINTER)),
    Work("Night Bouquet", ZVONEK, "1961", "flower painting", (74, 58), Told(("bouquet",), _NIGHT)),
    Work("The Pond Has a Good Memory", ZVONEK, "1963–64", "landscape", (60, 78),
         Told(("moon", "hills", "houses", "pond", "trees", "cat"), _NIGHT)),
    Work("Orchard with Hens' Hour", BRINDLECOMBE, "1944", "landscape", (62, 82),
         Told(("sun", "hills", "church", "orchard", "rooster"), _SPRING)),
)  # fmt: skip


def _paint(scene: Told, size: Size, rng: np.random.Generator) -> Floats:
    folk = Folk(blank(size, colour(scene.season.sky[0])), scene.season, rng)
    things: tuple[Thing, ...] = ("sky", *scene.things)
    for thing in things:
        put(folk, thing)
    return on_canvas(brushed(np.clip(folk.picture, 0, 1), rng, 0.0, 0.018), rng, 0.012)


def _describe(scene: Told) -> str:
    words = [TOLD[thing] for thing in scene.things]
    listed = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
    return f"A bright folk picture of {scene.season.name}: {listed}."


MANNER = Manner(name="naive", style="Naïve art", medium="oil on board", works=_WORKS, paint=_paint, describe=_describe)
