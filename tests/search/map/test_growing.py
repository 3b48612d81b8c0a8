"""The map made by the worker itself, and not more often than is good."""

import signal
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from django.core.management import call_command

from config import settings as real
from gallery import publishing
from search import tasks
from search.map import growing
from search.map.models import CollectionMap, Place
from tests.search.map.mapped import collection, hang, mapped, near, shown
from vectorizer import locks
from vectorizer.models import EncoderModel, Vectors

pytestmark = pytest.mark.django_db

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(autouse=True)
def limit(settings: Any) -> None:
    settings.MAP_LIMIT = 100


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that were started; what another process would do is done in this one, which has the database."""
    started: list[str] = []

    def run(command: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
        assert command[:2] == [sys.executable, str(real.BASE_DIR / "manage.py")]
        assert "cwd" not in options, "a relative address in the settings means the same to both"
        started.append(" ".join(command[2:]))
        call_command(*command[2:])
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(subprocess, "run", run)
    return started


def failing(monkeypatch: pytest.MonkeyPatch, run: Run) -> list[object]:
    tries: list[object] = []

    def counted(*arguments: Any, **options: Any) -> subprocess.CompletedProcess[str]:
        tries.append(arguments)
        return run(*arguments, **options)

    monkeypatch.setattr(subprocess, "run", counted)
    return tries


def test_the_first_paintings_have_a_map_made_once(commands: list[str]) -> None:
    collection(3)
    for _ in range(2):
        tasks.grow_map.apply(throw=True)
    assert commands == ["map_collection --verbosity 0"]
    assert Place.objects.filter(map=shown()).count() == 3


def test_without_paintings_there_is_nothing_to_make(commands: list[str]) -> None:
    growing.grow()
    assert commands == []
    assert not CollectionMap.objects.exists()


def test_the_map_is_made_anew_when_the_collection_has_more_than_doubled(commands: list[str]) -> None:
    mapped(2)
    for number in range(2):
        hang(f"New {number}", near(number))
    growing.grow()
    assert commands == []
    hang("One more", near(1))
    growing.grow()
    assert len(commands) == 1
    assert shown().laid_out == 5


def test_drafts_and_withdrawn_paintings_do_not_count(commands: list[str]) -> None:
    mapped(2)
    publishing.withdraw(collection(3), by=None)
    growing.grow()
    assert commands == []


def test_another_model_gets_a_map_of_its_own(commands: list[str]) -> None:
    mapped(2)
    CollectionMap.objects.update(model=EncoderModel.objects.create(name="former", checksum="0"))
    growing.grow()
    assert shown().model == EncoderModel.current()


def test_damaged_vectors_do_not_have_it_made_for_ever(commands: list[str]) -> None:
    for painting in collection(5)[1:]:
        Vectors.objects.filter(image=painting.live_image).update(data=b"short")
    for _ in range(3):
        growing.grow()
    assert len(commands) == 1


@pytest.mark.parametrize("limit", [0, 2])
def test_beyond_the_limit_it_is_left_to_the_command(commands: list[str], settings: Any, limit: int) -> None:
    settings.MAP_LIMIT = limit
    collection(3)
    growing.grow()
    assert commands == []


def test_while_somebody_else_makes_it_nobody_does(commands: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from contextlib import contextmanager

    @contextmanager
    def held(*_: object):  # type: ignore[no-untyped-def]
        yield False

    collection(1)
    monkeypatch.setattr(locks, "alone", held)
    growing.grow()
    assert commands == []


def test_a_failure_is_told_and_is_not_repeated_every_minute(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, 1, "", "CommandError: the disk is full.\n")

    tries = failing(monkeypatch, fail)
    collection(1)
    for _ in range(2):
        growing.grow()
    assert len(tries) == 1
    assert "CommandError: the disk is full." in caplog.text


def test_who_stops_it_with_the_worker_has_it_made_at_the_next_start(monkeypatch: pytest.MonkeyPatch) -> None:
    tries = failing(monkeypatch, lambda command, **_: subprocess.CompletedProcess(command, -signal.SIGTERM, "", ""))
    collection(1)
    for _ in range(2):
        growing.grow()
    assert len(tries) == 2


def test_where_somebody_else_was_faster_it_is_tried_again_a_minute_later(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tries = failing(monkeypatch, lambda command, **_: subprocess.CompletedProcess(command, growing.BUSY, "", "busy"))
    collection(1)
    for _ in range(2):
        growing.grow()
    assert len(tries) == 2
    assert caplog.text == ""


def test_one_that_is_killed_without_a_word_is_told_of_too(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    failing(monkeypatch, lambda command, **_: subprocess.CompletedProcess(command, -9, "", ""))
    collection(1)
    growing.grow()
    assert "ended with the code -9." in caplog.text


def test_what_takes_too_long_is_left_to_the_command(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def slow(command: list[str], *, timeout: float, **_: Any) -> subprocess.CompletedProcess[str]:
        raise subprocess.TimeoutExpired(command, timeout)

    failing(monkeypatch, slow)
    collection(1)
    growing.grow()
    assert "manage.py map_collection takes as long as it needs" in caplog.text


def test_it_gives_up_before_its_task_is_ended() -> None:
    assert growing.SECONDS < real.CELERY_TASK_SOFT_TIME_LIMIT
