"""Nocturnes: thin close tones, edges lost in mist, a few lights and what the water makes of them."""

import cv2
import numpy as np

from gallery.sample.canvas import Size, aged, blur, grid, noise, on_canvas
from gallery.sample.manner import Manner, Work
from gallery.sample.motifs.cartoon import Scheme
from gallery.sample.motifs.landscape import Landscape
from gallery.sample.motifs.subject import Seen, cartoon, told
from gallery.sample.painters import DUSKERLEY, MARCHBANK
from gallery.sample.palettes import Floats, colour, mix

_TEAL = Scheme(
    name="blue-green dusk", sky=("#2c4650", "#45636a", "#7d958f"), far="#48646a", mid="#34494c", near="#23353a",
    water=("#6c8886", "#243c45"), light="#f4cf86", accent="#8a5a3c", second="#6f6a55", dark="#152228",
)  # fmt: skip
_SLATE = Scheme(
    name="slate blue night", sky=("#1d2740", "#2e3d5c", "#586a86"), far="#37486a", mid="#28344c", near="#1b2438",
    water=("#4a5c7c", "#172037"), light="#ffd98c", accent="#7c5040", second="#5f6076", dark="#0e1424",
)  # fmt: skip
_PEARL = Scheme(
    name="pearl and grey dawn", sky=("#8a8f98", "#aca9a5", "#d6c9b4"), far="#8d9197", mid="#6b7272", near="#4c5556",
    water=("#bab4aa", "#666f76"), light="#fbe6b8", accent="#8f6450", second="#90877a", dark="#333a40",
)  # fmt: skip
_RUSSET = Scheme(
    name="russet afterglow", sky=("#3d3a48", "#735a55", "#b98359",
         "#dca766"), far="#5c4d50", mid="#4b4038", near="#332c28",
    water=("#b08a66", "#3a3438"), light="#ffdd90", accent="#7f3f2c", second="#7b6448", dark="#1c181b",
)  # fmt: skip

_WORKS: tuple[Work[Seen], ...] = (
    Work("Nocturne with Thirteen Lights", DUSKERLEY, "1872", "cityscape", (50, 74),
         Seen(Landscape("sea", ("town", "lamps"), 0.42), _TEAL)),
    Work("River Mist, Blue and Silver", DUSKERLEY, "c. 1875", "landscape", (46, 61),
         Seen(Landscape("river", ("hills", "trees", "moon"), 0.46, 0.6), _TEAL)),
    Work("The Last Ferry", DUSKERLEY, "1877", "marina", (51, 76),
         Seen(Landscape("sea", ("moon", "boats", "lamps"), 0.4, 0.56), _SLATE)),
    Work("Dawn, Nothing Yet", MARCHBANK, "1893", "landscape", (61, 92),
         Seen(Landscape("meadow", ("hills", "trees", "path"), 0.44), _PEARL)),
    Work("Poplars after Sundown", MARCHBANK, "1895", "landscape", (76, 56),
         Seen(Landscape("river", ("sun", "hills", "poplars"), 0.54), _RUSSET)),
    Work("Old Bridge, Low Fog", DUSKERLEY, "1879", "cityscape", (64, 50),
         Seen(Landscape("river", ("town", "bridge", "lamps"), 0.52), _TEAL)),
    Work("Moored for the Winter", DUSKERLEY, "1880–82", "marina", (48, 66),
         Seen(Landscape("sea", ("hills", "masts", "lamps"), 0.48), _PEARL)),
    Work("Moonrise behind the Village", MARCHBANK, "1890s", "landscape", (58, 76),
         Seen(Landscape("meadow", ("moon", "hills", "village", "trees"), 0.52), _SLATE)),
    Work("Haystacks, the Hour Turning", MARCHBANK, "1898", "landscape", (51, 71),
         Seen(Landscape("meadow", ("sun", "hills", "haystacks"), 0.48), _RUSSET)),
    Work("Sails Going Home", DUSKERLEY, "1876", "marina", (40, 62),
         Seen(Landscape("sea", ("sun", "boats"), 0.36), _RUSSET)),
    Work("The Lake Keeps Still", MARCHBANK, "c. 1900", "landscape", (66, 66),
         Seen(Landscape("river", ("moon", "mountain", "trees"), 0.5, 0.62), _SLATE)),
    Work("Mill in a Grey Morning", MARCHBANK, "1896", "landscape", (56, 71),
         Seen(Landscape("meadow", ("sun", "hills", "mill"), 0.54), _PEARL)),
)  # fmt: skip


def _paint(scene: Seen, size: Size, rng: np.random.Generator) -> Floats:
    model, u = cartoon(scene, size, rng).colour, float(min(size))
    place = scene.motif
    horizon = place.horizon if isinstance(place, Landscape) else 0.5
    rows, _ = grid(size)
    lost = (blur(model, u * 0.008) + _dragged(model, u)) / 2
    fog = np.exp(-(((rows / size[0] - horizon) / 0.13) ** 2)) * np.clip(0.52 + noise(rng, size, (u * 0.12, u * 0.6),
        3) * 0.2, 0, 0.85)  # fmt: skip
    veil = mix(colour(scene.scheme.sky[-1]), colour(scene.scheme.water[0]), 0.4)
    misty = lost + fog[..., None] * (veil - lost)
    glow = np.clip(model - blur(model, u * 0.04), 0, 1).mean(axis=-1, keepdims=True) * _warm(model)
    glow *= (1 - blur(model, u * 0.08).mean(axis=-1, keepdims=True)) ** 2 * 1.5
    lit = (
        misty
        + glow * 2.0 * (colour(scene.scheme.light) - misty)
        + blur((glow * 1.6).astype(np.float32), u * 0.02)[..., None] * colour(scene.scheme.light)
    )
    washes = noise(rng, size, (u * 0.02, u * 0.3), 4) * 0.018 + noise(rng, size, 3, 1) * 0.008
    thin = np.clip(lit + washes[..., None], 0, 1).astype(np.float32)
    return aged(on_canvas(thin, rng, 0.022), rng, 26, 0.03, 0.03)


def _dragged(model: Floats, unit: float) -> Floats:
    return np.asarray(cv2.blur(model, (int(unit * 0.028) | 1, 3)), dtype=np.float32)


def _warm(model: Floats) -> Floats:
    return np.asarray(np.clip((model[..., :1] - model[..., 2:]) * 4 - 0.25, 0, 1), dtype=np.float32)


def _describe(scene: Seen) -> str:
    return f"A misty, softly blurred view in {scene.scheme.name}: {told(scene.motif)}."


MANNER = Manner(
    name="nocturne", style="Tonalism", medium="oil on canvas", works=_WORKS, paint=_paint, describe=_describe
)
