"""A member of the group, for a consumer in memory."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from confluent_kafka import KafkaError, KafkaException, TopicPartition
from confluent_kafka import Message as Consumed

from search.sink import group as group_module
from search.sink.group import Group
from search.sink.records import Partition

EYE = "paintings.eye"


class MemoryConsumer:
    """Gives out `coming`, a list a call; what is callable among it happens during the call, as rebalances do."""

    def __init__(self, configuration: dict[str, Any], logger: object) -> None:
        self.configuration = configuration
        self.coming: list[Sequence[Any]] = []
        self.offsets: dict[Partition, int] = {}
        self.own: list[TopicPartition] = []
        self.paused: set[Partition] = set()
        self.problem: KafkaException | None = None
        self.calls: dict[str, Callable[..., object]] = {}
        self.topics: list[str] = []
        self.closed = False

    def subscribe(self, topics: list[str], **calls: Callable[..., object]) -> None:
        self.topics, self.calls = topics, calls

    def consume(self, count: int, timeout: float) -> list[Consumed]:
        things = self.coming.pop(0) if self.coming else []
        for thing in things:
            if callable(thing):
                thing()
        return [thing for thing in things if not callable(thing)]

    def commit(self, *, offsets: list[TopicPartition], asynchronous: bool) -> None:
        assert not asynchronous
        if self.problem:
            raise self.problem
        self.offsets |= {(place.topic, place.partition): place.offset for place in offsets}

    def committed(self, places: list[TopicPartition], seconds: float) -> list[TopicPartition]:
        return [
            TopicPartition(place.topic, place.partition, self.offsets.get((place.topic, place.partition), -1001))
            for place in places
        ]

    def assignment(self) -> list[TopicPartition]:
        return self.own

    def incremental_assign(self, places: list[TopicPartition]) -> None:
        self.own += places

    def incremental_unassign(self, places: list[TopicPartition]) -> None:
        self.own = [place for place in self.own if place not in places]

    def pause(self, places: list[TopicPartition]) -> None:
        self.paused |= {(place.topic, place.partition) for place in places}

    def resume(self, places: list[TopicPartition]) -> None:
        self.paused -= {(place.topic, place.partition) for place in places}

    def close(self) -> None:
        self.closed = True


@pytest.fixture
def left() -> list[Partition]:
    return []


@pytest.fixture
def group(monkeypatch: pytest.MonkeyPatch, settings: Any, left: list[Partition]) -> Group:
    settings.KAFKA_BROKERS = "127.0.0.1:1"
    settings.KAFKA_OPTIONS = {"session.timeout.ms": 6000, "enable.auto.commit": True}
    monkeypatch.setattr(group_module, "Consumer", MemoryConsumer)
    member = Group(left=left.append)
    member.follow([EYE])
    return member


def consumer(group: Group) -> MemoryConsumer:
    found: Any = group._consumer
    assert isinstance(found, MemoryConsumer)
    return found


def consumed(offset: int, *, partition: int = 0, value: bytes = b"{}") -> Consumed:
    return Consumed(topic=EYE, partition=partition, offset=offset, key=b"7", value=value, headers=[("version", b"1")])


def rebalanced(group: Group, how: str, *partitions: int) -> None:
    member = consumer(group)
    member.calls[how](member, [TopicPartition(EYE, number) for number in partitions])


def test_the_installation_may_add_options_but_not_commit_by_itself(group: Group) -> None:
    configuration = consumer(group).configuration

    assert configuration["session.timeout.ms"] == 6000
    assert configuration["enable.auto.commit"] is False
    assert configuration["group.id"] == "pendant-sink"


def test_records_come_as_they_lie_in_the_topic(group: Group) -> None:
    consumer(group).coming = [[consumed(41)]]

    (record,) = group.next()

    assert (record.topic, record.partition, record.offset) == (EYE, 0, 41)
    assert (record.key, record.value, record.headers) == (b"7", b"{}", (("version", b"1"),))


def test_a_batch_is_bounded_by_records_and_by_bytes(group: Group, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(group_module, "RECORDS_A_CALL", 2)
    monkeypatch.setattr(group_module, "RECORDS_AT_ONCE", 4)
    consumer(group).coming = [[consumed(0), consumed(1)], [consumed(2), consumed(3)], [consumed(4)]]
    assert len(group.next()) == 4
    assert len(group.next()) == 1

    monkeypatch.setattr(group_module, "BYTES_AT_ONCE", 10)
    consumer(group).coming = [[consumed(5, value=b"{1234567}"), consumed(6)], [consumed(7)]]
    assert len(group.next()) == 2


def test_a_problem_that_kafka_tells_of_is_no_record(group: Group, caplog: pytest.LogCaptureFixture) -> None:
    problem = Consumed(topic=EYE, error=KafkaError(KafkaError.UNKNOWN_TOPIC_OR_PART))
    consumer(group).coming = [[problem, consumed(1)]]

    assert [record.offset for record in group.next()] == [1]
    assert EYE in caplog.text


def test_the_offset_after_the_last_record_of_each_partition_is_committed(group: Group) -> None:
    consumer(group).coming = [[consumed(4), consumed(5), consumed(9, partition=1)]]

    group.commit(group.next())
    group.commit([])

    assert consumer(group).offsets == {(EYE, 0): 6, (EYE, 1): 10}


def test_a_commit_that_fails_is_told_and_stops_nothing(group: Group, caplog: pytest.LogCaptureFixture) -> None:
    consumer(group).coming = [[consumed(4)]]
    consumer(group).problem = KafkaException(KafkaError(KafkaError.REBALANCE_IN_PROGRESS))

    group.commit(group.next())

    assert "come again" in caplog.text


@pytest.mark.parametrize("how", ["on_revoke", "on_lost"])
def test_records_of_a_partition_that_leaves_meanwhile_are_dropped(
    group: Group, left: list[Partition], monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    monkeypatch.setattr(group_module, "RECORDS_A_CALL", 2)
    rebalanced(group, "on_assign", 0, 1)
    consumer(group).coming = [[consumed(0), consumed(0, partition=1)], [lambda: rebalanced(group, how, 0)]]

    assert [record.partition for record in group.next()] == [1]
    assert left == [(EYE, 0)]
    assert consumer(group).own == [TopicPartition(EYE, 1)]


def test_a_partition_that_comes_while_its_topic_is_paused_is_paused_too(group: Group) -> None:
    rebalanced(group, "on_assign", 0)
    group.pause(EYE)
    rebalanced(group, "on_assign", 1)
    assert consumer(group).paused == {(EYE, 0), (EYE, 1)}

    group.resume(EYE)
    rebalanced(group, "on_assign", 2)
    assert consumer(group).paused == set()


def test_the_group_has_caught_up_when_every_partition_with_records_is_done(group: Group) -> None:
    ends = {(EYE, 0): 5, (EYE, 1): 0, (EYE, 2): 7}
    assert not group.has_reached(ends)

    consumer(group).offsets = {(EYE, 0): 6, (EYE, 2): 7}

    assert group.has_reached(ends)
    assert group.has_reached({})


def test_a_member_leaves_the_group_when_it_closes(group: Group) -> None:
    group.close()

    assert consumer(group).closed
