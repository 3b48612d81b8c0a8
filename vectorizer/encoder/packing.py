"""One painting's vectors and probabilities as the bytes that the database stores."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from vectorizer.encoder.card import Card

STORED = np.dtype("<f4")


def pack(vectors: Mapping[str, NDArray[np.float32]], card: Card) -> bytes:
    """The vectors one after another in the card's order, float32, little-endian.

    Raises ValueError where a feature is missing, is one too many, or has the wrong shape.
    """
    expected = [feature.name for feature in card.features]
    if set(vectors) != set(expected):
        raise ValueError(
            f"The model {card.name} stores {', '.join(expected)}; given were {', '.join(sorted(vectors))}."
        )
    for feature in card.features:
        if (shape := vectors[feature.name].shape) != (feature.dimensions,):
            raise ValueError(f"{feature.name} has {feature.dimensions} dimensions; given was the shape {shape}.")
    return b"".join(vectors[name].astype(STORED, copy=False).tobytes() for name in expected)


def unpack(data: bytes, card: Card) -> dict[str, NDArray[np.float32]]:
    """What `pack` was given, as read-only views of the bytes. Raises ValueError where the length isn't the card's."""
    size = card.dimensions * STORED.itemsize
    if len(data) != size:
        raise ValueError(f"The vectors of the model {card.name} take {size} bytes; these are {len(data)}.")
    values = np.frombuffer(data, STORED)
    vectors, start = {}, 0
    for feature in card.features:  # not numpy.split, which takes five times as long: this is asked for every painting
        vectors[feature.name] = values[start : start + feature.dimensions]
        start += feature.dimensions
    return vectors


def pack_probabilities(probabilities: Mapping[str, NDArray[np.float32]], card: Card) -> bytes:
    """The probabilities one kind after another in the order of the card's labels; b"" where it names none.

    Raises ValueError where a kind is missing, is one too many, or has the wrong shape.
    """
    sizes = {kind: (len(names),) for kind, names in card.labels.items()}
    if (shapes := {kind: values.shape for kind, values in probabilities.items()}) != sizes:
        raise ValueError(f"The model {card.name} has probabilities of the shapes {sizes}; given were {shapes}.")
    return b"".join(probabilities[kind].astype(STORED, copy=False).tobytes() for kind in card.labels)


def unpack_probabilities(data: bytes, card: Card) -> dict[str, NDArray[np.float32]]:
    """What `pack_probabilities` was given, by kind, read-only. Raises ValueError where the length isn't the card's."""
    sizes = [len(names) for names in card.labels.values()]
    if len(data) != sum(sizes) * STORED.itemsize:
        size = sum(sizes) * STORED.itemsize
        raise ValueError(f"The probabilities of the model {card.name} take {size} bytes; these are {len(data)}.")
    values = np.frombuffer(data, STORED)
    return dict(zip(card.labels, np.split(values, np.cumsum(sizes)[:-1]), strict=True)) if sizes else {}
