"""The journal: every change to what the public may see of a painting, in the order of its commit.

Readers (the index, the relay, the worker) remember the last entry that they have seen and need nothing else:
`writing()` takes the one writers' lock before any row is touched, so ids become visible in order.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from django.contrib.auth.models import User
from django.db import connection, models, transaction
from django.db.models import OuterRef, Subquery
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

WRITERS_LOCK = 0x70656E64616E74  # "pendant": PostgreSQL's advisory lock number
ROWS_AT_ONCE = 500

logger = logging.getLogger(__name__)

#: Rung after a commit that wrote entries, with `painting_ids` (a list). It may be lost: a sweep finds what it left.
bell = Signal()


class Kind(models.TextChoices):
    """What happened to the painting."""

    CREATED = "created", _("created")
    CHANGED = "changed", _("changed")
    VECTORS = "vectors", _("vectors ready")
    DELETED = "deleted", _("deleted")


@dataclass(slots=True)
class _Batch:
    by: User | None
    entries: dict[int, Kind] = field(default_factory=dict)


_current: ContextVar[_Batch | None] = ContextVar("journal_batch", default=None)


@contextmanager
def writing(*, by: User | None = None) -> Iterator[None]:
    """A transaction that holds the writers' lock and writes one entry a painting, whatever happened to it inside.

    Open it before the first row is touched and after files are hashed and stored. Nested, it joins the outer one.
    """
    if _current.get() is not None:
        yield
        return
    batch = _Batch(by or _request_user())
    with transaction.atomic():
        _take_lock()
        token = _current.set(batch)
        try:
            yield
        finally:
            _current.reset(token)
        _write(batch)


def record(painting_ids: Iterable[int], kind: Kind) -> None:
    """Note that these paintings changed. Only inside `writing()`; the entries are written at its end."""
    batch = _current.get()
    if batch is None:
        raise RuntimeError(
            "A change to a painting is recorded inside journal.writing(), which holds the writers' lock."
        )
    for painting_id in sorted(painting_ids):  # callers have sets; what is written in one order is read in one
        if batch.entries.get(painting_id) is not Kind.CREATED or kind is Kind.DELETED:
            batch.entries[painting_id] = kind


def position() -> int:
    """The id of the last entry, 0 when there is none."""
    from gallery.models import Change

    return Change.objects.order_by("-id").values_list("id", flat=True).first() or 0


def lift(above: int) -> None:
    """Give every later entry an id above this one. Where they are higher already, nothing changes."""
    from gallery.models import Change

    table = Change._meta.db_table
    with transaction.atomic():
        _take_lock()
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute(
                    "SELECT setval(ids, greatest(%s, nextval(ids))) "
                    "FROM (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS ids) AS sequence",
                    [above, table],
                )
            else:
                cursor.execute("UPDATE sqlite_sequence SET seq = max(seq, %s) WHERE name = %s", [above, table])
                if not cursor.rowcount:  # there was no entry ever
                    cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, above])


def _request_user() -> User | None:
    user = getattr(getattr(HistoricalRecords.context, "request", None), "user", None)
    return user if user is not None and user.is_authenticated else None


def _take_lock() -> None:
    # SQLite has taken its one writer's lock at BEGIN IMMEDIATE.
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITERS_LOCK])


def _write(batch: _Batch) -> None:
    from gallery.models import Change, Painting

    if not batch.entries:
        return
    Change.objects.bulk_create(
        [Change(painting_id=id_, kind=kind, user=batch.by) for id_, kind in batch.entries.items()],
        batch_size=ROWS_AT_ONCE,
    )
    last = Change.objects.filter(painting_id=OuterRef("pk")).order_by("-id").values("id")[:1]
    ids = [id_ for id_, kind in batch.entries.items() if kind is not Kind.DELETED]
    for start in range(0, len(ids), ROWS_AT_ONCE):
        rows: models.QuerySet[Painting] = models.QuerySet(Painting).filter(pk__in=ids[start : start + ROWS_AT_ONCE])
        rows.update(version=Subquery(last))
    transaction.on_commit(lambda: _ring(list(batch.entries)))


def _ring(painting_ids: list[int]) -> None:
    for receiver, result in bell.send_robust(sender=None, painting_ids=painting_ids):
        if isinstance(result, Exception):
            logger.warning("The bell was not heard by %s (%s); the sweep will find what changed.", receiver, result)
