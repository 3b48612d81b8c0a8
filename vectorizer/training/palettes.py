"""The palettes of pictures and of scans of them: a feature that is never trained, but whose thresholds are measured."""

import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from vectorizer.features import PALETTE_FORMULA, palette
from vectorizer.training.pictures import read_picture
from vectorizer.training.scans import scan

NAME = "palette"


def palettes_of(
    paths: Sequence[Path], folder: Path, *, seed: int = 0
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Palettes of the pictures (n, dimensions) and of one scan of each (n, 1, dimensions), of unit length; computed, or
    from the cache in `folder`. Raises OSError where a picture can't be read."""
    contents = [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths]
    key = hashlib.sha256("\n".join([PALETTE_FORMULA, str(seed), *contents]).encode()).hexdigest()[:32]
    kept = folder / f"palettes-{key}.npy"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)

        def both(number: int) -> NDArray[np.float32]:
            picture = read_picture(paths[number])
            scanned = scan(picture, np.random.default_rng([seed, int(contents[number][:16], 16)]))
            return np.stack([palette(picture), palette(scanned)])

        with ThreadPoolExecutor(cpu_count()) as threads:  # decoding and OpenCV let go of Python's lock
            rows = tqdm(threads.map(both, range(len(paths))), total=len(paths), unit="picture", desc=NAME)
            unfinished = kept.with_suffix(".tmp.npy")
            np.save(unfinished, np.stack(list(rows)))
        unfinished.replace(kept)
    found: NDArray[np.float32] = np.load(kept)
    return found[:, 0], found[:, 1:]
