"""`manage.py train_eye`, with a stand-in for the process that trains."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests import eyes
from tests.factories import make_painting
from vectorizer import encoder, training_set
from vectorizer.management.commands import train_eye
from vectorizer.models import EncoderModel
from vectorizer.training.examples import Example, read_examples

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def stand_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train_eye, "TRAINING", "tests.vectorizer.stand_in_training")
    monkeypatch.setattr(training_set, "LEAST_PAINTINGS", 2)
    monkeypatch.setattr(training_set, "LEAST_STYLES", 1)
    monkeypatch.setattr(training_set, "LEAST_ARTISTS", 1)


@pytest.fixture
def catalogue() -> None:
    for number in range(3):
        make_painting(f"P{number}", style="Cubism", artist=f"Artist {number}")


def train(*arguments: str) -> str:
    out = StringIO()
    call_command("train_eye", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("catalogue")
def test_a_model_is_trained_on_the_catalogue_and_left_aside(settings: Any) -> None:
    in_use = EncoderModel.current().name

    said = train("--name", "our-eye", "--folds", "3")

    assert encoder.load_card(Path(settings.ARTIFACTS_DIR) / "our-eye").name == "our-eye"
    assert f"Trained on 3 beside {in_use}, 3 folds, not tuned." in said
    assert f"The model in use, {in_use}, may have been trained on some of these very paintings" in said
    assert f"{in_use} stays in use. To change: manage.py activate_model our-eye" in said
    assert EncoderModel.current().name == in_use


@pytest.mark.usefixtures("catalogue")
def test_what_was_trained_on_lies_beside_the_report(settings: Any) -> None:
    train("--name", "our-eye", "--fine-tune")

    (written, *_) = read_examples(Path(settings.VAR_DIR) / "training" / "our-eye" / "catalogue.jsonl")
    assert isinstance(written, Example)
    assert (written.style, written.artist) == ("Cubism", "Artist 0")


@pytest.mark.usefixtures("catalogue")
def test_the_default_name_says_the_day() -> None:
    assert "manage.py activate_model eye-20" in train()


@pytest.mark.usefixtures("catalogue")
def test_activate_takes_the_new_model_into_use() -> None:
    assert "stays in use" not in train("--name", "our-eye", "--activate")

    assert EncoderModel.current().name == "our-eye"


@pytest.mark.usefixtures("catalogue")
def test_a_training_that_fails_changes_nothing(settings: Any) -> None:
    with pytest.raises(CommandError, match=r"The training failed.*stays in use"):
        train("--name", "our-eye", "--seed", "13")

    assert not (Path(settings.ARTIFACTS_DIR) / "our-eye").exists()


@pytest.mark.usefixtures("catalogue")
def test_a_name_that_is_taken_or_none_is_refused_before_anything_is_trained(settings: Any) -> None:
    eyes.install(Path(settings.ARTIFACTS_DIR), "our-eye")

    with pytest.raises(CommandError, match="There is an artifact our-eye already"):
        train("--name", "our-eye")
    with pytest.raises(CommandError, match="There is an artifact lite0-stats512 already"):
        train("--name", "lite0-stats512")
    with pytest.raises(CommandError, match="no artifact's name"):
        train("--name", "../elsewhere")


def test_a_catalogue_that_is_too_small_is_refused_in_a_sentence() -> None:
    make_painting(style="Cubism", artist="Ada")

    with pytest.raises(CommandError, match=r"at least 2 public paintings .* it has 1 of 1 styles"):
        train()


@pytest.mark.usefixtures("catalogue")
def test_without_tensorflow_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train_eye, "find_spec", lambda name: None)

    with pytest.raises(CommandError, match=r"Training needs TensorFlow.*requirements\.txt"):
        train()


@pytest.mark.usefixtures("catalogue")
def test_originals_that_are_no_files_here_are_refused_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    class Elsewhere:
        def path(self, name: str) -> str:
            raise NotImplementedError

    monkeypatch.setattr(training_set.originals, "storage", Elsewhere)

    with pytest.raises(CommandError, match="they lie elsewhere"):
        train()
