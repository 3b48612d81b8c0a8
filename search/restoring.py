"""After a backup of the database was restored: what was published since the backup is newer than the database.

Readers keep the highest version of a painting that they have seen, so everything is published anew above all of them.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

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


class Unreadable(Exception):
    """A topic can't be read now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What is known outside of the database: the highest version, and what was published since the backup was made."""

    highest: int
    painting_ids: frozenset[int]


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
    highest, ids = journal.position(), set[int]()
    for model in EncoderModel.in_service():
        if indexes.index().is_made(model):
            highest = max(highest, indexes.upkeep(model).highest_version())
        for painting_id, version in _topic(model, last):
            highest = max(highest, version)
            ids.add(painting_id)
    return Published(highest=highest, painting_ids=frozenset(ids))


def restore(outside: Published, progress: Progress) -> Restored:
    """Lift the journal above all that is outside, and note every painting in it: the relay publishes them all.

    What is outside and not in the database is noted as deleted. Done again, it is done again: nothing is lost by it.
    Raises as `published` does.
    """
    above = outside.highest + MARGIN
    journal.lift(above)
    told = sum(_noted(ids, progress) for ids in _paintings())
    gone = set[int]()
    for ids in _parts(_outside(outside)):
        gone.update(_buried([id_ for id_ in ids if id_ not in gone]))
    return Restored(above=above, told=told, gone=len(gone))


def _outside(outside: Published) -> Iterator[int]:
    """All paintings that topics and indexes may hold."""
    yield from outside.painting_ids
    for model in EncoderModel.in_service():
        if indexes.index().is_made(model):
            yield from (held.id for held in indexes.upkeep(model).held())


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


def _buried(ids: Sequence[int]) -> list[int]:
    """Note as deleted those of these that are not in the database, and return them."""
    with journal.writing():
        there = set(Painting.objects.filter(pk__in=ids).values_list("pk", flat=True))
        gone = [id_ for id_ in ids if id_ not in there]
        journal.record(gone, Kind.DELETED)
    return gone


def _parts(ids: Iterable[int]) -> Iterator[list[int]]:
    part: list[int] = []
    for id_ in ids:
        part.append(id_)
        if len(part) == ROWS_AT_ONCE:
            yield part
            part = []
    if part:
        yield part
