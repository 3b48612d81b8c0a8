"""An eye on its backbone as one Keras model: pixels in, vectors and probabilities out."""

from collections.abc import Mapping
from typing import Any

import keras
import numpy as np
from keras import layers
from numpy.typing import NDArray

from vectorizer.training.heads import Eye, Linear
from vectorizer.training.rounding import half, round_network
from vectorizer.training.statistics import build_statistics, tapped_layers

POOLED = "pooled1280"


def assemble(
    eye: Eye, network: keras.Model, temperatures: Mapping[str, float] | None = None, *, variant: str
) -> keras.Model:
    """Pixels (batch, size, size, 3) → by feature the vectors, of unit length; by kind the probabilities, softmax of the
    logits divided by the kind's temperature (1 where none is given); and the pooled last layer.

    All weights are of half precision, `network`'s from now on, too.
    """
    round_network(network)
    statistics = build_statistics(network, tapped_layers(variant))
    given = statistics(statistics.inputs[0])
    reduced = _reduced(eye, given["statistics"])
    outputs = {name: _vectors(reduced, linear, name) for name, linear in eye.vectors.items()}
    for kind, linear in eye.classes.items():
        outputs[kind] = _probabilities(reduced, linear, (temperatures or {}).get(kind, 1.0), kind)
    return keras.Model(statistics.inputs[0], {**outputs, POOLED: given["pooled"]}, name="pendant")


def _reduced(eye: Eye, statistics: Any) -> Any:
    """Centred before they are multiplied, and each statistic's scale kept out of the matrix: in half precision small
    differences between pictures would drown in the large means, and small rows in large ones. What rounding moves the
    mean by, the bias takes back."""
    norms = np.linalg.norm(eye.reduce, axis=1)
    mean, scale = half(eye.mean), half(np.where(norms > 0, norms, 1))
    standardised = layers.Lambda(lambda rows: (rows - mean) * scale, output_shape=mean.shape, name="standardised")
    bias = (mean - eye.mean) @ eye.reduce
    return _dense(standardised(statistics), eye.reduce / scale[:, None], bias, "reduced")


def _vectors(reduced: Any, linear: Linear, name: str) -> Any:
    return layers.UnitNormalization(name=name)(_dense(reduced, linear.kernel, linear.bias, f"{name}_unscaled"))


def _probabilities(reduced: Any, linear: Linear, temperature: float, kind: str) -> Any:
    logits = _dense(reduced, linear.kernel / temperature, linear.bias / temperature, f"{kind}_logits")
    return layers.Softmax(name=kind)(logits)


def _dense(rows: Any, kernel: NDArray[np.floating], bias: NDArray[np.floating], name: str) -> Any:
    dense = layers.Dense(kernel.shape[1], name=name)
    given = dense(rows)
    dense.set_weights([half(kernel), half(bias)])
    return given
