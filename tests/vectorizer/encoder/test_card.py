import dataclasses
import json
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.vectorizer.encoder.conftest import FIRST, LATER, SHIPPED
from vectorizer.encoder import DEFAULT_ARTIFACT, ArtifactError, artifact_path, load_card
from vectorizer.encoder.card import card_json
from vectorizer.features import PALETTE_DIMENSIONS

WORDS = {"copy": 0.9, "very_close": 0.7, "related": 0.5}
LOOK = {"name": "common512", "dimensions": 512, "label": "Overall look", "description": ""}


def test_the_shipped_card_lists_the_overall_look_first() -> None:
    card = load_card(SHIPPED)

    assert [(feature.name, feature.dimensions) for feature in card.features] == [
        ("common512", 512),
        ("style512", 512),
        ("genre512", 512),
        ("palette", PALETTE_DIMENSIONS),
        ("copy128", 128),
    ]
    assert card.dimensions == 3 * 512 + PALETTE_DIMENSIONS + 128
    assert card.name == DEFAULT_ARTIFACT
    assert "Apache-2.0" in card.licence
    assert "python -m vectorizer.training train" in card.command


def test_the_shipped_model_was_measured_against_keras() -> None:
    assert load_card(SHIPPED).measured["least_cosine_to_keras"] >= 0.9999


def test_the_model_gives_what_no_formula_does() -> None:
    assert load_card(FIRST).outputs == {"common512": 512, "pooled1280": 1280}


def test_the_model_gives_the_probabilities_of_labels_too(eye: Path) -> None:
    outputs = load_card(eye).outputs

    assert (outputs["style"], outputs["genre"]) == (3, 2)
    assert "palette" not in outputs


def test_an_identity_is_no_way_to_compare_paintings(eye: Path) -> None:
    card = load_card(eye)

    assert card.feature("copy128").role == "identity"
    assert [feature.name for feature in card.likenesses] == ["common512", "style512", "genre512", "palette"]


def test_the_shipped_card_says_what_was_measured_on_artists_that_were_not_trained_on() -> None:
    card = load_card(SHIPPED)

    assert {kind: len(names) for kind, names in card.labels.items()} == {"style": 28, "genre": 10}
    assert all(temperature > 1 for temperature in card.temperatures.values())
    assert set(card.thresholds) == {feature.name for feature in card.features}
    for words in card.thresholds.values():
        assert 1 > words["copy"] > words["very_close"] > words["related"] > 0
    assert "by artist" in card.split
    assert card.measured["style_map_at_10_low"] < card.measured["style_map_at_10"]


def test_a_card_of_the_first_format_knows_no_labels() -> None:
    card = load_card(FIRST)

    assert (card.labels, card.temperatures, card.thresholds, card.split, card.data) == ({}, {}, {}, "", "")
    assert card.sure == {}


def test_a_card_from_before_sure_levels_is_never_sure(eye: Path) -> None:
    data = json.loads((eye / "card.json").read_text())
    assert "sure" not in data

    assert load_card(eye).sure == {}


def test_the_shipped_model_is_sure_of_genres_and_never_of_a_style() -> None:
    sure = load_card(SHIPPED).sure

    assert list(sure) == ["genre"]
    assert 0.6 < sure["genre"] < 1


def test_a_card_with_labels_written_and_read_again_is_the_same(eye: Path) -> None:
    card = dataclasses.replace(load_card(eye), sure={"genre": 0.8})
    (eye / "card.json").write_text(card_json(card), encoding="utf-8")

    assert load_card(eye) == card
    assert card.labels == {"style": ("Impressionism", "Baroque", "Cubism"), "genre": ("landscape", "portrait")}


def test_a_card_written_and_read_again_is_the_same(tmp_path: Path) -> None:
    card = dataclasses.replace(load_card(SHIPPED), name="Äquator", version="7")
    folder = tmp_path / "Äquator"
    folder.mkdir()
    (folder / "card.json").write_text(card_json(card), encoding="utf-8")

    assert load_card(folder) == card


def test_a_folder_that_is_not_named_as_its_card_is_refused(change_card: Callable[..., Path]) -> None:
    with pytest.raises(ArtifactError, match=r"lite0-stats512 .* its card calls it 'another'; the folder must have"):
        load_card(change_card(name="another"))


def test_a_feature_is_found_by_its_name() -> None:
    assert load_card(SHIPPED).feature("palette").label == "Colours"


def test_an_unknown_feature_is_refused_with_those_there_are() -> None:
    with pytest.raises(KeyError, match="no feature 'style512'; it has common512, palette"):
        load_card(FIRST).feature("style512")


def test_a_missing_card_names_the_artifact_and_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ArtifactError, match=r"nowhere .* its card.json is missing\. .* vectorizer.training --help"):
        load_card(tmp_path / "nowhere")


def test_a_card_that_is_no_json_is_refused(artifact: Path) -> None:
    (artifact / "card.json").write_text("{")

    with pytest.raises(ArtifactError, match="isn't JSON"):
        load_card(artifact)


def test_a_card_in_another_encoding_is_refused(artifact: Path) -> None:
    (artifact / "card.json").write_bytes(b'{"name": "\xff"}')

    with pytest.raises(ArtifactError, match="isn't JSON"):
        load_card(artifact)


