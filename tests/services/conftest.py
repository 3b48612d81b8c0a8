"""Tests with real servers: those that the environment names, or ones started here on free ports.

The tests act from outside, by commands, files, HTTP and the database. A server that can't be had fails its tests.
"""

import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from stack import places
from stack.elasticsearch import Elasticsearch
from stack.errors import StackError
from stack.kafka import Kafka
from stack.postgres import Postgres
from stack.redis import Redis
from stack.server import Server

HERE = Path(__file__).parent


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Only where they are asked for by their folder, as `./run services-test` does: `./run test` needs no server."""
    asked = any(Path(argument.split("::")[0]).absolute().is_relative_to(HERE) for argument in config.args)
    return None if asked else True


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
        yield from _fresh_database(named)
    else:
        server = _start(Postgres(run_folder / "postgres"))
        assert isinstance(server, Postgres)
        yield server.create("pendant")
        server.stop()


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


def _fresh_database(named: str) -> Iterator[str]:
    """A database of another name on the server named: whatever lies in the one named stays untouched."""
    name = f"pendant_test_{secrets.token_hex(4)}"
    parts = conninfo_to_dict(named)
    identifier = sql.Identifier(name)
    with psycopg.connect(make_conninfo(named), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(identifier))
        yield named.replace(f"/{parts['dbname']}", f"/{name}")
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(identifier))
