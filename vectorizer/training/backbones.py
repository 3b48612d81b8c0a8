"""Which backbone looks at the pictures: what ImageNet taught it, or that tuned to the pictures that are trained on."""

from dataclasses import dataclass, field
from pathlib import Path

import keras
import numpy as np
from numpy.typing import NDArray

from vectorizer.training.backbone import keep, write_backbone
from vectorizer.training.caching import Backbone
from vectorizer.training.fine_tuning import Tuning, tuned_network, tuned_weights
from vectorizer.training.labels import choose
from vectorizer.training.lessons import Lessons
from vectorizer.training.network import DEFAULT_VARIANT, INPUT_SIZE, build_network
from vectorizer.training.sights import Sights, sights_of
from vectorizer.training.statistics import build_statistics, tapped_layers

Rows = NDArray[np.bool_]
"""A mask of the pictures that a fit may know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Backbones:
    """The backbone for each choice of pictures. `folder` is the cache; `tuning` says how to tune, None not to; `size`
    is the input's side in pixels.

    Untuned, it is the same one for all. Tuned, everything is looked at anew for each choice, so that what is held out
    stays unseen: that takes the cache's space as often, and time.
    """

    lessons: Lessons
    folder: Path
    seed: int = 0
    tuning: Tuning | None = None
    variant: str = DEFAULT_VARIANT
    size: int = INPUT_SIZE
    _seen: dict[Path, Sights] = field(default_factory=dict, init=False, repr=False)

    def sights(self, rows: Rows) -> Sights:
        """What is seen of all pictures, in their order. Raises OSError where one can't be read."""
        backbone = self._tuned(rows) if self.tuning else write_backbone(self.folder, self.variant, self.size)
        if backbone.path not in self._seen:
            self._seen.clear()  # one is large
            self._seen[backbone.path] = sights_of(self.lessons.paths, backbone, self.folder, seed=self.seed)
        return self._seen[backbone.path]

    def network(self, rows: Rows) -> keras.Model:
        """The backbone in Keras, to be exported. Makes what Keras was building before unusable."""
        keras.utils.clear_session()  # layers are numbered through, and their names get into the file and its checksum
        if self.tuning is None:
            return build_network(variant=self.variant, size=self.size)
        return tuned_network(self._weights(rows, self.tuning), self.variant, size=self.size)

    def _tuned(self, rows: Rows) -> Backbone:
        path = self.folder / f"{self._weights(rows, self.tuning or Tuning()).stem}.tflite"
        return keep(path, self.size, lambda: build_statistics(self.network(rows), tapped_layers(self.variant)))

    def _weights(self, rows: Rows, tuning: Tuning) -> Path:
        chosen = np.flatnonzero(rows)
        return tuned_weights(
            [self.lessons.paths[row] for row in chosen],
            choose(self.lessons.labels, rows),
            [self.lessons.artists[row] for row in chosen],
            self.folder,
            variant=self.variant,
            size=self.size,
            seed=self.seed,
            tuning=tuning,
        )