def test_a_card_that_is_a_list_is_refused(artifact: Path) -> None:
    (artifact / "card.json").write_text("[]")

    with pytest.raises(ArtifactError, match="has format None"):
        load_card(artifact)


def test_a_card_of_another_format_is_refused(change_card: Callable[..., Path]) -> None:
    with pytest.raises(ArtifactError, match="has format 3, and this version reads the formats 1 and 2"):
        load_card(change_card(format=3))


@pytest.mark.parametrize("field", ["labels", "temperatures", "thresholds", "split", "data"])
def test_a_card_of_the_second_format_has_every_field(field: str, change_card: Callable[..., Path]) -> None:
    folder = change_card(**LATER)
    data = json.loads((folder / "card.json").read_text())
    del data[field]
    (folder / "card.json").write_text(json.dumps(data))

    with pytest.raises(ArtifactError, match=field):
        load_card(folder)


def test_a_card_without_a_field_is_refused_by_its_name(artifact: Path) -> None:
    data = json.loads((artifact / "card.json").read_text())
    del data["checksum"]
    (artifact / "card.json").write_text(json.dumps(data))

    with pytest.raises(ArtifactError, match="checksum"):
        load_card(artifact)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"features": []}, "at least one feature"),
        ({"features": [LOOK, LOOK], "formulas": {}}, "each output once"),
        ({"features": [LOOK | {"dimensions": 0}]}, "0 dimensions"),
        ({"features": [LOOK | {"colour": "red"}]}, "colour"),
        ({"features": "common512"}, "garbles"),
        ({"input_fit": "stretch"}, "'stretch' into 224"),
        ({"input_size": 0}, "into 0 pixels"),
        ({"formulas": {"palette": "oklab-grid-99"}}, "'oklab-grid-99', a formula unknown"),
        ({"formulas": {"hues": "oklab-grid-1"}}, "formula for hues, which is none of its features"),
        ({"formulas": {"common512": "oklab-grid-1"}}, "common512 has 512 dimensions; oklab-grid-1 gives others"),
        ({"features": [LOOK | {"role": "beauty"}], "formulas": {}}, "the role 'beauty'; known are likeness, identity"),
        ({"features": [LOOK | {"role": "identity"}], "formulas": {}}, "at least one feature to compare by"),
        (LATER | {"labels": {"style": []}}, "at least one style, and each once"),
        (LATER | {"labels": {"style": ["Rococo", "Rococo"]}}, "at least one style, and each once"),
        (LATER | {"labels": {"common512": ["Rococo"]}}, "each output once"),
        (LATER | {"temperatures": {"style": 1.5}}, "each kind of label may have one"),
        (LATER | {"labels": {"style": ["Rococo"]}, "temperatures": {"style": 0}}, "above 0"),
        (LATER | {"sure": {"style": 0.9}}, "each kind of label may have one level"),
        (LATER | {"labels": {"style": ["Rococo"]}, "sure": {"style": 0}}, "above 0 and at most 1"),
        (LATER | {"labels": {"style": ["Rococo"]}, "sure": {"style": 1.1}}, "above 0 and at most 1"),
        (LATER | {"labels": {"style": ["Rococo"]}, "sure": {"style": "often"}}, "garbles"),
        (LATER | {"thresholds": {"copy128": WORDS}}, "thresholds for copy128, which is none of its features"),
        (LATER | {"thresholds": {"common512": {"copy": 0.9}}}, "must be 1 ≥ copy ≥ very_close ≥ related ≥ 0"),
        (LATER | {"thresholds": {"common512": WORDS | {"related": 0.9}}}, "they must be"),
        (LATER | {"thresholds": {"common512": WORDS | {"copy": "much"}}}, "garbles"),
    ],
)
def test_a_card_that_makes_no_sense_is_refused(
    change_card: Callable[..., Path], fields: dict[str, object], sentence: str
) -> None:
    with pytest.raises(ArtifactError, match=sentence):
        load_card(change_card(**fields))


@pytest.mark.parametrize("name", ["", ".", "..", "../secrets", "a/b"])
def test_an_artifact_never_lies_outside_the_artifacts(name: str) -> None:
    with pytest.raises(ValueError, match="no artifact's name"):
        artifact_path(name)


def test_an_artifact_of_the_installation_comes_before_the_built_in_one(tmp_path: Path) -> None:
    assert artifact_path(DEFAULT_ARTIFACT, tmp_path) == SHIPPED

    (tmp_path / DEFAULT_ARTIFACT).mkdir()

    assert artifact_path(DEFAULT_ARTIFACT, tmp_path) == tmp_path / DEFAULT_ARTIFACT
    assert artifact_path("no-such-eye", tmp_path) == SHIPPED.parent / "no-such-eye"


def test_an_error_comes_home_from_another_process_with_its_words() -> None:
    error = ArtifactError(Path("eye"), "its card.json is missing.")

    assert str(pickle.loads(pickle.dumps(error))) == str(error)


def test_a_card_can_be_sent_to_another_process() -> None:
    card = load_card(SHIPPED)

    assert pickle.loads(pickle.dumps(card)) == card
