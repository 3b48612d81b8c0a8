"""What the relay publishes, as a real Kafka has it."""

import struct
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import uuid4

import orjson
import pytest
from confluent_kafka import Consumer, KafkaError, TopicPartition
from confluent_kafka.admin import AdminClient, AlterConfigOpType, ConfigEntry, ConfigResource, ResourceType
from django.core.management import CommandError, call_command

from gallery import journal, publishing
from gallery.models import Painting
from stack.kafka import Kafka
from tests.factories import make_painting
from tests.published import assert_document
from vectorizer import relay
from vectorizer.documents import Message
from vectorizer.models import EncoderModel, Unpublished
from vectorizer.publishers import PublishError
from vectorizer.publishers.kafka import KafkaPublisher
from vectorizer.publishers.kafka_topics import KafkaUnavailable, create_topics, ends
from vectorizer.publishers.topics import dead_letters_name, topic_name
from vectorizer.relay import RelayHeldUp

SECONDS = 30
PATIENCE_SECONDS = 240
ZSTD = 4
PATIENT = {"delivery.timeout.ms": 120_000, "topic.metadata.propagation.max.ms": 60_000}
"""For brokers that are up, however busy their machine is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    partition: int
    key: bytes
    value: bytes | None
    headers: Mapping[str, bytes]


@pytest.fixture
def topics(settings: Any) -> None:
    """The settings of an installation whose topics are its own."""
    settings.TOPIC_PREFIX = f"test-{uuid4().hex[:8]}"
    settings.TOPIC_PARTITIONS = 3
    settings.KAFKA_OPTIONS = PATIENT
    settings.PUBLISHER = "vectorizer.publishers.kafka.KafkaPublisher"


@pytest.fixture
def brokers(kafka: str, topics: None, settings: Any) -> str:
    settings.KAFKA_BROKERS = kafka
    return kafka


@pytest.fixture(scope="module")
def own_server(run_folder: Path) -> Iterator[Kafka]:
    server = Kafka(run_folder / "own-kafka").start()
    yield server
    server.kill()


@pytest.fixture
def own(own_server: Kafka, topics: None, settings: Any) -> Kafka:
    """A Kafka of these tests' own, which they may stop and start again."""
    settings.KAFKA_BROKERS = own_server.url
    return own_server


@pytest.fixture
def publisher() -> Iterator[KafkaPublisher]:
    publisher = KafkaPublisher()
    yield publisher
    publisher.close()


@pytest.fixture
def model(db: None) -> EncoderModel:
    return EncoderModel.current()


def message(painting_id: int, version: int, body: bytes | None = b'{"id": 1}') -> Message:
    return Message(painting_id=painting_id, version=version, body=body)


def records(brokers: str, topic: str) -> list[Record]:
    """All of a topic, each partition in its order."""
    consumer = Consumer({"bootstrap.servers": brokers, "group.id": "reads", "enable.partition.eof": True})
    partitions = consumer.list_topics(topic, SECONDS).topics[topic].partitions
    consumer.assign([TopicPartition(topic, number, 0) for number in partitions])
    found, open_partitions = [], len(partitions)
    while open_partitions:
        read = consumer.poll(SECONDS)
        assert read is not None
        if (problem := read.error()) is not None:
            assert problem.code() == KafkaError._PARTITION_EOF, problem
            open_partitions -= 1
            continue
        headers = dict(read.headers() or [])
        found.append(Record(partition=read.partition(), key=read.key(), value=read.value(), headers=headers))
    consumer.close()
    return found


def config(brokers: str, topic: str) -> dict[str, str]:
    resource = ConfigResource(ResourceType.TOPIC, topic)
    client = AdminClient({"bootstrap.servers": brokers})  # what it promised is broken when it is let go
    found = client.describe_configs([resource])[resource].result(SECONDS)
    return {name: entry.value for name, entry in found.items()}


def set_config(brokers: str, topic: str, name: str, value: str) -> None:
    entry = ConfigEntry(name, value, incremental_operation=AlterConfigOpType.SET)
    resource = ConfigResource(ResourceType.TOPIC, topic, incremental_configs=[entry])
    client = AdminClient({"bootstrap.servers": brokers})
    client.incremental_alter_configs([resource])[resource].result(SECONDS)


# --- Topics ----------------------------------------------------------------------------------------------------------


def test_topics_keep_the_last_of_each_painting_and_tombstones_for_weeks(brokers: str) -> None:
    made = create_topics(["eye"])
    assert [(topic.name, topic.made, topic.partitions) for topic in made] == [
        (topic_name("eye"), True, 3),
        (dead_letters_name("eye"), True, 3),
    ]
    documents, letters = config(brokers, topic_name("eye")), config(brokers, dead_letters_name("eye"))
    weeks = 14 * 24 * 3600 * 1000
    assert documents["cleanup.policy"] == "compact"
    assert int(documents["delete.retention.ms"]) >= weeks
    assert int(documents["max.message.bytes"]) >= 2**20
    assert letters["cleanup.policy"] == "delete"
    assert int(letters["retention.ms"]) >= weeks


