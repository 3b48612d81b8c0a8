"""What every trained vector must beat: colours alone, and Gram matrices of an untrained network."""

import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from vectorizer.training.caching import statistics_of
from vectorizer.training.gram import write_gram_backbone
from vectorizer.training.pictures import read_picture

LEVELS = 8
READERS = 2
HISTOGRAM, GRAMS = "histogram512", "gram10688"


def colour_histogram(rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
    """The shares of 8×8×8 equal boxes of sRGB in a picture (height, width, 3), square-rooted: unit length, (512,).

    So the l2 distance is √2 times the Hellinger distance of the two histograms (Hellinger 1909).
    """
    boxes = (rgb.reshape(-1, 3) // (256 // LEVELS)).astype(np.intp)
    places = (boxes[:, 0] * LEVELS + boxes[:, 1]) * LEVELS + boxes[:, 2]
    shares = np.bincount(places, minlength=LEVELS**3) / len(places)
    return np.sqrt(shares).astype(np.float32)


def baselines_of(paths: Sequence[Path], folder: Path) -> dict[str, NDArray[np.float32]]:
    """Name → vectors (pictures, dimensions) of unit length, computed or from the cache in `folder`.

    Raises OSError where a picture can't be read.
    """
    return {HISTOGRAM: histograms_of(paths, folder), GRAMS: grams_of(paths, folder)}


def histograms_of(paths: Sequence[Path], folder: Path) -> NDArray[np.float32]:
    """Colour histograms (pictures, 512)."""
    contents = hashlib.sha256()
    for path in paths:
        contents.update(hashlib.sha256(path.read_bytes()).digest())
    kept = folder / f"{HISTOGRAM}-{contents.hexdigest()[:32]}.npy"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        with ThreadPoolExecutor(READERS) as readers:  # decoding runs beside Python
            rows = readers.map(lambda path: colour_histogram(read_picture(path)), paths)
            np.save(kept, np.stack(list(tqdm(rows, total=len(paths), unit="picture", desc=HISTOGRAM))))
    found: NDArray[np.float32] = np.load(kept)
    return found


def grams_of(paths: Sequence[Path], folder: Path) -> NDArray[np.float32]:
    """Gram matrices (pictures, 10,688)."""
    found = statistics_of(paths, "original", 1, write_gram_backbone(folder), folder)
    return found[:, 0].astype(np.float32)
