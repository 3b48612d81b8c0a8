"""After a backup of the database was restored: what was published since the backup is newer than the database.

Readers keep the highest version of a painting that they have seen, so everything is published anew above all of them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeVar

from django.conf import settings

from gallery import journal
from gallery.journal import ROWS_AT_ONCE, Kind
from gallery.models import Change, Painting
from search import indexes
from vectorizer.models import EncoderModel
from vectorizer.publishers.topics import topic_name

# Above the highest version that is seen: tombstones have versions, too, and an index doesn't tell them. As many
# paintings would have to be deleted one after another to use it up.
MARGIN = 1_000_000
CLOCKS = timedelta(hours=1)  # how far those of the machines may be apart

Progress = Callable[[int], object]
Item = TypeVar("Item")


class Unreadable(Exception):
    """A topic can't be read now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What is known outside of the database: the highest version, and what was published since the backup was made.

    Of that, the paintings that the database doesn't have.
    """

    highest: int
    unknown: frozenset[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """The journal's ids begin above `above`; `told` paintings are published anew, and `gone` ones as tombstones."""

    above: int
    told: int
    gone: int


def published() -> Published:
    """Look into the indexes and topics of the models in service.

    Raises IndexUnavailable and Unreadable.
    """
    last = Change.objects.order_by("-id").first()
    highest, unknown = journal.position(), set[int]()
    for model in EncoderModel.in_service():
        if indexes.index().is_made(model):
            highest = max(highest, indexes.upkeep(model).highest_version())
        for records in _parts(_topic(model, last)):
            highest = max(highest, *(version for _, version in records))
            unknown |= _unknown([painting_id for painting_id, _ in records])
    return Published(highest=highest, unknown=frozenset(unknown))


def restore(outside: Published, progress: Progress) -> Restored:
    """Lift the journal above all that is outside, and note every painting in it: the relay publishes them all.

    What is outside and not in the database is noted as deleted. Done again, it is done again: nothing is lost by it.
    Raises as `published` does.
    """
    above = outside.highest + MARGIN
    journal.lift(above)
    # All of these before anything else, in one transaction: whoever begins anew after a crash reads topics since the
    # journal's last entry, and would not come upon them again.
    gone = _buried(outside.unknown | _only_in_indexes())
    told = sum(_noted(ids, progress) for ids in _paintings())
    return Restored(above=above, told=told, gone=gone)


def _only_in_indexes() -> set[int]:
    """Paintings that the indexes hold and the database doesn't have."""
    unknown = set[int]()
    for model in EncoderModel.in_service():
        if indexes.index().is_made(model):
            for ids in _parts(held.id for held in indexes.upkeep(model).held()):
                unknown |= _unknown(ids)
    return unknown


def _unknown(painting_ids: Sequence[int]) -> set[int]:
    """Those of these that are not in the database."""
    return set(painting_ids).difference(Painting.objects.filter(pk__in=painting_ids).values_list("pk", flat=True))


def _topic(model: EncoderModel, last: Change | None) -> Iterator[tuple[int, int]]:
    """Painting and version of what was published after the restored journal's last entry."""
    if not settings.KAFKA_BROKERS:
        return
    from search.sink import looking  # with Kafka's client, which not every size has
    from vectorizer.publishers.kafka_topics import KafkaUnavailable

    try:
        yield from looking.published_since(topic_name(model.name), last.at - CLOCKS if last else None)
    except KafkaUnavailable as problem:
        raise Unreadable(str(problem)) from problem


def _paintings() -> Iterator[list[int]]:
    after = 0
    everything = Painting.objects.order_by("pk")
    while ids := list(everything.filter(pk__gt=after).values_list("pk", flat=True)[:ROWS_AT_ONCE]):
        yield ids
        after = ids[-1]


def _noted(ids: Sequence[int], progress: Progress) -> int:
    with journal.writing():
        there = list(Painting.objects.filter(pk__in=ids).order_by("pk").values_list("pk", flat=True))
        journal.record(there, Kind.CHANGED)
    progress(len(ids))
    return len(there)


def _buried(ids: Iterable[int]) -> int:
    """Note as deleted those of these that are not in the database by now, and return how many they are."""
    with journal.writing():
        gone = [id_ for part in _parts(sorted(ids)) for id_ in _unknown(part)]
        journal.record(gone, Kind.DELETED)
    return len(gone)


def _parts(items: Iterable[Item]) -> Iterator[list[Item]]:
    part: list[Item] = []
    for item in items:
        part.append(item)
        if len(part) == ROWS_AT_ONCE:
            yield part
            part = []
    if part:
        yield part
