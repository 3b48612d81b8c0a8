"""An existing artifact's vectors of the pictures that a new one is measured on."""

from pathlib import Path

import numpy as np

from tests import eyes
from tests.vectorizer.encoder import drawings
from vectorizer.encoder import load
from vectorizer.training.beside import vectors_beside
from vectorizer.training.pictures import read_picture


def drawn(folder: Path) -> list[Path]:
    from PIL import Image

    paths = []
    for number, drawing in enumerate(drawings.textured()):
        paths.append(folder / f"{number}.png")
        Image.fromarray(drawing).save(paths[-1])
    return paths


def test_each_picture_has_the_vectors_that_the_artifact_gives_it(tmp_path: Path) -> None:
    artifact, paths = eyes.install(tmp_path / "artifacts", "our-eye"), drawn(tmp_path)

    beside = vectors_beside(artifact, paths, tmp_path / "cache")

    assert list(beside) == [f"{name} of our-eye" for name in ("common512", "style512", "genre512", "palette")]
    expected = load(artifact).encode([read_picture(paths[2])])[0].vectors
    np.testing.assert_array_equal(beside["style512 of our-eye"][2], expected["style512"])


def test_they_are_computed_once(tmp_path: Path) -> None:
    artifact, paths = eyes.install(tmp_path / "artifacts"), drawn(tmp_path)
    first = vectors_beside(artifact, paths, tmp_path / "cache")
    (kept,) = (tmp_path / "cache").iterdir()
    written = kept.stat().st_mtime_ns

    second = vectors_beside(artifact, paths, tmp_path / "cache")

    assert kept.stat().st_mtime_ns == written
    for name, vectors in first.items():
        np.testing.assert_array_equal(vectors, second[name])
