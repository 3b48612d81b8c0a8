"""Dead letters, for a producer in memory."""

from collections.abc import Callable
from typing import Any

import pytest
from confluent_kafka import KafkaError

from search.sink import dead_letters
from search.sink.batches import Refused
from search.sink.dead_letters import DeadLetters, LettersHeldUp
from tests.search.sink import record


class MemoryProducer:
    """Accepts all; or none while `problem`; or none above `largest` bytes."""

    made = 0
    sent: list[dict[str, Any]] = []
    configuration: dict[str, Any] = {}
    problem: KafkaError | None = None
    silent = False
    largest = 1000

    def __init__(self, configuration: dict[str, Any], logger: object) -> None:
        MemoryProducer.made += 1
        type(self).configuration = configuration
        self._waiting: list[Callable[[], None]] = []

    def produce(self, topic: str, *, on_delivery: Callable[[KafkaError | None, object], None], **letter: Any) -> None:
        too_large = len(letter["value"] or b"") > self.largest
        problem = KafkaError(KafkaError.MSG_SIZE_TOO_LARGE) if too_large else self.problem
        if problem is None:
            self.sent.append({"topic": topic, **letter})
        self._waiting.append(lambda: on_delivery(problem, None))

    def flush(self, seconds: float) -> int:
        if self.silent:
            return len(self._waiting)
        for told in self._waiting:
            told()
        self._waiting = []
        return 0

    def purge(self) -> None:
        self._waiting = []


@pytest.fixture
def producer(monkeypatch: pytest.MonkeyPatch, settings: Any) -> type[MemoryProducer]:
    settings.KAFKA_BROKERS = "127.0.0.1:1"
    fresh = type("Fresh", (MemoryProducer,), {"sent": []})
    monkeypatch.setattr(dead_letters, "Producer", fresh)
    return fresh


def test_a_dead_letter_is_the_record_as_it_came_and_its_reason(producer: type[MemoryProducer]) -> None:
    refused = Refused(record=record(7, version=3, body=b"[7]", partition=2, offset=41), reason="It is no object.")

    DeadLetters().send([refused])

    (letter,) = producer.sent
    assert letter["topic"] == "paintings.eye.dead"
    assert (letter["key"], letter["value"]) == (b"7", b"[7]")
    assert dict(letter["headers"]) == {
        "version": b"3",
        "schema_version": b"1",
        "reason": "It is no object.",
        "topic": "paintings.eye",
        "partition": "2",
        "offset": "41",
    }


def test_no_topic_is_made_by_writing_to_it(producer: type[MemoryProducer]) -> None:
    DeadLetters().send([Refused(record=record(1), reason="It is no object.")])
    assert producer.configuration["allow.auto.create.topics"] is False


def test_where_nothing_was_refused_no_producer_is_made(producer: type[MemoryProducer]) -> None:
    before = MemoryProducer.made
    DeadLetters().send([])
    assert MemoryProducer.made == before


def test_a_broker_that_refuses_holds_them_up_and_another_producer_sends_them_later(
    producer: type[MemoryProducer],
) -> None:
    letters, refused = DeadLetters(), [Refused(record=record(7), reason="poison")]
    producer.problem = KafkaError(KafkaError.UNKNOWN_TOPIC_OR_PART)
    with pytest.raises(LettersHeldUp, match=r"paintings\.eye\.dead takes no dead letters"):
        letters.send(refused)

    producer.problem = None
    letters.send(refused)

    assert len(producer.sent) == 1


def test_a_broker_that_says_nothing_holds_them_up(producer: type[MemoryProducer]) -> None:
    producer.silent = True
    with pytest.raises(LettersHeldUp, match="does not answer"):
        DeadLetters().send([Refused(record=record(7), reason="poison")])


def test_one_that_is_too_large_is_sent_without_its_value(producer: type[MemoryProducer]) -> None:
    large, small = record(7, body=b"[" + b"7" * 2000), record(8, body=b"[8]")

    DeadLetters().send([Refused(record=large, reason="poison"), Refused(record=small, reason="poison")])

    assert {letter["key"]: letter["value"] for letter in producer.sent} == {b"8": b"[8]", b"7": None}
    assert "left out" in dict(producer.sent[-1]["headers"])["reason"]
