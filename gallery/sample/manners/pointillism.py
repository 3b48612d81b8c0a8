"""Pointillism: small touches of pure colour that mix in the eye."""

import numpy as np

from gallery.sample.brush import daub, detail, dried, sample, scatter, sheet
from gallery.sample.canvas import Size, blank
from gallery.sample.manner import Manner, Work
from gallery.sample.motifs.cartoon import Scheme
from gallery.sample.motifs.landscape import Landscape
from gallery.sample.motifs.sitter import Sitter
from gallery.sample.motifs.subject import Seen, cartoon, told
from gallery.sample.motifs.table import Table
from gallery.sample.painters import QUILLFEATHER, VASQUEREL
from gallery.sample.palettes import Floats, colour, from_oklab, mix, to_oklab

_NOON = Scheme(
    name="pale noon light", sky=("#8fbce0", "#bcd8e6", "#f3ecd4"), far="#93aecb", mid="#b9cf7a", near="#6fa552",
    water=("#b5d6de", "#5f9cc4"), light="#fff6d8", accent="#e0704f", second="#f0c064", dark="#3a3f78",
)  # fmt: skip
_ROSE = Scheme(
    name="rose and lilac", sky=("#9aa4d8", "#d3b5d6", "#f8d2b4",
         "#fbe7bd"), far="#9a8fc4", mid="#b8a6a0", near="#7f8a78",
    water=("#eec3b8", "#7d8cc4"), light="#fff1c9", accent="#e2615e", second="#f2a65e", dark="#41386f",
)  # fmt: skip
_OPAL = Scheme(
    name="opal blues", sky=("#6aa7c9", "#9ccbd3", "#dcebd9"), far="#7aa0c0", mid="#8fc0a4", near="#4f9080",
    water=("#a7d8d4", "#3f83b0"), light="#fdf8e2", accent="#f08a4f", second="#f4cd70", dark="#27416f",
)  # fmt: skip
_AMBER = Scheme(
    name="amber evening light", sky=("#6f86b8", "#c0a9b8", "#f4bd78",
         "#fbdc8d"), far="#8a7fae", mid="#cfa45a", near="#8c8a4a",
    water=("#f2c288", "#66789f"), light="#fff0b8", accent="#d9563d", second="#eda243", dark="#3b2f57",
)  # fmt: skip
_GASLIGHT = Scheme(
    name="gaslight and violet", sky=("#1f2455", "#34407f", "#5d62a0"), far="#3d4a86", mid="#3f5a73", near="#2d4660",
    water=("#50619f", "#1c2556"), light="#ffd984", accent="#e3744f", second="#e6b45f", dark="#171a3d",
    skin=("#6a4a5a", "#d09a78", "#ffdca0"),
)  # fmt: skip

