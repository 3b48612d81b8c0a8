"""The loop: what is committed, what is held, and for how long."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pytest
from django.db import OperationalError

from search.indexes.base import IndexUnavailable
from search.sink import batches, sinking
from search.sink.batches import Refused, Settled
from search.sink.dead_letters import LettersHeldUp
from search.sink.records import Partition, Record
from search.sink.sinking import Sink
from tests.search.sink import record

EYE, OLD_EYE = "paintings.eye", "paintings.old-eye"


class MemoryGroup:
    """Gives out the batches of `coming`, one a turn, and stops the sink when there are no more."""

    def __init__(self, *coming: Sequence[Record]) -> None:
        self.coming = list(coming)
        self.followed: list[set[str]] = []
        self.committed: list[Record] = []
        self.paused: set[str] = set()
        self.closed = False
        self.sink: Sink | None = None

    def follow(self, topics: Iterable[str]) -> None:
        self.followed.append(set(topics))

    def next(self) -> list[Record]:
        if not self.coming:
            assert self.sink is not None
            self.sink.stop()
            return []
        return list(self.coming.pop(0))

    def commit(self, records: Iterable[Record]) -> None:
        self.committed += records

    def pause(self, topic: str) -> None:
        self.paused.add(topic)

    def resume(self, topic: str) -> None:
        self.paused.discard(topic)

    def ends(self, topics: Iterable[str]) -> Mapping[Partition, int]:
        return {(EYE, 0): 2}

    def has_reached(self, ends: Mapping[Partition, int]) -> bool:
        return len(self.committed) >= sum(ends.values())

    def close(self) -> None:
        self.closed = True


class MemoryLetters:
    def __init__(self) -> None:
        self.down = False
        self.letters: list[Refused] = []

    def send(self, refused: Sequence[Refused]) -> None:
        if self.down and refused:
            raise LettersHeldUp("The broker is down.")
        self.letters += refused


class Indexes:
    """Takes everything but from the topics that are `down`, and refuses bodies that are lists."""

    def __init__(self) -> None:
        self.down: set[str] = set()
        self.tries = 0

    def settle(self, records: Sequence[Record], *, target: str) -> Settled:
        self.tries += 1
        if target in self.down:
            raise IndexUnavailable(f"{target} is down.")
        refused = [Refused(record=one, reason="a list") for one in records if one.value == b"[]"]
        return Settled(indexed=len(records) - len(refused), deleted=0, stale=0, refused=tuple(refused))


@pytest.fixture
def indexes(monkeypatch: pytest.MonkeyPatch) -> Indexes:
    all_of_them = Indexes()
    monkeypatch.setattr(batches, "settle", all_of_them.settle)
    monkeypatch.setattr(sinking, "targets", lambda: {EYE: "eye-write", OLD_EYE: "old-eye-write"})
    monkeypatch.setattr(sinking, "FIRST_WAIT_SECONDS", 0.0)
    monkeypatch.setattr(sinking, "close_old_connections", lambda: None)
    return all_of_them


def sink(group: MemoryGroup, letters: MemoryLetters | None = None) -> Sink:
    group.sink = Sink(group=group, dead_letters=letters or MemoryLetters())  # type: ignore[arg-type]
    return group.sink


def test_a_batch_is_committed_when_the_index_has_it(indexes: Indexes) -> None:
    group = MemoryGroup([record(1), record(2, topic=OLD_EYE)])

    member = sink(group)
    member.run()

    assert group.committed == [record(1), record(2, topic=OLD_EYE)]
    assert group.closed
    assert str(member.total) == "2 indexed, 0 deleted, 0 older ones ignored, 0 dead letters"


def test_dead_letters_are_sent_before_the_commit(indexes: Indexes) -> None:
    group, letters = MemoryGroup([record(1, body=b"[]"), record(2)], [], []), MemoryLetters()
    letters.down = True
    member = sink(group, letters)

    member._follow(sinking.targets())
    member.turn()
    assert group.committed == []

    letters.down = False
    member.turn()
    assert len(group.committed) == 2
    assert [letter.record for letter in letters.letters] == [record(1, body=b"[]")]
    assert member.total.dead == 1


def test_a_topic_whose_index_is_down_waits_and_the_other_goes_on(indexes: Indexes) -> None:
    indexes.down = {"eye-write"}
    group = MemoryGroup([record(1), record(2, topic=OLD_EYE)], [record(3, topic=OLD_EYE)], [])
    member = sink(group)

    member._follow(sinking.targets())
    member.turn()
    member.turn()
    assert group.paused == {EYE}
    assert group.committed == [record(2, topic=OLD_EYE), record(3, topic=OLD_EYE)]

    indexes.down = set()
    member.turn()
    assert group.paused == set()
    assert group.committed[2:] == [record(1)]


def test_what_comes_of_a_paused_topic_all_the_same_waits_with_the_rest(indexes: Indexes) -> None:
    indexes.down = {"eye-write"}
    group = MemoryGroup([record(1)], [record(2, offset=1)], [])
    member = sink(group)

    member._follow(sinking.targets())
    member.turn()
    member.turn()
    indexes.down = set()
    member.turn()

    assert group.committed == [record(1), record(2, offset=1)]


def test_pauses_grow_up_to_a_limit(indexes: Indexes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sinking, "FIRST_WAIT_SECONDS", 10.0)
    indexes.down = {"eye-write"}
    group = MemoryGroup([record(1)], [], [])
    member = sink(group)

    member._follow(sinking.targets())
    for _ in range(3):
        member.turn()

    assert indexes.tries == 1
    held = member._held[EYE]
    for _ in range(100):
        member._hold(EYE, held.records, IndexUnavailable("down"))
    assert held.due < sinking.time.monotonic() + sinking.LONGEST_WAIT_SECONDS + 1


def test_records_of_a_partition_that_another_has_now_are_forgotten(indexes: Indexes) -> None:
    indexes.down = {"eye-write"}
    group = MemoryGroup([record(1, partition=0), record(2, partition=1)], [])
    member = sink(group)
    member._follow(sinking.targets())
    member.turn()

    member.forget((EYE, 0))
    member.forget((OLD_EYE, 0))
    indexes.down = set()
    member.turn()

    assert group.committed == [record(2, partition=1)]


def test_it_stops_when_it_has_caught_up(indexes: Indexes) -> None:
    group = MemoryGroup([record(1), record(2, offset=1)], [record(3, offset=2)])

    sink(group).run(until_caught_up=True)

    assert len(group.committed) == 2


def test_a_stopped_sink_tries_nothing_again(indexes: Indexes) -> None:
    indexes.down = {"eye-write"}
    group = MemoryGroup([record(1)])

    sink(group).run()

    assert indexes.tries == 2  # both in the turn before it was stopped
    assert group.committed == []
    assert group.closed


def test_a_model_that_comes_into_service_is_followed(indexes: Indexes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sinking, "LOOK_FOR_MODELS_SECONDS", 0.0)
    group = MemoryGroup([], [])
    member = sink(group)
    member._follow({EYE: "eye-write"})

    member.turn()
    member.turn()

    assert group.followed == [{EYE}, {EYE, OLD_EYE}]


def test_a_database_that_is_away_changes_nothing(indexes: Indexes, monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> dict[str, str]:
        raise OperationalError("The database is away.")

    monkeypatch.setattr(sinking, "LOOK_FOR_MODELS_SECONDS", 0.0)
    group = MemoryGroup([record(1)])
    member = sink(group)
    member._follow(sinking.targets())
    monkeypatch.setattr(sinking, "targets", away)

    member.turn()

    assert group.committed == [record(1)]
    assert len(group.followed) == 1


@pytest.mark.django_db
def test_every_model_in_service_has_a_topic_and_an_index(settings: Any) -> None:
    name = settings.ENCODER_ARTIFACT

    assert sinking.targets() == {f"paintings.{name}": f"pendant-{name}-write"}
