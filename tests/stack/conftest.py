"""A Pendant of small shell scripts: what the stack does with processes can be seen without one server."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from stack import application, users
from stack.application import Application

SCRIPTS = {
    "web": "echo web up; exec sleep 60",
    "worker": "echo worker up; exec sleep 60",
    "beat": "exec sleep 60",
    "relay": "exec sleep 60",
    "sink": "echo sink up; exec sleep 60",
}


@pytest.fixture
def nobody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything runs as ourselves."""
    monkeypatch.setattr(users, "unprivileged", lambda: None)


@pytest.fixture
def scripts(nobody_else: None, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """What the kinds of processes run in this test."""
    chosen = dict(SCRIPTS)
    monkeypatch.setattr(application, "_command", lambda kind: ("/bin/sh", "-c", chosen[kind], kind))
    monkeypatch.setattr(Application, "_web_answers", lambda self: "web up" in self.log("web"))
    return chosen


@pytest.fixture
def pendant(tmp_path: Path, scripts: dict[str, str]) -> Iterator[Application]:
    there = Application({**os.environ, "KAFKA_BROKERS": "127.0.0.1:1"}, logs=tmp_path / "logs")
    yield there
    there.stop()
