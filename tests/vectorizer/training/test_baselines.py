from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests import pictures
from vectorizer.training.baselines import baselines_of, colour_histogram, histograms_of


def test_a_histogram_is_the_root_of_the_shares_of_512_boxes() -> None:
    # (0, 31, 32) is in box 0, 0, 1; (255, 64, 0) in box 7, 2, 0
    rgb = np.array([[[0, 31, 32], [255, 64, 0], [0, 0, 63], [1, 2, 33]]], np.uint8)

    found = colour_histogram(rgb)

    assert found.shape == (512,)
    assert {place: found[place] for place in np.flatnonzero(found)} == {
        1: pytest.approx(np.sqrt(3 / 4)),
        7 * 64 + 2 * 8: pytest.approx(np.sqrt(1 / 4)),
    }


def test_the_gram_vector_of_a_map_is_its_channels_products() -> None:
    from vectorizer.training.gram import gram_vector

    # places (1, 0), (2, -1), (3, -1), (0, 0): mean products 14/4, -5/4, 2/4, whose roots have the squared length 21/4
    maps = np.array([[[1, 0], [2, -1]], [[3, -1], [0, 0]]], np.float32)

    assert gram_vector(maps) == pytest.approx(np.array([np.sqrt(14), -np.sqrt(5), np.sqrt(2)]) / np.sqrt(21))
    assert gram_vector(np.zeros((2, 2, 3), np.float32)).tolist() == [0] * 6


def test_the_network_gives_the_gram_vectors_of_its_tapped_maps(network: Any, squares: np.ndarray) -> None:
    import keras

    from vectorizer.training.gram import build_grams, gram_vector

    tapped = ("block2", "block4")
    maps = keras.Model(network.input, [network.get_layer(name).output for name in tapped])(squares[:2])

    found = np.asarray(build_grams(network, tapped)(squares[:2])["statistics"])

    assert found.shape == (2, 300 + 820)
    for row in range(2):
        by_hand = np.concatenate([gram_vector(np.asarray(stage)[row]) for stage in maps]) / np.sqrt(2)
        assert found[row] == pytest.approx(by_hand, abs=1e-4)


def test_baselines_are_computed_once_and_are_of_unit_length(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [tmp_path / "one.png", tmp_path / "two.png"]
    pictures.picture().save(paths[0])
    Image.new("RGB", (40, 30), (255, 0, 0)).save(paths[1])

    found = baselines_of(paths, tmp_path / "cache")

    assert {name: vectors.shape for name, vectors in found.items()} == {
        "histogram512": (2, 512),
        "gram10688": (2, 10688),
    }
    for vectors in found.values():
        assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1], abs=1e-2)
    assert found["histogram512"][1].argmax() == 7 * 64
    monkeypatch.setattr("vectorizer.training.baselines.read_picture", None)
    assert np.array_equal(histograms_of(paths, tmp_path / "cache"), found["histogram512"])


def test_other_content_at_the_same_path_is_looked_at_anew(tmp_path: Path) -> None:
    path = tmp_path / "one.png"
    Image.new("RGB", (40, 30), (255, 0, 0)).save(path)
    histograms_of([path], tmp_path)
    Image.new("RGB", (40, 30), (0, 0, 255)).save(path)

    assert histograms_of([path], tmp_path)[0].argmax() == 7
