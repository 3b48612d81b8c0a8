import dataclasses
import json
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.vectorizer.encoder.conftest import SHIPPED
from vectorizer.encoder import DEFAULT_ARTIFACT, ArtifactError, artifact_path, load_card
from vectorizer.encoder.card import card_json
from vectorizer.features import PALETTE_DIMENSIONS

LOOK = {"name": "common512", "dimensions": 512, "label": "Overall look", "description": ""}


def test_the_shipped_card_lists_the_look_before_the_colours() -> None:
    card = load_card(SHIPPED)

    assert [(feature.name, feature.dimensions) for feature in card.features] == [
        ("common512", 512),
        ("palette", PALETTE_DIMENSIONS),
    ]
    assert card.dimensions == 512 + PALETTE_DIMENSIONS
    assert card.name == DEFAULT_ARTIFACT
    assert "Apache-2.0" in card.licence
    assert "python -m vectorizer.training build" in card.command


def test_the_shipped_model_was_measured_against_keras() -> None:
    assert load_card(SHIPPED).measured["least_cosine_to_keras"] >= 0.9999


def test_the_model_gives_what_no_formula_does() -> None:
    assert [output.name for output in load_card(SHIPPED).outputs] == ["common512", "pooled1280"]


def test_a_card_written_and_read_again_is_the_same(tmp_path: Path) -> None:
    card = dataclasses.replace(load_card(SHIPPED), name="Äquator", version="7")
    (tmp_path / "card.json").write_text(card_json(card), encoding="utf-8")

    assert load_card(tmp_path) == card


def test_a_feature_is_found_by_its_name() -> None:
    assert load_card(SHIPPED).feature("palette").label == "Colours"


def test_an_unknown_feature_is_refused_with_those_there_are() -> None:
    with pytest.raises(KeyError, match="no feature 'style512'; it has common512, palette"):
        load_card(SHIPPED).feature("style512")


def test_a_missing_card_names_the_artifact_and_the_remedy(tmp_path: Path) -> None:
    with pytest.raises(ArtifactError, match=r"nowhere .* its card.json is missing\. .* vectorizer.training build"):
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
    with pytest.raises(ArtifactError, match="has format 2, and this version reads format 1"):
        load_card(change_card(format=2))


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
        ({"features": [LOOK, LOOK], "formulas": {}}, "each once"),
        ({"features": [LOOK | {"dimensions": 0}]}, "0 dimensions"),
        ({"features": [LOOK | {"colour": "red"}]}, "colour"),
        ({"features": "common512"}, "garbles"),
        ({"input_fit": "stretch"}, "'stretch' into 224"),
        ({"input_size": 0}, "into 0 pixels"),
        ({"formulas": {"palette": "oklab-grid-99"}}, "'oklab-grid-99', a formula unknown"),
        ({"formulas": {"hues": "oklab-grid-1"}}, "formula for hues, which is none of its features"),
        ({"formulas": {"common512": "oklab-grid-1"}}, "common512 has 512 dimensions; oklab-grid-1 gives others"),
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


def test_a_card_can_be_sent_to_another_process() -> None:
    card = load_card(SHIPPED)

    assert pickle.loads(pickle.dumps(card)) == card
