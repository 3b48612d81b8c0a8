from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from PIL import Image

from tests.vectorizer.encoder import drawings
from vectorizer.training.pictures import find_pictures, read_picture
from vectorizer.training.statistics import TAPPED_LAYERS, build_statistics, collect_statistics, stage_sizes


def test_the_statistics_are_each_channels_mean_and_deviation_stage_after_stage(
    network: Any, squares: np.ndarray
) -> None:
    maps = keras.Model(network.input, [network.get_layer(name).output for name in TAPPED_LAYERS])(squares)
    found = build_statistics(network)(squares)

    expected = [part for stage in maps for part in (np.mean(stage, axis=(1, 2)), np.std(stage, axis=(1, 2)))]
    assert np.asarray(found["statistics"]) == pytest.approx(np.hstack(expected), rel=1e-3, abs=1e-3)
    assert np.asarray(found["pooled"]) == pytest.approx(np.mean(maps[-1], axis=(1, 2)), abs=1e-5)
    assert stage_sizes(network) == tuple(2 * stage.shape[-1] for stage in maps)


def test_a_folder_of_pictures_is_read_upright_in_the_order_of_its_names(network: Any, tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    Image.fromarray(drawings.sky()).save(tmp_path / "b.png")
    turned = Image.Exif()
    turned[0x0112] = 6
    Image.fromarray(drawings.sky()).save(tmp_path / "a" / "c.jpg", exif=turned, quality=95)
    (tmp_path / "notes.txt").write_text("no picture")

    paths = find_pictures(tmp_path)
    statistics, pooled = collect_statistics(network, paths, 224, "squash")

    assert [path.name for path in paths] == ["c.jpg", "b.png"]
    assert read_picture(paths[0]).shape == (400, 260, 3)
    assert statistics.shape == (2, sum(stage_sizes(network)))
    assert pooled.shape == (2, 1280)


def test_a_folder_without_pictures_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="There is no picture under"):
        find_pictures(tmp_path)
