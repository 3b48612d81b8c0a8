import hashlib
import json
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from tests.vectorizer.encoder import drawings
from tests.vectorizer.encoder.conftest import LATER
from vectorizer.encoder import ArtifactError, Encoder, load
from vectorizer.features import FORMULAS, PALETTE_FORMULA, Formula, palette

POOLED = {"name": "pooled1280", "dimensions": 1280, "label": "Last layer", "description": ""}


def _vectors(encoder: Encoder, pictures: Sequence[np.ndarray]) -> list[dict[str, np.ndarray]]:
    return [dict(encoding.vectors) for encoding in encoder.encode(pictures)]


def test_every_feature_is_float32_of_unit_length_in_the_cards_order(encoder: Encoder) -> None:
    for vectors in _vectors(encoder, drawings.drawings()):
        assert list(vectors) == [feature.name for feature in encoder.card.features]
        for feature in encoder.card.features:
            assert vectors[feature.name].shape == (feature.dimensions,)
            assert vectors[feature.name].dtype == np.float32
            assert np.linalg.norm(vectors[feature.name]) == pytest.approx(1, abs=1e-5)


def test_the_same_picture_gives_the_same_vectors_to_the_bit(encoder: Encoder) -> None:
    (first,), (second,) = _vectors(encoder, [drawings.circles()]), _vectors(encoder, [drawings.circles()])

    assert all(np.array_equal(first[name], second[name]) for name in first)


def test_a_vector_does_not_depend_on_its_company(encoder: Encoder) -> None:
    (alone,) = _vectors(encoder, [drawings.sky()])
    among = _vectors(encoder, [drawings.noise(), drawings.sky(), drawings.stripes()])[1]

    assert all(np.array_equal(alone[name], among[name]) for name in alone)


def test_the_same_picture_at_another_size_is_nearer_than_any_other_picture(encoder: Encoder) -> None:
    picture = drawings.circles(300, 400)
    twice = picture.repeat(2, axis=0).repeat(2, axis=1)
    vectors = [item["common512"] for item in _vectors(encoder, [picture, twice, *drawings.drawings()[2:]])]

    distances = [float(np.linalg.norm(vectors[0] - other)) for other in vectors[1:]]

    assert distances[0] < 0.5 * min(distances[1:])


def test_the_palette_is_the_formulas(encoder: Encoder) -> None:
    (vectors,) = _vectors(encoder, [drawings.sky()])

    assert np.array_equal(vectors["palette"], palette(drawings.sky()))


def test_only_the_features_asked_for_are_told_in_the_cards_order(encoder: Encoder) -> None:
    (everything,) = encoder.encode([drawings.sky()])
    (some,) = encoder.encode([drawings.sky()], features=["copy128", "style512"])

    assert list(some.vectors) == ["style512", "copy128"]
    assert all(np.array_equal(some.vectors[name], everything.vectors[name]) for name in some.vectors)
    assert all(np.array_equal(some.probabilities[kind], everything.probabilities[kind]) for kind in ("style", "genre"))


