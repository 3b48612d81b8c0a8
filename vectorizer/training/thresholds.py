"""What "a copy", "very close" and "related" mean for a feature, taken from pairs of pictures that no fit had seen.

All are said by how seldom *strangers* (two paintings by different artists) come that near:

* related: 2 in 100 pairs of strangers do;
* very close: 1 in 1,000 do;
* a copy: 95 in 100 pictures that were scanned or cropped anew are that near to themselves, but never farther than what
  1 in 10,000 pairs of strangers reach. Where a feature can't have both, the second holds, and `Word.copies` tells what
  share of the copies is then called so. Not more than 95, since calling a variant a copy is worse than calling a copy
  very close.

So each word includes those before it. Pairs by one artist, or by two who ever made a picture together, are left out of
the strangers: a series of a painter is near by rights, and collections hold works twice. How much the words say is
measured beside them: how many pairs get them, and how much more often than any two paintings such pairs share style and
artist, strangers among them too. The pairs of a fold are measured by the words of the other folds, which have not seen
them; what is shipped is fitted to all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vectorizer.training.held_out import HeldOut
from vectorizer.training.labels import UNKNOWN
from vectorizer.training.pairs import Pairs, copy_distances, pairs_within_folds

COPIES_REACHED = 0.95
STRANGERS = {"copy": 1e-4, "very_close": 1e-3, "related": 2e-2}
"""Word → the share of pairs of strangers that are at least so near."""

DIGITS = 6
ALWAYS_A_COPY = 0.01
"""The distance that rounding alone may put between a picture and itself."""


class ThresholdError(ValueError):
    """The words can't be told apart by this feature."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word's least similarity, fitted to all folds; and what it is worth, by those fitted to the other folds."""

    similarity: float  # 1 / (1 + distance)
    distance: float
    strangers: float  # share of all pairs by different artists that get this word or a nearer one
    copies: float  # share of copies that do
    pairs: int  # of all pairs, by any artists
    same_style: float | None = None  # share of such pairs (of any artists) of known styles that share it
    same_artist: float | None = None
    strangers_same_style: float | None = None  # of such pairs by different artists


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """The words of one feature, nearest first, and by chance: how often any two pictures share style and artist."""

    words: Mapping[str, Word]
    similarities_by_fold: Mapping[int, Mapping[str, float]]  # fitted to the other folds
    same_style_by_chance: float | None = None
    same_artist_by_chance: float | None = None
    strangers_same_style_by_chance: float | None = None

    @property
    def similarities(self) -> dict[str, float]:
        """As the artifact's card holds them."""
        return {name: word.similarity for name, word in self.words.items()}


def thresholds_of(copies: NDArray[np.floating], strangers: NDArray[np.floating]) -> dict[str, float]:
    """Word → least similarity `1 / (1 + l2 distance)`, by the definitions above, rounded to 6 digits.

    `copies` are distances of pictures to themselves scanned anew, `strangers` those of pairs by different artists.
    Raises ThresholdError where there are none, or where the words come out alike.
    """
    if not len(copies) or not len(strangers):
        raise ThresholdError("Thresholds need pairs of copies and pairs of paintings by different artists.")
    distances = {word: float(np.quantile(strangers, share)) for word, share in STRANGERS.items()}
    distances["copy"] = min(max(float(np.quantile(copies, COPIES_REACHED)), ALWAYS_A_COPY), distances["copy"])
    similarities = {word: round(1 / (1 + distance), DIGITS) for word, distance in distances.items()}
    if not similarities["copy"] > similarities["very_close"] > similarities["related"]:
        said = ", ".join(f"{word.replace('_', ' ')} {value}" for word, value in similarities.items())
        raise ThresholdError(f"The words can't be told apart by this feature: their similarities would be {said}.")
    return similarities


