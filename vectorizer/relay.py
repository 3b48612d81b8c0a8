"""The relay: follows the journal and publishes what changed, a topic a model.

It publishes the present state of every painting that the journal names after its position, and only then advances the
position. So whatever crashes, and wherever, is published again: at least once, and twice is as good as once. Readers go
by the version.
"""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone

from gallery.models import Change
from vectorizer import documents, encoder, publishers
from vectorizer.documents import Problem
from vectorizer.models import EncoderModel, RelayPosition, Unpublished
from vectorizer.publishers import Publisher, PublishError
from vectorizer.relay_lock import alone

BATCH = 500  # paintings published at once: some 10 MB of documents
ENTRIES_A_PAINTING = 10  # of the journal, read for a batch: a painting that changed often fills none by itself
REASON_LENGTH = 500

logger = logging.getLogger(__name__)


class RelayHeldUp(Exception):
    """Nothing can be published at present. Nothing is lost: the next drain begins where this one stopped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drained:
    """How many paintings were published, tombstones included, how many could not be, and how far in the journal."""

    published: int = 0
    failed: int = 0
    position: int = 0

    def __add__(self, other: "Drained") -> "Drained":
        return Drained(
            published=self.published + other.published,
            failed=self.failed + other.failed,
            position=max(self.position, other.position),
        )


def drain(
    model: EncoderModel,
    *,
    publisher: Publisher | None = None,
    batch: int = BATCH,
    stop: Callable[[], bool] = lambda: False,
) -> Drained:
    """Publish all that the journal names after the position, to the publisher of the settings unless told another.

    `stop` is asked before each batch. On PostgreSQL one relay a model works at a time; another one does nothing.
    A painting that can't be published is recorded (`Unpublished`) and holds up no other.
    Raises RelayHeldUp where nothing can be published now; `encoder.ArtifactError`.
    """
    publisher = publisher or publishers.publisher()
    total = Drained()
    while publisher is not None and not stop():
        with alone(model) as ours:
            if ours:
                total += _drain(model, publisher, batch, stop)
        # Who rang while we held the lock did nothing, and relied on us.
        if not ours or not _entries(position(model), 1):
            break
    return replace(total, position=position(model))


def drain_all(*, publisher: Publisher | None = None, stop: Callable[[], bool] = lambda: False) -> Mapping[str, Drained]:
    """The same for every model in service, by its name. One that is held up holds up no other.

    Raises RelayHeldUp at the end, with all that stands in the way.
    """
    return _each(lambda model: drain(model, publisher=publisher, stop=stop))


def turn(*, stop: Callable[[], bool]) -> bool:
    """`drain_all` for those who come again anyway. False where it is held up: the log says why."""
    try:
        drain_all(stop=stop)
    except RelayHeldUp as problem:
        logger.warning("The relay is held up, and nothing is lost: %s", problem)
        return False
    return True


def retry(model: EncoderModel, *, publisher: Publisher | None = None, batch: int = BATCH) -> Drained:
    """Publish what could not be published before, by its present state. Does nothing while a relay is at work.

    Raises RelayHeldUp and `encoder.ArtifactError`.
    """
    publisher = publisher or publishers.publisher()
    total, after = Drained(position=position(model)), 0
    with alone(model) as ours:
        while ours and publisher is not None:
            left = Unpublished.objects.filter(model=model, painting_id__gt=after).order_by("painting_id")
            ids = list(left.values_list("painting_id", flat=True)[:batch])
            if not ids:
                break
            total += _publish(model, publisher, ids)
            after = ids[-1]
    return total


def retry_all(*, publisher: Publisher | None = None) -> Mapping[str, Drained]:
    """The same for every model in service, by its name. Raises RelayHeldUp at the end."""
    return _each(lambda model: retry(model, publisher=publisher))


def skip(model: EncoderModel, to: int) -> None:
    """Begin behind this entry of the journal, up to which whoever is published to has everything already."""
    RelayPosition.objects.get_or_create(model=model)
    RelayPosition.objects.filter(model=model, position__lt=to).update(position=to, at=timezone.now())


def position(model: EncoderModel) -> int:
    """The last entry of the journal up to which everything was published by this model."""
    return RelayPosition.objects.filter(model=model).values_list("position", flat=True).first() or 0


def _each(work: Callable[[EncoderModel], Drained]) -> Mapping[str, Drained]:
    drained: dict[str, Drained] = {}
    problems: list[str] = []
    try:
        for model in EncoderModel.in_service():
            try:
                drained[model.name] = work(model)
            except (RelayHeldUp, encoder.ArtifactError) as problem:
                problems.append(f"{model.name}: {problem}")
    except encoder.ArtifactError as problem:  # of the settings, where no model was activated yet
        problems.append(str(problem))
    if problems:
        raise RelayHeldUp(" ".join(problems))
    return drained


def _drain(model: EncoderModel, publisher: Publisher, batch: int, stop: Callable[[], bool]) -> Drained:
    RelayPosition.objects.get_or_create(model=model)
    total = Drained()
    while not stop():
        entries = _entries(position(model), batch * ENTRIES_A_PAINTING)
        if not entries:
            break
        painting_ids, last = _up_to(entries, batch)
        total += _publish(model, publisher, painting_ids, last)
    return total


def _entries(after: int, limit: int) -> Sequence[tuple[int, int]]:
    """Entries of the journal, id and painting, in their order."""
    return list(Change.objects.filter(id__gt=after).order_by("id").values_list("id", "painting_id")[:limit])


def _up_to(entries: Iterable[tuple[int, int]], limit: int) -> tuple[Sequence[int], int]:
    """The first paintings that these entries name, each once and at most `limit`, and the last entry they cover."""
    paintings: set[int] = set()
    last = 0
    for id_, painting_id in entries:
        if len(paintings) == limit and painting_id not in paintings:
            break
        paintings.add(painting_id)
        last = id_
    return sorted(paintings), last


def _publish(model: EncoderModel, publisher: Publisher, painting_ids: Sequence[int], last: int = 0) -> Drained:
    """Publish these paintings as they are now; then, in one transaction, note what failed and advance to `last`."""
    problems: list[Problem] = []
    messages = list(documents.messages(painting_ids, model, problem=problems.append))
    try:
        publisher.publish(model.name, messages)
    except PublishError as error:
        if error.temporary or not error.failures:
            raise RelayHeldUp(str(error)) from error
        versions = {message.painting_id: message.version for message in messages}
        problems += [
            Problem(painting_id=id_, version=versions[id_], reason=reason) for id_, reason in error.failures.items()
        ]
    with transaction.atomic():
        _note(model, painting_ids, problems)
        moved = RelayPosition.objects.filter(model=model, position__lt=last)  # never back
        moved.update(position=last, at=timezone.now())
    return Drained(published=len(painting_ids) - len(problems), failed=len(problems), position=last)


def _note(model: EncoderModel, painting_ids: Sequence[int], problems: Sequence[Problem]) -> None:
    failed = [problem.painting_id for problem in problems]
    Unpublished.objects.filter(model=model, painting_id__in=painting_ids).exclude(painting_id__in=failed).delete()
    for problem in problems:
        logger.error("Painting %d can't be published: %s", problem.painting_id, problem.reason)
    Unpublished.objects.bulk_create(
        [
            Unpublished(
                model=model,
                painting_id=problem.painting_id,
                version=problem.version,
                reason=problem.reason[:REASON_LENGTH],
            )
            for problem in problems
        ],
        update_conflicts=True,
        unique_fields=["model", "painting_id"],
        update_fields=["version", "reason", "at"],
    )
