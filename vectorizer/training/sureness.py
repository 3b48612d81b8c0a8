"""From which confidence on a model may be called sure of a label: measured on pictures by artists that it had not seen.

A temperature makes confidence true on the average, not at its upper end, where a model may be sure of itself and wrong.
So the upper end is counted: the *sure level* is the least confidence, in whole hundredths, of which the 95 % interval
(Wilson's) says that at least nine in ten of the guesses from there on are right. That takes 35 guesses at least, all of
them right. A model that nowhere gets so far has no sure level and is never to be called sure.

That nine in ten *were* right would be no such promise: the level is chosen for doing well on these pictures, and does
worse on others. `Sureness.checked` tells how such a choice does where it was not made.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vectorizer.intervals import Interval, share_interval
from vectorizer.training.calibration import Codes, Probabilities, first_guesses

RIGHT = 0.9
LEVELS = tuple(percent / 100 for percent in range(1, 101))
STEPS = (0.5, 0.6, 0.7, 0.8, 0.9)

Confidences = NDArray[np.float64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guesses:
    """Some first guesses: how many, and the share that is right, with Wilson's interval."""

    number: int
    right: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Sureness:
    """The sure level of one kind of label, and what was counted; None where there is no level."""

    level: float | None
    level_by_fold: Mapping[int, float | None]  # chosen by the other folds
    sure: Guesses | None  # from the level on
    checked: Guesses | None  # in each fold, from the level on that the other folds choose
    steps: Mapping[float, Guesses]  # confidence → the guesses from it on, where there are any


def measure_sureness(probabilities: Probabilities, codes: Codes, folds: NDArray[np.intp]) -> Sureness:
    """Of probabilities (n, labels) by temperatures that have not seen the pictures, codes (n,) with -1 where the label
    is unknown, and folds (n,). Raises ValueError where all labels are unknown."""
    confidence, right = first_guesses(probabilities, codes)
    folds = folds[codes >= 0]
    level = sure_level(confidence, right)
    by_fold = {int(fold): sure_level(confidence[folds != fold], right[folds != fold]) for fold in np.unique(folds)}
    steps = {step: guesses_from(confidence, right, step) for step in STEPS}
    return Sureness(
        level=level,
        level_by_fold=by_fold,
        sure=None if level is None else guesses_from(confidence, right, level),
        checked=_checked(confidence, right, folds, by_fold),
        steps={step: found for step, found in steps.items() if found.number},
    )


def sure_level(confidence: Confidences, right: Flags) -> float | None:
    """The least of `LEVELS` from which on enough of the guesses are right, (n,) each; None where there is none."""
    levels = (level for level in LEVELS if guesses_from(confidence, right, level).right.low >= RIGHT)
    return next(levels, None)


def guesses_from(confidence: Confidences, right: Flags, least: float) -> Guesses:
    """Those of at least this confidence."""
    chosen = right[confidence >= least]
    return Guesses(number=len(chosen), right=share_interval(int(chosen.sum()), len(chosen)))


def _checked(
    confidence: Confidences, right: Flags, folds: NDArray[np.intp], levels: Mapping[int, float | None]
) -> Guesses | None:
    chosen = np.zeros(len(folds), bool)
    for fold, level in levels.items():
        if level is not None:
            chosen |= (folds == fold) & (confidence >= level)
    number = int(chosen.sum())
    return Guesses(number=number, right=share_interval(int(right[chosen].sum()), number)) if number else None
