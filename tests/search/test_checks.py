"""The servers of an installation go together, or are refused by name."""

import os
import subprocess
import sys
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from search import checks

ROOT = Path(__file__).resolve().parents[2]
ADDRESSES = {
    "DATABASE_URL": "postgres://pendant:x@127.0.0.1:9/pendant",
    "REDIS_URL": "redis://127.0.0.1:9/0",
    "ELASTICSEARCH_URL": "http://127.0.0.1:9",
    "KAFKA_BROKERS": "127.0.0.1:9",
}
SIZES = ("", "DRE", "DREK")  # by their first letters: one machine, one server, many machines
MIXTURES = [
    "".join(letter for letter, there in zip("DREK", bits, strict=True) if there) for bits in product((0, 1), repeat=4)
]


def named(letters: str) -> list[str]:
    return [name for name in ADDRESSES if name[0] in letters]


@pytest.fixture(autouse=True)
def alone(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """No servers, and nothing silenced, on whatever database the tests run."""
    settings.SILENCED_SYSTEM_CHECKS = []
    monkeypatch.setitem(settings.DATABASES["default"], "ENGINE", "")  # puts it back afterwards
    choose(settings, "")


def choose(settings: Any, letters: str) -> None:
    engine = "postgresql" if "D" in letters else "sqlite3"
    settings.DATABASES["default"]["ENGINE"] = f"django.db.backends.{engine}"
    for name in list(ADDRESSES)[1:]:
        setattr(settings, name, ADDRESSES[name] if name[0] in letters else "")


def sentence() -> str:
    (problem,) = checks.servers()
    assert problem.id == "search.E001"
    assert "three sizes" in str(problem.hint)
    return str(problem.msg)


@pytest.mark.parametrize("letters", SIZES)
def test_the_three_sizes_are_no_problem(letters: str, settings: Any) -> None:
    choose(settings, letters)
    assert checks.servers() == []
    checks.require_size()


@pytest.mark.parametrize("letters", [mixture for mixture in MIXTURES if mixture not in SIZES])
def test_every_other_mixture_is_refused_with_what_is_set_and_what_is_missing(letters: str, settings: Any) -> None:
    choose(settings, letters)

    there, _, missing = sentence().partition(" but ")

    whole = "DREK" if "K" in letters else "DRE"
    assert all(name in there for name in named(letters))
    assert [name for name in ADDRESSES if name in missing.partition(":")[0]] == named(
        "".join(set(whole) - set(letters))
    )


def test_the_sentences_read_well(settings: Any) -> None:
    choose(settings, "R")
    assert sentence() == (
        "REDIS_URL is set, but DATABASE_URL (PostgreSQL) and ELASTICSEARCH_URL are missing: "
        "set DATABASE_URL (PostgreSQL) and ELASTICSEARCH_URL as well, or nothing of it all."
    )
    choose(settings, "DRK")
    assert sentence().startswith(
        "DATABASE_URL (PostgreSQL), REDIS_URL and KAFKA_BROKERS are set, but ELASTICSEARCH_URL is missing: "
    )


def test_a_database_of_another_kind_is_refused(settings: Any) -> None:
    settings.DATABASES["default"]["ENGINE"] = "django.db.backends.mysql"
    (problem,) = checks.servers()
    assert problem.id == "search.E002"
    assert "DATABASE_URL names mysql" in str(problem.msg)


@pytest.mark.parametrize(
    ("name", "value", "id_", "said"),
    [
        ("REDIS_URL", "127.0.0.1:6379", "search.E003", "redis:// or rediss://"),
        ("ELASTICSEARCH_URL", "elasticsearch:9200", "search.E003", "http:// or https://"),
        ("KAFKA_BROKERS", "kafka://broker:9092", "search.E003", "HOST:PORT"),
        ("KAFKA_BROKERS", "one:9092,,two:9092", "search.E003", "HOST:PORT"),
        ("KAFKA_OPTIONS", ["sasl.username"], "search.E003", "a JSON object"),
        ("INDEX_VECTORS", "bbq_disk", "search.E004", "int8_hnsw, hnsw, flat, int8_flat"),
        ("INDEX_EXACT", "yes", "search.E004", "flat, script"),
        ("INDEX_EXACT", "flat", "search.E004", "needs PENDANT_INDEX_VECTORS=flat"),
        ("INDEX_SHARDS", 0, "search.E005", "PENDANT_INDEX_SHARDS is 0"),
        ("INDEX_REPLICAS", -1, "search.E005", "PENDANT_INDEX_REPLICAS is -1"),
        ("TOPIC_PARTITIONS", 0, "search.E005", "PENDANT_TOPIC_PARTITIONS is 0"),
        ("TOPIC_REPLICATION", 0, "search.E005", "PENDANT_TOPIC_REPLICATION is 0"),
        ("INDEX_PREFIX", "Pendant", "search.E006", "small letters"),
        ("TOPIC_PREFIX", "", "search.E006", "begins with a letter or digit"),
    ],
)
def test_a_value_that_no_server_would_take_is_refused(
    name: str, value: object, id_: str, said: str, settings: Any
) -> None:
    setattr(settings, name, value)
    (problem,) = checks.values()
    assert problem.id == id_
    assert said in str(problem.msg)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("REDIS_URL", "rediss://:secret@redis.example:6380/1"),
        ("ELASTICSEARCH_URL", "https://one.example:9200, https://two.example:9200"),
        ("KAFKA_BROKERS", "one.example:9092, [::1]:9092,three"),
        ("KAFKA_OPTIONS", {"security.protocol": "SASL_SSL"}),
        ("INDEX_EXACT", "script"),
    ],
)
def test_values_that_are_right_are_no_problem(name: str, value: object, settings: Any) -> None:
    setattr(settings, name, value)
    assert checks.values() == []


