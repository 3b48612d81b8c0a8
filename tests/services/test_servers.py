"""The servers themselves: they answer, and keep port and data when they are killed and started again."""

import json
import urllib.request

import psycopg


def test_elasticsearch_answers(elasticsearch: str) -> None:
    with urllib.request.urlopen(f"{elasticsearch}/_cluster/health") as answer:
        assert json.load(answer)["status"] in ("green", "yellow")


def test_kafka_answers(kafka: str) -> None:
    from confluent_kafka.admin import AdminClient

    assert len(AdminClient({"bootstrap.servers": kafka}).list_topics(timeout=10).brokers) == 1


def test_postgres_gives_an_empty_database(postgres: str) -> None:
    with psycopg.connect(postgres) as connection:
        tables = connection.execute("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'")
        assert tables.fetchone() == (0,)


def test_redis_answers(redis: str) -> None:
    from redis import Redis

    assert Redis.from_url(redis).ping()
