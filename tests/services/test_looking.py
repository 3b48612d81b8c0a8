"""What can be seen of a real Kafka without taking part: how far groups are, dead letters, what was published."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from confluent_kafka import Consumer, KafkaException, TopicPartition

from search.sink import looking
from search.sink.looking import Reading
from tests.services.topic import Topic
from vectorizer.publishers.kafka_topics import KafkaUnavailable

PATIENCE_SECONDS = 240


@pytest.fixture
def topic(kafka: str, settings: Any) -> Iterator[Topic]:
    settings.KAFKA_BROKERS = kafka
    made = Topic(kafka, f"looked-{uuid4().hex[:8]}").create()
    while not all(_is_known(name) for name in (made.name, made.dead_letters)):
        time.sleep(0.1)  # a moment after it was made
    yield made
    made.delete()


def _is_known(name: str) -> bool:
    try:
        looking.letters(name, last=0)
    except KafkaUnavailable:
        return False
    return True


def commit(brokers: str, topic: Topic, group: str) -> None:
    """The group is done with all that there is."""
    consumer = Consumer({"bootstrap.servers": brokers, "group.id": group})
    places = [TopicPartition(topic.name, number) for number in range(topic.partitions)]
    ends = [consumer.get_watermark_offsets(place, 30)[1] for place in places]
    done = [TopicPartition(topic.name, number, end) for number, end in enumerate(ends)]
    patience = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            consumer.commit(offsets=done, asynchronous=False)
            break
        except KafkaException:  # the first group of a broker waits until there is a topic of groups
            if time.monotonic() > patience:
                raise
    consumer.close()


def fill(topic: Topic, *versions: tuple[int, int]) -> None:
    for painting_id, version in versions:
        topic.put(painting_id, b'{"id": 1}', version=version)
    topic.flush()


def test_what_a_group_has_not_done_is_its_lag(topic: Topic, kafka: str) -> None:
    mine, other = f"mine-{topic.name}", f"other-{topic.name}"
    fill(topic, *((number, number) for number in range(1, 8)))
    assert looking.readings(topic.name, (mine, other)) == [Reading(group=mine, lag=7)]

    commit(kafka, topic, other)
    fill(topic, (8, 8), (9, 9))

    assert looking.readings(topic.name, (mine, other)) == [Reading(group=other, lag=2)]


def test_dead_letters_are_counted_and_the_last_give_their_reasons(topic: Topic) -> None:
    assert looking.letters(topic.dead_letters, last=2) == looking.Letters(count=0, reasons=[])
    for number in range(4):
        topic._producer.produce(topic.dead_letters, key=b"1", headers=[("reason", f"Reason {number}".encode())])
    topic.flush()
    assert looking.letters(topic.dead_letters, last=2) == looking.Letters(count=4, reasons=["Reason 2", "Reason 3"])


def test_what_was_published_since_a_time_is_told_with_its_version(topic: Topic) -> None:
    fill(topic, (1, 5), (2, 6))
    topic.put("odd", b"{}", version=7)
    topic.put(3, None, version=8)
    topic.flush()

    everything = sorted(looking.published_since(topic.name, None))

    assert everything == [(1, 5), (2, 6), (3, 8)]
    now = datetime.now(UTC)
    assert sorted(looking.published_since(topic.name, now - timedelta(hours=1))) == everything
    assert list(looking.published_since(topic.name, now + timedelta(hours=1))) == []


def test_a_topic_that_is_not_there_is_said(topic: Topic) -> None:
    with pytest.raises(KafkaUnavailable, match=r"has no topic no-such\. `manage\.py create_topics` makes it"):
        looking.readings("no-such", ("mine",))


def test_brokers_that_are_down_are_said(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.KAFKA_BROKERS = "127.0.0.1:9"
    monkeypatch.setattr(looking, "ANSWER_SECONDS", 1.0)
    with pytest.raises(KafkaUnavailable, match=r"Kafka \(127\.0\.0\.1:9\): "):
        looking.letters("any", last=1)
