"""The ways in which the relay is told to publish: two commands, and Celery."""

import os
import signal
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from gallery import journal
from tests.factories import make_painting
from vectorizer import publishers, relay, tasks
from vectorizer.management.commands import run_relay
from vectorizer.models import EncoderModel, Unpublished
from vectorizer.publishers.memory import MemoryPublisher

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(settings: Any) -> Iterator[MemoryPublisher]:
    """The publisher of the settings."""
    settings.PUBLISHER = "vectorizer.publishers.memory.MemoryPublisher"
    publishers._opened.cache_clear()
    found = publishers.publisher()
    assert isinstance(found, MemoryPublisher)
    yield found
    publishers._opened.cache_clear()


@pytest.fixture
def signals() -> Iterator[None]:
    """What the process does when it is told to stop is the same afterwards."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def published(publisher: MemoryPublisher) -> set[int]:
    return set(publisher.latest(EncoderModel.current().name))


def test_run_relay_once_publishes_what_there_is_and_says_how_much(
    publisher: MemoryPublisher, capsys: pytest.CaptureFixture[str]
) -> None:
    painting = make_painting()
    call_command("run_relay", "--once")
    assert published(publisher) == {painting.pk}
    assert f"1 published, 0 failed, journal at {journal.position()}" in capsys.readouterr().out
    assert publisher.closed


def test_run_relay_tries_again_what_failed_when_told_to(publisher: MemoryPublisher) -> None:
    painting = make_painting()
    publisher.refused[painting.pk] = "too large"
    call_command("run_relay", "--once")
    publisher.refused.clear()
    call_command("run_relay", "--once")
    assert published(publisher) == set()
    call_command("run_relay", "--once", "--retry")
    assert published(publisher) == {painting.pk}
    assert not Unpublished.objects.exists()


def test_run_relay_once_fails_where_nobody_accepts_anything(publisher: MemoryPublisher) -> None:
    make_painting()
    publisher.down = True
    with pytest.raises(CommandError, match="The memory publisher is down"):
        call_command("run_relay", "--once")


@pytest.mark.parametrize(
    ("arguments", "sentence"), [(["--interval", "0"], "above 0"), (["--retry"], "goes with --once")]
)
def test_run_relay_refuses_what_makes_no_sense(arguments: list[str], sentence: str, publisher: MemoryPublisher) -> None:
    with pytest.raises(CommandError, match=sentence):
        call_command("run_relay", *arguments)


def test_run_relay_needs_somebody_to_publish_to(settings: Any) -> None:
    settings.PUBLISHER = ""
    with pytest.raises(CommandError, match="KAFKA_BROKERS"):
        call_command("run_relay")


def test_run_relay_follows_the_journal_through_an_outage_until_it_is_told_to_stop(
    publisher: MemoryPublisher, signals: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    painting = make_painting()
    publisher.down = True
    waits: list[float] = []

    def wait(event: threading.Event, timeout: float | None = None) -> bool:
        assert timeout is not None
        waits.append(timeout)
        publisher.down = len(waits) < 4
        if len(waits) == 5:
            os.kill(os.getpid(), signal.SIGTERM)
        return event.is_set()

    monkeypatch.setattr(run_relay, "close_old_connections", lambda: None)  # the test's transaction lives in one
    monkeypatch.setattr(threading.Event, "wait", wait)
    call_command("run_relay", "--interval", "0.5")
    assert waits == [1, 2, 4, 8, 0.5]
    assert published(publisher) == {painting.pk}
    assert "held up, and nothing is lost" in caplog.text
    assert publisher.closed


def test_run_relay_outlives_a_database_that_is_gone(
    publisher: MemoryPublisher, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from django.db import OperationalError

    def gone(**_: Any) -> None:
        raise OperationalError("the server closed the connection")

    monkeypatch.setattr(run_relay, "close_old_connections", lambda: None)
    monkeypatch.setattr(relay, "drain_all", gone)
    assert not run_relay._turn(threading.Event())
    assert "The database could not be asked" in caplog.text


def test_create_topics_needs_kafka(settings: Any) -> None:
    settings.KAFKA_BROKERS = ""
    with pytest.raises(CommandError, match="KAFKA_BROKERS is not set"):
        call_command("create_topics")


def test_the_task_publishes(publisher: MemoryPublisher) -> None:
    painting = make_painting()
    tasks.publish.apply().get()
    assert published(publisher) == {painting.pk}


def test_the_task_ends_well_where_the_relay_is_held_up(
    publisher: MemoryPublisher, caplog: pytest.LogCaptureFixture
) -> None:
    make_painting()
    publisher.down = True
    tasks.publish.apply().get()
    assert "The memory publisher is down" in caplog.text


def test_the_bell_rings_for_whoever_publishes(monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[dict[str, Any]] = []
    monkeypatch.setattr(tasks.publish, "apply_async", lambda **options: rung.append(options))
    tasks.on_bell_publish(painting_ids=[1, 2])
    assert rung == [{"retry": False, "expires": tasks.RING_SECONDS}]
