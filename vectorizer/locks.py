"""Locks of PostgreSQL that belong to no row: they are taken at once or not at all, and die with their process."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error, connection

# The first of the two numbers of a lock says what it is for; the second, which one of its kind.
RELAYS = 0x70656E64  # "pend"; the second number is the model
SWEEPS = 0x70656E65
REBUILDS = 0x70656E66  # the second number is the model
MAPS = 0x70656E67

# A machine that vanishes says no farewell to PostgreSQL, which would keep its locks for two hours. So it asks after
# them, and gives up a minute later: by then a relay has given up what it was sending, too.
ASKED_AFTER = {
    "tcp_keepalives_idle": 30,  # seconds
    "tcp_keepalives_interval": 10,
    "tcp_keepalives_count": 3,
    "tcp_user_timeout": 60_000,  # milliseconds: where an answer is still on its way to it
}


@contextmanager
def alone(purpose: int, which: int = 0) -> Iterator[bool]:
    """Whether we are the only ones at this, until the end; at once, and false where somebody else is.

    The lock belongs to the connection. SQLite has none: it serves one machine, where one worker does everything.
    """
    if connection.vendor != "postgresql":
        yield True
        return
    with connection.cursor() as cursor:
        settings = ", ".join(["set_config(%s, %s, false)"] * len(ASKED_AFTER))
        cursor.execute(f"SELECT {settings}", [str(part) for pair in ASKED_AFTER.items() for part in pair])
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [purpose, which])
        (locked,) = cursor.fetchone()
    try:
        yield locked
    finally:
        if locked:
            _let_go(purpose, which)


def _let_go(purpose: int, which: int) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [purpose, which])
    except Error:
        connection.close()  # and with it the lock
