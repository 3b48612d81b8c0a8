"""From the six stages' statistics to one vector: standardise, weight the stages alike, PCA, half whitening."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

LEAST_DEVIATION = 1e-6
DIMENSIONS = 512


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """`(x - mean) * scale @ matrix`, before it is brought to unit length."""

    mean: NDArray[np.float32]  # (statistics,)
    scale: NDArray[np.float32]  # (statistics,)
    matrix: NDArray[np.float32]  # (statistics, dimensions)

    def apply(self, statistics: NDArray[np.float32]) -> NDArray[np.float32]:
        """Statistics (n, statistics) → vectors of unit length (n, dimensions)."""
        projected = (statistics - self.mean) * self.scale @ self.matrix
        vectors: NDArray[np.float32] = projected / np.linalg.norm(projected, axis=1, keepdims=True)
        return vectors

    def save(self, path: Path) -> None:
        np.savez(path, mean=self.mean, scale=self.scale, matrix=self.matrix)

    @classmethod
    def read(cls, path: Path) -> "Projection":
        with np.load(path, allow_pickle=False) as file:
            return cls(mean=file["mean"], scale=file["scale"], matrix=file["matrix"])


def fit_projection(
    statistics: NDArray[np.float32], stage_sizes: tuple[int, ...], dimensions: int = DIMENSIONS
) -> Projection:
    """The projection that suits these pictures' statistics (n, Σ stage sizes).

    Each statistic is standardised and divided by √(size of its stage), so that every stage has the same total variance
    and the widest doesn't drown the others. Principal components are divided by the square root of their deviation
    (half whitening), so that the first few keep a lead but not the whole say.
    Raises ValueError where there are no more pictures than dimensions.
    """
    if len(statistics) <= dimensions:
        raise ValueError(f"{len(statistics)} pictures are too few to fit {dimensions} dimensions: give more than that.")
    mean = statistics.mean(axis=0, dtype=np.float64)
    deviation = np.maximum(statistics.std(axis=0, dtype=np.float64), LEAST_DEVIATION)
    scale = 1 / (deviation * np.sqrt(np.repeat(stage_sizes, stage_sizes)))
    standardised = (statistics - mean) * scale
    variances, components = np.linalg.eigh(standardised.T @ standardised / len(statistics))
    order = np.argsort(variances)[::-1][:dimensions]
    half_whitened = _fix_signs(components[:, order]) / variances[order] ** 0.25
    return Projection(
        mean=mean.astype(np.float32), scale=scale.astype(np.float32), matrix=half_whitened.astype(np.float32)
    )


def _fix_signs(components: NDArray[np.float64]) -> NDArray[np.float64]:
    """A component's sign is arbitrary: make its largest entry positive, so that two fits agree."""
    largest = np.abs(components).argmax(axis=0)
    fixed: NDArray[np.float64] = components * np.sign(components[largest, np.arange(components.shape[1])])
    return fixed
