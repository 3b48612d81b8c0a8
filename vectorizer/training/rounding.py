"""Rounds a network to half precision in Keras, exactly as its exported file holds it.

The file's weights are float16 with batch normalisation folded in, and so are those of the file by which the cache's
statistics were taken: the network that everything was trained on is the rounded one. Rounded here already, it is the
network that the export is held against, and what is left between the two is the conversion alone.
"""

from typing import Any

import keras
import numpy as np
from keras import layers
from numpy.typing import NDArray


def half(values: NDArray[np.floating]) -> NDArray[np.float32]:
    """The nearest numbers of half precision. Raises ValueError where one is too large for that."""
    with np.errstate(over="ignore"):
        rounded = np.asarray(values, np.float32).astype(np.float16).astype(np.float32)
    if not np.isfinite(rounded).all():
        raise ValueError("A weight is too large for half precision (65,504).")
    return rounded


def round_network(network: keras.Model) -> None:
    """Fold every batch normalisation into the convolution before it and round that; what is left of the normalisation
    adds the bias. The network computes what it did, but for the rounding."""
    for layer in network.layers:
        if isinstance(layer, layers.BatchNormalization):
            _fold(layer.input._keras_history.operation, layer)


def _fold(convolution: Any, normalisation: Any) -> None:
    (kernel,) = convolution.get_weights()
    gamma, beta, mean, variance = normalisation.get_weights()
    scale = gamma / np.sqrt(variance + normalisation.epsilon)
    depthwise = isinstance(convolution, layers.DepthwiseConv2D)  # its channels are the last but one
    convolution.set_weights([half(kernel * (scale[:, None] if depthwise else scale))])
    ones = np.ones_like(gamma)
    normalisation.set_weights([ones, half(beta - mean * scale), np.zeros_like(gamma), ones - normalisation.epsilon])
