"""Making Kafka's topics, and asking where they end."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from confluent_kafka import KafkaError, KafkaException, TopicPartition
from confluent_kafka.admin import (
    AdminClient,
    AlterConfigOpType,
    ConfigEntry,
    ConfigResource,
    NewTopic,
    OffsetSpec,
    ResourceType,
)
from django.conf import settings

from vectorizer.publishers.topics import dead_letters_name, dead_letters_settings, topic_name, topic_settings

ANSWER_SECONDS = 30.0


class KafkaUnavailable(Exception):
    """The brokers can't be asked, or don't do what they are asked; the message says what and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A topic that is there now: whether it was made just now, and how many partitions it has."""

    name: str
    made: bool
    partitions: int


def create_topics(model_names: Iterable[str]) -> list[Topic]:
    """Make the topics of these models, dead letters included; bring the settings of those that are there up to date.

    Partitions are never added: a painting would change its partition, and its records their order.
    Raises KafkaUnavailable.
    """
    wanted: dict[str, dict[str, str]] = {}
    for name in model_names:
        wanted |= {topic_name(name): topic_settings(), dead_letters_name(name): dead_letters_settings()}
    client = _client()
    made = {name: _make(client, name, config) for name, config in wanted.items()}
    for name, config in wanted.items():
        if not made[name]:
            _update(client, name, config)
    # A topic made just now has what was asked for; not every broker may know of it yet.
    return [
        Topic(
            name=name,
            made=made[name],
            partitions=settings.TOPIC_PARTITIONS if made[name] else len(_partitions(client, name)),
        )
        for name in wanted
    ]


def ends(topic: str) -> Mapping[int, int]:
    """Partition → the offset that its next record gets; {} where there is no such topic. Raises KafkaUnavailable."""
    client = _client()
    latest = OffsetSpec.latest()  # type: ignore[no-untyped-call]
    places = {TopicPartition(topic, number): latest for number in _partitions(client, topic)}
    if not places:
        return {}
    try:
        asked = client.list_offsets(places, request_timeout=ANSWER_SECONDS)
        return {place.partition: answer.result().offset for place, answer in asked.items()}
    except KafkaException as problem:
        raise _unavailable(problem) from problem


def _client() -> AdminClient:
    return AdminClient(
        {"client.id": "pendant-admin", **settings.KAFKA_OPTIONS, "bootstrap.servers": settings.KAFKA_BROKERS}
    )


def _make(client: AdminClient, name: str, config: dict[str, str]) -> bool:
    """False where there is one of this name."""
    topic = NewTopic(name, settings.TOPIC_PARTITIONS, settings.TOPIC_REPLICATION, config=config)
    try:
        client.create_topics([topic], request_timeout=ANSWER_SECONDS)[name].result()
    except KafkaException as problem:
        if problem.args[0].code() != KafkaError.TOPIC_ALREADY_EXISTS:
            raise _unavailable(problem) from problem
        return False
    return True


def _update(client: AdminClient, name: str, config: dict[str, str]) -> None:
    entries = [ConfigEntry(key, value, incremental_operation=AlterConfigOpType.SET) for key, value in config.items()]
    resource = ConfigResource(ResourceType.TOPIC, name, incremental_configs=entries)
    try:
        client.incremental_alter_configs([resource], request_timeout=ANSWER_SECONDS)[resource].result()
    except KafkaException as problem:
        raise _unavailable(problem) from problem


def _partitions(client: AdminClient, topic: str) -> list[int]:
    try:
        known = client.list_topics(timeout=ANSWER_SECONDS).topics  # all: who asks for one that isn't there waits for it
    except KafkaException as problem:
        raise _unavailable(problem) from problem
    return sorted(known[topic].partitions) if topic in known else []


def _unavailable(problem: KafkaException) -> KafkaUnavailable:
    return KafkaUnavailable(f"Kafka ({settings.KAFKA_BROKERS}): {problem.args[0].str()}")
