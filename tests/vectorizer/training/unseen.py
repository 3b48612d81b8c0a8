"""Held-out pictures, drawn, with vectors of which one knows the style and the other hardly anything."""

from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from vectorizer.training.held_out import HeldOut
from vectorizer.training.labels import Labels

STYLES = ("Cubism", "Rococo", "Tonalism")
GENRES = ("Landscape", "Portrait")
FOLDS, ARTISTS_A_FOLD, PICTURES_AN_ARTIST = 2, 6, 10


def held_out(folder: Path, **changes: Any) -> HeldOut:
    """Two folds of six artists of three styles, ten pictures each; a third of the genres is unknown.

    The file of the first picture is missing.
    """
    random = np.random.default_rng(0)
    artists = np.repeat(np.arange(FOLDS * ARTISTS_A_FOLD), PICTURES_AN_ARTIST)
    rows = np.arange(len(artists))
    style, genre = artists % len(STYLES), np.where(rows % 3 == 0, -1, rows % 2)
    look = unit(np.eye(8)[style] + 0.25 * np.eye(8)[3 + artists % 5] + random.normal(0, 0.4, (len(rows), 8)))
    values: dict[str, Any] = {
        "folds": artists // ARTISTS_A_FOLD,
        "vectors": {"look": look, "pooled1280": unit(look + random.normal(0, 0.6, look.shape))},
        "copies": {"look": unit(look[:, None] + random.normal(0, 0.003, (len(rows), 2, 8)))},
        "logits": {
            "style": (5 * np.eye(3)[style] + random.normal(0, 3, (len(rows), 3))).astype(np.float32),
            "genre": (2 * np.eye(2)[rows % 2] + random.normal(0, 2, (len(rows), 2))).astype(np.float32),
        },
        "labels": {
            "style": Labels(kind="style", names=STYLES, codes=style),
            "genre": Labels(kind="genre", names=GENRES, codes=genre),
        },
        "artists": tuple(f"Artist {artist}" for artist in artists),
        "paths": tuple(draw(folder, row, int(style[row])) for row in rows),
        "left_out": ("One picture is damaged.",),
    }
    return HeldOut(**{**values, **changes})


def draw(folder: Path, row: int, style: int) -> Path:
    path = folder / f"picture-{row}.png"
    if row:
        Image.new("RGB", (30 + row % 20, 40), (80 * style, 2 * row, 120)).save(path)
    return path


def unit(vectors: np.ndarray) -> np.ndarray:
    return (vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)).astype(np.float32)
