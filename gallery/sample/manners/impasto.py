"""Impasto: thick bristled strokes that follow the flow of what they show."""

import numpy as np

from gallery.sample.brush import Brush, detail, dried, sheet, stroke_over
from gallery.sample.canvas import Size
from gallery.sample.manner import Manner, Work
from gallery.sample.motifs.cartoon import Scheme
from gallery.sample.motifs.landscape import Landscape
from gallery.sample.motifs.sitter import Sitter
from gallery.sample.motifs.subject import Seen, cartoon, told
from gallery.sample.motifs.table import Table
from gallery.sample.painters import FARROW, HASP
from gallery.sample.palettes import Floats, lighter

_STARLIT = Scheme(
    name="deep blue and yellow", sky=("#14235a", "#234a92", "#3f7cb5", "#8fb9c4"), far="#2b4a86", mid="#3b6a6a",
    near="#24503f", water=("#4d83b8", "#16306c"), light="#f7dc7a", accent="#c4652f", second="#dfae52", dark="#0f1a33",
)  # fmt: skip
_HARVEST = Scheme(
    name="gold and turquoise", sky=("#3f88b4", "#74b3bd", "#b7d6bd", "#f0e3a8"), far="#6f92b0", mid="#cfae45",
    near="#d9912a", water=("#8fc0c0", "#2f6f86"), light="#fff0bb", accent="#b2442a", second="#e7b84c", dark="#28403a",
)  # fmt: skip
_SPRING = Scheme(
    name="fresh green and pink", sky=("#6fa8d0", "#a4cbdc", "#dfe6d8"), far="#86a9b5", mid="#9fbf62", near="#5d9442",
    water=("#9cc6d2", "#43809f"), light="#fdf3d6", accent="#d9727e", second="#eec06a", dark="#263d4a",
)  # fmt: skip
_EMBER = Scheme(
    name="burning orange and violet", sky=("#4a3370", "#9a4a78", "#e27a4e", "#f9c76a"), far="#63518c", mid="#8a5a4d",
    near="#5b4a3a", water=("#ee9a63", "#4b3a72"), light="#ffe39a", accent="#d1402f", second="#e9a23f", dark="#251c3a",
)  # fmt: skip
_MALACHITE = Scheme(
    name="green and vermilion", sky=("#2e6b5c", "#4f9076", "#86b58a"), far="#58877c", mid="#b98b4a", near="#24507e",
    water=("#7fb6b0", "#1f5a6b"), light="#f8e7b0", accent="#cf4a2c", second="#e6a63c", dark="#1c2a2c",
)  # fmt: skip

_WORKS: tuple[Work[Seen], ...] = (
    Work("Night Wind over Orlasse", FARROW, "1889", "landscape", (73, 92),
         Seen(Landscape("field", ("stars", "mountain", "hills", "village", "haystacks"), 0.58), _STARLIT)),
    Work("The Wheat at Noon", FARROW, "1888", "landscape", (65, 92),
         Seen(Landscape("field", ("clouds", "hills", "cypress"), 0.42), _HARVEST)),
    Work("Road to the Last Farm", FARROW, "c. 1890", "landscape", (81, 65),
         Seen(Landscape("meadow", ("clouds", "hills", "path", "village", "poplars"), 0.46, 0.6), _SPRING)),
    Work("Evening Burns on the Stubble", HASP, "1891", "landscape", (60, 92),
         Seen(Landscape("field", ("sun", "hills", "haystacks"), 0.5, 0.62), _EMBER)),
    Work("Sunflowers for an Empty Room", FARROW, "1889–90", "flower painting", (92, 73),
         Seen(Table("sunflowers"), _HARVEST)),
    Work("Asters, Green Wall", HASP, "1893", "flower painting", (73, 60),
         Seen(Table("asters"), _MALACHITE)),
    Work("The Postwoman's Brother", FARROW, "1888", "portrait", (65, 54),
         Seen(Sitter("beard", 0.5), _MALACHITE)),
    Work("Girl in a Straw Hat, Windy Day", HASP, "1890s", "portrait", (61, 50),
         Seen(Sitter("straw hat", -0.5), _HARVEST)),
    Work("Boats Running before Rain", HASP, "c. 1892", "marina", (65, 81),
         Seen(Landscape("sea", ("clouds", "boats", "rocks"), 0.4, 0.4), _STARLIT)),
    Work("Orchard Wall in April", FARROW, "1890", "landscape", (72, 92),
         Seen(Landscape("meadow", ("clouds", "hills", "trees", "flowers"), 0.4), _SPRING)),
    Work("Moon on the Millrace", HASP, "1894", "landscape", (73, 73),
         Seen(Landscape("river", ("stars", "hills", "mill", "poplars"), 0.52, 0.66), _STARLIT)),
    Work("Jug and Five Apples", HASP, "1895–96", "still life", (54, 65),
         Seen(Table(None, 5), _MALACHITE)),
)  # fmt: skip


def _paint(scene: Seen, size: Size, rng: np.random.Generator) -> Floats:
    drawn = cartoon(scene, size, rng)
    model, flow, u = drawn.colour, drawn.flow, drawn.unit
    wet = sheet(lighter(model, -0.08))
    busy = detail(model, u * 0.012)
    stroke_over(wet, model, flow, Brush(width=u * 0.030, length=u * 0.10, bristles=5, spacing=0.85, hue=9), rng)
    stroke_over(wet, model, flow, Brush(width=u * 0.015, length=u * 0.055, bristles=3, hue=9, spacing=0.9),
        rng, 0.25 + busy)  # fmt: skip
    fine = Brush(width=u * 0.008, length=u * 0.026, bristles=2, hue=6, stop=0.10, spacing=0.8)
    stroke_over(wet, model, flow, fine, rng, np.clip(busy * 1.6 - 0.45, 0, 1))
    return dried(wet, 0.30)


def _describe(scene: Seen) -> str:
    return f"Thick swirling brushstrokes in {scene.scheme.name} show {told(scene.motif)}."


MANNER = Manner(
    name="impasto", style="Post-Impressionism", medium="oil on canvas", works=_WORKS, paint=_paint, describe=_describe
)
