"""The producer, against the brokers that librdkafka plays by itself. tests/services has it with real ones."""

import signal
from collections.abc import Iterator
from typing import Any

import pytest
from confluent_kafka import Consumer, TopicPartition

from vectorizer.documents import Message
from vectorizer.publishers import PublishError
from vectorizer.publishers.kafka import KafkaPublisher

SECONDS = 120


@pytest.fixture
def publisher(settings: Any) -> Iterator[KafkaPublisher]:
    settings.KAFKA_BROKERS = "played:1"
    # These brokers can be given a topic in no other way.
    settings.KAFKA_OPTIONS = {"test.mock.num.brokers": 1, "log_level": 0, "allow.auto.create.topics": True}
    publisher = KafkaPublisher()
    yield publisher
    publisher.close()


def message(painting_id: int, version: int = 1, body: bytes | None = b"{}") -> Message:
    return Message(painting_id=painting_id, version=version, body=body)


def values(publisher: KafkaPublisher, topic: str) -> dict[bytes, bytes | None]:
    """Key → value of the last record of each, as a reader of the topic sees them."""
    known = publisher._connected().list_topics(topic, SECONDS)
    brokers = ",".join(f"{broker.host}:{broker.port}" for broker in known.brokers.values())
    consumer = Consumer({"bootstrap.servers": brokers, "group.id": "reads", "enable.partition.eof": True})
    consumer.assign([TopicPartition(topic, number, 0) for number in known.topics[topic].partitions])
    found, open_partitions = {}, len(known.topics[topic].partitions)
    while open_partitions and (read := consumer.poll(SECONDS)) is not None:
        if read.error():
            open_partitions -= 1
        else:
            found[read.key()] = read.value()
    consumer.close()
    return found


def test_what_is_published_is_in_the_topic_of_the_model(publisher: KafkaPublisher) -> None:
    publisher.publish("eye", [message(1, body=b'{"id":1}'), message(2)])
    publisher.publish("eye", [message(2, 2, None)])
    publisher.publish("eye", [])
    assert values(publisher, "paintings.eye") == {b"1": b'{"id":1}', b"2": None}


def test_no_topic_is_made_by_writing_to_it_even_where_the_brokers_would(
    publisher: KafkaPublisher, settings: Any
) -> None:
    del settings.KAFKA_OPTIONS["allow.auto.create.topics"]
    with pytest.raises(PublishError, match=r"Kafka has no topic paintings\.eye\. `manage.py create_topics` makes it"):
        publisher.publish("eye", [message(1)])
    assert "paintings.eye" not in publisher._connected().list_topics(timeout=SECONDS).topics


def test_a_record_that_is_too_large_is_refused_for_good_and_the_others_are_accepted(publisher: KafkaPublisher) -> None:
    with pytest.raises(PublishError) as caught:
        publisher.publish("eye", [message(1), message(2, body=b"x" * 5_000_000), message(3)])
    assert not caught.value.temporary
    assert set(caught.value.failures) == {2}
    assert set(values(publisher, "paintings.eye")) == {b"1", b"3"}


def test_more_records_than_the_producer_holds_at_once_are_all_published(
    publisher: KafkaPublisher, settings: Any
) -> None:
    settings.KAFKA_OPTIONS |= {"queue.buffering.max.messages": 10}
    publisher.publish("eye", [message(number) for number in range(1, 101)])
    assert len(values(publisher, "paintings.eye")) == 100


def test_brokers_that_do_not_answer_are_named_and_it_is_temporary(publisher: KafkaPublisher, settings: Any) -> None:
    settings.KAFKA_BROKERS = "127.0.0.1:1"
    settings.KAFKA_OPTIONS = {"delivery.timeout.ms": 300, "log_level": 0}
    with pytest.raises(PublishError, match=r"Kafka \(127\.0\.0\.1:1\) accepts nothing at present") as caught:
        publisher.publish("eye", [message(1), message(2)])
    assert caught.value.temporary


def test_a_producer_that_says_nothing_is_given_up(
    publisher: KafkaPublisher, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vectorizer.publishers.kafka.MARGIN_SECONDS", -30)
    settings.KAFKA_BROKERS = "127.0.0.1:1"
    settings.KAFKA_OPTIONS = {"log_level": 0}
    with pytest.raises(PublishError, match="said nothing of 1 records") as caught:
        publisher.publish("eye", [message(1)])
    assert caught.value.temporary
    assert publisher._producer is None


class TimeIsUp(Exception):
    """As Celery raises it, in the middle of anything."""


def test_what_was_cut_short_is_not_sent_later(publisher: KafkaPublisher, settings: Any) -> None:
    """It could overtake what is newer by then."""
    settings.KAFKA_BROKERS = "127.0.0.1:1"
    settings.KAFKA_OPTIONS = {"log_level": 0}

    def time_is_up(*_: Any) -> None:
        raise TimeIsUp

    before = signal.signal(signal.SIGALRM, time_is_up)
    signal.setitimer(signal.ITIMER_REAL, 0.5)
    try:
        with pytest.raises(TimeIsUp):
            publisher.publish("eye", [message(1)])
    finally:
        signal.signal(signal.SIGALRM, before)
    assert publisher._producer is None
