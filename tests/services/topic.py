"""A topic of one test, written and read without Pendant's code, with its dead letters."""

import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass

from confluent_kafka import Consumer, ConsumerGroupTopicPartitions, KafkaError, KafkaException, Producer, TopicPartition
from confluent_kafka import Message as Consumed
from confluent_kafka.admin import AdminClient, NewTopic

SECONDS = 30

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A record as it was read."""

    key: bytes | None
    value: bytes | None
    headers: Mapping[str, bytes | None]


class Topic:
    """Made with its dead-letter topic, and deleted with it."""

    def __init__(self, brokers: str, name: str, *, partitions: int = 3) -> None:
        self.name, self.partitions = name, partitions
        self.dead_letters = f"{name}.dead"
        self._brokers = {"bootstrap.servers": brokers}
        self._admin = AdminClient(self._brokers)
        self._producer = Producer({**self._brokers, "enable.idempotence": True}, logger=logger)
        self._refused: list[KafkaError] = []

    def create(self) -> "Topic":
        self._create(self.name, self.partitions)
        self.create_dead_letters()
        return self

    def delete(self) -> None:
        self._delete(self.name)
        self.delete_dead_letters()

    def create_dead_letters(self) -> None:
        self._create(self.dead_letters, 1)

    def delete_dead_letters(self) -> None:
        self._delete(self.dead_letters)

    def put(
        self, key: object, body: bytes | None, *, version: object = None, headers: Mapping[str, bytes] | None = None
    ) -> None:
        """A record as a publisher would write it, unless told otherwise. `flush` sends it."""
        own = {} if version is None else {"version": str(version).encode(), "schema_version": b"1"}
        key = key if isinstance(key, bytes | None) else str(key).encode()
        record_headers: list[tuple[str, str | bytes | None]] = [*(own | dict(headers or {})).items()]
        self._producer.produce(self.name, key=key, value=body, headers=record_headers, on_delivery=self._delivered)
        self._producer.poll(0)

    def flush(self) -> None:
        assert self._producer.flush(SECONDS) == 0, "The broker does not take the test's records."
        assert not self._refused, self._refused

    def dead(self) -> list[Letter]:
        """All dead letters, in order."""
        return self._read(self.dead_letters, 0)

    def records(self) -> list[Letter]:
        """All records, each partition's in order."""
        return [record for number in range(self.partitions) for record in self._read(self.name, number)]

    def lag(self, group: str) -> int:
        """How many records the group has not committed."""
        asked = [TopicPartition(self.name, number) for number in range(self.partitions)]
        request = ConsumerGroupTopicPartitions(group, asked)
        committed = self._admin.list_consumer_group_offsets([request])[group].result(SECONDS).topic_partitions or []
        return sum(self._ends().values()) - sum(max(place.offset, 0) for place in committed)

    def rewind(self, group: str) -> None:
        """The group, which has no member now, reads everything again."""
        places = [TopicPartition(self.name, number, 0) for number in range(self.partitions)]
        request = ConsumerGroupTopicPartitions(group, places)
        self._admin.alter_consumer_group_offsets([request])[group].result(SECONDS)

    def forget(self, group: str) -> None:
        """Let there be no such group, as if it had never read. One whose members are dying is waited for."""
        end = time.monotonic() + SECONDS
        while True:
            try:
                self._admin.delete_consumer_groups([group])[group].result(SECONDS)
                return
            except KafkaException as problem:
                busy = problem.args[0].code() == KafkaError.NON_EMPTY_GROUP
                if not busy or time.monotonic() > end:
                    raise
                time.sleep(0.5)

    def shares(self, group: str) -> list[int]:
        """How many partitions of this topic each member of the group has."""
        found = self._admin.describe_consumer_groups([group])[group].result(SECONDS)
        return sorted(
            sum(place.topic == self.name for place in member.assignment.topic_partitions) for member in found.members
        )

    def _read(self, name: str, partition: int) -> list[Letter]:
        consumer = Consumer({**self._brokers, "group.id": "reads-all", "enable.partition.eof": True})
        consumer.assign([TopicPartition(name, partition, 0)])
        found = []
        while (message := consumer.poll(SECONDS)) is not None and not _is_end(message):
            assert message.error() is None, message.error()
            found.append(Letter(key=message.key(), value=message.value(), headers=dict(message.headers() or [])))
        consumer.close()
        return found

    def _delivered(self, problem: KafkaError | None, _: Consumed) -> None:
        if problem is not None:
            self._refused.append(problem)

    def _create(self, name: str, partitions: int) -> None:
        self._admin.create_topics([NewTopic(name, partitions, 1)], operation_timeout=SECONDS)[name].result(SECONDS)

    def _delete(self, name: str) -> None:
        self._admin.delete_topics([name], operation_timeout=SECONDS)[name].result(SECONDS)

    def _ends(self) -> Mapping[int, int]:
        consumer = Consumer({**self._brokers, "group.id": "reads-ends"})
        ends = {
            number: consumer.get_watermark_offsets(TopicPartition(self.name, number), SECONDS)[1]
            for number in range(self.partitions)
        }
        consumer.close()
        return ends


def _is_end(message: Consumed) -> bool:
    problem = message.error()
    return problem is not None and problem.code() == KafkaError._PARTITION_EOF
