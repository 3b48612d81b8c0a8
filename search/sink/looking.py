"""Looking into Kafka without taking part: how far sinks are, what dead letters say, what was published since when."""

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from confluent_kafka import Consumer, KafkaError, KafkaException, TopicPartition
from django.conf import settings

from search.sink.group import record_of
from search.sink.records import Malformed, Record
from vectorizer.publishers.kafka_topics import KafkaUnavailable

ANSWER_SECONDS = 5.0
SILENCE_SECONDS = 60.0
AGREEING_SECONDS = 0.2
NOBODY_KNOWS_YET = frozenset(
    {
        KafkaError.NOT_COORDINATOR,
        KafkaError.COORDINATOR_NOT_AVAILABLE,
        KafkaError.COORDINATOR_LOAD_IN_PROGRESS,
    }
)
REASON = "reason"  # the header of a dead letter that says why

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How many records a consumer group has not done yet."""

    group: str
    lag: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """How many dead letters there are, and the reasons of the last of them."""

    count: int
    reasons: Sequence[str]


def readings(topic: str, groups: Sequence[str]) -> list[Reading]:
    """How far those of these groups are that have read this topic; the first of them where none has.

    Raises KafkaUnavailable, where there is no such topic, too.
    """
    with _Looking(topic) as looking:
        spans = looking.spans()
        found = [(group, looking.committed(group, spans)) for group in groups]
        begun = [(group, done) for group, done in found if done] or found[:1]
        return [Reading(group=group, lag=_lag(spans, done)) for group, done in begun]


def letters(topic: str, *, last: int) -> Letters:
    """The dead letters of this topic, with the reasons of at most `last` of each partition. Raises KafkaUnavailable."""
    with _Looking(topic) as looking:
        spans = looking.spans()
        starts = {number: max(start, end - last) for number, (start, end) in spans.items()}
        headers = (record.header(REASON) for record in looking.records(starts, spans))
        reasons = [text.decode(errors="replace") for text in headers if text]
        return Letters(count=sum(end - start for start, end in spans.values()), reasons=reasons)


def published_since(topic: str, at: datetime | None) -> Iterator[tuple[int, int]]:
    """Painting and version of all records of this time or later, up to the present end; of all where `at` is None.

    Raises KafkaUnavailable.
    """
    with _Looking(topic) as looking:
        spans = looking.spans()
        for record in looking.records(looking.starts(at, spans), spans):
            try:
                message = record.message()
            except Malformed as problem:
                logger.warning("%s is left out: %s", record, problem)
            else:
                yield message.painting_id, message.version


Spans = Mapping[int, tuple[int, int]]
"""Partition → its first offset, and the one that its next record gets."""


class _Looking:
    """A consumer of one topic that joins no group. Raises KafkaUnavailable."""

    def __init__(self, topic: str) -> None:
        self._topic = topic
        self._connection = {
            "client.id": "pendant-looks",
            "log_level": 0,  # what is wrong is raised, once
            **settings.KAFKA_OPTIONS,
            "bootstrap.servers": settings.KAFKA_BROKERS,
        }

    def __enter__(self) -> "_Looking":
        self._consumer = Consumer(
            {
                **self._connection,
                "group.id": f"{settings.INDEX_PREFIX}-looks",  # a consumer has one, and this one keeps nothing there
                "enable.auto.commit": False,
                "enable.partition.eof": True,
            }
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._consumer.close()

    def spans(self) -> Spans:
        with _answering():
            known = self._consumer.list_topics(timeout=ANSWER_SECONDS).topics
            if self._topic not in known:
                raise KafkaUnavailable(f"Kafka has no topic {self._topic}. `manage.py create_topics` makes it.")
            watermarks = self._consumer.get_watermark_offsets
            return {number: watermarks(self._at(number), ANSWER_SECONDS) for number in known[self._topic].partitions}

    def committed(self, group: str, spans: Spans) -> Mapping[int, int]:
        """Partition → the offset up to which the group is done, where it has said so."""
        asked = [self._at(number) for number in spans]
        with _answering(), closing(Consumer({**self._connection, "group.id": group})) as member:  # and joins it not
            places = _committed(member, asked)
        return {place.partition: place.offset for place in places if place.offset >= 0}

    def starts(self, at: datetime | None, spans: Spans) -> Mapping[int, int]:
        """Partition → the first offset of this time."""
        if at is None:
            return {number: start for number, (start, _) in spans.items()}
        asked = [self._at(number, int(at.timestamp() * 1000)) for number in spans]
        with _answering():
            found = self._consumer.offsets_for_times(asked, ANSWER_SECONDS)
        return {place.partition: place.offset if place.offset >= 0 else spans[place.partition][1] for place in found}

    def records(self, starts: Mapping[int, int], spans: Spans) -> Iterator[Record]:
        """All from these offsets up to the ends of the spans."""
        reading = {number for number, start in starts.items() if start < spans[number][1]}
        with _answering():
            self._consumer.assign([self._at(number, starts[number]) for number in reading])
            while reading:
                message = self._consumer.poll(SILENCE_SECONDS)
                if message is None:
                    raise KafkaUnavailable(f"Kafka says nothing of {self._topic} for {SILENCE_SECONDS:.0f} s.")
                problem, number = message.error(), cast("int", message.partition())
                if problem is None:
                    record = cast("Record", record_of(message))
                    if number in reading and record.offset < spans[number][1]:
                        yield record
                elif problem.code() != KafkaError._PARTITION_EOF:
                    raise KafkaException(problem)
                if problem is not None or record.offset >= spans[number][1] - 1:
                    reading.discard(number)

    def _at(self, number: int, offset: int = -1001) -> TopicPartition:
        return TopicPartition(self._topic, number, offset)


def _committed(member: Consumer, asked: list[TopicPartition]) -> list[TopicPartition]:
    """What the group has done. Brokers that have just begun have first to agree on who knows."""
    until = time.monotonic() + ANSWER_SECONDS
    while True:
        try:
            return member.committed(asked, ANSWER_SECONDS)
        except KafkaException as problem:
            if problem.args[0].code() not in NOBODY_KNOWS_YET or time.monotonic() > until:
                raise
        time.sleep(AGREEING_SECONDS)


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except KafkaException as problem:
        raise KafkaUnavailable(f"Kafka ({settings.KAFKA_BROKERS}): {problem.args[0].str()}") from problem


def _lag(spans: Spans, done: Mapping[int, int]) -> int:
    return sum(max(0, end - max(start, done.get(number, start))) for number, (start, end) in spans.items())
