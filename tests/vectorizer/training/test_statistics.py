from typing import Any

import keras
import numpy as np
import pytest

from vectorizer.training.statistics import TAPPED_LAYERS, build_statistics, stage_sizes_of


def test_the_statistics_are_each_channels_mean_and_deviation_stage_after_stage(
    network: Any, squares: np.ndarray
) -> None:
    maps = keras.Model(network.input, [network.get_layer(name).output for name in TAPPED_LAYERS])(squares)
    found = build_statistics(network)(squares)

    expected = [part for stage in maps for part in (np.mean(stage, axis=(1, 2)), np.std(stage, axis=(1, 2)))]
    assert np.asarray(found["statistics"]) == pytest.approx(np.hstack(expected), rel=1e-3, abs=1e-3)
    assert np.asarray(found["pooled"]) == pytest.approx(np.mean(maps[-1], axis=(1, 2)), abs=1e-5)
    assert stage_sizes_of() == tuple(2 * stage.shape[-1] for stage in maps)
