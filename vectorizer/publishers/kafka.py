"""Documents into Kafka: a topic a model, the painting's id as the key, its version in a header.

The only module beside search.sink that imports Kafka's client.
"""

import logging
import threading
import time
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

from confluent_kafka import KafkaError, KafkaException, Producer
from confluent_kafka import Message as Record
from django.conf import settings

from vectorizer.documents import SCHEMA_VERSION, Message
from vectorizer.publishers.base import Publisher, PublishError
from vectorizer.publishers.topics import MAX_RECORD_BYTES, topic_name

DELIVERY_SECONDS = 20  # then what no broker has accepted is given up, and the relay tries it again later
MARGIN_SECONDS = 10  # beyond it a client that says nothing at all is given up
POLL_SECONDS = 0.1

ABOUT_ONE_RECORD = frozenset(
    {KafkaError.MSG_SIZE_TOO_LARGE, KafkaError.INVALID_MSG_SIZE, KafkaError.INVALID_MSG, KafkaError.INVALID_RECORD}
)
"""Whatever else is wrong is no record's fault: the same one will be accepted when the brokers are in order."""
NO_TOPIC = frozenset({KafkaError._UNKNOWN_TOPIC, KafkaError.UNKNOWN_TOPIC_OR_PART})

logger = logging.getLogger(__name__)


class KafkaPublisher(Publisher):
    """An idempotent producer: nothing is doubled by its own retries, and each painting's records keep their order."""

    keeps_history: ClassVar[bool] = True

    def __init__(self) -> None:
        self._lock = threading.Lock()  # what is underway when a producer is replaced is ours alone
        self._producer: Producer | None = None

    def publish(self, model_name: str, messages: Sequence[Message]) -> None:
        with self._lock:
            topic = topic_name(model_name)
            failures = self._send(topic, messages)
            if len(messages) > 1:
                failures = self._one_by_one(topic, [m for m in messages if m.painting_id in failures])
        if failures:
            reasons = {id_: error.str() for id_, error in failures.items()}
            raise PublishError(f"Kafka refuses {len(reasons)} records.", failures=reasons, temporary=False)

    def close(self) -> None:
        with self._lock:
            self._forget()

    def _one_by_one(self, topic: str, messages: Sequence[Message]) -> Mapping[int, KafkaError]:
        """A broker refuses a batch for one of its records: alone, the innocent ones are accepted."""
        failures: dict[int, KafkaError] = {}
        for message in messages:
            failures |= self._send(topic, [message])
        return failures

    def _send(self, topic: str, messages: Sequence[Message]) -> Mapping[int, KafkaError]:
        """Send these and wait for all. Returns those that are refused; raises PublishError for what is temporary."""
        producer = self._connected()
        outcome = _Outcome(len(messages))
        try:
            for message in messages:
                _produce(producer, topic, message, outcome)
            end = time.monotonic() + _options()["delivery.timeout.ms"] / 1000 + MARGIN_SECONDS
            while outcome.waiting and time.monotonic() < end:
                producer.poll(POLL_SECONDS)
        finally:
            if waiting := outcome.waiting:  # also where a task's time runs out over it
                self._forget()
        if waiting:
            raise PublishError(f"Kafka said nothing of {waiting} records.", temporary=True)
        if outcome.stopper is not None:
            if outcome.stopper.fatal() or outcome.stopper.code() in NO_TOPIC:
                self._forget()  # a producer remembers for minutes that a topic wasn't there
            raise PublishError(_sentence(outcome.stopper, topic), temporary=True)
        return outcome.refused

    def _connected(self) -> Producer:
        if self._producer is None:
            self._producer = Producer(_options(), logger=logger)
        return self._producer

    def _forget(self) -> None:
        """Drop the producer with all that it still holds: what it sent later could overtake what is newer by then."""
        if self._producer is not None:
            self._producer.purge()
            self._producer.flush(POLL_SECONDS)
            self._producer = None


class _Outcome:
    """What has become of the records of one call."""

    def __init__(self, waiting: int) -> None:
        self.waiting = waiting
        self.refused: dict[int, KafkaError] = {}
        self.stopper: KafkaError | None = None

    def told(self, painting_id: int, error: KafkaError | None, _: Record | None = None) -> None:
        """The delivery callback."""
        self.waiting -= 1
        if error is None:
            return
        if error.code() in ABOUT_ONE_RECORD:
            self.refused[painting_id] = error
        elif self.stopper is None or error.code() in NO_TOPIC:
            self.stopper = error


def _produce(producer: Producer, topic: str, message: Message, outcome: _Outcome) -> None:
    told = partial(outcome.told, message.painting_id)
    while True:
        try:
            producer.produce(
                topic,
                key=str(message.painting_id).encode(),
                value=message.body,
                headers=[("version", b"%d" % message.version), ("schema_version", b"%d" % SCHEMA_VERSION)],
                on_delivery=told,
            )
        except BufferError:  # full of records of this very call, each of which ends by its delivery timeout
            producer.poll(POLL_SECONDS)
        except KafkaException as problem:
            told(problem.args[0])
            return
        else:
            return


def _sentence(error: KafkaError, topic: str) -> str:
    if error.code() in NO_TOPIC:
        return f"Kafka has no topic {topic}. `manage.py create_topics` makes it."
    return f"Kafka ({settings.KAFKA_BROKERS}) accepts nothing at present: {error.str()}."


def _options() -> dict[str, Any]:
    return {
        "client.id": "pendant-relay",
        "compression.type": "zstd",
        "linger.ms": 5,
        "delivery.timeout.ms": DELIVERY_SECONDS * 1000,
        "allow.auto.create.topics": False,  # whatever the brokers allow: create_topics makes them as they must be
        "topic.metadata.propagation.max.ms": 2000,  # how long a topic that isn't there is waited for
        "message.max.bytes": MAX_RECORD_BYTES,
        **settings.KAFKA_OPTIONS,
        "bootstrap.servers": settings.KAFKA_BROKERS,
        "enable.idempotence": True,
        "acks": "all",
        "partitioner": "murmur2_random",  # as Java's clients do it: a painting is in one partition, whoever writes it
    }
