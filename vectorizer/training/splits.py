"""Splits by artist: no artist's paintings are on both sides, so that what is measured is style and not a hand."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

FOLDS = 5
SEPARATOR = "; "
"""Between the names of several artists who made one painting together."""


def artist_folds(artists: Sequence[str], folds: int = FOLDS, seed: int = 0) -> NDArray[np.intp]:
    """The fold (0 … folds − 1) of each painting (n,), so that all paintings of an artist are in one fold.

    Artists who made a painting together go together. Paintings whose artist is unknown ("") are one group, since one
    hand may have made them all; where that group is larger than a fold, each of them is a group of its own
    (`unknown_are_split` says so). Groups go, the largest first and equal ones in an order drawn by `seed`, to the
    fold that has the fewest paintings. Raises ValueError where there are fewer groups than folds.
    """
    if folds < 2:
        raise ValueError(f"There must be 2 folds or more, not {folds}.")
    groups = _groups(artists, folds)
    _, codes, sizes = np.unique(groups, return_inverse=True, return_counts=True)
    if len(sizes) < folds:
        raise ValueError(f"Paintings of {len(sizes)} artists can't be split into {folds} folds: give more artists.")
    drawn = np.random.default_rng(seed).permutation(len(sizes))
    fold_of, filled = np.zeros(len(sizes), np.intp), np.zeros(folds, np.intp)
    for group in drawn[np.argsort(-sizes[drawn], kind="stable")]:
        fold_of[group] = filled.argmin()
        filled[fold_of[group]] += sizes[group]
    return fold_of[codes]


def unknown_are_split(artists: Sequence[str], folds: int = FOLDS) -> bool:
    """Whether so many paintings have no artist that an unknown one may be on both sides."""
    return sum(not artist for artist in artists) * folds > len(artists)


def hands_of(artists: Sequence[str]) -> tuple[str, ...]:
    """Whose hand may be in each painting: one name for all who ever made one together; "" where it is unknown.

    A painting by Rubens and Brueghel is no stranger to one by Rubens alone.
    """
    first: dict[str, str] = {}

    def root(name: str) -> str:
        while (above := first.setdefault(name, name)) != name:
            name = above
        return name

    for names in (artist.split(SEPARATOR) for artist in artists):
        for name in names[1:]:
            first[root(name)] = root(names[0])
    return tuple(root(artist.split(SEPARATOR)[0]) for artist in artists)


def _groups(artists: Sequence[str], folds: int) -> NDArray[np.intp]:
    """A number a painting (n,), the same for those that must stay together."""
    groups = np.unique(np.array(hands_of(artists), dtype=str), return_inverse=True)[1].astype(np.intp)
    if unknown_are_split(artists, folds):
        unknown = np.flatnonzero([not artist for artist in artists])
        groups[unknown] = len(artists) + unknown
    return groups
