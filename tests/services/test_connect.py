"""What is published suits Kafka Connect: a real one, with the project's worker, converters, transforms and predicates.

Confluent's sink itself can't be fetched here; one that is as strict as it writes down what it would send.
"""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from gallery.models import Painting
from search import connect
from stack import ports
from stack.connect import Connect
from tests.factories import make_painting
from tests.services.connect import CLASS, compiled, recorded
from tests.services.topic import Topic
from vectorizer import documents
from vectorizer.documents import Message
from vectorizer.models import EncoderModel
from vectorizer.publishers.kafka import KafkaPublisher
from vectorizer.publishers.kafka_topics import create_topics
from vectorizer.publishers.topics import topic_name

PATIENCE_SECONDS = 240


@pytest.fixture(scope="module")
def worker(kafka: str, run_folder: Path) -> Iterator[Connect]:
    """A distributed worker that takes all from its environment, as worker.properties says."""
    plugins = run_folder / "connect-plugins"
    plugins.mkdir()
    compiled(plugins)
    port = ports.free_port()
    environment = {
        "KAFKA_BROKERS": kafka,
        "PENDANT_TOPIC_REPLICATION": "1",
        "CONNECT_LISTENER": f"http://127.0.0.1:{port}",
    }
    lines = connect.WORKER.read_text().splitlines()
    as_written = dict(line.split("=", 1) for line in lines if line[:1] not in ("", "#"))
    there = Connect(
        run_folder / "connect",
        brokers=kafka,
        worker=connect.WORKER,
        # To look into every class of every jar for plugins takes minutes where others are at work.
        settings=as_written | {"plugin.path": plugins, "plugin.discovery": "service_load"},
        environment=environment,
        distributed=True,
        port=port,
    )
    there.start()
    yield there
    there.stop()


@dataclass(frozen=True, kw_only=True)
class Line:
    """From a topic of this test, by a connector of its own, into a file."""

    model: EncoderModel
    topic: Topic
    worker: Connect
    file: Path

    def publish(self, *messages: Message) -> None:
        publisher = KafkaPublisher()
        publisher.publish(self.model.name, messages)
        publisher.close()

    def wait_for(self, count: int) -> list[Any]:
        """All that was written down, once it is `count` lines."""
        end = time.monotonic() + PATIENCE_SECONDS
        while len(recorded(self.file)) < count:
            assert time.monotonic() < end, f"{self.state()}\n{self.worker.last_words()}"
            time.sleep(0.2)
        return list(recorded(self.file))

    def wait_for_dead(self, count: int) -> dict[bytes | None, Any]:
        """Key → dead letter, once there are `count`."""
        end = time.monotonic() + PATIENCE_SECONDS
        while len(letters := self.topic.dead()) < count:
            assert time.monotonic() < end, f"{letters}\n{self.state()}\n{self.worker.last_words()}"
            time.sleep(0.5)
        return {letter.key: letter for letter in letters}

    def state(self) -> str:
        return self.worker.state(connect.name(self.model.name))

    def stop(self) -> None:
        """The task lets go of its topic, so that this can be deleted."""
        self.worker.ask("PUT", f"/connectors/{connect.name(self.model.name)}/stop")
        end = time.monotonic() + PATIENCE_SECONDS
        while not self.state().startswith("STOPPED") and time.monotonic() < end:
            time.sleep(0.2)


@pytest.fixture
def line(worker: Connect, db: None, settings: Any) -> Iterator[Line]:
    prefix = f"test-{uuid4().hex[:8]}"
    settings.KAFKA_BROKERS, settings.ELASTICSEARCH_URL = worker.brokers, "http://127.0.0.1:1"
    settings.INDEX_PREFIX = settings.TOPIC_PREFIX = prefix
    settings.TOPIC_PARTITIONS, settings.TOPIC_REPLICATION = 1, 1
    model = EncoderModel.current()
    create_topics([model.name])
    name, file = connect.name(model.name), worker.folder / f"{prefix}.jsonl"
    worker.create(name, connect.configuration(model.name) | {"connector.class": CLASS, "record.to": str(file)})
    line = Line(
        model=model, topic=Topic(worker.brokers, topic_name(model.name), partitions=1), worker=worker, file=file
    )
    yield line
    line.stop()
    worker.ask("DELETE", f"/connectors/{name}")
    line.topic.delete()


def test_a_document_arrives_with_its_id_its_version_and_every_number(line: Line) -> None:
    paintings = [make_painting(f"Häfen {number}", artist="Ilse Farrow", first_year=1886) for number in range(3)]
    published = list(documents.messages([painting.pk for painting in paintings], line.model))

    line.publish(*published)

    arrived = line.wait_for(3)
    assert [record["id"] for record in arrived] == [str(painting.pk) for painting in paintings]
    assert [record["version"] for record in arrived] == [painting.version for painting in paintings]
    assert [record["document"] for record in arrived] == [json.loads(message.body or b"") for message in published]
    assert {record["topic"] for record in arrived} == {line.topic.name}
    assert line.topic.dead() == []


def test_a_tombstone_arrives_as_a_deletion_with_a_higher_version(line: Line) -> None:
    painting = make_painting("Withdrawn")
    line.publish(*documents.messages([painting.pk], line.model))
    painting.state = Painting.State.WITHDRAWN
    painting.save()

    (tombstone,) = documents.messages([painting.pk], line.model)
    line.publish(tombstone)

    document, deletion = line.wait_for(2)
    assert deletion["id"] == document["id"] == str(painting.pk)
    assert deletion["document"] is None
    assert deletion["version"] == tombstone.version > document["version"]


def test_what_can_not_be_indexed_is_a_dead_letter_and_the_task_goes_on(line: Line) -> None:
    topic = line.topic
    topic.put(1, b"{}")
    topic.put(2, None)
    topic.put(3, b"{}", version="three")
    topic.put(4, b"[4]", version=4)
    topic.put(5, b'"five"', version=5)
    topic.put(6, b"{6", version=6)
    topic.put("vermeer", b"{}", version=7)
    topic.put("8" * 600, b"{}", version=8)
    topic.put(9, b'{"refused": true}', version=9)
    topic.flush()
    line.publish(Message(painting_id=20, version=20, body=b'{"id": 20}'))

    (arrived,) = line.wait_for(1)

    assert arrived["id"] == "20"
    letters = line.wait_for_dead(9)
    assert letters.keys() == {b"1", b"2", b"3", b"4", b"5", b"6", b"vermeer", b"8" * 600, b"9"}
    assert letters[b"4"].value == b"[4]"
    assert letters[b"4"].headers["version"] == b"4"
    assert letters[b"4"].headers["__connect.errors.topic"] == topic.name.encode()
    assert letters[b"9"].headers["__connect.errors.exception.message"] == b"strict_dynamic_mapping_exception"
    assert line.state() == "RUNNING"


def test_a_worker_without_the_connector_says_so(line: Line) -> None:
    with pytest.raises(CommandError, match="ElasticsearchSinkConnector"):
        call_command("connect_config", register=line.worker.url, stdout=StringIO())
