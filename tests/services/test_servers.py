"""The servers themselves: they answer, and keep port and data when they are killed and started again."""

import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from confluent_kafka.admin import AdminClient
from redis import Redis as RedisClient

from stack.postgres import Postgres
from stack.redis import Redis


@pytest.fixture
def own_postgres(run_folder: Path, tmp_path: Path) -> Iterator[Postgres]:
    server = Postgres(run_folder / f"postgres-{tmp_path.name}", durable=True)
    yield server
    server.kill()


@pytest.fixture
def own_redis(run_folder: Path, tmp_path: Path) -> Iterator[Redis]:
    server = Redis(run_folder / f"redis-{tmp_path.name}")
    yield server
    server.kill()


def test_elasticsearch_answers(elasticsearch: str) -> None:
    with urllib.request.urlopen(f"{elasticsearch}/_cluster/health") as answer:
        assert json.load(answer)["status"] in ("green", "yellow")


def test_kafka_answers(kafka: str) -> None:
    assert AdminClient({"bootstrap.servers": kafka}).list_topics(timeout=10).brokers


def test_postgres_gives_an_empty_database_to_each_test(postgres: str, database: str) -> None:
    assert database != postgres
    with psycopg.connect(database) as connection:
        tables = connection.execute("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'")
        assert tables.fetchone() == (0,)


def test_redis_answers(redis: str) -> None:
    assert RedisClient.from_url(redis).ping()


def test_a_killed_postgres_is_back_with_what_was_committed(own_postgres: Postgres) -> None:
    url = own_postgres.start().create("paintings")
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE painting (title text)")
        connection.execute("INSERT INTO painting VALUES ('Harbour')")

    own_postgres.kill()
    own_postgres.start()

    assert own_postgres.create("paintings") == url
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT title FROM painting").fetchall() == [("Harbour",)]


def test_a_killed_redis_is_back_where_it_was_and_has_forgotten_everything(own_redis: Redis) -> None:
    url = own_redis.start().url
    RedisClient.from_url(url).set("bell", "rung")

    own_redis.kill()
    own_redis.start()

    assert own_redis.url == url
    assert RedisClient.from_url(url).get("bell") is None
