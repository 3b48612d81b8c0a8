"""The vectors that an existing artifact gives the same pictures: what a new one is measured beside.

Imports no TensorFlow.
"""

import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from os import cpu_count
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from vectorizer.encoder import Encoder, load
from vectorizer.training.pictures import read_picture


def vectors_beside(artifact: Path, paths: Sequence[Path], folder: Path) -> dict[str, NDArray[np.float32]]:
    """ "feature of artifact" → vectors (pictures, dimensions) of unit length, for the features that tell likeness;
    computed, or from the cache in `folder`.

    Raises `encoder.ArtifactError` where the artifact can't be used, OSError where a picture can't be read.
    """
    network = load(artifact)
    features = network.card.likenesses
    kept = folder / f"beside-{_key(network, paths)}.npz"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        rows = _encoded(network, paths)
        unfinished = kept.with_suffix(".tmp.npz")
        np.savez(unfinished, allow_pickle=False, **{name: np.stack([row[name] for row in rows]) for name in rows[0]})
        unfinished.replace(kept)
    with np.load(kept) as file:
        return {f"{feature.name} of {network.card.name}": file[feature.name] for feature in features}


def _encoded(network: Encoder, paths: Sequence[Path]) -> list[dict[str, NDArray[np.float32]]]:
    def encode(path: Path) -> dict[str, NDArray[np.float32]]:
        vectors = network.encode([read_picture(path)])[0].vectors
        return {feature.name: vectors[feature.name] for feature in network.card.likenesses}

    with ThreadPoolExecutor(cpu_count()) as threads:  # decoding and LiteRT let go of Python's lock
        rows = threads.map(encode, paths)
        return list(tqdm(rows, total=len(paths), unit="picture", desc=network.card.name))


def _key(network: Encoder, paths: Sequence[Path]) -> str:
    contents = hashlib.sha256(network.card.checksum.encode())
    for path in paths:
        with path.open("rb") as file:
            contents.update(hashlib.file_digest(file, "sha256").digest())
    return contents.hexdigest()[:32]
