"""The sinks, as processes, between a real Kafka and a real Elasticsearch."""

import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as django_settings

from search.indexes.elasticsearch import generations
from stack.environment import bare
from tests.services.sinks import PATIENCE_SECONDS, ROOT, Sinks
from tests.services.topic import Topic
from tests.services.wire import Wire
from vectorizer import encoder
from vectorizer.models import EncoderModel, artifact_path


@pytest.fixture(scope="module")
def installation(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """The environment of an installation with a database; a sink never asks its Redis."""
    environment = {
        **bare(),
        "DATABASE_URL": postgres,
        "REDIS_URL": "redis://127.0.0.1:1/0",
        "ELASTICSEARCH_URL": "http://127.0.0.1:1",
        "PENDANT_SECRET_KEY": "only-for-tests-0123456789-0123456789-0123456789",
        "PENDANT_VAR": str(tmp_path_factory.mktemp("var")),
    }
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=environment, check=True, timeout=400)
    return environment


@pytest.fixture
def wire(elasticsearch: str) -> Iterator[Wire]:
    with Wire(elasticsearch).mended() as wire:
        yield wire


@pytest.fixture
def sinks(
    installation: Mapping[str, str], kafka: str, elasticsearch: str, wire: Wire, settings: Any, tmp_path: Path
) -> Iterator[Sinks]:
    """A topic and an index of this test alone, and no sink yet."""
    prefix = f"test-{uuid4().hex[:8]}"
    settings.ELASTICSEARCH_URL, settings.INDEX_PREFIX = elasticsearch, prefix
    name = django_settings.ENCODER_ARTIFACT
    model = EncoderModel(name=name, checksum=encoder.load_card(artifact_path(name)).checksum)
    sinks = Sinks(
        model=model,
        topic=Topic(kafka, f"{prefix}.{name}").create(),
        environment={
            **installation,
            "PENDANT_INDEX_PREFIX": prefix,
            "PENDANT_TOPIC_PREFIX": prefix,
            "ELASTICSEARCH_URL": wire.url,
            "KAFKA_BROKERS": kafka,
        },
        folder=tmp_path,
    )
    sinks.make_index()
    yield sinks
    sinks.stop()
    sinks.topic.delete()
    generations.forget(model)


def test_documents_are_indexed_as_they_were_published_and_then_committed(sinks: Sinks) -> None:
    for number in range(1, 1501):
        sinks.put(number, version=number, title=f"Harbour {number}", words=["harbour", str(number)])
    sinks.start()

    sinks.wait_until_done()

    indexed = sinks.indexed()
    assert sorted(indexed) == [*range(1, 1501)]
    assert indexed[7]["version"] == 7
    assert indexed[7]["title"] == "Harbour 7"


def test_nothing_is_committed_before_the_index_has_it_and_nothing_is_lost(sinks: Sinks, wire: Wire) -> None:
    sinks.start()
    sinks.put(1, version=1)
    sinks.wait_until_done()

    wire.cut()
    for number in range(2, 52):
        sinks.put(number, version=number)
    sinks.topic.flush()
    sinks.wait(lambda: "waits, and is tried again" in sinks.log(), "the sink waits")
    time.sleep(2)
    assert sinks.topic.lag(sinks.group) == 50
    wire.mend()

    sinks.wait_until_done()
    assert sorted(sinks.indexed()) == [*range(1, 52)]
    assert "goes on" in sinks.log()
    assert sinks.topic.dead() == []


def test_a_topic_that_is_read_again_from_its_beginning_changes_nothing(sinks: Sinks) -> None:
    for number in range(1, 101):
        sinks.put(number, version=number)
    sinks.withdraw(100, version=200)
    sinks.topic.flush()
    sinks.run_once()
    before = sinks.indexed()

    sinks.topic.rewind(sinks.group)
    assert sinks.topic.lag(sinks.group) == 101
    sinks.run_once()

    assert sinks.topic.lag(sinks.group) == 0
    assert sinks.indexed() == before
    assert len(before) == 99


def test_older_versions_are_ignored_in_whatever_order_they_come(sinks: Sinks) -> None:
    sinks.put(1, version=5, title="five")
    sinks.put(2, version=9, title="nine")
    sinks.put(2, version=8, title="eight")
    sinks.start()
    sinks.wait_until_done()
    sinks.put(1, version=3, title="three")
    sinks.withdraw(1, version=4)
    sinks.wait_until_done()

    assert {id_: painting["title"] for id_, painting in sinks.indexed().items()} == {1: "five", 2: "nine"}


def test_a_tombstone_deletes_and_an_older_document_does_not_come_back(sinks: Sinks) -> None:
    sinks.put(1, version=1)
    sinks.put(2, version=2)
    sinks.start()
    sinks.wait_until_done()

    sinks.withdraw(1, version=3)
    sinks.withdraw(77, version=4)  # of which the index never knew
    sinks.wait_until_done()
    assert sorted(sinks.indexed()) == [2]

    sinks.put(1, version=1)
    sinks.wait_until_done()
    assert sorted(sinks.indexed()) == [2]


