"""Pendant for one test, on servers that tests share: with a database, an index and topics of their own."""

import json
import secrets
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import LiteralString
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from stack import environment
from stack.application import Application


def installed(var: Path, **servers: str) -> Iterator[Application]:
    """An installation with its tables, on these servers; at the end its processes are stopped, its index is deleted."""
    var.mkdir(parents=True)
    name = f"test-{secrets.token_hex(4)}"
    settings = {
        **environment.bare(),
        "PENDANT_SECRET_KEY": "only-for-tests-0123456789-0123456789-0123456789",
        "PENDANT_VAR": str(var),
        "PENDANT_HTTPS": "false",
        "PENDANT_INDEX_PREFIX": name,
        "PENDANT_TOPIC_PREFIX": name,
        **servers,
    }
    application = Application(settings, logs=var / "logs")
    try:
        application.manage("migrate", "--verbosity", "0")
        yield application
    finally:
        application.stop()
        _delete_indexes(servers["ELASTICSEARCH_URL"], name)


def fresh_database(named: str) -> Iterator[str]:
    """A database of another name on the server named: whatever lies in the one named stays untouched."""
    name = f"pendant_test_{secrets.token_hex(4)}"
    with psycopg.connect(named, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield urlsplit(named)._replace(path=f"/{name}").geturl()
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def live_paintings(application: Application) -> int:
    """How many paintings have renditions and vectors."""
    return _number(application, "SELECT count(*) FROM gallery_painting WHERE live_image_id IS NOT NULL")


def mapped_paintings(application: Application) -> int:
    """How many paintings have a place on a map that is whole."""
    return _number(
        application,
        "SELECT count(*) FROM search_place JOIN search_collectionmap AS map ON map.id = map_id WHERE map.whole",
    )


def _number(application: Application, query: LiteralString) -> int:
    with psycopg.connect(application.settings["DATABASE_URL"]) as connection:
        row = connection.execute(query).fetchone()
    return int(row[0]) if row else 0


def _delete_indexes(url: str, prefix: str) -> None:
    try:
        with urllib.request.urlopen(f"{url}/{prefix}-*?expand_wildcards=all", timeout=10) as answer:
            names = list(json.load(answer))
        for name in names:
            urllib.request.urlopen(urllib.request.Request(f"{url}/{name}", method="DELETE"), timeout=30).close()
    except urllib.error.URLError:
        return  # gone with its server, or never made
