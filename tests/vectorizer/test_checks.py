"""Before anything starts, `manage.py check` says whether the model is whole."""

from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from tests import eyes
from vectorizer import checks


def test_a_whole_artifact_is_no_problem() -> None:
    assert checks.artifact() == []


@pytest.mark.parametrize("file", ["card.json", "model.tflite"])
def test_a_damaged_artifact_stops_at_start_with_its_name_and_what_to_do(file: str, settings: Any) -> None:
    settings.ENCODER_ARTIFACT = eyes.install(settings.ARTIFACTS_DIR).name
    (settings.ARTIFACTS_DIR / settings.ENCODER_ARTIFACT / file).write_bytes(b"{}")
    with pytest.raises(SystemCheckError, match=r"The artifact tiny-eye .* Restore the folder"):
        call_command("check")


def test_a_name_that_is_none_is_said(settings: Any) -> None:
    settings.ENCODER_ARTIFACT = "../elsewhere"
    assert "no artifact's name" in str(checks.artifact()[0])
