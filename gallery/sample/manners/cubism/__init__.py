"""Cubist facets: a motif broken along a few directions, each piece turned, shifted and shaded on its own."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from gallery.sample.canvas import Size, aged, noise, on_canvas
from gallery.sample.manner import Manner, Work
from gallery.sample.manners.cubism.facets import facets
from gallery.sample.manners.cubism.table import Studio, draw_studio, told_studio
from gallery.sample.motifs.cartoon import Cartoon, Scheme
from gallery.sample.motifs.landscape import Landscape
from gallery.sample.motifs.sitter import Sitter
from gallery.sample.motifs.subject import Seen, cartoon, told
from gallery.sample.painters import ARGENTIN, CORBELLAC
from gallery.sample.palettes import Floats, colour, from_oklab, mix, to_oklab
from gallery.sample.shapes import cover, lay, ribbon


@dataclass(frozen=True, slots=True)
class Facetted:
    """What is broken, how small the pieces are, and how much of its colour is kept (0..1)."""

    motif: Studio | Sitter | Landscape
    scheme: Scheme
    pieces: int
    chroma: float


_OCHRE = Scheme(
    name="ochre, grey and brown", sky=("#6d6455", "#8f8268", "#a99a7a"), far="#857f70", mid="#a0854f", near="#6a5638",
    water=("#a8a38c", "#5f6660"), light="#e6d9b4", accent="#a8683a", second="#c09a55", dark="#241d17",
    skin=("#5a4630", "#a8875a", "#e0cda0"),
)  # fmt: skip
_SLATE = Scheme(
    name="slate, sand and olive", sky=("#4f5b63", "#76807f", "#a3a493"), far="#6b7a80", mid="#8a8560", near="#4f5640",
    water=("#9aa8a4", "#3f5360"), light="#e9e2cc", accent="#8a5a3c", second="#b3a06a", dark="#1c2226",
    skin=("#4b4a44", "#a39176", "#e4d8ba"),
)  # fmt: skip
_GARNET = Scheme(
    name="garnet, blue and cream", sky=("#2f4a6a", "#5f7f96", "#b9b79c"), far="#48708c", mid="#b58a4a", near="#7a3034",
    water=("#6fa0a8", "#24507a"), light="#f3e6c4", accent="#b23a30", second="#d8a548", dark="#1a1c2b",
    skin=("#7a4a3a", "#cf9568", "#f6dcae"),
)  # fmt: skip
_SAGE = Scheme(
    name="sage green, rose and black", sky=("#5f7a68", "#8fa48a",
         "#c9cbb0"), far="#6f8a7c", mid="#c09a86", near="#4a6152",
    water=("#a9c0ae", "#4f7a72"), light="#f4ecd6", accent="#c0625a", second="#d9b27c", dark="#171a18",
    skin=("#5f5a48", "#c79c82", "#f3dcc0"),
)  # fmt: skip

_WORKS: tuple[Work[Facetted], ...] = (
    Work("Guitar, Bottle, Tuesday", CORBELLAC, "1911", "still life", (73, 54),
         Facetted(Studio(("guitar", "bottle", "glass")), _OCHRE, 90, 0.85)),
    Work("The Clarinet Teacher", CORBELLAC, "1910–11", "portrait", (92, 65),
         Facetted(Sitter("short", 0.5), _OCHRE, 80, 0.85)),
    Work("Houses Climbing at Sarrande", CORBELLAC, "1908", "landscape", (65, 54),
         Facetted(Landscape("meadow", ("mountain", "hills", "town", "trees"), 0.62, 0.5),
         _GARNET, 56, 1.0)),
    Work("Newspaper and Pears", ARGENTIN, "1913", "still life", (54, 65),
         Facetted(Studio(("newspaper", "bottle", "fruit")), _GARNET, 34, 1.0)),
    Work("Woman with a Black Fringe", ARGENTIN, "1914", "portrait", (81, 60),
         Facetted(Sitter("long", -0.4), _GARNET, 40, 1.0)),
    Work("Guitar Seen from Every Chair", CORBELLAC, "1912", "still life", (81, 60),
         Facetted(Studio(("guitar", "newspaper", "glass")), _SLATE, 100, 0.85)),
    Work("Café Table with Dice Light", ARGENTIN, "1915", "still life", (60, 60),
         Facetted(Studio(("guitar", "bottle", "newspaper", "fruit")), _SAGE, 36, 1.0)),
    Work("Port with a Broken Sky", CORBELLAC, "1909", "marina", (60, 73),
         Facetted(Landscape("sea", ("hills", "town", "masts"), 0.5), _SLATE, 66, 0.95)),
    Work("The Smoker's Portrait, without Smoke", CORBELLAC, "1912", "portrait", (73, 60),
         Facetted(Sitter("beard", -0.5), _SLATE, 90, 0.8)),
    Work("Bridge in Planes", ARGENTIN, "c. 1910", "cityscape", (54, 73),
         Facetted(Landscape("river", ("town", "bridge"), 0.52), _OCHRE, 60, 0.95)),
    Work("Rose Harlequinade with Bottle", ARGENTIN, "1917", "still life", (65, 50),
         Facetted(Studio(("bottle", "fruit", "glass")), _SAGE, 30, 1.0)),
    Work("Lady in a Folded Hat", ARGENTIN, "1916", "portrait", (73, 54),
         Facetted(Sitter("straw hat", 0.4), _SAGE, 40, 0.95)),
)  # fmt: skip


def _model(scene: Facetted, size: Size, rng: np.random.Generator) -> Cartoon:
    line = (scene.scheme.dark, min(size) * 0.006)
    if isinstance(scene.motif, Studio):
        drawn = Cartoon(size, scene.scheme, rng, line)
        draw_studio(drawn, scene.motif)
        return drawn
    return cartoon(Seen(scene.motif, scene.scheme), size, rng, line)


def _turned(piece: Floats, rng: np.random.Generator, reach: float) -> NDArray[np.float64]:
    """How the model is seen from this piece (2×3, affine): turned, scaled and shifted about its middle."""
    x, y = piece.mean(axis=0)
    angle, scale = float(rng.normal(0, 13)), float(rng.uniform(0.92, 1.28))
    matrix = np.asarray(cv2.getRotationMatrix2D((float(x), float(y)), angle, scale), dtype=np.float64)
    matrix[:, 2] += rng.normal(0, reach, 2)
    return matrix


def _paint_piece(picture: Floats, model: Floats, piece: Floats, scheme: Scheme, rng: np.random.Generator) -> None:
    height, width = picture.shape[:2]
    unit = min(height, width)
    x0, y0 = np.maximum(np.floor(piece.min(axis=0)) - 2, 0).astype(int)
    x1, y1 = np.minimum(np.ceil(piece.max(axis=0)) + 3, (width, height)).astype(int)
    if x1 - x0 < 3 or y1 - y0 < 3:
        return
    matrix = _turned(piece, rng, unit * 0.016)
    matrix[:, 2] -= (x0, y0)
    seen = cv2.warpAffine(
        model, matrix, (int(x1 - x0), int(y1 - y0)), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT
    )
    angle = rng.choice([0.4, 2.2, 3.6, 5.3]) + rng.normal(0, 0.2)
    rows, columns = np.mgrid[y0:y1, x0:x1].astype(np.float32)
    along = columns * np.cos(angle) + rows * np.sin(angle)
    ends = piece @ np.array([np.cos(angle), np.sin(angle)])
    t = np.clip((along - ends.min()) / max(float(np.ptp(ends)), 1.0), 0, 1)[..., None]
    dark, pale = colour(scheme.dark), colour(scheme.light)
    toned = seen + (1 - t) ** 1.6 * 0.38 * (mix(dark, colour(scheme.far), 0.25) - seen) + t**2.0 * 0.48 * (pale - seen)
    dabs = noise(rng, (int(y1 - y0), int(x1 - x0)), (unit * 0.006, unit * 0.028), 2)
    toned *= 1 + dabs[..., None] * 0.05
    mask = cover((int(y1 - y0), int(x1 - x0)), piece - (x0, y0), soft=0.4)[..., None]
    part = picture[y0:y1, x0:x1]
    part += mask * (toned - part)


def _edges(picture: Floats, pieces: list[Floats], scheme: Scheme, rng: np.random.Generator) -> None:
    unit = min(picture.shape[:2])
    for piece in pieces:
        for a, b in zip(piece, np.roll(piece, -1, axis=0), strict=True):
            if rng.random() < 0.42:
                stop = a + (b - a) * rng.uniform(0.55, 1.0)
                width = unit * rng.choice([0.002, 0.003, 0.0048])
                line = ribbon(np.stack([a, stop]).astype(np.float32), np.array([width, width * 0.5], dtype=np.float32))
                lay(picture, line, colour(scheme.dark), rng.uniform(0.45, 0.9), 0.5)


def _muted(picture: Floats, chroma: float) -> Floats:
    lab = to_oklab(np.clip(picture, 0, 1))
    lab[..., 1:] *= np.float32(chroma)
    return from_oklab(lab)


def _paint(scene: Facetted, size: Size, rng: np.random.Generator) -> Floats:
    model = _model(scene, size, rng).colour
    pieces = facets(size, scene.pieces, rng)
    picture = model.copy()
    for piece in pieces:
        _paint_piece(picture, model, piece, scene.scheme, rng)
    _edges(picture, pieces, scene.scheme, rng)
    picture = _muted(picture, scene.chroma) if scene.chroma < 1 else np.clip(picture, 0, 1)
    return aged(on_canvas(picture, rng, 0.018), rng, 24, 0.04, 0.03)


def _describe(scene: Facetted) -> str:
    what = told_studio(scene.motif) if isinstance(scene.motif, Studio) else told(scene.motif)
    size = "small" if scene.pieces > 50 else "large"
    return f"Broken into {size} angular facets in {scene.scheme.name}: {what}."


MANNER = Manner(name="cubism", style="Cubism", medium="oil on canvas", works=_WORKS, paint=_paint, describe=_describe)
