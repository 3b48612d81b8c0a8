"""The sinks' consumer group: shares the partitions of the topics among its members, and keeps what is done with."""

import logging
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, cast

from confluent_kafka import Consumer, KafkaException, TopicPartition
from confluent_kafka import Message as Consumed
from django.conf import settings

from search.sink.records import Partition, Record

RECORDS_AT_ONCE = 1000
RECORDS_A_CALL = 100
BYTES_AT_ONCE = 16 * 2**20
LINGER_SECONDS = 0.2  # what the first record waits for others at most
ANSWER_SECONDS = 30.0

logger = logging.getLogger(__name__)


class Group:
    """One member. All of it belongs to one thread; partitions come and go inside `next` and `close` alone."""

    def __init__(self, *, left: Callable[[Partition], object]) -> None:
        """`left` is told of each partition that goes to another member: what was not committed of it is that one's."""
        self._consumer = Consumer(_configuration(), logger=logger)
        self._left = left
        self._gathered: list[Record] = []
        self._paused: set[str] = set()

    def follow(self, topics: Iterable[str]) -> None:
        """Read these topics from now on, each from where the group was; from its beginning where it never was."""
        self._consumer.subscribe(sorted(topics), on_assign=self._came, on_revoke=self._went, on_lost=self._went)

    def next(self) -> list[Record]:
        """What has come, after a moment at most; each partition's records in order."""
        end = time.monotonic() + LINGER_SECONDS
        size = 0
        self._gathered = []
        while len(self._gathered) < RECORDS_AT_ONCE and size < BYTES_AT_ONCE:
            consumed = self._consumer.consume(RECORDS_A_CALL, timeout=max(0.0, end - time.monotonic()))
            records = [record for message in consumed if (record := record_of(message)) is not None]
            self._gathered += records
            size += sum(len(record.value or b"") for record in records)
            if len(consumed) < RECORDS_A_CALL:
                break
        gathered, self._gathered = self._gathered, []
        return gathered

    def commit(self, records: Iterable[Record]) -> None:
        """The group is done with these records, and all that came before them in their partitions.

        Where that can't be kept, it is logged, and they come again: to this member or to another.
        """
        after: dict[Partition, int] = {}
        for record in records:
            after[record.where] = max(after.get(record.where, 0), record.offset + 1)
        if not after:
            return
        try:
            self._consumer.commit(offsets=[_at(where, offset) for where, offset in after.items()], asynchronous=False)
        except KafkaException as problem:
            logger.warning("%d offsets could not be committed; their records come again: %s", len(after), problem)

    def pause(self, topic: str) -> None:
        """Take no more records of this topic, and stay a member."""
        self._paused.add(topic)
        self._consumer.pause(self._own(topic))

    def resume(self, topic: str) -> None:
        self._paused.discard(topic)
        self._consumer.resume(self._own(topic))

    def ends(self, topics: Iterable[str]) -> Mapping[Partition, int]:
        """Partition → the offset that its next record will have. Raises KafkaException where no broker answers."""
        asked = self._consumer.get_watermark_offsets
        return {where: asked(_at(where), ANSWER_SECONDS)[1] for where in self._all(topics)}

    def has_reached(self, ends: Mapping[Partition, int]) -> bool:
        """Whether the group, by whichever member, is done with all that lay before these offsets."""
        asked = [_at(where) for where, end in ends.items() if end > 0]
        done = self._consumer.committed(asked, ANSWER_SECONDS) if asked else []
        return all(place.offset >= ends[place.topic, place.partition] for place in done)

    def close(self) -> None:
        """Leave the group at once, so that others need not wait to find out."""
        self._consumer.close()

    def _came(self, consumer: Consumer, places: list[TopicPartition]) -> None:
        consumer.incremental_assign(places)
        consumer.pause([place for place in places if place.topic in self._paused])

    def _went(self, consumer: Consumer, places: list[TopicPartition]) -> None:
        for where in {(place.topic, place.partition) for place in places}:
            self._gathered = [record for record in self._gathered if record.where != where]
            self._left(where)
        consumer.incremental_unassign(places)

    def _own(self, topic: str) -> list[TopicPartition]:
        return [place for place in self._consumer.assignment() if place.topic == topic]

    def _all(self, topics: Iterable[str]) -> list[Partition]:
        known = self._consumer.list_topics(timeout=ANSWER_SECONDS).topics
        return [(topic, number) for topic in topics if topic in known for number in known[topic].partitions]


def record_of(message: Consumed) -> Record | None:
    """The record; None where Kafka's client tells of a problem instead, which it mends by itself or by a restart."""
    if (problem := message.error()) is not None:
        logger.warning("Kafka, topic %s: %s", message.topic(), problem.str())
        return None
    return Record(
        topic=cast("str", message.topic()),
        partition=cast("int", message.partition()),
        offset=cast("int", message.offset()),
        key=message.key(),
        value=message.value(),
        headers=tuple(cast("list[tuple[str, bytes | None]]", message.headers() or [])),
    )


def _at(where: Partition, offset: int = -1001) -> TopicPartition:
    return TopicPartition(*where, offset)


def _configuration() -> dict[str, Any]:
    return {
        "client.id": "pendant-sink",
        # One that was killed gives up its partitions after this; one that stops gives them up at once.
        "session.timeout.ms": 10_000,
        "heartbeat.interval.ms": 3_000,
        "topic.metadata.refresh.interval.ms": 30_000,
        "queued.max.messages.kbytes": 32 * 1024,
        **settings.KAFKA_OPTIONS,
        "bootstrap.servers": settings.KAFKA_BROKERS,
        "group.id": f"{settings.INDEX_PREFIX}-sink",
        "partition.assignment.strategy": "cooperative-sticky",
        "auto.offset.reset": "earliest",
        "enable.auto.commit": False,
    }
