"""What a run learns from: the pictures that can be read, their labels as numbers, and their folds by artist."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vectorizer.training.labels import KINDS, Labels, labels_of
from vectorizer.training.sources import Example, read_sources
from vectorizer.training.splits import artist_folds, unknown_are_split

LEAST_STYLES = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Lessons:
    """n examples, and for each its fold and its code of every kind that has at least two names."""

    examples: tuple[Example, ...]
    labels: Mapping[str, Labels]
    folds: NDArray[np.intp]  # (n,)
    left_out: tuple[str, ...]

    @property
    def paths(self) -> tuple[Path, ...]:
        return tuple(example.path for example in self.examples)

    @property
    def artists(self) -> tuple[str, ...]:
        return tuple(example.artist for example in self.examples)

    @property
    def data(self) -> str:
        """What was trained on, in a sentence or two."""
        artists = len(set(self.artists) - {""})
        known = ", ".join(
            f"{(one.codes >= 0).sum():,} with one of {len(one.names):,} {kind}s" for kind, one in self.labels.items()
        )
        return f"{len(self.examples):,} pictures by {artists:,} artists: {known}. None can be had back from the model."

    @property
    def split(self) -> str:
        """How what is measured was kept from what was trained on."""
        count = int(self.folds.max()) + 1
        return f"{count} folds by artist: every picture is measured by a fit that has seen no work of its artist."


def read_lessons(paths: Iterable[Path], folds: int, seed: int) -> Lessons:
    """Read the sources and split them. Raises ValueError where there is too little to train on or to split."""
    sources = read_sources(paths)
    told, labels = list(sources.left_out), dict[str, Labels]()
    for kind in KINDS:
        found, rare = labels_of(sources.examples, kind)
        told += rare
        if len(found.names) >= LEAST_STYLES:
            labels[kind] = found
        elif found.names:
            told.append(f"There is only one {kind}, {found.names[0]}: nothing can be learnt from it.")
    if "style" not in labels:
        raise ValueError(" ".join(["Training needs at least two styles with two pictures each.", *told[:3]]))
    artists = [example.artist for example in sources.examples]
    if unknown_are_split(artists, folds):
        told.append("So many artists are unknown that one may be on both sides of a split: the figures may flatter.")
    return Lessons(
        examples=sources.examples,
        labels=labels,
        folds=artist_folds(artists, folds, seed),
        left_out=tuple(told),
    )
