"""Reads a folder of pictures as the network's input."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from vectorizer.encoder.fitting import Fit, fit_square

SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff"}


def find_pictures(folder: Path) -> list[Path]:
    """The picture files under a folder, in the order of their paths. Raises ValueError where there are none."""
    found = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)
    if not found:
        raise ValueError(f"There is no picture under {folder}.")
    return found


def read_picture(path: Path) -> NDArray[np.uint8]:
    """The picture as (height, width, 3) sRGB, upright."""
    with Image.open(path) as image:
        return np.asarray(ImageOps.exif_transpose(image).convert("RGB"))


def read_batches(paths: Sequence[Path], size: int, fit: Fit, batch: int = 32) -> Iterator[NDArray[np.uint8]]:
    """The pictures in batches (≤ batch, size, size, 3)."""
    for start in range(0, len(paths), batch):
        yield np.stack([fit_square(read_picture(path), size, fit) for path in paths[start : start + batch]])