_WORKS: tuple[Work[Seen], ...] = (
    Work("Sunday by the Slow Water", VASQUEREL, "1886", "genre painting", (73, 100),
         Seen(Landscape("river", ("clouds", "trees", "boats", "walkers"), 0.4), _NOON)),
    Work("Harbour before Rain", VASQUEREL, "1888", "marina", (65, 81),
         Seen(Landscape("sea", ("clouds", "town", "masts"), 0.45), _OPAL)),
    Work("The Bridge at Saint-Orvain", QUILLFEATHER, "c. 1890", "cityscape", (60, 81),
         Seen(Landscape("river", ("town", "bridge"), 0.5), _ROSE)),
    Work("Regatta, Coloured Sails", QUILLFEATHER, "1891", "marina", (54, 73),
         Seen(Landscape("sea", ("sun", "boats"), 0.36, 0.3), _NOON)),
    Work("Parasols in the Great Park", VASQUEREL, "1887–89", "genre painting", (81, 116),
         Seen(Landscape("meadow", ("trees", "path", "walkers"), 0.34, 0.6), _NOON)),
    Work("Poplars, Six in the Evening", VASQUEREL, "1892", "landscape", (92, 73),
         Seen(Landscape("river", ("sun", "hills", "poplars"), 0.48, 0.66), _AMBER)),
    Work("Lamps along the Quay", QUILLFEATHER, "1893", "cityscape", (60, 92),
         Seen(Landscape("sea", ("moon", "town", "lamps"), 0.52, 0.7), _GASLIGHT)),
    Work("Woman with a Knot of Hair", QUILLFEATHER, "1889", "portrait", (61, 46),
         Seen(Sitter("bun", 0.6), _OPAL)),
    Work("Irises on the Window Table", VASQUEREL, "1890", "flower painting", (65, 54),
         Seen(Table("irises"), _ROSE)),
    Work("Mill above the Meadow", QUILLFEATHER, "early 1890s", "landscape", (54, 65),
         Seen(Landscape("meadow", ("clouds", "hills", "mill", "flowers"), 0.48), _OPAL)),
    Work("Haystacks and Their Shade", QUILLFEATHER, "1894", "landscape", (60, 73),
         Seen(Landscape("meadow", ("hills", "trees", "haystacks"), 0.4), _AMBER)),
    Work("Cliff Path, Morning", VASQUEREL, "c. 1895", "marina", (65, 92),
         Seen(Landscape("sea", ("clouds", "mountain", "boats", "rocks"), 0.42, 0.55), _ROSE)),
)  # fmt: skip

_SIX_HUES = np.deg2rad(np.array([20, 55, 105, 150, 245, 310], dtype=np.float32))


def divided(rng: np.random.Generator, tints: Floats) -> Floats:
    """Each colour pushed towards one of six pure hues near or opposite its own: together they average to it."""
    lab = to_oklab(tints)
    own = np.arctan2(lab[:, 2], lab[:, 1])
    hue = own + rng.normal(0, 0.45, len(lab))
    opposite = rng.random(len(lab)) < 0.16
    hue = np.where(opposite, own + np.pi + rng.normal(0, 0.4, len(lab)), hue)
    nearest = _SIX_HUES[np.abs(np.angle(np.exp(1j * (hue[:, None] - _SIX_HUES)))).argmin(axis=1)]
    hue = np.where(opposite, hue, 0.45 * nearest + 0.55 * (nearest + np.angle(np.exp(1j * (hue - nearest)))))
    chroma = np.hypot(lab[:, 1], lab[:, 2]) * np.where(opposite, 0.8, 1.25) + rng.uniform(0.01, 0.045, len(lab))
    level = lab[:, 0] + rng.normal(0, 0.045, len(lab))
    return from_oklab(np.stack([level, chroma * np.cos(hue), chroma * np.sin(hue)], axis=-1).astype(np.float32))


def _paint(scene: Seen, size: Size, rng: np.random.Generator) -> Floats:
    drawn = cartoon(scene, size, rng)
    model, u = drawn.colour, drawn.unit
    wet = sheet(mix(model, blank(size, colour("#efe4cb")), 0.35))
    busy = detail(model, u * 0.008)
    for radius, spacing, chance in ((0.0080, 0.0105, None), (0.0062, 0.0088, 0.75), (0.0040, 0.0062, busy)):
        spots = scatter(rng, size, u * spacing)
        if chance is not None:
            odds = chance if isinstance(chance, float) else sample(chance, spots) * 0.9
            spots = spots[rng.random(len(spots)) < odds]
        tints = divided(rng, sample(model, spots))
        daub(wet, spots, tints, rng.normal(radius, radius * 0.14, len(spots)).astype(np.float32) * u, rng)
    return dried(wet, 0.16)


def _describe(scene: Seen) -> str:
    return f"Countless small dots of pure colour in {scene.scheme.name} build up {told(scene.motif)}."


MANNER = Manner(
    name="pointillism", style="Pointillism", medium="oil on canvas", works=_WORKS, paint=_paint, describe=_describe
)
