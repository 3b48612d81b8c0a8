"""All figures about held-out pictures: retrieval by every vector, suggestions, thresholds.

Every question is asked within its fold and all answers are pooled. Intervals are of 95 %, by drawing whole artists
again (`vectorizer.intervals` says why); where one is by single questions, its name says so.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from vectorizer.evaluation import Answers, ask_each
from vectorizer.intervals import Interval, mean_interval, ratio_interval
from vectorizer.training.held_out import HeldOut
from vectorizer.training.suggesting import Suggestions, measure_suggestions
from vectorizer.training.thresholds import Thresholds, fit_thresholds

K = 10
RECALLED = (1, 5, 10)
BASELINE = "pooled1280"

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What counts as a match."""

    name: str
    title: str
    kind: str  # of label
    other_artists: bool = False


TASKS = (
    Task(name="style", title="Style", kind="style"),
    Task(name="style_other_artists", title="Style, other artists' works only", kind="style", other_artists=True),
    Task(name="genre", title="Genre", kind="genre"),
    Task(name="genre_other_artists", title="Genre, other artists' works only", kind="genre", other_artists=True),
    Task(name="artist", title="Artist", kind="artist"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfLabel:
    """Mean average precision over the questions of one label; no interval where they are of a single artist."""

    mean_average_precision: float
    low: float | None
    high: float | None
    questions: int
    artists: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """How well one vector does one task. Ratios are to the baseline, None where it finds too little to divide by."""

    mean_average_precision: Interval
    precision_at_1: Interval
    recall: Mapping[int, float]  # rank → share of questions with a match up to there
    ratio: Interval | None
    ratio_by_question: Interval | None
    questions: int
    mean_over_labels: float
    by_fold: Mapping[int, float]
    by_label: Mapping[str, OfLabel]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    pictures: int
    artists: int
    folds: int
    k: int  # how many neighbours average precision looks at
    baseline: str
    retrieval: Mapping[str, Mapping[str, Figures]]  # task → vector → figures
    suggestions: Mapping[str, Suggestions]  # label kind →
    thresholds: Mapping[str, Thresholds]  # feature →
    left_out: tuple[str, ...]


def measure(held_out: HeldOut, *, baseline: str = BASELINE, k: int = K) -> Evaluation:
    """Everything about these pictures, to the baseline among their vectors.

    What can't be measured (a kind of label that nobody shares, a feature that can't tell the words apart) is left out
    with a sentence. Raises ValueError where the baseline is not among the vectors.
    """
    if baseline not in held_out.vectors:
        raise ValueError(f"The baseline {baseline} is not among the vectors: {', '.join(held_out.vectors)}.")
    left_out = list(held_out.left_out)
    tasks = {task.name: task for task in TASKS}
    retrieval = _what_can(lambda name: measure_task(held_out, tasks[name], baseline, k), tasks, left_out)
    suggestions = _what_can(lambda kind: measure_suggestions(held_out, kind), held_out.logits, left_out)
    thresholds = _what_can(lambda feature: fit_thresholds(held_out, feature), held_out.copies, left_out)
    return Evaluation(
        pictures=len(held_out.folds),
        artists=len({artist for artist in held_out.artists if artist}),
        folds=len(np.unique(held_out.folds)),
        k=k,
        baseline=baseline,
        retrieval=retrieval,
        suggestions=suggestions,
        thresholds=thresholds,
        left_out=tuple(left_out),
    )


def _what_can(measured: Callable[[str], T], names: Iterable[str], left_out: list[str]) -> dict[str, T]:
    """Name → what is measured of it; the reason goes to `left_out` where that can't be."""
    found = {}
    for name in names:
        try:
            found[name] = measured(name)
        except ValueError as problem:
            left_out.append(f"{name.replace('_', ' ').capitalize()}: {problem}")
    return found


def measure_task(held_out: HeldOut, task: Task, baseline: str = BASELINE, k: int = K) -> dict[str, Figures]:
    """Vector → its figures. Raises ValueError where nothing can be asked."""
    labels = np.array(held_out.artists) if task.kind == "artist" else names_of(held_out, task.kind)
    groups = held_out.hands if task.other_artists else None
    answers = {
        name: ask_each(vectors, labels, k=k, groups=groups, folds=held_out.folds)
        for name, vectors in held_out.vectors.items()
    }
    return {name: _figures(found, answers[baseline], labels, held_out) for name, found in answers.items()}


def names_of(held_out: HeldOut, kind: str) -> NDArray[np.str_]:
    """The label of this kind of each picture (n,), "" where it is unknown."""
    labels = held_out.labels.get(kind)
    return np.full(len(held_out.folds), "") if labels is None else labels.each


def _figures(found: Answers, baseline: Answers, labels: NDArray[np.str_], held_out: HeldOut) -> Figures:
    precision = found.average_precision
    artists, folds = np.array(held_out.hands)[found.rows], held_out.folds[found.rows]
    by_label = {
        str(name): _of_label(precision[chosen], artists[chosen])
        for name in np.unique(labels[found.rows])
        if (chosen := labels[found.rows] == name).any()
    }
    return Figures(
        mean_average_precision=mean_interval(precision, artists),
        precision_at_1=mean_interval(found.precision_at_1, artists),
        recall={rank: float(found.recall(rank).mean()) for rank in RECALLED if rank <= found.k},
        ratio=_ratio(precision, baseline.average_precision, artists),
        ratio_by_question=_ratio(precision, baseline.average_precision, None),
        questions=len(precision),
        mean_over_labels=float(np.mean([item.mean_average_precision for item in by_label.values()])),
        by_fold={int(fold): float(precision[folds == fold].mean()) for fold in np.unique(folds)},
        by_label=by_label,
    )


def _of_label(precision: NDArray[np.float64], artists: Sequence[str] | NDArray[np.str_]) -> OfLabel:
    several = len(set(artists)) > 1
    interval = mean_interval(precision, artists) if several else None
    return OfLabel(
        mean_average_precision=float(precision.mean()),
        low=interval.low if interval else None,
        high=interval.high if interval else None,
        questions=len(precision),
        artists=len(set(artists)),
    )


def _ratio(values: NDArray[np.float64], baseline: NDArray[np.float64], clusters: ArrayLike | None) -> Interval | None:
    try:
        return ratio_interval(values, baseline, clusters)
    except ValueError:  # the baseline finds nothing, or nobody asks but one artist
        return None
