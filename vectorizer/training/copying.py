"""Trains the copy head: a linear map under which a painting and any photo or crop of it lie close together."""

import os
from collections.abc import Iterator
from dataclasses import dataclass

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf
from numpy.random import Generator
from numpy.typing import NDArray

from vectorizer.training.losses import info_nce

DIMENSIONS = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyRecipe:
    temperature: float = 0.07
    epochs: int = 60
    batch: int = 256
    learning_rate: float = 5e-3
    weight_decay: float = 1e-4
    seed: int = 0


DEFAULT_RECIPE = CopyRecipe()


def fit_copy(
    originals: NDArray[np.floating],
    views: NDArray[np.floating],
    *,
    dimensions: int = DIMENSIONS,
    recipe: CopyRecipe = DEFAULT_RECIPE,
) -> NDArray[np.float32]:
    """The matrix (reduced, dimensions) that brings each original (n, reduced) near to its own views (n, copies,
    reduced) and away from those of the others in its batch; what is multiplied by it is then brought to unit length.

    `reduced` are half-whitened statistics (a reduction's components by the fourth root of their variance), photos and
    crops projected as the originals are. In each epoch every original meets one of its views, drawn evenly. The same
    arguments give the same matrix.
    Raises ValueError where there are fewer than two originals or the shapes don't match.
    """
    if len(originals) < 2 or views.ndim != 3 or (len(views), views.shape[2]) != originals.shape:
        raise ValueError(
            f"Originals {originals.shape} and views {views.shape} are not of the same two or more pictures."
        )
    random = np.random.default_rng(recipe.seed)
    start = random.standard_normal((originals.shape[1], dimensions)) / np.sqrt(originals.shape[1])
    steps = recipe.epochs * -(-len(originals) // recipe.batch)
    schedule = keras.optimizers.schedules.CosineDecay(recipe.learning_rate, steps)
    optimizer = keras.optimizers.AdamW(schedule, weight_decay=recipe.weight_decay)
    variable = keras.Variable(start.astype(np.float32), name="copy")
    optimizer.build([variable])
    for some, seen in _batches(originals, views, recipe, random):
        with tf.GradientTape() as tape:
            one, other = (keras.ops.normalize(keras.ops.matmul(side, variable), axis=1) for side in (some, seen))
            loss = info_nce(one, other, recipe.temperature)
        optimizer.apply([tape.gradient(loss, variable.value)], [variable])
    return np.asarray(variable.numpy(), np.float32)


def _batches(
    originals: NDArray[np.floating], views: NDArray[np.floating], recipe: CopyRecipe, random: Generator
) -> Iterator[tuple[NDArray[np.float32], NDArray[np.float32]]]:
    """For every epoch all originals in another order, each with one of its views."""
    for _epoch in range(recipe.epochs):
        order = random.permutation(len(originals))
        copies = random.integers(views.shape[1], size=len(originals))
        for first in range(0, len(order), recipe.batch):
            rows = order[first : first + recipe.batch]
            if len(rows) > 1:
                yield originals[rows].astype(np.float32), views[rows, copies[rows]].astype(np.float32)