def test_a_formula_that_is_not_asked_for_is_not_computed(encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> None:
    computed: list[object] = []
    formula = Formula(dimensions=199, compute=lambda picture: computed.append(picture) or palette(picture))
    monkeypatch.setitem(FORMULAS, PALETTE_FORMULA, formula)  # type: ignore[arg-type]

    encoder.encode([drawings.sky()], features=["copy128"])
    assert not computed
    encoder.encode([drawings.sky()])
    assert len(computed) == 1


def test_no_features_give_the_probabilities_alone(encoder: Encoder) -> None:
    (encoding,) = encoder.encode([drawings.sky()], features=())

    assert encoding.vectors == {}
    assert set(encoding.probabilities) == {"style", "genre"}


def test_a_feature_that_the_model_lacks_is_refused(encoder: Encoder) -> None:
    with pytest.raises(ValueError, match=r"lite0-eye1 has no features \['gram64'\]; it has \['common512', "):
        encoder.encode([drawings.sky()], features=["copy128", "gram64"])


@pytest.mark.parametrize(("width", "height"), [(1, 1), (1, 5000), (5000, 1), (3000, 2000), (224, 224), (2, 3)])
def test_any_size_and_proportion_is_encoded(encoder: Encoder, width: int, height: int) -> None:
    (vectors,) = _vectors(encoder, [drawings.stripes(width, height)])

    assert all(np.isfinite(vector).all() for vector in vectors.values())


def test_a_picture_that_is_a_view_of_another_is_encoded_like_its_copy(encoder: Encoder) -> None:
    mirrored = drawings.sky()[::-1, ::2]
    view, copy = _vectors(encoder, [mirrored, mirrored.copy()])

    assert all(np.array_equal(view[name], copy[name]) for name in view)


def test_no_picture_gives_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode([]) == []
    assert encoder.baseline([]).shape == (0, 1280)


@pytest.mark.parametrize(
    ("picture", "sentence"),
    [
        (np.zeros((8, 8, 3), np.float32), "Picture 1 must be an array of uint8, and is float32"),
        ([[0]], "Picture 1 must be an array of uint8, and is list"),
        (np.zeros((8, 8), np.uint8), r"shape \(height, width, 3\), and has \(8, 8\)"),
        (np.zeros((8, 8, 4), np.uint8), r"and has \(8, 8, 4\)"),
        (np.zeros((0, 8, 3), np.uint8), r"and has \(0, 8, 3\)"),
    ],
)
def test_what_is_no_picture_is_refused_by_its_number(encoder: Encoder, picture: object, sentence: str) -> None:
    for ask in (encoder.encode, encoder.baseline):
        with pytest.raises(ValueError, match=sentence):
            ask([drawings.sky(), picture])  # type: ignore[list-item]


def test_the_baseline_is_the_pooled_last_layer(encoder: Encoder) -> None:
    pooled = encoder.baseline(drawings.drawings())

    assert pooled.shape == (len(drawings.drawings()), 1280)
    assert pooled.min() >= 0  # it follows a ReLU
    assert np.linalg.norm(pooled, axis=1) == pytest.approx(1, abs=1e-5)


def test_an_unknown_baseline_is_refused(encoder: Encoder) -> None:
    with pytest.raises(ValueError, match=r"no baseline 'gram'; it has \['pooled1280'\]"):
        encoder.baseline([drawings.sky()], "gram")


def test_threads_that_share_an_encoder_agree_with_one_alone(encoder: Encoder) -> None:
    pictures = drawings.drawings() * 3
    alone = _vectors(encoder, pictures)
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda picture: _vectors(encoder, [picture])[0], pictures))

    assert all(np.array_equal(a["common512"], b["common512"]) for a, b in zip(alone, together, strict=True))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_an_encoder_used_before_a_fork_works_after_it(encoder: Encoder) -> None:
    (before,) = _vectors(encoder, [drawings.sky()])
    fork = multiprocessing.get_context("fork")
    receiver, sender = fork.Pipe(duplex=False)
    child = fork.Process(target=lambda: sender.send(_vectors(encoder, [drawings.sky()])))
    child.start()

    assert receiver.poll(300), "the child never answered"
    (after,) = receiver.recv()
    child.join(60)
    assert np.array_equal(before["common512"], after["common512"])


def test_a_model_that_is_not_the_cards_is_refused(change_card: Callable[..., Path]) -> None:
    with pytest.raises(ArtifactError, match=r"model.tflite has the checksum \w+, and the card says 0000"):
        load(change_card(checksum="0000"))


def test_a_damaged_model_is_refused(artifact: Path) -> None:
    damaged = bytearray((artifact / "model.tflite").read_bytes())
    damaged[5_000_000] ^= 1
    (artifact / "model.tflite").unlink()
    (artifact / "model.tflite").write_bytes(damaged)

    with pytest.raises(ArtifactError, match="has the checksum"):
        load(artifact)