def test_what_can_not_be_indexed_is_a_dead_letter_with_its_reason_and_the_others_go_on(sinks: Sinks) -> None:
    topic = sinks.topic
    topic.put(1, b'{"id": 1, "first_year": "about noon"}', version=1)
    topic.put(2, b'{"id": 2, "unheard_of": true}', version=2)
    topic.put(3, b'{"id": 3}')
    topic.put(4, b"[4]", version=4)
    topic.put("vermeer", b"{}", version=5)
    topic.put(6, b'{"id": 6', version=6)
    topic.put(None, b"{}", version=7)
    topic.put(8, b"{}", version="eight")
    topic.put(9, b'{"id": }', version=9)
    topic.put(10, b'{"id": \xff}', version=10)
    for number in range(20, 120):
        sinks.put(number, version=number)
    sinks.start()

    sinks.wait_until_done()

    assert sorted(sinks.indexed()) == [*range(20, 120)]
    letters = {letter.key: letter for letter in topic.dead()}
    assert letters.keys() == {b"1", b"2", b"3", b"4", b"vermeer", b"6", None, b"8", b"9", b"10"}
    reasons = {key: (letter.headers["reason"] or b"").decode() for key, letter in letters.items()}
    assert "first_year" in reasons[b"1"]
    assert "unheard_of" in reasons[b"2"]
    assert "version" in reasons[b"3"]
    assert "JSON object" in reasons[b"4"]
    assert "vermeer" in reasons[b"vermeer"]
    poison = letters[b"1"]
    assert poison.value == b'{"id": 1, "first_year": "about noon"}'
    assert poison.headers["version"] == b"1"
    assert poison.headers["topic"] == topic.name.encode()
    assert {name for name, value in poison.headers.items() if value and value.isdigit()} >= {"partition", "offset"}


def test_an_index_that_is_not_there_yet_is_waited_for(sinks: Sinks) -> None:
    generations.forget(sinks.model)
    sinks.put(1, version=1)
    sinks.withdraw(2, version=2)
    sinks.topic.flush()
    sinks.start()
    sinks.wait(lambda: "waits, and is tried again" in sinks.log(), "the sink waits")
    assert generations.current(sinks.model) is None

    sinks.make_index()

    sinks.wait_until_done()
    assert sorted(sinks.indexed()) == [1]


def test_a_dead_letter_topic_that_is_missing_holds_the_commit_back(sinks: Sinks) -> None:
    sinks.topic.delete_dead_letters()
    sinks.topic.put("odd", b"{}", version=1)
    sinks.topic.flush()
    sinks.start()

    sinks.wait(lambda: "takes no dead letters" in sinks.log(), "the sink waits")
    assert sinks.topic.lag(sinks.group) == 1
    sinks.topic.create_dead_letters()

    sinks.wait_until_done()
    assert {letter.key for letter in sinks.topic.dead()} == {b"odd"}


def test_a_sink_that_is_told_to_stop_leaves_at_once(sinks: Sinks) -> None:
    first = sinks.start()
    sinks.put(1, version=1)
    sinks.wait_until_done()

    first.stop(PATIENCE_SECONDS)

    assert first.exit_code == 0
    assert "Stopped: 1 indexed" in sinks.log()
    assert sinks.topic.shares(sinks.group) == []  # though nobody has waited for the session's timeout


def test_a_sink_stops_cleanly_while_elasticsearch_is_down(sinks: Sinks, wire: Wire) -> None:
    wire.cut()
    sinks.put(1, version=1)
    sinks.topic.flush()
    sink = sinks.start()
    sinks.wait(lambda: "waits, and is tried again" in sinks.log(), "the sink waits")

    sink.stop(PATIENCE_SECONDS)

    assert sink.exit_code == 0
    assert sinks.topic.lag(sinks.group) == 1


def test_two_sinks_share_the_partitions_and_one_takes_all_when_the_other_is_killed(sinks: Sinks) -> None:
    first = sinks.start()
    sinks.start()
    sinks.wait(lambda: sinks.topic.shares(sinks.group) == [1, 2], "both have partitions")
    for number in range(1, 301):
        sinks.put(number, version=number)
    sinks.wait_until_done()

    first.kill()
    for number in range(301, 601):
        sinks.put(number, version=number)
    sinks.wait_until_done()

    assert sinks.topic.shares(sinks.group) == [3]
    assert sorted(sinks.indexed()) == [*range(1, 601)]


def test_a_sink_that_is_killed_in_the_middle_loses_nothing(sinks: Sinks) -> None:
    sink = sinks.start()
    for number in range(1, 4001):
        sinks.put(number, version=number, words=[f"word{word}" for word in range(40)])
    sinks.topic.flush()
    sinks.wait(sinks.indexed, "something is indexed")

    sink.kill()
    sinks.start()

    sinks.wait_until_done()
    assert sorted(sinks.indexed()) == [*range(1, 4001)]
    assert sinks.topic.dead() == []
