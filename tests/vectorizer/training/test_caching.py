"""With a small model that takes seconds to convert instead of the backbone; the processes are real."""

from pathlib import Path

import keras
import numpy as np
import pytest
from PIL import Image

from tests.vectorizer.encoder import drawings
from vectorizer.encoder.fitting import fit_square
from vectorizer.training import caching
from vectorizer.training.backbone import convert, write_backbone
from vectorizer.training.caching import Backbone, pooled_of, statistics_of

SIZE = 16


@pytest.fixture(scope="module")
def backbone(tmp_path_factory: pytest.TempPathFactory) -> Backbone:
    """Its statistics are the mean of each colour."""
    pixels = keras.Input((SIZE, SIZE, 3), name="image")
    model = keras.Model(pixels, {"statistics": keras.layers.GlobalAveragePooling2D()(pixels)})
    path = tmp_path_factory.mktemp("backbone") / "colours.tflite"
    path.write_bytes(convert(model, SIZE, "float32"))
    return Backbone(path=path, size=SIZE)


@pytest.fixture
def paths(tmp_path: Path) -> list[Path]:
    made = []
    for number, drawing in enumerate(drawings.textured()):
        made.append(tmp_path / f"{number}.png")
        Image.fromarray(drawing).save(made[-1])
    return made


@pytest.fixture
def in_this_process(monkeypatch: pytest.MonkeyPatch, backbone: Backbone) -> list[str]:
    """Which pieces are computed, without spawning; what is written is read back as ever."""
    computed: list[str] = []

    def compute(pieces, view, seed, backbone, processes):  # type: ignore[no-untyped-def]
        caching._start(backbone)
        for piece in pieces:
            computed.extend(f"{view} {path.name} {copy}" for path in piece.paths for copy, _ in piece.files)
            caching._compute_piece(piece, view, seed)

    monkeypatch.setattr(caching, "_compute", compute)
    return computed


def test_spawned_processes_give_each_pictures_statistics_in_order(
    paths: list[Path], backbone: Backbone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caching, "PICTURES_IN_A_PIECE", 4)

    found = statistics_of(paths, "original", 1, backbone, tmp_path / "cache", processes=2)

    squares = [fit_square(drawing, SIZE, "squash") for drawing in drawings.textured()]
    assert found.shape == (6, 1, 3)
    assert found.dtype == np.float16
    assert found[:, 0] == pytest.approx(np.stack([square.mean(axis=(0, 1)) for square in squares]), rel=2e-3)


def test_what_is_there_is_not_computed_again(
    in_this_process: list[str], paths: list[Path], backbone: Backbone, tmp_path: Path
) -> None:
    first = statistics_of(paths, "crop", 1, backbone, tmp_path / "cache")
    in_this_process.clear()
    more = statistics_of(paths, "crop", 2, backbone, tmp_path / "cache")

    assert in_this_process == [f"crop {path.name} 1" for path in paths]
    assert np.array_equal(more[:, :1], first)
    assert not np.array_equal(more[:, 0], more[:, 1])


def test_a_run_that_was_stopped_goes_on_where_it_was(
    in_this_process: list[str],
    paths: list[Path],
    backbone: Backbone,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(caching, "PICTURES_IN_A_PIECE", 2)
    whole = statistics_of(paths, "original", 1, backbone, tmp_path / "cache")
    next((tmp_path / "cache").glob("*.npy")).unlink()
    in_this_process.clear()

    again = statistics_of(paths, "original", 1, backbone, tmp_path / "cache")

    assert len(in_this_process) == 2
    assert np.array_equal(again, whole)
    assert not list((tmp_path / "cache").glob("*.tmp"))


def test_a_picture_that_changed_is_seen_again(
    in_this_process: list[str], paths: list[Path], backbone: Backbone, tmp_path: Path
) -> None:
    before = statistics_of(paths, "original", 1, backbone, tmp_path / "cache")
    Image.fromarray(drawings.even((200, 10, 10))).save(paths[2])

    after = statistics_of(paths, "original", 1, backbone, tmp_path / "cache")

    assert after[2, 0] == pytest.approx([200, 10, 10], abs=0.2)
    assert np.array_equal(np.delete(after, 2, axis=0), np.delete(before, 2, axis=0))


def test_another_seed_crops_elsewhere(
    in_this_process: list[str], paths: list[Path], backbone: Backbone, tmp_path: Path
) -> None:
    one = statistics_of(paths, "crop", 1, backbone, tmp_path / "cache", seed=0)

    assert not np.array_equal(one, statistics_of(paths, "crop", 1, backbone, tmp_path / "cache", seed=1))


def test_a_picture_that_cannot_be_read_stops_the_run(paths: list[Path], backbone: Backbone, tmp_path: Path) -> None:
    paths[1].write_bytes(b"no picture")

    with pytest.raises(OSError, match=paths[1].name):
        statistics_of(paths, "original", 1, backbone, tmp_path / "cache", processes=1)


def test_no_pictures_are_refused(backbone: Backbone, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no pictures"):
        statistics_of([], "original", 1, backbone, tmp_path)


def test_the_pooled_layer_is_the_means_of_the_last_stage() -> None:
    statistics = np.arange(2 * 3456).reshape(2, 3456)

    assert pooled_of(statistics)[1, 0] == 3456 + 3456 - 2560
    assert pooled_of(statistics).shape == (2, 1280)


def test_a_backbone_that_is_there_is_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "backbone-lite0-320-1.tflite"
    path.write_bytes(b"as it was")

    assert write_backbone(tmp_path).path == path
    assert path.read_bytes() == b"as it was"
