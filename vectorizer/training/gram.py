"""Gram matrices as a baseline: which channels of the early and middle feature maps go together, which is how style
transfer describes style (Gatys, Ecker & Bethge, "Image Style Transfer Using Convolutional Neural Networks", 2016)."""

from pathlib import Path
from typing import Any

import keras
import numpy as np
from keras import layers, ops
from numpy.typing import NDArray

from vectorizer.training.backbone import keep
from vectorizer.training.caching import Backbone
from vectorizer.training.network import DEFAULT_VARIANT, INPUT_SIZE, build_network
from vectorizer.training.statistics import tapped_layers

FORMULA = "1"
STAGES = slice(0, 4)  # of the tapped layers: for Lite0 24, 40, 80 and 112 channels, together 10,688 numbers
SMALLEST = 1e-12


def gram_vector(maps: NDArray[np.float32]) -> NDArray[np.float32]:
    """A feature map (height, width, channels) → channels · (channels + 1) / 2 numbers, together of unit length.

    The mean over places of the products of any two channels, upper triangle row by row, each replaced by its signed
    square root so that the few strong channels don't say everything.
    """
    flat = maps.reshape(-1, maps.shape[-1])
    products = (flat.T @ flat / len(flat))[np.triu_indices(maps.shape[-1])]
    roots = np.sign(products) * np.sqrt(np.abs(products))
    unit: NDArray[np.float32] = (roots / np.sqrt(np.maximum((roots**2).sum(), SMALLEST))).astype(np.float32)
    return unit


@keras.saving.register_keras_serializable("pendant")
class GramVector(layers.Layer):  # type: ignore[misc]  # Keras has no types
    """`gram_vector` of each feature map of a batch."""

    def call(self, maps: Any) -> Any:
        _, height, width, channels = maps.shape
        flat = ops.reshape(maps, (-1, height * width, channels))
        products = ops.matmul(ops.transpose(flat, (0, 2, 1)), flat) / (height * width)
        row, column = np.triu_indices(channels)
        upper = ops.take(ops.reshape(products, (-1, channels * channels)), row * channels + column, axis=1)
        roots = ops.sign(upper) * ops.sqrt(ops.abs(upper))
        return roots / ops.sqrt(ops.maximum(ops.sum(ops.square(roots), axis=1, keepdims=True), SMALLEST))


def build_grams(network: keras.Model, tapped: tuple[str, ...]) -> keras.Model:
    """Pixels (batch, size, size, 3) → `statistics`: the Gram vectors of the tapped layers, each of length
    1 / √(layers), so that all have the same say and the whole has unit length."""
    grams = [GramVector(name=f"{name}_gram")(network.get_layer(name).output) for name in tapped]
    joined = layers.Rescaling(1 / np.sqrt(len(tapped)))(layers.Concatenate()(grams))
    return keras.Model(network.input, {"statistics": joined}, name="grams")


def write_gram_backbone(folder: Path, variant: str = DEFAULT_VARIANT, size: int = INPUT_SIZE) -> Backbone:
    """The network that gives Gram vectors, as a LiteRT file in `folder`, written unless it is there: `statistics_of`
    runs it and keeps what it gives, as it does with the backbone."""
    path = folder / f"grams-{variant}-{size}-{FORMULA}.tflite"
    return keep(
        path, size, lambda: build_grams(build_network(variant=variant, size=size), tapped_layers(variant)[STAGES])
    )
