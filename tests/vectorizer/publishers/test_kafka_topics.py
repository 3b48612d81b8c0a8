"""Making topics, with an administrator of Kafka's that is played. tests/services has it with a real one."""

from concurrent.futures import Future
from types import SimpleNamespace
from typing import Any

import pytest
from confluent_kafka import KafkaError, KafkaException
from django.core.management import CommandError, call_command

from vectorizer.publishers import kafka_topics
from vectorizer.publishers.kafka_topics import KafkaUnavailable, create_topics, ends


def done(result: object = None) -> "Future[Any]":
    future: Future[Any] = Future()
    future.set_result(result)
    return future


def failed(code: int) -> "Future[Any]":
    future: Future[Any] = Future()
    future.set_exception(KafkaException(KafkaError(code)))
    return future


class Brokers:
    """Brokers with these topics (name → partitions). `problem`: the error of whatever they are asked."""

    def __init__(self) -> None:
        self.topics: dict[str, int] = {}
        self.config: dict[str, dict[str, str]] = {}
        self.problem: dict[str, int] = {}

    def create_topics(self, topics: Any, **_: Any) -> dict[str, "Future[Any]"]:
        (topic,) = topics
        if "create" in self.problem:
            return {topic.topic: failed(self.problem["create"])}
        if topic.topic in self.topics:
            return {topic.topic: failed(KafkaError.TOPIC_ALREADY_EXISTS)}
        self.topics[topic.topic] = topic.num_partitions
        self.config[topic.topic] = topic.config
        return {topic.topic: done()}

    def incremental_alter_configs(self, resources: Any, **_: Any) -> dict[Any, "Future[Any]"]:
        (resource,) = resources
        if "alter" in self.problem:
            return {resource: failed(self.problem["alter"])}
        self.config[resource.name] = {entry.name: entry.value for entry in resource.incremental_configs}
        return {resource: done()}

    def list_topics(self, **_: Any) -> Any:
        if "list" in self.problem:
            raise KafkaException(KafkaError(self.problem["list"]))
        topics = {name: SimpleNamespace(partitions=range(count)) for name, count in self.topics.items()}
        return SimpleNamespace(topics=topics)

    def list_offsets(self, places: Any, **_: Any) -> dict[Any, "Future[Any]"]:
        if "offsets" in self.problem:
            return {place: failed(self.problem["offsets"]) for place in places}
        return {place: done(SimpleNamespace(offset=10 + place.partition)) for place in places}


@pytest.fixture
def brokers(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Brokers:
    settings.KAFKA_BROKERS = "played:1"
    settings.TOPIC_PARTITIONS = 2
    brokers = Brokers()
    monkeypatch.setattr(kafka_topics, "AdminClient", lambda _: brokers)
    return brokers


def test_a_model_has_a_compacted_topic_and_one_of_dead_letters(brokers: Brokers) -> None:
    made = create_topics(["eye"])
    assert [(topic.name, topic.made, topic.partitions) for topic in made] == [
        ("paintings.eye", True, 2),
        ("paintings.eye.dead", True, 2),
    ]
    assert brokers.config["paintings.eye"]["cleanup.policy"] == "compact"
    assert brokers.config["paintings.eye.dead"]["cleanup.policy"] == "delete"


@pytest.mark.parametrize(("copies", "in_sync"), [(1, "1"), (2, "1"), (3, "2")])
def test_where_there_are_three_copies_two_have_a_record_before_it_counts(
    copies: int, in_sync: str, brokers: Brokers, settings: Any
) -> None:
    settings.TOPIC_REPLICATION = copies
    create_topics(["eye"])
    assert brokers.config["paintings.eye"]["min.insync.replicas"] == in_sync


def test_a_topic_that_is_there_keeps_its_partitions_and_gets_the_settings_of_today(
    brokers: Brokers, settings: Any
) -> None:
    create_topics(["eye"])
    settings.TOPIC_PARTITIONS = 9
    brokers.config["paintings.eye"] = {}
    again = create_topics(["eye"])
    assert [(topic.made, topic.partitions) for topic in again] == [(False, 2)] * 2
    assert brokers.config["paintings.eye"]["cleanup.policy"] == "compact"


@pytest.mark.parametrize("asked", ["create", "alter", "list"])
def test_brokers_that_refuse_are_named(asked: str, brokers: Brokers) -> None:
    create_topics(["eye"])
    brokers.problem[asked] = KafkaError.TOPIC_AUTHORIZATION_FAILED
    with pytest.raises(KafkaUnavailable, match="played:1"):
        create_topics(["eye"])


def test_the_ends_of_a_topic_are_told_a_partition(brokers: Brokers) -> None:
    assert ends("paintings.eye") == {}
    create_topics(["eye"])
    assert ends("paintings.eye") == {0: 10, 1: 11}
    brokers.problem["offsets"] = KafkaError.LEADER_NOT_AVAILABLE
    with pytest.raises(KafkaUnavailable, match="played:1"):
        ends("paintings.eye")


def test_the_client_is_made_of_the_settings(settings: Any) -> None:
    settings.KAFKA_BROKERS = "127.0.0.1:1"
    settings.KAFKA_OPTIONS = {"log_level": 0}
    assert kafka_topics._client() is not None


@pytest.mark.django_db
def test_the_command_tells_what_it_made(brokers: Brokers, settings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("create_topics", "--model", "eye")
    assert "paintings.eye was made: 2 partitions." in capsys.readouterr().out
    settings.TOPIC_PARTITIONS = 3
    call_command("create_topics")
    call_command("create_topics", "--model", "eye")
    assert "A topic keeps its partitions" in capsys.readouterr().err
    brokers.problem["list"] = KafkaError._TRANSPORT
    with pytest.raises(CommandError, match="played:1"):
        call_command("create_topics", "--model", "eye")
