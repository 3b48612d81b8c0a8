"""Is the conversion right? Every layer of the network remembers the mean of what it saw on ImageNet, so kernels read in
another order show at once: what flows through has other means."""

from typing import Any

import keras
import numpy as np
import pytest

from vectorizer.training.network import build_network


def agreement(network: Any, squares: np.ndarray, kind: str) -> list[float]:
    """For each block's batch normalisation of this kind: how well the channels' means that it remembers correlate with
    their means over these pictures."""
    layers = [layer for layer in network.layers if layer.name.startswith("blocks.") and layer.name.endswith(kind)]
    seen = keras.Model(network.input, [layer.input for layer in layers])(squares)
    remembered = [layer.get_weights()[2] for layer in layers]
    return [
        float(np.corrcoef(mean, np.mean(maps, axis=(0, 1, 2)))[0, 1])
        for mean, maps in zip(remembered, seen, strict=True)
    ]


@pytest.mark.parametrize("kind", ["_bn1", "_bn2"])
def test_what_flows_through_is_what_the_layers_remember(network: Any, squares: np.ndarray, kind: str) -> None:
    found = agreement(network, squares, kind)

    assert len(found) == 16
    assert min(found) > 0.7
    assert np.median(found) > 0.8


def test_kernels_read_without_their_strides_would_show(weights: Any, squares: np.ndarray) -> None:
    mixed_up = {
        name: tensor.transpose(2, 3, 1, 0).reshape(tensor.shape) if "depthwise" in name else tensor
        for name, tensor in weights.items()
    }

    assert np.median(agreement(build_network(mixed_up), squares, "_bn1")) < 0.3


def test_kernels_keep_their_orientation(network: Any, weights: Any) -> None:
    (depthwise,) = network.get_layer("blocks.3._depthwise_conv").get_weights()
    (stem,) = network.get_layer("conv_stem").get_weights()

    assert depthwise[1, 4, 7, 0] == weights["_blocks.3._depthwise_conv.weight"][7, 0, 1, 4]
    assert stem[0, 2, 1, 30] == weights["_conv_stem.weight"][30, 1, 0, 2]


def test_the_network_has_the_sizes_of_lite0(network: Any) -> None:
    assert network.count_params() == 4_694_024
    assert network.output_shape == (None, 1000)
    assert network.get_layer("top").output.shape == (None, 10, 10, 1280)


@pytest.mark.parametrize("variant", ["lite1", "lite2"])
def test_the_larger_ones_are_converted_right_too(variant: str, squares: np.ndarray) -> None:
    network = build_network(variant=variant)

    assert np.median(agreement(network, squares, "_bn1")) > 0.8


def test_a_weight_that_no_layer_asks_for_is_refused(weights: Any) -> None:
    with pytest.raises(ValueError, match=r"no layer of EfficientNet-Lite0 asks for: _blocks\.16\.extra"):
        build_network(weights | {"_blocks.16.extra": np.zeros(3, np.float32)})


def test_a_missing_weight_is_an_error(weights: Any) -> None:
    with pytest.raises(KeyError, match=r"_fc\.bias"):
        build_network({name: tensor for name, tensor in weights.items() if name != "_fc.bias"})