def test_a_missing_model_is_refused(artifact: Path) -> None:
    (artifact / "model.tflite").unlink()

    with pytest.raises(ArtifactError, match=r"lite0-stats512 \(.*\) can't be used: its model.tflite is missing"):
        load(artifact)


def test_a_file_that_is_no_model_is_refused(artifact: Path, change_card: Callable[..., Path]) -> None:
    (artifact / "model.tflite").unlink()
    (artifact / "model.tflite").write_bytes(b"not a model")
    change_card(checksum=hashlib.sha256(b"not a model").hexdigest())

    with pytest.raises(ArtifactError, match=r"LiteRT can't read its model.tflite"):
        load(artifact)


def test_an_output_that_the_model_lacks_is_refused(change_card: Callable[..., Path]) -> None:
    with pytest.raises(ArtifactError, match=r"gives \['common512', 'pooled1280'\], and the card promises 'gram64'"):
        load(change_card(baselines=[POOLED | {"name": "gram64"}]))


def test_an_output_of_another_size_is_refused(change_card: Callable[..., Path]) -> None:
    with pytest.raises(ArtifactError, match="pooled1280 has 1280 dimensions; the card says 640"):
        load(change_card(baselines=[POOLED | {"dimensions": 640}]))


def test_a_model_that_names_nothing_gives_no_probabilities(artifact: Path) -> None:
    (encoding,) = load(artifact).encode([drawings.sky()])

    assert encoding.probabilities == {}


def test_probabilities_stand_beside_the_vectors_by_their_kind(eye: Path) -> None:
    loaded = load(eye)
    for encoding in loaded.encode(drawings.drawings()):
        assert list(encoding.probabilities) == ["style", "genre"]
        for kind, names in loaded.card.labels.items():
            assert encoding.probabilities[kind].shape == (len(names),)
            assert encoding.probabilities[kind].dtype == np.float32
            assert encoding.probabilities[kind].sum() == pytest.approx(1, abs=1e-5)


def test_labels_that_the_model_does_not_tell_apart_are_refused(eye: Path) -> None:
    data = json.loads((eye / "card.json").read_text())
    data["labels"]["genre"].append("Still Life")
    (eye / "card.json").write_text(json.dumps(data))

    with pytest.raises(ArtifactError, match="its model tells 2 labels of genre apart; the card names 3"):
        load(eye)


def test_a_label_that_the_model_does_not_give_is_refused(change_card: Callable[..., Path]) -> None:
    with pytest.raises(ArtifactError, match="and the card promises 'style'"):
        load(change_card(**LATER | {"labels": {"style": ["Rococo"]}}))


def test_a_model_without_our_signature_is_refused(artifact: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vectorizer.encoder.model.SIGNATURE", "another")

    with pytest.raises(ArtifactError, match="no signature 'another' with an input 'image'"):
        load(artifact)


def test_an_encoder_without_baselines_says_so(change_card: Callable[..., Path]) -> None:
    with pytest.raises(ValueError, match="no baseline None"):
        load(change_card(baselines=[])).baseline([drawings.sky()])


def test_encoding_never_imports_tensorflow_and_importing_never_loads_litert() -> None:
    script = """
import sys
import numpy as np
from vectorizer import encoder
assert "ai_edge_litert" not in sys.modules
card = encoder.load_card(encoder.artifact_path(encoder.DEFAULT_ARTIFACT))
assert "ai_edge_litert" not in sys.modules
encoder.load(encoder.artifact_path(card.name)).encode([np.zeros((9, 9, 3), np.uint8)])
assert "ai_edge_litert" in sys.modules
assert not {"tensorflow", "keras", "django"} & set(sys.modules), sys.modules.keys()
"""
    subprocess.run([sys.executable, "-c", script], check=True, timeout=400)
