"""What the backbone sees of every picture: as it is, cropped, in a visitor's photo, and scanned anew."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from vectorizer.training.caching import Backbone, statistics_of

CROPS, PLAIN_PHOTOS, HARD_PHOTOS, SCANS = 10, 3, 3, 2
MOST_STATISTICS = 100_000
"""Sights of one kind that are kept in memory (3,456 half-precision numbers each): the more pictures, the fewer each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sights:
    """Statistics (pictures, copies, statistics) by one backbone, float16."""

    originals: NDArray[np.float16]  # one copy
    crops: NDArray[np.float16]
    photos: NDArray[np.float16]  # plain ones, then hard ones
    scans: NDArray[np.float16]  # for thresholds; never trained on

    def __getitem__(self, rows: NDArray[np.bool_]) -> "Sights":
        """Of some pictures."""
        return Sights(
            originals=self.originals[rows], crops=self.crops[rows], photos=self.photos[rows], scans=self.scans[rows]
        )


See = Callable[[NDArray[np.bool_]], Sights]
"""A mask of the pictures that are trained on → what is seen of all pictures, by a backbone that knows no others."""


def sights_of(paths: Sequence[Path], backbone: Backbone, folder: Path, *, seed: int = 0) -> Sights:
    """From the cache in `folder`, or computed. Raises OSError where a picture can't be read."""

    def see(view: str, copies: int) -> NDArray[np.float16]:
        few = max(1, min(copies, MOST_STATISTICS // len(paths)))
        return statistics_of(paths, view, few, backbone, folder, seed=seed)

    return Sights(
        originals=see("original", 1),
        crops=see("crop", CROPS),
        photos=np.concatenate([see("photo", PLAIN_PHOTOS), see("hard_photo", HARD_PHOTOS)], axis=1),
        scans=see("scan", SCANS),
    )
