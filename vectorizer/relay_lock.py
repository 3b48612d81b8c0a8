"""One relay a model at a time: else older content could overtake newer on its way into the topic."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error, connection

from vectorizer.models import EncoderModel

RELAYS_LOCK = 0x70656E64  # "pend": the first of the two numbers of PostgreSQL's advisory lock; the second is the model


@contextmanager
def alone(model: EncoderModel) -> Iterator[bool]:
    """Whether we are the only relay of this model, until the end; at once, and false where there is another.

    The lock belongs to the connection, so it is gone with a process that dies. SQLite has none: it serves one machine,
    where nothing is published.
    """
    if connection.vendor != "postgresql":
        yield True
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [RELAYS_LOCK, model.pk])
        (locked,) = cursor.fetchone()
    try:
        yield locked
    finally:
        if locked:
            _let_go(model)


def _let_go(model: EncoderModel) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [RELAYS_LOCK, model.pk])
    except Error:
        connection.close()  # and with it the lock
