"""One batch of records of one topic, written to its index."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from search.indexes.elasticsearch import client, writing
from search.sink.records import Malformed, Record
from vectorizer.documents import Message

_Versions: TypeAlias = list[tuple[Message, Record]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A record that can't be indexed, however often it is tried, and why."""

    record: Record
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What became of a batch: the four add up to its records. `stale`: the index has, or got, a newer version."""

    indexed: int
    deleted: int
    stale: int
    refused: tuple[Refused, ...]


def settle(records: Sequence[Record], *, target: str) -> Settled:
    """Write the records to the write alias `target`; when this returns, the index has them, or never will.

    Of several versions of a painting only the newest is written; the one before it has its turn where that is refused.
    Raises IndexUnavailable where the index can't be written to now: nothing is lost by asking again.
    """
    # Once, since whoever settles tries again, and Kafka must hear from it in between.
    once = client.client().options(request_timeout=client.WRITING_SECONDS, max_retries=0, retry_on_timeout=False)
    waiting, refused = _read(records)
    indexed = deleted = 0
    while waiting:
        newest = {painting_id: versions.pop() for painting_id, versions in waiting.items()}
        written = writing.write((message for message, _ in newest.values()), target=target, client=once)
        indexed, deleted = indexed + written.indexed, deleted + written.deleted
        for painting_id, reason in written.failures.items():
            refused.append(Refused(record=newest[painting_id][1], reason=reason))
        waiting = {painting_id: waiting[painting_id] for painting_id in written.failures if waiting[painting_id]}
    stale = len(records) - indexed - deleted - len(refused)
    return Settled(indexed=indexed, deleted=deleted, stale=stale, refused=tuple(refused))


def _read(records: Iterable[Record]) -> tuple[dict[int, _Versions], list[Refused]]:
    """Painting id → its versions, the newest last; and the records that are malformed."""
    paintings: dict[int, _Versions] = {}
    refused = []
    for record in records:
        try:
            message = record.message()
        except Malformed as problem:
            refused.append(Refused(record=record, reason=str(problem)))
        else:
            paintings.setdefault(message.painting_id, []).append((message, record))
    for versions in paintings.values():
        versions.sort(key=lambda version: version[0].version)
    return paintings, refused
