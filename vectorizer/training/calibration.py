"""Makes a network's confidence mean what it says: a temperature for its softmax, and how far it is off."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BINS = 15
SHARPEST, FLATTEST = 0.05, 20.0
HALVINGS = 60

Logits = NDArray[np.floating]
Probabilities = NDArray[np.float64]
Codes = NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """What was said and what was true, in bins of equal width: bin b holds confidences in (b / bins, (b + 1) / bins].

    Empty bins have a confidence and an accuracy of 0.
    """

    confidence: NDArray[np.float64]  # (bins,), the mean
    accuracy: NDArray[np.float64]  # (bins,)
    counts: NDArray[np.intp]  # (bins,)

    @property
    def error(self) -> float:
        """The expected calibration error: the mean of |accuracy − confidence| over all answers."""
        return float((np.abs(self.accuracy - self.confidence) * self.counts).sum() / self.counts.sum())


def softmax(logits: Logits, temperature: float | NDArray[np.float64] = 1.0) -> Probabilities:
    """Logits (n, labels), and one temperature or one a row (n, 1) → probabilities (n, labels)."""
    scaled = np.asarray(logits, np.float64) / temperature
    powers = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    probabilities: Probabilities = powers / powers.sum(axis=1, keepdims=True)
    return probabilities


def fit_temperature(logits: Logits, codes: Codes) -> float:
    """The temperature with the least negative log likelihood on held-out answers (Guo et al., "On Calibration of Modern
    Neural Networks", 2017, section 4.2), from 0.05 to 20.

    Logits are (n, labels), codes (n,) with -1 where the label is unknown; such rows don't count. Raises ValueError
    where none is left. The likelihood is convex in 1 / temperature, so the place where its slope is 0 is bisected.
    """
    known = _known(codes)
    scores = np.asarray(logits, np.float64)[known]
    right = scores[np.arange(len(known)), codes[known]].mean()
    low, high = 1 / FLATTEST, 1 / SHARPEST
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        expected = (softmax(scores, 1 / middle) * scores).sum(axis=1).mean()
        low, high = (middle, high) if expected <= right else (low, middle)
    return float(2 / (low + high))


def cross_fitted_temperatures(logits: Logits, codes: Codes, folds: NDArray[np.intp]) -> dict[int, float]:
    """Fold → the temperature fitted to the held-out answers of all *other* folds: an honest one for this fold."""
    return {int(fold): fit_temperature(logits[folds != fold], codes[folds != fold]) for fold in np.unique(folds)}


def cross_fitted_probabilities(logits: Logits, codes: Codes, folds: NDArray[np.intp]) -> Probabilities:
    """Probabilities (n, labels) of each row by the temperature of its fold, which has not seen it."""
    temperatures = cross_fitted_temperatures(logits, codes, folds)
    return softmax(logits, np.array([temperatures[int(fold)] for fold in folds])[:, None])


def reliability(probabilities: Probabilities, codes: Codes, bins: int = BINS) -> Reliability:
    """Of the most probable label of each row: (n, labels) and codes (n,), -1 where unknown. Raises ValueError where all
    are."""
    top, right = first_guesses(probabilities, codes)
    places = np.clip(np.ceil(top * bins).astype(np.intp) - 1, 0, bins - 1)
    counts = np.bincount(places, minlength=bins)
    divisor = np.maximum(counts, 1)
    return Reliability(
        confidence=np.bincount(places, top, bins) / divisor,
        accuracy=np.bincount(places, right, bins) / divisor,
        counts=counts,
    )


def first_guesses(probabilities: Probabilities, codes: Codes) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Of each row whose label is known: the confidence of its most probable label, and whether that is right, (known,).

    Raises ValueError where none is known.
    """
    known = _known(codes)
    right: NDArray[np.bool_] = probabilities[known].argmax(axis=1) == codes[known]
    return probabilities[known].max(axis=1), right


def expected_calibration_error(probabilities: Probabilities, codes: Codes, bins: int = BINS) -> float:
    """From 0 to 1, of the most probable label, over bins of equal width (Naeini et al., 2015; Guo et al., 2017)."""
    return reliability(probabilities, codes, bins).error


def among_first(scores: NDArray[np.floating], codes: Codes, count: int) -> NDArray[np.float64]:
    """For each row whose label is known (known,): 1 where it is among the `count` highest scores, else 0.

    Scores are (n, labels), codes (n,) with -1 where unknown. Of equal scores, the first label in the list leads.
    """
    known = _known(codes)
    first = np.argsort(-scores[known], axis=1, kind="stable")[:, :count]
    found: NDArray[np.bool_] = (first == codes[known, None]).any(axis=1)
    return found.astype(np.float64)


def _known(codes: Codes) -> NDArray[np.intp]:
    known = np.flatnonzero(codes >= 0)
    if not len(known):
        raise ValueError("No picture has a known label, so nothing can be said of confidence.")
    return known
