"""The statistics of a network's feature maps that carry style: mean and deviation of each channel at six depths."""

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np
from keras import layers, ops

from vectorizer.training.network import DEFAULT_VARIANT, HEAD_CHANNELS, stages

TAPPED_STAGES = slice(1, 6)  # the ends of the second to the sixth stage; the top comes after them


@keras.saving.register_keras_serializable("pendant")
class ChannelStatistics(layers.Layer):  # type: ignore[misc]  # Keras has no types
    """A feature map (batch, height, width, channels) → its channels' means, then their standard deviations."""

    def call(self, maps: Any) -> Any:
        mean = ops.mean(maps, axis=(1, 2), keepdims=True)
        variance = ops.mean(ops.square(maps - mean), axis=(1, 2))
        return ops.concatenate([ops.squeeze(mean, axis=(1, 2)), ops.sqrt(variance)], axis=-1)


def tapped_layers(variant: str = DEFAULT_VARIANT) -> tuple[str, ...]:
    """The layers whose maps are taken: for Lite0 `block2`, `block4`, `block7`, `block10`, `block14` and `top`."""
    ends = np.cumsum([stage.repeats for stage in stages(variant)])[TAPPED_STAGES] - 1
    return *(f"block{end}" for end in ends), "top"


TAPPED_LAYERS = tapped_layers()


def build_statistics(network: keras.Model, tapped: Sequence[str] = TAPPED_LAYERS) -> keras.Model:
    """Pixels (batch, size, size, 3) → `statistics` (batch, Σ 2 × channels) in the order of the tapped layers, and
    `pooled` (batch, 1280), the global average of the last feature map."""
    statistics = [ChannelStatistics(name=f"{name}_statistics")(network.get_layer(name).output) for name in tapped]
    outputs = {"statistics": layers.Concatenate()(statistics), "pooled": network.get_layer("pooled").output}
    return keras.Model(network.input, outputs, name="statistics")


def stage_sizes_of(variant: str = DEFAULT_VARIANT) -> tuple[int, ...]:
    """How many statistics each tapped layer of a variant gives, without building it."""
    return *(2 * stage.channels for stage in stages(variant)[TAPPED_STAGES]), 2 * HEAD_CHANNELS
