"""Only one at a time, where several could be: on PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest
from django.db import connection

from tests.factories import make_painting
from vectorizer import locks, tasks
from vectorizer.models import Vectors
from vectorizer.publishers import kafka

pytestmark = pytest.mark.django_db(transaction=True)
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite serves one machine")


@contextmanager
def somebody_else(purpose: int, which: int) -> Iterator[None]:
    """Another connection holds this lock meanwhile; one that was let go a moment ago is waited for."""
    held, done = Event(), Event()

    def hold() -> None:
        while not (held.is_set() or done.is_set()):
            with locks.alone(purpose, which) as ours:
                if ours:
                    held.set()
                    done.wait(300)
        connection.close()

    other = Thread(target=hold)
    other.start()
    try:
        assert held.wait(300)
        yield
    finally:
        done.set()
        other.join()


def test_whoever_is_the_only_one_is_alone_and_again_afterwards() -> None:
    for _ in range(2):
        with locks.alone(locks.RELAYS, 1) as ours:
            assert ours


@on_postgresql
def test_while_somebody_else_is_at_it_we_are_not_and_others_of_the_kind_are_free() -> None:
    with somebody_else(locks.RELAYS, 1):
        with locks.alone(locks.RELAYS, 1) as ours:
            assert not ours
        with locks.alone(locks.RELAYS, 2) as another:
            assert another
        with locks.alone(locks.SWEEPS, 1) as other_purpose:
            assert other_purpose
    with locks.alone(locks.RELAYS, 1) as ours:
        assert ours


@on_postgresql
def test_a_lock_is_gone_with_its_connection_even_when_that_broke_inside() -> None:
    with locks.alone(locks.RELAYS, 1) as ours:
        assert ours
        connection.close()
    with somebody_else(locks.RELAYS, 1):
        pass


@on_postgresql
def test_postgresql_asks_after_whoever_has_a_lock() -> None:
    """A machine that vanishes would keep it for two hours: nothing tells PostgreSQL."""
    with locks.alone(locks.RELAYS, 1), connection.cursor() as cursor:
        cursor.execute("SELECT inet_server_addr() IS NOT NULL")
        if cursor.fetchone() != (True,):
            pytest.skip("a socket of this machine's own needs no asking after")
        asked = [setting(f"keepalives_{name}") for name in ("idle", "interval", "count")]
        assert asked[0] + asked[1] * asked[2] == 60
        assert setting("user_timeout") == 60_000
    assert kafka.DELIVERY_SECONDS + kafka.MARGIN_SECONDS < 60, "else an old relay still sends while a new one does"


def setting(name: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT setting::int FROM pg_settings WHERE name = %s", [f"tcp_{name}"])
        (value,) = cursor.fetchone()
    return int(value)


@on_postgresql
def test_of_two_sweeps_one_prepares_the_pictures() -> None:
    make_painting(live=False)
    with somebody_else(locks.SWEEPS, 0):
        tasks.sweep()
    assert not Vectors.objects.exists()
    tasks.sweep()
    assert Vectors.objects.exists()
