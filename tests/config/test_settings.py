"""The settings are secure unless told otherwise, and say what is missing."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


def python(code: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PENDANT_", "DJANGO_", "DATABASE"))
    }
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={**kept, "DJANGO_SETTINGS_MODULE": "config.settings", **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_a_missing_secret_fails_at_start_by_name() -> None:
    result = python("import django; django.setup()")
    assert result.returncode != 0
    assert "PENDANT_SECRET_KEY is not set" in result.stderr


def test_without_being_told_otherwise_the_settings_are_those_of_production(tmp_path: Path) -> None:
    code = """
from django.conf import settings as s
assert not s.DEBUG
assert s.SECURE_SSL_REDIRECT and s.SESSION_COOKIE_SECURE and s.CSRF_COOKIE_SECURE
assert s.SECURE_HSTS_SECONDS > 0
assert s.ALLOWED_HOSTS == ["localhost", "127.0.0.1", "[::1]"]
assert s.SECURE_PROXY_SSL_HEADER is None
assert s.CELERY_BROKER_URL is None
assert s.SECURE_REFERRER_POLICY == "strict-origin"
"""
    result = python(code, PENDANT_SECRET_KEY="x" * 60, PENDANT_VAR=str(tmp_path))
    assert result.returncode == 0, result.stderr


def test_a_postgresql_that_vanished_is_given_up_after_a_minute_unless_told_otherwise(tmp_path: Path) -> None:
    code = """
from django.db import connection
options = connection.get_connection_params()
assert options["keepalives_idle"] + options["keepalives_interval"] * options["keepalives_count"] == 60
assert options["tcp_user_timeout"] == 60_000
assert options["connect_timeout"] == 9
"""
    result = python(
        code,
        PENDANT_SECRET_KEY="x" * 60,
        PENDANT_VAR=str(tmp_path),
        DATABASE_URL="postgres://u:p@127.0.0.1:1/d?connect_timeout=9",
    )
    assert result.returncode == 0, result.stderr


def test_scripts_and_styles_come_from_the_site_alone(client: Any, db: None) -> None:
    policy = client.get("/")["Content-Security-Policy"]
    directives = policy.split("; ")  # in any order
    assert {"default-src 'none'", "script-src 'self'", "style-src 'self'"} <= set(directives)
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    "periodic",
    [
        "vectorizer.tasks.sweep",
        "search.tasks.compact_index",
        "search.tasks.expire_photos",
        "search.tasks.grow_map",
        "search.tasks.tend_map",
    ],
)
def test_every_periodic_task_is_scheduled_and_exists(periodic: str, settings: Any) -> None:
    from celery import current_app

    current_app.loader.import_default_modules()
    assert periodic in {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert periodic in current_app.tasks


def test_the_health_page_needs_no_https(client: Any, db: None, settings: Any) -> None:
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/").status_code == 301
    assert client.get("/healthz").status_code == 200


def test_where_redis_is_down_the_bell_gives_up_at_once_and_visitors_are_not_counted(tmp_path: Path) -> None:
    code = """
import time
slept, sleep = [], time.sleep
time.sleep = lambda seconds: (slept.append(seconds), sleep(seconds))  # for all who import it from now on
import django
django.setup()
from django.test import RequestFactory
from gallery import journal
from search.throttle import PhotoThrottle
started = time.monotonic()
journal._ring([1])
assert PhotoThrottle().allow_request(RequestFactory().get("/"), None)
assert sum(slept) < 1, slept
assert time.monotonic() - started < 60, time.monotonic() - started  # a busy machine loads the clients slowly
"""
    nobody = "redis://127.0.0.1:9"
    result = python(code, PENDANT_SECRET_KEY="x" * 60, PENDANT_VAR=str(tmp_path), REDIS_URL=nobody)
    assert result.returncode == 0, result.stderr
    assert "the sweep will find what changed" in result.stderr
    assert "requests are not counted" in result.stderr


def test_while_somebody_writes_nobody_who_reads_has_to_wait(tmp_path: Path) -> None:
    code = """
import sqlite3, time, django
django.setup()
from django.conf import settings
from django.core.management import call_command
from django.test import RequestFactory
from search.api.features import FeatureViewSet
call_command("migrate", verbosity=0)
read = FeatureViewSet.as_view({"get": "list"})
read(RequestFactory().get("/"))  # the first visitor makes the model's row
writer = sqlite3.connect(settings.DATABASES["default"]["NAME"], isolation_level=None)
writer.execute("BEGIN IMMEDIATE")
started = time.monotonic()
assert read(RequestFactory().get("/")).status_code == 200
assert time.monotonic() - started < 15, time.monotonic() - started  # SQLite would wait for 20
assert list((settings.VAR_DIR / "cache").iterdir())
"""
    result = python(code, PENDANT_SECRET_KEY="x" * 60, PENDANT_VAR=str(tmp_path), PENDANT_HOSTS="testserver")
    assert result.returncode == 0, result.stderr
