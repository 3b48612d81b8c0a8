"""What becomes of a batch, for an index that keeps the newest version of each painting."""

from collections.abc import Iterable
from typing import Any

import pytest

from search.indexes.elasticsearch import writing
from search.indexes.elasticsearch.writing import Written
from search.sink import batches
from tests.search.sink import record
from vectorizer.documents import Message


class SmallIndex:
    """Takes messages as Elasticsearch does; refuses those whose body is `poison`."""

    poison = b'{"poison": true}'

    def __init__(self) -> None:
        self.versions: dict[int, int] = {}
        self.calls = 0

    def write(self, messages: Iterable[Message], *, target: str, client: object) -> Written:
        self.calls += 1
        written = Written()
        for message in messages:
            if message.body == self.poison:
                written.failures[message.painting_id] = "mapping"
            elif message.version <= self.versions.get(message.painting_id, -1):
                written.stale += 1
            else:
                self.versions[message.painting_id] = message.version
                written.deleted += message.body is None
                written.indexed += message.body is not None
        return written


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch, settings: Any) -> SmallIndex:
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:1"
    small = SmallIndex()
    monkeypatch.setattr(writing, "write", small.write)
    return small


def test_documents_and_tombstones_are_written_at_once(index: SmallIndex) -> None:
    settled = batches.settle([record(1), record(2), record(3, body=None)], target="eye-write")

    assert (settled.indexed, settled.deleted, settled.stale, settled.refused) == (2, 1, 0, ())
    assert index.calls == 1


def test_of_several_versions_only_the_newest_is_written(index: SmallIndex) -> None:
    settled = batches.settle([record(1, version=5), record(1, version=9), record(1, version=7)], target="eye-write")

    assert index.versions == {1: 9}
    assert (settled.indexed, settled.stale) == (1, 2)
    assert index.calls == 1


def test_where_the_newest_is_refused_the_one_before_it_is_written(index: SmallIndex) -> None:
    poison = record(1, version=9, body=SmallIndex.poison)

    settled = batches.settle([record(1, version=7), record(1, version=8), poison, record(2)], target="eye-write")

    assert index.versions == {1: 8, 2: 1}
    assert [refused.record for refused in settled.refused] == [poison]
    assert (settled.indexed, settled.stale) == (2, 1)


def test_every_record_of_a_painting_that_is_always_refused_is_a_dead_letter(index: SmallIndex) -> None:
    poison = [record(1, version=version, body=SmallIndex.poison, offset=version) for version in (3, 4, 4)]

    settled = batches.settle(poison, target="eye-write")

    assert len(settled.refused) == 3
    assert settled.stale == 0


def test_malformed_records_are_refused_and_never_written(index: SmallIndex) -> None:
    settled = batches.settle([record(b"odd"), record(1, version=None), record(2)], target="eye-write")

    assert index.versions == {2: 1}
    assert [refused.reason.split(" is ")[0] for refused in settled.refused] == ["The key", "The header “version”"]
    assert settled.indexed == 1


def test_a_batch_of_malformed_records_asks_the_index_nothing(index: SmallIndex) -> None:
    assert len(batches.settle([record(b"odd")], target="eye-write").refused) == 1
    assert index.calls == 0
