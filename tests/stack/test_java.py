from collections.abc import Iterator
from pathlib import Path

import pytest

from stack import java
from stack.errors import StackError
from stack.java import Java


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    java.installed.cache_clear()
    yield
    java.installed.cache_clear()


def home(folder: Path, says: str) -> Path:
    """A folder that looks like an installed Java."""
    program = folder / "bin" / "java"
    program.parent.mkdir(parents=True)
    program.write_text(f"#!/bin/sh\necho '{says}' >&2\n")
    program.chmod(0o755)
    return folder


@pytest.fixture
def only(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Nothing is found but what the variables name."""
    monkeypatch.setattr(java, "_FOLDERS", ())
    monkeypatch.setenv("PATH", "")
    return monkeypatch


def test_the_oldest_java_that_is_new_enough_is_taken(tmp_path: Path, only: pytest.MonkeyPatch) -> None:
    only.setenv("JAVA_HOME", str(home(tmp_path / "new", 'openjdk version "25" 2025-09-16')))
    only.setenv("ES_JAVA_HOME", str(home(tmp_path / "old", 'openjdk version "21.0.4" 2024-07-16')))

    assert java.find(21, needed_by="Elasticsearch") == Java(home=tmp_path / "old", version=21)
    assert java.find(22, needed_by="Elasticsearch") == Java(home=tmp_path / "new", version=25)


def test_one_that_is_too_old_is_named_in_the_refusal(tmp_path: Path, only: pytest.MonkeyPatch) -> None:
    only.setenv("JAVA_HOME", str(home(tmp_path / "java-8", 'java version "1.8.0_402"')))

    with pytest.raises(StackError, match=r"Elasticsearch needs Java 21 or newer, .* are: 8 \(.*java-8\)"):
        java.find(21, needed_by="Elasticsearch")


def test_a_machine_without_java_is_told_what_to_do(tmp_path: Path, only: pytest.MonkeyPatch) -> None:
    only.setenv("JAVA_HOME", str(tmp_path / "nothing"))
    only.delenv("ES_JAVA_HOME", raising=False)

    with pytest.raises(StackError, match=r"the installed ones are: none\. Install one"):
        java.find(21, needed_by="Elasticsearch")


def test_something_that_is_no_java_is_passed_over(tmp_path: Path, only: pytest.MonkeyPatch) -> None:
    only.setenv("JAVA_HOME", str(home(tmp_path / "odd", "hello")))
    only.delenv("ES_JAVA_HOME", raising=False)

    assert java.installed() == ()


def test_javas_of_the_system_are_found_by_looking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(java, "_FOLDERS", (str(tmp_path / "*"),))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.delenv("ES_JAVA_HOME", raising=False)
    found = home(tmp_path / "jdk-23", 'openjdk version "23.0.1"')
    monkeypatch.setenv("PATH", f"{found / 'bin'}:/bin:/usr/bin")

    assert java.installed() == (Java(home=found, version=23),)
