"""The shipped encoder, and copies of an artifact of the first format to damage."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import eyes
from vectorizer.encoder import DEFAULT_ARTIFACT, Encoder, artifact_path, load

SHIPPED = artifact_path(DEFAULT_ARTIFACT)
FIRST = artifact_path("lite0-stats512")
"""Of the first format: two features, no labels."""

LATER: dict[str, Any] = {
    "format": 2,
    "labels": {},
    "temperatures": {},
    "thresholds": {},
    "split": "by artist",
    "data": "drawings",
}
"""What cards have had since format 2."""


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return load(SHIPPED)


@pytest.fixture
def artifact(tmp_path: Path) -> Path:
    """A copy of the first artifact; its model is a link, so replace it instead of writing into it."""
    copy = tmp_path / "artifacts" / FIRST.name
    copy.mkdir(parents=True)
    (copy / "card.json").write_bytes((FIRST / "card.json").read_bytes())
    (copy / "model.tflite").symlink_to(FIRST / "model.tflite")
    return copy


@pytest.fixture
def eye(tmp_path: Path) -> Path:
    """A copy of the tiny eye, which names styles and genres."""
    return eyes.install(tmp_path / "artifacts")


@pytest.fixture
def change_card(artifact: Path) -> Callable[..., Path]:
    """Rewrites fields of the copy's card and gives its folder."""

    def change(**fields: Any) -> Path:
        data = json.loads((artifact / "card.json").read_text()) | fields
        (artifact / "card.json").write_text(json.dumps(data))
        return artifact

    return change