def fit_thresholds(held_out: HeldOut, feature: str, *, seed: int = 0) -> Thresholds:
    """The words of a feature, and what they are worth, from the held-out pictures and their copies.

    Beyond two million pairs, as many are drawn by `seed`. Raises ThresholdError where the feature can't tell the words
    apart (or could not without one of the folds), or where no copies of it are given.
    """
    if feature not in held_out.copies:
        raise ThresholdError(f"Thresholds of {feature} need vectors of the same pictures scanned anew.")
    evidence = _Evidence.of(held_out, feature, seed)
    try:
        similarities = evidence.similarities()
        by_fold = {int(fold): evidence.similarities(but=int(fold)) for fold in np.unique(held_out.folds)}
    except ThresholdError as problem:
        raise ThresholdError(f"{feature}: {problem}") from problem
    return Thresholds(
        words={
            name: evidence.word(similarity, {fold: others[name] for fold, others in by_fold.items()})
            for name, similarity in similarities.items()
        },
        similarities_by_fold=by_fold,
        same_style_by_chance=evidence.style.share(),
        same_artist_by_chance=evidence.artist.share(),
        strangers_same_style_by_chance=evidence.style.share(evidence.strangers),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Evidence:
    """What one feature says of pairs and copies, and the fold of each."""

    pairs: Pairs
    pair_folds: NDArray[np.intp]  # (pairs,)
    copies: NDArray[np.float32]  # (copies,), their distances
    copy_folds: NDArray[np.intp]  # (copies,)
    style: "_Agreement"
    artist: "_Agreement"

    @classmethod
    def of(cls, held_out: HeldOut, feature: str, seed: int) -> "_Evidence":
        vectors, copies = held_out.vectors[feature], held_out.copies[feature]
        pairs = pairs_within_folds(vectors, held_out.folds, seed=seed)
        return cls(
            pairs=pairs,
            pair_folds=held_out.folds[pairs.first],
            copies=copy_distances(vectors, copies),
            copy_folds=np.repeat(held_out.folds, copies.shape[1]),
            style=_agreement(_style_codes(held_out), pairs),
            artist=_agreement(_codes(held_out.hands), pairs),
        )

    @property
    def strangers(self) -> NDArray[np.bool_]:
        """Which pairs are by different artists."""
        return self.artist.known & ~self.artist.agrees

    def similarities(self, but: int | None = None) -> dict[str, float]:
        """`thresholds_of` all folds, or of all but one."""
        strangers, copies = self.strangers & (self.pair_folds != but), self.copies[self.copy_folds != but]
        return thresholds_of(copies, self.pairs.distances[strangers])

    def word(self, similarity: float, by_fold: Mapping[int, float]) -> Word:
        """A word of this similarity, measured in each fold by its similarity there."""
        farthest = np.zeros(max(by_fold) + 1)
        farthest[list(by_fold)] = [1 / each - 1 for each in by_fold.values()]
        near, strangers = self.pairs.distances <= farthest[self.pair_folds], self.strangers
        return Word(
            similarity=similarity,
            distance=1 / similarity - 1,
            strangers=float(near[strangers].mean()),
            copies=float((self.copies <= farthest[self.copy_folds]).mean()),
            pairs=int(near.sum()),
            same_style=self.style.share(near),
            same_artist=self.artist.share(near),
            strangers_same_style=self.style.share(near & strangers),
        )


def _codes(names: Sequence[str]) -> NDArray[np.intp]:
    """A number for each name, -1 for an empty one."""
    codes = np.unique(np.array(names, dtype=str), return_inverse=True)[1].astype(np.intp)
    codes[[not name for name in names]] = UNKNOWN
    return codes


@dataclass(frozen=True, slots=True)
class _Agreement:
    """Which pairs share a label, and of which pairs that is known."""

    agrees: NDArray[np.bool_]
    known: NDArray[np.bool_]

    def share(self, among: NDArray[np.bool_] | None = None) -> float | None:
        counted = self.known if among is None else self.known & among
        return float(self.agrees[counted].mean()) if counted.any() else None


def _agreement(codes: NDArray[np.intp], pairs: Pairs) -> _Agreement:
    first, second = codes[pairs.first], codes[pairs.second]
    return _Agreement(first == second, (first >= 0) & (second >= 0))


def _style_codes(held_out: HeldOut) -> NDArray[np.intp]:
    return held_out.labels["style"].codes if "style" in held_out.labels else np.full(len(held_out.artists), UNKNOWN)
