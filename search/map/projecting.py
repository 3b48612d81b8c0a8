"""From vectors to a plane. The one door to UMAP and to what it needs (numba, scikit-learn, SciPy): loaded on first use.

McInnes, Healy, Melville: UMAP: Uniform Manifold Approximation and Projection for Dimension Reduction, 2018.
"""

import sys
import warnings
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Plane = NDArray[np.float64]

SEED = 1
NEIGHBOURS = 15  # whose distances are kept; more of them show the whole better, and what is near worse
LEAST_DISTANCE = 0.3  # between points of a plane that is some ten wide; the pictures are spread afterwards
UNWANTED = "tensorflow"
LEAST = 50  # fewer paintings have no shape that UMAP would find


def project(vectors: Floats, *, compiled: Path | None = None) -> Plane:
    """Unit vectors (n, dimensions) as points (n, 2), near where they are near; the same for the same vectors.

    Few are laid out by the two directions in which they differ most (principal components). UMAP is compiled when it is
    first used; what can be kept of that, for the next time, is in the folder `compiled`.
    """
    if len(vectors) < LEAST:
        return principal(vectors)
    umap = _umap(compiled)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a fixed seed leaves one processor: it is what we want
        reducer = umap(
            n_neighbors=NEIGHBOURS,
            min_dist=LEAST_DISTANCE,
            metric="euclidean",
            init="pca",
            random_state=SEED,
            n_jobs=1,
        )
        points: Plane = np.asarray(reducer.fit_transform(vectors), np.float64)
    return points


def _umap(compiled: Path | None = None) -> Any:
    """The class. Its package would load TensorFlow, too, where that is installed, for a variant that we don't use."""
    import numba

    if compiled is not None:  # else beside the library or in somebody's home, which a service may not write to
        numba.config.CACHE_DIR = str(compiled)  # type: ignore[attr-defined]
    known = sys.modules.get(UNWANTED)
    sys.modules[UNWANTED] = known  # type: ignore[assignment]  # None: whoever imports it is told that it isn't there
    try:
        from umap import UMAP
    finally:
        if known is None:
            del sys.modules[UNWANTED]
    return UMAP


def principal(vectors: Floats) -> Plane:
    """The points' places along their two principal components; what has no second one lies on a line."""
    points = np.zeros((len(vectors), 2))
    if len(vectors) > 1:
        centred = vectors.astype(np.float64) - vectors.mean(axis=0, dtype=np.float64)
        left, lengths, _ = np.linalg.svd(centred, full_matrices=False)
        left *= np.sign(left[np.abs(left).argmax(axis=0), range(left.shape[1])])  # of two signs always the same
        found = (left * lengths)[:, :2]
        points[:, : found.shape[1]] = found
    return points


def neighbours(points: Plane, count: int, within: float) -> tuple[Plane, NDArray[np.int64]]:
    """Of each point the distances to its nearest (n, count), and which they are; inf and n where there is none."""
    from scipy.spatial import cKDTree

    distances, which = cKDTree(points).query(points, k=range(2, count + 2), distance_upper_bound=within)
    return distances, which
