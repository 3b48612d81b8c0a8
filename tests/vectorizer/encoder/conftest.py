"""The shipped encoder, and copies of its artifact to damage."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests import eyes
from vectorizer.encoder import DEFAULT_ARTIFACT, Encoder, artifact_path, load

SHIPPED = artifact_path(DEFAULT_ARTIFACT)
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
    """A copy of the shipped artifact; its model is a link, so replace it instead of writing into it."""
    copy = tmp_path / "artifacts" / SHIPPED.name
    copy.mkdir(parents=True)
    (copy / "card.json").write_bytes((SHIPPED / "card.json").read_bytes())
    (copy / "model.tflite").symlink_to(SHIPPED / "model.tflite")
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
