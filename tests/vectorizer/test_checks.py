"""Before anything starts, `manage.py check` says whether the model is whole."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import OperationalError

from tests import eyes
from vectorizer import checks
from vectorizer.encoder import ArtifactError
from vectorizer.models import EncoderModel


def test_a_whole_artifact_is_no_problem() -> None:
    assert checks.artifact() == []


@pytest.mark.parametrize("file", ["card.json", "model.tflite"])
def test_a_damaged_artifact_stops_at_start_with_its_name_and_what_to_do(file: str, settings: Any) -> None:
    settings.ENCODER_ARTIFACT = eyes.install(settings.ARTIFACTS_DIR).name
    (settings.ARTIFACTS_DIR / settings.ENCODER_ARTIFACT / file).write_bytes(b"{}")
    with pytest.raises(SystemCheckError, match=r"The artifact tiny-eye .* Restore the folder"):
        call_command("check")


def serve(folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PENDANT_VAR": str(folder)}
    return subprocess.run(
        [sys.executable, "-c", "import config.wsgi"], capture_output=True, text=True, env=environment, timeout=400
    )


def test_the_web_server_does_not_start_with_a_model_that_is_damaged(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged = eyes.install(folder / "artifacts")
    (damaged / "model.tflite").write_bytes(b"no model")
    monkeypatch.setenv("PENDANT_ARTIFACT", damaged.name)

    served = serve(folder)

    assert served.returncode != 0
    assert "The artifact tiny-eye" in served.stderr
    assert "Restore the folder" in served.stderr


def test_the_web_server_starts_with_a_whole_one_though_the_database_is_not_there_yet(folder: Path) -> None:
    assert serve(folder).returncode == 0


@pytest.mark.django_db
def test_it_is_the_active_model_that_must_be_whole(settings: Any) -> None:
    settings.ENCODER_ARTIFACT = "no-such-eye"
    with pytest.raises(ArtifactError, match="no-such-eye"):
        checks.require_model()

    EncoderModel.objects.create(name="gone-eye", checksum="0" * 64, active=True)
    with pytest.raises(ArtifactError, match="gone-eye"):
        checks.require_model()
    with pytest.raises(SystemExit, match=r"The artifact gone-eye .* Restore the folder"):
        checks.stop_worker()


@pytest.mark.django_db
def test_a_database_that_can_not_be_asked_holds_no_server_up(monkeypatch: pytest.MonkeyPatch, settings: Any) -> None:
    def locked(*_: Any, **__: Any) -> None:
        raise OperationalError("database is locked")

    monkeypatch.setattr(EncoderModel.objects, "filter", locked)
    checks.require_model()

    settings.ENCODER_ARTIFACT = "no-such-eye"
    with pytest.raises(ArtifactError, match="no-such-eye"):
        checks.require_model()


def test_a_name_that_is_none_is_said(settings: Any) -> None:
    settings.ENCODER_ARTIFACT = "../elsewhere"
    assert "no artifact's name" in str(checks.artifact()[0])
