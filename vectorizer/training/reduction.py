"""From the stages' statistics to the few hundred numbers that all heads share: standardise, weight, PCA."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEAST_DEVIATION = 1e-6
LEAST_SHARE = 1e-7
"""Of the first component's variance: components below it are rounding errors and are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reduction:
    """`(x - mean) @ matrix`; over what it was fitted to, a component's mean square is 1 on the average."""

    mean: NDArray[np.float32]  # (statistics,)
    matrix: NDArray[np.float32]  # (statistics, reduced)
    variances: NDArray[np.float32]  # (reduced,), the largest first

    def apply(self, statistics: NDArray[np.floating]) -> NDArray[np.float32]:
        """Statistics (…, statistics) → (…, reduced)."""
        rows = statistics.reshape(-1, statistics.shape[-1])
        reduced = rows.astype(np.float32) @ self.matrix - self.mean @ self.matrix
        return reduced.reshape(*statistics.shape[:-1], -1)


def fit_reduction(statistics: NDArray[np.floating], stage_sizes: Sequence[int], most: int) -> Reduction:
    """The reduction that suits these pictures' statistics (n, Σ stage sizes), to `most` components or as many as there
    are: never n or more.

    Each statistic is standardised and divided by √(size of its stage), so that every stage has the same total variance
    and the widest doesn't drown the others. Raises ValueError where there are fewer than two pictures.
    """
    if len(statistics) < 2:
        raise ValueError(f"{len(statistics)} pictures are too few to tell how they differ.")
    rows = statistics.astype(np.float32)
    mean = rows.mean(axis=0, dtype=np.float64)
    deviation = np.maximum(rows.std(axis=0, dtype=np.float64), LEAST_DEVIATION)
    scale = 1 / (deviation * np.sqrt(np.repeat(stage_sizes, stage_sizes)))
    components, variances = _components(((rows - mean) * scale).astype(np.float32), most)
    evenly = 1 / np.sqrt(variances.mean())
    return Reduction(
        mean=mean.astype(np.float32),
        matrix=(scale[:, None] * components * evenly).astype(np.float32),
        variances=(variances * evenly**2).astype(np.float32),
    )


def _components(rows: NDArray[np.float32], most: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The principal components (d, k) of centred rows (n, d) and their variances, the largest first.

    Of the two matrices with the same eigenvalues, rowsᵀ rows and rows rowsᵀ, the smaller one is taken apart.
    """
    count, width = rows.shape
    few = count < width
    values, vectors = np.linalg.eigh((rows @ rows.T if few else rows.T @ rows).astype(np.float64))
    order = np.argsort(values)[::-1][: min(most, count - 1)]
    order = order[values[order] > LEAST_SHARE * values[order[0]]]
    if not len(order):
        raise ValueError("The pictures are all alike: there is nothing to tell them apart by.")
    kept = vectors[:, order]
    components = (rows.T @ kept.astype(np.float32)) / np.sqrt(values[order]) if few else kept
    return fix_signs(components), values[order] / count


def fix_signs(components: NDArray[np.floating]) -> NDArray[np.float64]:
    """A component's sign is arbitrary: make its largest entry positive, so that two fits agree."""
    largest = np.abs(components).argmax(axis=0)
    fixed: NDArray[np.float64] = components * np.sign(components[largest, np.arange(components.shape[1])])
    return fixed
