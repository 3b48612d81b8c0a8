"""Palettes for the thresholds."""

from pathlib import Path

import numpy as np
from PIL import Image

from tests.vectorizer.encoder import drawings
from vectorizer.features import palette
from vectorizer.training.palettes import palettes_of
from vectorizer.training.pictures import read_picture


def test_palettes_are_those_of_the_pictures_and_of_scans_of_them(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.png" for number in range(3)]
    for path, drawing in zip(paths, drawings.textured(), strict=False):
        Image.fromarray(drawing).save(path)

    vectors, copies = palettes_of(paths, tmp_path / "cache")
    (kept,) = (tmp_path / "cache").iterdir()
    written = kept.stat().st_mtime_ns
    again, _ = palettes_of(paths, tmp_path / "cache")

    np.testing.assert_array_equal(vectors[1], palette(read_picture(paths[1])))
    assert copies.shape == (3, 1, vectors.shape[1])
    near, far = (copies[0, 0] * vectors[0]).sum(), (copies[0, 0] * vectors[1]).sum()
    assert 1 > near > far
    np.testing.assert_array_equal(vectors, again)
    assert kept.stat().st_mtime_ns == written