def test_an_index_that_compares_all_may_be_asked_for_the_exact_order(settings: Any) -> None:
    settings.INDEX_VECTORS = settings.INDEX_EXACT = "flat"
    assert checks.values() == []


def test_manage_py_stops_at_it(settings: Any) -> None:
    settings.TOPIC_PARTITIONS = 0
    with pytest.raises(SystemCheckError, match="PENDANT_TOPIC_PARTITIONS is 0"):
        call_command("check")


def test_what_runs_no_checks_of_django_is_stopped_all_the_same(settings: Any) -> None:
    choose(settings, "K")
    with pytest.raises(ImproperlyConfigured, match=r"KAFKA_BROKERS is set.*three sizes"):
        checks.require_size()
    with pytest.raises(SystemExit, match="KAFKA_BROKERS is set"):
        checks.stop_worker()


def test_a_silenced_check_stops_nothing(settings: Any) -> None:
    choose(settings, "D")
    settings.SILENCED_SYSTEM_CHECKS = ["search.E001"]
    checks.require_size()


def started(*command: str, folder: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PENDANT_", "DJANGO_"))}
    for name in ADDRESSES:
        kept.pop(name, None)
    own = {"PENDANT_SECRET_KEY": "x" * 60, "PENDANT_VAR": str(folder)}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**kept, **own, **environment},
        capture_output=True,
        text=True,
        timeout=400,
    )


@pytest.mark.parametrize(
    "command",
    [
        ("manage.py", "check"),
        ("-c", "import config.wsgi"),
        ("-m", "celery", "-A", "config", "worker", "--pool", "solo"),
    ],
)
def test_commands_web_servers_and_workers_do_not_start_with_half_of_the_servers(
    command: tuple[str, ...], folder: Path
) -> None:
    ended = started(*command, folder=folder, REDIS_URL=ADDRESSES["REDIS_URL"])
    assert ended.returncode != 0
    assert "REDIS_URL is set, but DATABASE_URL (PostgreSQL) and ELASTICSEARCH_URL are missing" in ended.stderr
