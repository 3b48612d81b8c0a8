"""How good the suggested labels of held-out pictures are, and how far their confidence can be believed."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from vectorizer.intervals import Interval, mean_interval
from vectorizer.training.calibration import (
    Reliability,
    among_first,
    cross_fitted_probabilities,
    cross_fitted_temperatures,
    expected_calibration_error,
    fit_temperature,
    reliability,
    softmax,
)
from vectorizer.training.held_out import HeldOut
from vectorizer.training.sureness import Sureness, measure_sureness

SUGGESTED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestions:
    """How good the suggested labels of one kind are. The error and the sureness are by temperatures fitted to the other
    folds; the temperature itself is fitted to all held-out answers: that is the one to ship."""

    pictures: int
    top_1: Interval
    top_3: Interval
    calibration_error: float
    calibration_error_uncorrected: float
    temperature: float
    temperatures_by_fold: Mapping[int, float]
    reliability: Reliability
    reliability_uncorrected: Reliability
    sureness: Sureness


def measure_suggestions(held_out: HeldOut, kind: str) -> Suggestions:
    """Raises ValueError where no picture has a known label of that kind."""
    logits, codes, folds = held_out.logits[kind], held_out.labels[kind].codes, held_out.folds
    artists = np.array(held_out.hands)[codes >= 0]
    honest, uncorrected = cross_fitted_probabilities(logits, codes, folds), softmax(logits)
    return Suggestions(
        pictures=len(artists),
        top_1=mean_interval(among_first(logits, codes, 1), artists),
        top_3=mean_interval(among_first(logits, codes, SUGGESTED), artists),
        calibration_error=expected_calibration_error(honest, codes),
        calibration_error_uncorrected=expected_calibration_error(uncorrected, codes),
        temperature=fit_temperature(logits, codes),
        temperatures_by_fold=cross_fitted_temperatures(logits, codes, folds),
        reliability=reliability(honest, codes),
        reliability_uncorrected=reliability(uncorrected, codes),
        sureness=measure_sureness(honest, codes, folds),
    )
