"""What the fits of all folds say about pictures that each of them had not seen: the input of every honest figure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vectorizer.training.labels import Labels
from vectorizer.training.splits import hands_of


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldOut:
    """n pictures, each described by the fit of the fold in which its artist was held out; row i is the same picture in
    every array. Vectors of different folds lie in different spaces: they must not be compared with each other.

    `vectors` holds features and baselines by name. `copies` holds, for features whose thresholds are wanted, vectors of
    the same pictures scanned or cropped a little differently, by the same fold's fit. `logits` are what the class
    layers give before softmax and before any temperature.
    Raises ValueError where lengths differ.
    """

    folds: NDArray[np.intp]  # (n,)
    vectors: Mapping[str, NDArray[np.float32]]  # name → (n, dimensions)
    copies: Mapping[str, NDArray[np.float32]] = field(default_factory=dict)  # name → (n, copies, dimensions)
    logits: Mapping[str, NDArray[np.float32]]  # label kind → (n, names of the kind)
    labels: Mapping[str, Labels]  # label kind → names, and codes (n,) with -1 where unknown
    artists: tuple[str, ...]  # "" where unknown
    paths: tuple[Path, ...]
    left_out: tuple[str, ...] = ()  # sentences: what was not measured, and why

    @property
    def hands(self) -> tuple[str, ...]:
        """Who is a stranger to whom: one name for all artists who ever made a picture together, "" where unknown."""
        return hands_of(self.artists)

    def __post_init__(self) -> None:
        lengths = {
            "artists": len(self.artists),
            "paths": len(self.paths),
            **{f"vectors of {name}": len(rows) for name, rows in self.vectors.items()},
            **{f"copies of {name}": len(rows) for name, rows in self.copies.items()},
            **{f"{kind} logits": len(rows) for kind, rows in self.logits.items()},
            **{f"{kind} labels": len(labels.codes) for kind, labels in self.labels.items()},
        }
        for what, length in lengths.items():
            if length != len(self.folds):
                raise ValueError(f"There are {len(self.folds)} pictures in the folds, but {length} {what}.")
        for kind, rows in self.logits.items():
            if kind not in self.labels or rows.shape[1:] != (len(self.labels[kind].names),):
                raise ValueError(f"The {kind} logits don't fit the names of that kind: their shape is {rows.shape}.")
