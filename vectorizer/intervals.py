"""How far a figure would move with other paintings: bootstrap intervals (Efron & Tibshirani, "An Introduction to the
Bootstrap", 1993, chapters 8 and 13).

Answers to questions about works of one artist go together, so the honest unit to draw again is the artist, with all of
his questions (cluster bootstrap); drawing single questions gives narrower intervals that trust every painting as if it
were independent. Both are percentile intervals of 95 %. Only the questions are drawn again; the paintings among which
they search stay, so that no painting finds its own double.

A share of a count has a formula of its own, `share_interval`, which stays honest where all or nothing was right.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

RESAMPLES = 2_000
PERCENTILES = (2.5, 97.5)
QUANTILE = 1.959964
"""Of the normal distribution, for 95 %."""
DRAWS_AT_ONCE = 4_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A figure, and its interval of 95 %."""

    estimate: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.estimate:.3f} ({self.low:.3f} to {self.high:.3f})"


def mean_interval(
    values: ArrayLike, clusters: ArrayLike | None = None, *, resamples: int = RESAMPLES, seed: int = 0
) -> Interval:
    """The mean of values (q,). With `clusters` (q names, say the artist of each question) whole clusters are drawn,
    an empty name being a cluster by itself; without, single values. Raises ValueError below two clusters."""
    estimate, drawn = _resampled_means(np.asarray(values, np.float64)[:, None], clusters, resamples, seed)
    return _interval(float(estimate[0]), drawn[:, 0])


def difference_interval(
    values: ArrayLike,
    baseline: ArrayLike,
    clusters: ArrayLike | None = None,
    *,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Interval:
    """The mean of values (q,) less that of the baseline's (q,) for the same questions, both drawn alike."""
    estimate, drawn = _resampled_means(_paired(values, baseline), clusters, resamples, seed)
    return _interval(float(estimate[0] - estimate[1]), drawn[:, 0] - drawn[:, 1])


def ratio_interval(
    values: ArrayLike,
    baseline: ArrayLike,
    clusters: ArrayLike | None = None,
    *,
    resamples: int = RESAMPLES,
    seed: int = 0,
) -> Interval:
    """The mean of values (q,) divided by that of the baseline's (q,) for the same questions, both drawn alike.

    Raises ValueError where the baseline is 0, in the whole or in a resample.
    """
    estimate, drawn = _resampled_means(_paired(values, baseline), clusters, resamples, seed)
    if not estimate[1] or not drawn[:, 1].all():
        raise ValueError("The baseline finds so little that nothing can be divided by it.")
    return _interval(float(estimate[0] / estimate[1]), drawn[:, 0] / drawn[:, 1])


def share_interval(count: int, total: int) -> Interval:
    """The share `count / total` with Wilson's score interval (E. B. Wilson, "Probable Inference, the Law of Succession,
    and Statistical Inference", 1927). Of nothing, the share is NaN and the interval says so: from 0 to 1."""
    if not total:
        return Interval(estimate=float("nan"), low=0.0, high=1.0)
    share, squared = count / total, QUANTILE**2
    middle = (count + squared / 2) / (total + squared)
    half = QUANTILE * np.sqrt(count * (1 - share) + squared / 4) / (total + squared)
    return Interval(estimate=share, low=max(0.0, float(middle - half)), high=min(1.0, float(middle + half)))


def _paired(values: ArrayLike, baseline: ArrayLike) -> NDArray[np.float64]:
    first, second = np.asarray(values, np.float64), np.asarray(baseline, np.float64)
    if first.shape != second.shape:
        raise ValueError(f"Pairs need as many values as the baseline has: {len(first)} and {len(second)}.")
    return np.stack([first, second], axis=1)


def _resampled_means(
    columns: NDArray[np.float64], clusters: ArrayLike | None, resamples: int, seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Columns (q, m) → their means (m,) and those of each resample (resamples, m)."""
    codes = _cluster_codes(clusters, len(columns))
    count = int(codes.max(initial=-1)) + 1
    if count < 2:
        raise ValueError("An interval needs at least two artists or questions to draw from.")
    sizes = np.bincount(codes, minlength=count)
    sums = np.stack([np.bincount(codes, column, count) for column in columns.T] + [sizes.astype(np.float64)], axis=1)
    random, chances = np.random.default_rng(seed), np.full(count, 1 / count)
    at_once = max(1, DRAWS_AT_ONCE // count)
    parts = [min(at_once, resamples - start) for start in range(0, resamples, at_once)]
    drawn = np.concatenate([random.multinomial(count, chances, size=part) @ sums for part in parts])
    return columns.mean(axis=0), drawn[:, :-1] / drawn[:, -1:]


def _cluster_codes(clusters: ArrayLike | None, expected: int) -> NDArray[np.intp]:
    if clusters is None:
        return np.arange(expected)
    names = [str(name) or f"\0{place}" for place, name in enumerate(np.asarray(clusters, object))]
    if len(names) != expected:
        raise ValueError(f"{expected} values need as many clusters; given were {len(names)}.")
    return np.unique(names, return_inverse=True)[1] if names else np.empty(0, np.intp)


def _interval(estimate: float, drawn: NDArray[np.float64]) -> Interval:
    low, high = np.percentile(drawn, PERCENTILES)
    return Interval(estimate=estimate, low=float(low), high=float(high))
