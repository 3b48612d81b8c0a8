"""`manage.py pipeline_status`: how far everything is, in every size, whatever is down."""

import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError

from gallery.models import Change
from search.indexes.base import IndexUnavailable
from search.indexes.database_upkeep import DatabaseUpkeep
from tests.factories import make_painting
from vectorizer import publishers, relay
from vectorizer.models import Attempt, EncoderModel, Vectors
from vectorizer.publishers.memory import MemoryPublisher

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def publisher(settings: Any) -> Iterator[MemoryPublisher]:
    settings.PUBLISHER = "vectorizer.publishers.memory.MemoryPublisher"
    publishers._opened.cache_clear()
    found = publishers.publisher()
    assert isinstance(found, MemoryPublisher)
    yield found
    publishers._opened.cache_clear()


def run(*arguments: str) -> tuple[str, int]:
    """What is said, and the exit code."""
    out = StringIO()
    try:
        call_command("pipeline_status", *arguments, stdout=out)
    except SystemExit as ended:
        assert isinstance(ended.code, int)
        return out.getvalue(), ended.code
    return out.getvalue(), 0


def test_one_machine_has_a_journal_vectors_and_an_index() -> None:
    make_painting("Shown")
    make_painting("Waiting", live=False)

    said, code = run()

    assert code == 0
    assert said.splitlines()[1:] == [
        "lite0-eye1 (active)",
        "  vectors    1 ready, 1 waiting, 0 failed",
        "  indexed    1 of 1 public paintings",
    ]
    assert said.startswith(f"journal      entry {Change.objects.latest('id').pk:,}, of 20")


def test_a_new_installation_has_nothing_and_all_is_well() -> None:
    said, code = run("--json")
    found = json.loads(said)
    assert code == 0
    assert (found["position"], found["changed_at"], found["down"]) == (0, None, {})
    assert found["models"][0]["published"] is found["models"][0]["sinks"] is None


def test_pictures_that_failed_are_told_with_their_reasons_and_change_the_exit_code() -> None:
    model = EncoderModel.current()
    for number in range(3):
        failed = make_painting("Failed", number=number, live=False)
        reason = "It is no picture." if number else ""
        Attempt.objects.create(image=failed.image, model=model, count=3, reason=reason)
    once = make_painting("Once", number=9, live=False)
    Attempt.objects.create(image=once.image, model=model, count=1, reason="It was busy.")

    said, code = run()

    assert code == 1
    assert "  vectors    0 ready, 1 waiting, 3 failed\n               2 × It is no picture.\n" in said
    assert "               1 × ended without a word of why\n" in said


def test_the_relays_lag_is_told_in_changes_and_seconds(publisher: MemoryPublisher) -> None:
    make_painting("First")
    relay.drain_all()
    assert "  published  all, up to entry" in run()[0]
    make_painting("Second")

    published = json.loads(run("--json")[0])["models"][0]["published"]

    assert published["lag_changes"] == 2
    assert 0 <= published["lag_seconds"] < 60
    assert "2 changes, " in run()[0]


def test_what_can_not_be_published_is_told_with_its_reason(publisher: MemoryPublisher) -> None:
    painting = make_painting("Damaged")
    Vectors.objects.filter(image=painting.image).update(data=b"short")
    relay.drain_all()

    said, code = run()

    assert code == 1
    assert "; 1 failed\n               1 × " in said
    assert "Vectorize it again." in said


def test_both_models_are_told_while_two_are_in_service() -> None:
    EncoderModel.current()
    EncoderModel.objects.create(name="another-eye", checksum="0" * 64, live=True)
    found = json.loads(run("--json")[0])
    assert [(model["name"], model["active"]) for model in found["models"]] == [
        ("lite0-eye1", True),
        ("another-eye", False),
    ]


def test_an_index_that_is_down_is_said_and_the_rest_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def down(_: Any) -> None:
        raise IndexUnavailable("Elasticsearch\ncan't be reached.")

    make_painting("Shown")
    monkeypatch.setattr(DatabaseUpkeep, "count", down)

    said, code = run()

    assert code == 2
    assert "  indexed    unknown of 1 public paintings\nDOWN: index. Elasticsearch can't be reached.\n" in said


def test_redis_and_kafka_that_are_down_are_said(
    settings: Any, monkeypatch: pytest.MonkeyPatch, publisher: MemoryPublisher
) -> None:
    from search.sink import looking

    settings.REDIS_URL = "redis://127.0.0.1:9"
    settings.KAFKA_BROKERS = "127.0.0.1:9"
    monkeypatch.setattr(looking, "ANSWER_SECONDS", 1.0)
    make_painting("Shown")

    said, code = run()

    assert code == 2
    assert "DOWN: redis. Error 111 connecting to 127.0.0.1:9. Connection refused." in said
    assert "DOWN: kafka. Kafka (127.0.0.1:9): " in said
    assert "  indexed    1 of 1 public paintings" in said


def test_a_database_that_is_down_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def down(_: Any) -> None:
        raise OperationalError("connection refused")

    monkeypatch.setattr(EncoderModel, "in_service", classmethod(down))
    assert run() == ("DOWN: database. connection refused\n", 2)


def test_a_model_that_is_not_there_is_said(settings: Any) -> None:
    settings.ENCODER_ARTIFACT = "no-such-eye"
    said, code = run()
    assert code == 2
    assert said.startswith("DOWN: model. The artifact no-such-eye")
