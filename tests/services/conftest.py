"""Tests with real servers: those that the environment names, or ones started here on free ports.

The tests act from outside, by commands, files, HTTP and the database. A server that can't be had fails its tests.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from stack import places
from stack.application import Application
from stack.elasticsearch import Elasticsearch
from stack.errors import StackError
from stack.kafka import Kafka
from stack.postgres import Postgres
from stack.redis import Redis
from stack.server import Server
from tests.services.installing import fresh_database, installed
from tests.services.saying import Said

HERE = Path(__file__).parent
MEASURED = "measured"
SOAK = "test_soak.py"


def pytest_addoption(parser: pytest.Parser) -> None:
    soak = parser.getgroup("soak", "Pendant for a quarter of an hour or more, under everything that can befall it")
    soak.addoption("--soak", action="store_true", help="this alone, instead of the other tests with real servers")
    soak.addoption("--soak-paintings", type=int, default=2000, metavar="N", help="how many are added (2000)")
    soak.addoption("--soak-kills", type=int, default=50, metavar="N", help="of worker, relay and sink (50)")
    soak.addoption("--soak-outage", type=float, default=60, metavar="SECONDS", help="of Kafka, Elasticsearch (60)")
    soak.addoption("--soak-seed", type=int, default=5, metavar="N", help="of what happens when (5)")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Only where they are asked for by their folder, as `./run services-test` does: `./run test` needs no server."""
    asked = any(Path(argument.split("::")[0]).absolute().is_relative_to(HERE) for argument in config.args)
    if collection_path.suffix == ".py":
        asked = asked and config.getoption("--soak") == (collection_path.name == SOAK)
    return None if asked else True


@pytest.fixture
def said(record_property: Callable[[str, object], None]) -> Said:
    """Says what was measured; it stands at the end of the run, whichever process measured it."""
    return lambda sentence: record_property(MEASURED, sentence)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [report for reports in terminalreporter.stats.values() for report in reports]
    properties = [pair for each in reports if getattr(each, "when", "") == "call" for pair in each.user_properties]
    if sentences := [str(sentence) for name, sentence in properties if name == MEASURED]:
        terminalreporter.section("measured")
        terminalreporter.write_line("\n".join(sentences))


@pytest.fixture(scope="session")
def run_folder() -> Iterator[Path]:
    """What the servers of this run write; gone afterwards."""
    folder = places.run_folder(places.services())
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def elasticsearch(run_folder: Path) -> Iterator[str]:
    """The address of an Elasticsearch."""
    yield from _named_or_started("ELASTICSEARCH_URL", Elasticsearch, run_folder)


@pytest.fixture(scope="session")
def kafka(run_folder: Path) -> Iterator[str]:
    """The brokers of a Kafka."""
    yield from _named_or_started("KAFKA_BROKERS", Kafka, run_folder)


@pytest.fixture(scope="session")
def redis(run_folder: Path) -> Iterator[str]:
    """The address of a Redis."""
    yield from _named_or_started("REDIS_URL", Redis, run_folder)


@pytest.fixture(scope="session")
def postgres(run_folder: Path) -> Iterator[str]:
    """The DATABASE_URL of an empty database, which is dropped afterwards."""
    named = os.environ.get("DATABASE_URL", "")
    if named.startswith(("postgres:", "postgresql:")):
        yield from fresh_database(named)
    else:
        server = _start(Postgres(run_folder / "postgres"))
        assert isinstance(server, Postgres)
        yield server.create("pendant")
        server.stop()


@pytest.fixture
def database(postgres: str) -> Iterator[str]:
    """The DATABASE_URL of an empty database of this test's own."""
    yield from fresh_database(postgres)


@pytest.fixture
def small(database: str, redis: str, elasticsearch: str, tmp_path: Path) -> Iterator[Application]:
    """An installation without Kafka, of this test's own, with its tables; none of its processes runs."""
    yield from installed(tmp_path / "pendant", DATABASE_URL=database, REDIS_URL=redis, ELASTICSEARCH_URL=elasticsearch)


@pytest.fixture
def large(database: str, redis: str, elasticsearch: str, kafka: str, tmp_path: Path) -> Iterator[Application]:
    """An installation with all servers, of this test's own, with its tables; none of its processes runs."""
    yield from installed(
        tmp_path / "pendant",
        DATABASE_URL=database,
        REDIS_URL=redis,
        ELASTICSEARCH_URL=elasticsearch,
        KAFKA_BROKERS=kafka,
    )


def _named_or_started(variable: str, kind: type[Server], folder: Path) -> Iterator[str]:
    if named := os.environ.get(variable):
        yield named
        return
    server = _start(kind(folder / kind.__name__.lower()))
    yield server.url
    server.stop()


def _start(server: Server) -> Server:
    try:
        return server.start()
    except StackError as error:
        pytest.fail(str(error), pytrace=False)
