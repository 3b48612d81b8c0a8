"""Artifacts in the storage that all machines share."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests import eyes
from vectorizer import activation, artifact_store
from vectorizer.encoder import ArtifactError, load_card
from vectorizer.models import EncoderModel, artifact_path

pytestmark = pytest.mark.django_db
NAME = eyes.TINY.name


@pytest.fixture
def model(settings: Any) -> EncoderModel:
    """A model that was activated on this machine."""
    eyes.install(settings.ARTIFACTS_DIR)
    return activation.candidate(NAME)


@pytest.fixture
def elsewhere(model: EncoderModel, settings: Any, tmp_path: Path) -> EncoderModel:
    """The same model, seen from another machine, which has no artifact of this name."""
    settings.ARTIFACTS_DIR = tmp_path / "another machine"
    return model


def stored(settings: Any, model: EncoderModel) -> Path:
    return Path(settings.STORAGES["models"]["OPTIONS"]["location"]) / model.checksum / model.name


def test_a_machine_that_lacks_the_artifact_fetches_it_once(elsewhere: EncoderModel, settings: Any) -> None:
    assert not artifact_path(NAME).is_dir()

    assert elsewhere.encoder().card.name == NAME
    shutil.rmtree(stored(settings, elsewhere))

    assert elsewhere.artifact == settings.ARTIFACTS_DIR / ".fetched" / elsewhere.checksum / NAME
    assert elsewhere.card.checksum == elsewhere.checksum
    assert [path.name for path in elsewhere.artifact.parent.iterdir()] == [NAME]


def test_another_one_of_the_same_name_is_not_mistaken_for_it(elsewhere: EncoderModel, settings: Any) -> None:
    eyes.install(settings.ARTIFACTS_DIR, checksum="0" * 64)

    assert load_card(artifact_path(NAME)).checksum == "0" * 64
    assert elsewhere.card.checksum == elsewhere.checksum


def test_its_own_is_used_where_it_is_the_right_one(model: EncoderModel, settings: Any) -> None:
    assert model.artifact == settings.ARTIFACTS_DIR / NAME
    assert not (settings.ARTIFACTS_DIR / ".fetched").exists()


def test_a_model_can_be_activated_where_only_the_storage_has_it(elsewhere: EncoderModel) -> None:
    assert activation.candidate(NAME) == elsewhere


def test_what_is_stored_under_a_wrong_checksum_is_refused(elsewhere: EncoderModel, settings: Any) -> None:
    (stored(settings, elsewhere) / "model.tflite").write_bytes(b"no model")
    with pytest.raises(ArtifactError, match="has the checksum"):
        _ = elsewhere.artifact
    assert not (settings.ARTIFACTS_DIR / ".fetched" / elsewhere.checksum / NAME).exists()


def test_another_whole_artifact_in_its_place_is_refused(elsewhere: EncoderModel, settings: Any) -> None:
    moved = "1" * 64
    folder = stored(settings, elsewhere)
    shutil.copytree(folder, folder.parent.parent / moved / NAME)
    EncoderModel.objects.update(checksum=moved)
    elsewhere.refresh_from_db()
    with pytest.raises(ArtifactError, match=f"and {moved} was asked for"):
        _ = elsewhere.artifact


def test_where_it_is_neither_here_nor_there_it_is_said(settings: Any) -> None:
    gone = EncoderModel.objects.create(name="gone-eye", checksum="2" * 64)
    with pytest.raises(ArtifactError, match=r"gone-eye .* its card\.json is missing"):
        _ = gone.artifact


def test_a_storage_that_can_not_be_read_or_written_is_a_sentence(
    elsewhere: EncoderModel, settings: Any, tmp_path: Path
) -> None:
    settings.ARTIFACTS_DIR = tmp_path / "file"
    settings.ARTIFACTS_DIR.write_text("in the way")
    with pytest.raises(ArtifactError, match="can't be fetched from the shared storage"):
        _ = elsewhere.artifact

    shutil.rmtree(stored(settings, elsewhere).parent.parent)
    stored(settings, elsewhere).parent.parent.write_text("in the way")
    with pytest.raises(ArtifactError, match="can't be stored for other machines"):
        artifact_store.keep(eyes.TINY)


def test_what_is_stored_already_is_left_as_it_is(model: EncoderModel, settings: Any) -> None:
    card = stored(settings, model) / "card.json"
    before = card.stat().st_mtime_ns

    artifact_store.keep(settings.ARTIFACTS_DIR / NAME)

    assert card.stat().st_mtime_ns == before
    assert json.loads(card.read_text())["name"] == NAME


def test_of_two_processes_that_fetch_at_once_both_have_it(
    elsewhere: EncoderModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch = artifact_store._fetch

    def after_another(name: str, checksum: str, copy: Path) -> None:
        fetch(name, checksum, copy)
        fetch(name, checksum, copy)

    monkeypatch.setattr(artifact_store, "_fetch", after_another)
    assert elsewhere.artifact.is_dir()
