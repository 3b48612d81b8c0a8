"""Queues, batches and patience, with a real Redis and PostgreSQL. Nobody publishes: Elasticsearch is not there."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql
from redis import Redis as Client

from stack.application import Application
from stack.redis import Redis
from tests.factories import picture_bytes
from tests.services.installing import installed, live_paintings

NOBODY = "http://127.0.0.1:9"
FIRST, LATER = "vectorize", "vectorize\x06\x165"  # the names that kombu gives to the lists of these priorities


@pytest.fixture
def broker(run_folder: Path, tmp_path: Path) -> Iterator[Redis]:
    """A Redis of the test's own."""
    server = Redis(run_folder / f"broker-{tmp_path.name}")
    server.start()
    yield server
    server.kill()


@pytest.fixture
def pendant(database: str, broker: Redis, tmp_path: Path) -> Iterator[Application]:
    yield from installed(tmp_path / "pendant", DATABASE_URL=database, REDIS_URL=broker.url, ELASTICSEARCH_URL=NOBODY)


@pytest.fixture
def waiting(broker: Redis) -> Callable[[str], int]:
    """How many messages wait in a list."""
    client = Client.from_url(broker.url)
    return lambda name: int(client.llen(name))  # type: ignore[arg-type]


def museum(folder: Path, *numbers: int) -> Path:
    """A folder to import, with a new painting for each number."""
    style = folder / f"museum-{numbers[0]}" / "Pointillism"
    style.mkdir(parents=True)
    for number in numbers:
        (style / f"ilse-farrow_harbour-{number}.png").write_bytes(picture_bytes(number, size=(400, 300)))
    return style.parent


def add(pendant: Application, folder: Path) -> None:
    pendant.manage("import_paintings", folder, "--publish", "--no-progress")


def test_an_import_is_handed_over_in_batches_and_a_single_painting_goes_before_them(
    pendant: Application, waiting: Callable[[str], int], tmp_path: Path
) -> None:
    add(pendant, museum(tmp_path, *range(60)))
    batches = waiting(LATER)
    assert 2 <= batches < 10
    assert waiting(FIRST) == 0

    add(pendant, museum(tmp_path, 99))
    assert (waiting(FIRST), waiting(LATER)) == (1, batches)

    pendant.start("worker")
    pendant.wait_for(lambda: waiting(FIRST) == 0, "the single one is taken")
    assert waiting(LATER) >= batches - 1
    pendant.wait_for(lambda: live_paintings(pendant) == 61, "all are live", seconds=300)


def test_what_is_quick_waits_behind_no_pictures(
    pendant: Application, waiting: Callable[[str], int], tmp_path: Path
) -> None:
    pendant.start("beat")
    pendant.wait_for(lambda: waiting("publish") >= 2 and waiting("vectorize") >= 1, "beat has sent its tasks")
    assert waiting("celery") == 0  # the queue of what has no route

    pendant.stop("beat")
    pendant.start("worker")
    pendant.wait_for(lambda: not waiting("publish") + waiting("vectorize"), "one worker hears both queues")


def test_a_database_that_is_gone_is_waited_for(pendant: Application, database: str, tmp_path: Path) -> None:
    pendant.start("worker")
    pendant.wait_for(lambda: "ready." in pendant.log("worker"), "the worker is ready")
    pendant.stop("worker")
    add(pendant, museum(tmp_path, 7))

    shut(database, True)
    pendant.start("worker")
    received = "Task vectorizer.tasks.vectorize["
    pendant.wait_for(lambda: pendant.log("worker").count(received) >= 3, "the task is tried again and again")
    shut(database, False)

    pendant.wait_for(lambda: live_paintings(pendant) == 1, "the same task has made the painting live, without a sweep")


def shut(database: str, closed: bool) -> None:
    """Let nobody into this database, and throw out who is in; or let everybody in again."""
    name = urlsplit(database).path.lstrip("/")
    with psycopg.connect(urlsplit(database)._replace(path="/postgres").geturl(), autocommit=True) as connection:
        rule = sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")
        connection.execute(rule.format(sql.Identifier(name), sql.Literal(not closed)))
        if closed:
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