def test_making_topics_again_mends_their_settings_and_keeps_their_partitions(brokers: str, settings: Any) -> None:
    create_topics(["eye"])
    set_config(brokers, topic_name("eye"), "cleanup.policy", "delete")
    settings.TOPIC_PARTITIONS = 5
    again = create_topics(["eye"])[0]
    assert (again.made, again.partitions) == (False, 3)
    assert config(brokers, topic_name("eye"))["cleanup.policy"] == "compact"


def test_more_copies_than_there_are_brokers_are_refused_in_a_sentence(brokers: str, settings: Any) -> None:
    settings.TOPIC_REPLICATION = 3
    with pytest.raises(KafkaUnavailable, match=brokers):
        create_topics(["eye"])


def test_the_command_makes_the_topics_of_the_models_in_service(
    brokers: str, model: EncoderModel, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("create_topics")
    assert f"{topic_name(model.name)} was made: 3 partitions." in capsys.readouterr().out
    settings.TOPIC_PARTITIONS = 4
    call_command("create_topics", "--model", model.name)
    said = capsys.readouterr()
    assert f"{topic_name(model.name)} is there: 3 partitions." in said.out
    assert "A topic keeps its partitions" in said.err


def test_the_command_says_which_brokers_it_can_not_reach(topics: None, settings: Any, monkeypatch: Any) -> None:
    settings.KAFKA_BROKERS = "127.0.0.1:1"
    monkeypatch.setattr("vectorizer.publishers.kafka_topics.ANSWER_SECONDS", 2.0)
    with pytest.raises(CommandError, match=r"127\.0\.0\.1:1"):
        call_command("create_topics", "--model", "eye")


def test_where_a_topic_ends_is_known(brokers: str, publisher: KafkaPublisher) -> None:
    assert ends(topic_name("eye")) == {}
    create_topics(["eye"])
    publisher.publish("eye", [message(number, number) for number in range(10)])
    found = ends(topic_name("eye"))
    assert set(found) == {0, 1, 2}
    assert sum(found.values()) == 10


# --- Records ---------------------------------------------------------------------------------------------------------


def test_a_record_has_the_id_as_its_key_and_versions_in_its_headers(brokers: str, publisher: KafkaPublisher) -> None:
    create_topics(["eye"])
    publisher.publish("eye", [message(4711, 16023, b'{"id":4711}'), message(12, 16024, None)])
    found = {record.key: record for record in records(brokers, topic_name("eye"))}
    document, tombstone = found[b"4711"], found[b"12"]
    assert document.value == b'{"id":4711}'
    assert dict(document.headers) == {"version": b"16023", "schema_version": b"1"}
    assert tombstone.value is None
    assert dict(tombstone.headers) == {"version": b"16024", "schema_version": b"1"}


def test_the_records_of_a_painting_keep_their_order_in_one_partition(brokers: str, publisher: KafkaPublisher) -> None:
    create_topics(["eye"])
    for version in range(1, 30):
        publisher.publish("eye", [message(painting_id, version) for painting_id in range(20)])
    partitions: dict[bytes, set[int]] = {}
    versions: dict[bytes, list[int]] = {}
    for record in records(brokers, topic_name("eye")):
        partitions.setdefault(record.key, set()).add(record.partition)
        versions.setdefault(record.key, []).append(int(record.headers["version"]))
    assert all(len(numbers) == 1 for numbers in partitions.values())
    assert all(found == list(range(1, 30)) for found in versions.values())
    assert len(set.union(*partitions.values())) == 3


def test_records_are_compressed_by_zstandard(own: Kafka, publisher: KafkaPublisher) -> None:
    create_topics(["eye"])
    publisher.publish("eye", [message(1, 1, b'{"x": "' + b"0123456789" * 1000 + b'"}')])
    (log,) = [path for path in own.folder.glob(f"data/{topic_name('eye')}-*/*.log") if path.stat().st_size]
    (attributes,) = struct.unpack_from(">h", log.read_bytes(), 21)  # of the first batch, after its checksum
    assert attributes & 7 == ZSTD


# --- What is refused -------------------------------------------------------------------------------------------------


def test_a_topic_that_was_never_made_is_named_with_the_command_that_makes_it(
    brokers: str, publisher: KafkaPublisher, settings: Any
) -> None:
    settings.KAFKA_OPTIONS = {}
    with pytest.raises(PublishError, match=r"no topic .*manage\.py create_topics") as caught:
        publisher.publish("eye", [message(1, 1)])
    assert caught.value.temporary
    settings.KAFKA_OPTIONS = PATIENT
    create_topics(["eye"])
    publisher.publish("eye", [message(1, 1)])


def test_a_record_too_large_for_the_client_is_refused_and_the_rest_is_accepted(
    brokers: str, publisher: KafkaPublisher
) -> None:
    create_topics(["eye"])
    with pytest.raises(PublishError) as caught:
        publisher.publish("eye", [message(1, 1), message(2, 2, b"x" * 5_000_000), message(3, 3)])
    assert not caught.value.temporary
    assert "too large" in caught.value.failures[2]
    assert set(caught.value.failures) == {2}
    assert {record.key for record in records(brokers, topic_name("eye"))} == {b"1", b"3"}


def test_a_record_too_large_for_the_broker_takes_none_of_its_batch_with_it(
    brokers: str, publisher: KafkaPublisher, settings: Any
) -> None:
    settings.TOPIC_PARTITIONS = 1
    create_topics(["eye"])
    set_config(brokers, topic_name("eye"), "max.message.bytes", "2000")
    noise = uuid4().hex.encode() + b"".join(uuid4().bytes for _ in range(300))
    with pytest.raises(PublishError) as caught:
        publisher.publish("eye", [message(number, 1, noise if number == 5 else b"{}") for number in range(1, 9)])
    assert set(caught.value.failures) == {5}
    found = {record.key for record in records(brokers, topic_name("eye"))}
    assert found == {b"%d" % number for number in range(1, 9) if number != 5}


# --- The relay -------------------------------------------------------------------------------------------------------


def drain_again_and_again(model: EncoderModel, publisher: KafkaPublisher) -> None:
    """As the relay does, until the brokers accept what there is."""
    end = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            relay.drain(model, publisher=publisher)
            return
        except RelayHeldUp:
            if time.monotonic() > end:
                raise


def latest(brokers: str, model: EncoderModel) -> dict[int, Record]:
    return {int(record.key): record for record in records(brokers, topic_name(model.name))}


@pytest.mark.django_db
def test_the_relay_publishes_documents_and_tombstones(
    brokers: str, publisher: KafkaPublisher, model: EncoderModel
) -> None:
    create_topics([model.name])
    shown, withdrawn, deleted = (make_painting(artist="Anna", style="Realism") for _ in range(3))
    gone = deleted.pk
    relay.drain(model, publisher=publisher)
    publishing.withdraw([withdrawn], by=None)
    deleted.delete()
    relay.drain(model, publisher=publisher)
    found = latest(brokers, model)
    body = found[shown.pk].value
    assert body is not None
    assert_document(body, model.card)
    assert orjson.loads(body)["version"] == int(found[shown.pk].headers["version"]) == shown.version
    assert found[withdrawn.pk].value is found[gone].value is None
    assert int(found[gone].headers["version"]) == journal.position()


@pytest.mark.django_db
def test_a_painting_that_kafka_refuses_holds_up_no_other(
    brokers: str, publisher: KafkaPublisher, model: EncoderModel
) -> None:
    create_topics([model.name])
    poison, good = make_painting(alt_text="long " * 1_000_000), make_painting()
    assert relay.drain(model, publisher=publisher).failed == 1
    assert set(latest(brokers, model)) == {good.pk}
    assert Unpublished.objects.get().painting_id == poison.pk


@pytest.mark.django_db
def test_a_broker_that_is_down_loses_nothing_and_everything_goes_out_when_it_is_back(
    own: Kafka, publisher: KafkaPublisher, model: EncoderModel, settings: Any
) -> None:
    settings.KAFKA_OPTIONS = {"delivery.timeout.ms": 5000}
    create_topics([model.name])
    early = make_painting("Early")
    drain_again_and_again(model, publisher)
    position = relay.position(model)
    own.kill()
    late = [make_painting(f"Late {number}") for number in range(3)]
    publishing.withdraw([early], by=None)
    for _ in range(2):
        with pytest.raises(RelayHeldUp, match=r"accepts nothing at present"):
            relay.drain(model, publisher=publisher)
    assert relay.position(model) == position
    assert not Unpublished.objects.exists()
    own.start()
    drain_again_and_again(model, publisher)
    found = latest(own.url, model)
    assert {id_ for id_, record in found.items() if record.value is not None} == {painting.pk for painting in late}
    assert found[early.pk].value is None
    versions = [int(r.headers["version"]) for r in records(own.url, topic_name(model.name)) if int(r.key) == early.pk]
    assert all(one <= next_ for one, next_ in pairwise(versions))
    assert Painting.objects.count() == 4
