"""What the measuring of the folds leaves in an artifact's card."""

from collections.abc import Mapping
from dataclasses import dataclass

from vectorizer.training.measuring import Evaluation
from vectorizer.training.sureness import Sureness

LOOKED_AT = "common512"
TASKS = ("style", "style_other_artists", "genre", "artist")
DIGITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """As the card's fields of the same names."""

    temperatures: Mapping[str, float]
    thresholds: Mapping[str, Mapping[str, float]]
    sure: Mapping[str, float]
    measured: Mapping[str, float]


def findings_of(evaluation: Evaluation, *, fold: int | None = None) -> Findings:
    """For the fit to all pictures; or for that of a fold, whose temperatures and thresholds have not seen what it is
    measured on."""
    return Findings(
        temperatures={
            kind: found.temperature if fold is None else found.temperatures_by_fold[fold]
            for kind, found in evaluation.suggestions.items()
        },
        thresholds={
            feature: found.similarities if fold is None else found.similarities_by_fold[fold]
            for feature, found in evaluation.thresholds.items()
        },
        sure={
            kind: level
            for kind, found in evaluation.suggestions.items()
            if (level := _level(found.sureness, fold)) is not None
        },
        measured={name: round(value, DIGITS) for name, value in _measured(evaluation).items()},
    )


def _level(sureness: Sureness, fold: int | None) -> float | None:
    return sureness.level if fold is None else sureness.level_by_fold.get(fold)


def _measured(evaluation: Evaluation) -> dict[str, float]:
    """Of the usual feature, on artists that were not trained on; intervals are of 95 %, by artist."""
    measured: dict[str, float] = {}
    for task in TASKS:
        if (found := evaluation.retrieval.get(task, {}).get(LOOKED_AT)) is None:
            continue
        mean = found.mean_average_precision
        measured |= {f"{task}_map_at_10": mean.estimate, f"{task}_map_at_10_low": mean.low}
        measured |= {f"{task}_map_at_10_high": mean.high, f"{task}_precision_at_1": found.precision_at_1.estimate}
        if found.ratio is not None:
            measured[f"{task}_ratio_to_{evaluation.baseline}"] = found.ratio.estimate
    for kind, suggested in evaluation.suggestions.items():
        measured[f"{kind}_among_first_3"] = suggested.top_3.estimate
        measured[f"{kind}_calibration_error"] = suggested.calibration_error
    return measured
