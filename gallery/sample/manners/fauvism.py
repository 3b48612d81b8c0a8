"""Fauvism: flat loud colour inside loose dark-blue contours, bare canvas between."""

import numpy as np

from gallery.sample.brush import Brush, detail, dried, sheet, stroke_over
from gallery.sample.canvas import Size, noise
from gallery.sample.manner import Manner, Work
from gallery.sample.motifs.cartoon import Scheme
from gallery.sample.motifs.landscape import Landscape
from gallery.sample.motifs.sitter import Sitter
from gallery.sample.motifs.subject import Seen, cartoon, told
from gallery.sample.motifs.table import Table
from gallery.sample.painters import ARGENTIN, TESSENHOLT
from gallery.sample.palettes import Floats, colour

_PARROT = Scheme(
    name="pink, emerald and orange", sky=("#f49ab0", "#f7c0a0",
         "#fbe08c"), far="#7a5fc0", mid="#35a876", near="#f07a2e",
    water=("#59c3cf", "#1f6fc0"), light="#fff0c2", accent="#e02f3c", second="#f8c22e", dark="#1b2568",
    skin=("#3f8f6e", "#f0926a", "#ffd98f"),
)  # fmt: skip
_TROPIC = Scheme(
    name="turquoise, scarlet and yellow", sky=("#1f9fc4", "#58c6c4",
         "#c9e6a0"), far="#3a57b8", mid="#f2b51f", near="#df3f2a",
    water=("#31b5b0", "#14549f"), light="#fff6cf", accent="#e8364a", second="#f99a2c", dark="#23154f",
    skin=("#5b3f9a", "#f27c58", "#ffe08a"),
)  # fmt: skip
_VIOLET = Scheme(
    name="violet, lime and coral", sky=("#6b4fb4", "#b06fbe", "#f5a3a0",
         "#fdd58a"), far="#2f7fae", mid="#9fc93c", near="#2c9a62",
    water=("#f29fa8", "#5a49ae"), light="#fff2b8", accent="#f2533c", second="#fbb03a", dark="#1d1a55",
    skin=("#2f8f8a", "#f58f70", "#ffe39a"),
)  # fmt: skip
_CITRON = Scheme(
    name="citron, blue and crimson", sky=("#f8d93c", "#fbe571",
         "#fdf0b0"), far="#2f9fae", mid="#ee6f9a", near="#2a6fc8",
    water=("#4fd0b8", "#2757b4"), light="#fffbe0", accent="#c4204f", second="#f78a26", dark="#152050",
    skin=("#4a6fc0", "#f5a070", "#fff0a8"),
)  # fmt: skip

_WORKS: tuple[Work[Seen], ...] = (
    Work("Red Roofs, Pink Sky", ARGENTIN, "1905", "landscape", (60, 73),
         Seen(Landscape("meadow", ("hills", "village", "church", "trees"), 0.48), _PARROT)),
    Work("Port Vermeil at Anchor", ARGENTIN, "1906", "marina", (65, 81),
         Seen(Landscape("sea", ("mountain", "town", "masts"), 0.46), _TROPIC)),
    Work("Mountain with a Lime Valley", TESSENHOLT, "1907", "landscape", (73, 92),
         Seen(Landscape("field", ("mountain", "hills", "poplars"), 0.5), _VIOLET)),
    Work("The Yellow Hour", TESSENHOLT, "1906", "landscape", (54, 65),
         Seen(Landscape("river", ("sun", "hills", "trees"), 0.5), _CITRON)),
    Work("Woman beside a Pink Wall", ARGENTIN, "1905–06", "portrait", (55, 46),
         Seen(Sitter("bun", 0.5), _PARROT)),
    Work("The Carter in the Heat", ARGENTIN, "c. 1907", "portrait", (61, 50),
         Seen(Sitter("straw hat", -0.6), _TROPIC)),
    Work("Poppies, Loud as Brass", TESSENHOLT, "1908", "flower painting", (73, 60),
         Seen(Table("poppies"), _CITRON)),
    Work("Three Fruits and a Jug", ARGENTIN, "1906", "still life", (50, 61),
         Seen(Table(None, 3), _TROPIC)),
    Work("Boats at Collimar", ARGENTIN, "summer 1905", "marina", (46, 55),
         Seen(Landscape("sea", ("sun", "boats"), 0.38, 0.35), _VIOLET)),
    Work("Bridge in August", TESSENHOLT, "1909", "cityscape", (65, 81),
         Seen(Landscape("river", ("town", "bridge"), 0.5), _PARROT)),
    Work("Path through the Orange Field", TESSENHOLT, "1908", "landscape", (81, 65),
         Seen(Landscape("meadow", ("mountain", "hills", "path", "cypress"), 0.5, 0.62), _TROPIC)),
    Work("Long Hair, Violet Wall", TESSENHOLT, "1910", "portrait", (65, 50),
         Seen(Sitter("long", -0.4), _VIOLET)),
)  # fmt: skip


def _paint(scene: Seen, size: Size, rng: np.random.Generator) -> Floats:
    u = float(min(size))
    drawn = cartoon(scene, size, rng, contour=(scene.scheme.dark, u * 0.009))
    bare = np.clip(noise(rng, size, u * 0.10, 3) * 0.8 - 1.35, 0, 1)[..., None]
    wet = sheet(drawn.colour + bare * (colour("#eadfc8") - drawn.colour))
    gaps = np.clip(0.6 - bare[..., 0] * 2, 0, 1).astype(np.float32)
    broad = Brush(
        width=u * 0.040, length=u * 0.10, bristles=7, hue=3, chroma=0.08, lightness=0.018, stop=0.22, spacing=0.62
    )
    stroke_over(wet, drawn.colour, drawn.flow, broad, rng, gaps)
    edge = Brush(
        width=u * 0.013, length=u * 0.035, bristles=3, hue=3, chroma=0.08, lightness=0.015, stop=0.12, spacing=0.72
    )
    stroke_over(wet, drawn.colour, drawn.flow, edge, rng, _contrast(drawn.colour))
    return dried(wet, 0.10)


def _contrast(model: Floats) -> Floats:
    return np.asarray(np.clip(detail(model, model.shape[0] * 0.006) * 1.8 - 0.25, 0, 1))


def _describe(scene: Seen) -> str:
    return f"Flat loud colours, {scene.scheme.name}, inside dark contours show {told(scene.motif)}."


MANNER = Manner(name="fauvism", style="Fauvism", medium="oil on canvas", works=_WORKS, paint=_paint, describe=_describe)
