"""Reads pictures for training as the application reads them, and tells which can't be read."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from tqdm import tqdm

from gallery.images import ImageRefused, Limits, inspect
from vectorizer.encoder.fitting import Fit, fit_square
from vectorizer.opening import open_picture

LIMITS = Limits(max_bytes=256_000_000, max_pixels=Image.MAX_IMAGE_PIXELS or 178_956_970)


def read_picture(path: Path) -> NDArray[np.uint8]:
    """The picture as (height, width, 3) sRGB, upright, opened as the application opens it to encode it.

    Raises OSError and `gallery.images.ImageRefused`.
    """
    with path.open("rb") as file:
        return np.asarray(open_picture(file, path.name, LIMITS))


def read_batches(paths: Sequence[Path], size: int, fit: Fit, batch: int = 32) -> Iterator[NDArray[np.uint8]]:
    """The pictures in batches (≤ batch, size, size, 3)."""
    for start in range(0, len(paths), batch):
        yield np.stack([fit_square(read_picture(path), size, fit) for path in paths[start : start + batch]])


def inspect_all(paths: Sequence[Path]) -> list[str | ImageRefused | OSError]:
    """The sha256 of each file that is a whole picture, and why the others aren't; every one is decoded once.

    In threads, since decoding lets go of Python's lock. Shows its progress where that takes time.
    """
    with ThreadPoolExecutor(cpu_count()) as threads:
        checks = threads.map(_checksum, paths)
        return list(tqdm(checks, total=len(paths), unit=" pictures", desc="Looking at the pictures", delay=2))


def _checksum(path: Path) -> str | ImageRefused | OSError:
    try:
        with path.open("rb") as file:
            return inspect(file, path.name, LIMITS).sha256
    except (ImageRefused, OSError) as problem:
        return problem
