"""The dead-letter topic: what can't be indexed, as it came, with the reason in its headers."""

import logging
from collections.abc import Sequence
from typing import Any

from confluent_kafka import KafkaError, Producer
from confluent_kafka import Message as Delivered
from django.conf import settings

from search.sink.batches import Refused
from search.sink.records import Record
from vectorizer.publishers.topics import dead_letters_name

SECONDS = 30  # until a broker that takes none of them is called held up
LARGEST_BYTES = 64 * 2**20  # of a letter before it is compressed; the broker judges it after that
REASON_CHARACTERS = 2000

logger = logging.getLogger(__name__)


class LettersHeldUp(Exception):
    """The broker did not take the dead letters; nothing may be committed before it has."""


class DeadLetters:
    """Sends refused records to `<topic>.dead`. At least once: after a crash the same letter may lie there twice."""

    def __init__(self) -> None:
        self._producer: Producer | None = None

    def send(self, refused: Sequence[Refused]) -> None:
        """Return when the broker has them all. Raises `LettersHeldUp`."""
        if not refused:
            return
        too_large = self._deliver(refused, with_value=True)
        if too_large:
            self._deliver(too_large, with_value=False)
        for letter in refused:
            logger.error("%s can't be indexed and is a dead letter now: %s", letter.record, letter.reason)

    def _deliver(self, refused: Sequence[Refused], *, with_value: bool) -> list[Refused]:
        """Returns those that are too large for the topic, though the record they tell of was not."""
        too_large: list[Refused] = []
        problems: list[KafkaError] = []
        if self._producer is None:
            self._producer = Producer(_configuration(), logger=logger)
        for letter in refused:

            def arrived(problem: KafkaError | None, _: Delivered, letter: Refused = letter) -> None:
                if problem is not None and problem.code() == KafkaError.MSG_SIZE_TOO_LARGE and with_value:
                    too_large.append(letter)
                elif problem is not None:
                    problems.append(problem)

            record = letter.record
            self._producer.produce(
                _topic(record),
                key=record.key,
                value=record.value if with_value else None,
                headers=headers(letter, with_value=with_value),
                on_delivery=arrived,
            )
        if self._producer.flush(SECONDS + 1) or problems:
            self._producer.purge()  # all of them are sent again, by another one
            self._producer = None
            reason = problems[0].str() if problems else "the broker does not answer"
            raise LettersHeldUp(f"{_topic(refused[0].record)} takes no dead letters: {reason}")
        return too_large


def headers(letter: Refused, *, with_value: bool = True) -> list[tuple[str, str | bytes | None]]:
    """The record's own headers, then `reason`, and the record's `topic`, `partition` and `offset`."""
    reason = letter.reason[:REASON_CHARACTERS]
    if not with_value:
        reason += " (The value is left out: it is too large for this topic.)"
    record = letter.record
    return [
        *record.headers,
        ("reason", reason),
        ("topic", record.topic),
        ("partition", str(record.partition)),
        ("offset", str(record.offset)),
    ]


def _topic(record: Record) -> str:
    return dead_letters_name(record.topic.removeprefix(f"{settings.TOPIC_PREFIX}."))


def _configuration() -> dict[str, Any]:
    return {
        "client.id": "pendant-sink",
        "compression.type": "zstd",
        "batch.num.messages": 1,  # else one that is too large has its neighbours refused, too
        "delivery.timeout.ms": SECONDS * 1000,
        "allow.auto.create.topics": False,  # whatever the brokers allow: create_topics makes them as they must be
        "topic.metadata.propagation.max.ms": 5000,
        "message.max.bytes": LARGEST_BYTES,
        **settings.KAFKA_OPTIONS,
        "bootstrap.servers": settings.KAFKA_BROKERS,
        "enable.idempotence": True,
    }
