"""Rebuilding the index, and changing the model, while visitors ask all the time and a curator never rests."""

import json
import os
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from stack.application import Application
from tests import eyes
from tests.services.installing import live_paintings
from tests.services.saying import Said

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 300
QUESTIONS = ("/", "/?q=renamed", "/api/v1/paintings/?sort=title", "/api/v1/paintings/{id}/similar/")


class Visitors(threading.Thread):
    """Asks for pages, words, orders and look-alikes until `stopped`, and counts what was answered."""

    def __init__(self, pendant: Application) -> None:
        super().__init__(daemon=True)
        self.stopped = threading.Event()
        self.answers: Counter[int] = Counter()
        self.problems: list[str] = []
        self._pendant = pendant

    def run(self) -> None:
        number = 0
        painting = 0
        while not self.stopped.is_set():
            found = self._ask(QUESTIONS[number % len(QUESTIONS)].format(id=painting))
            if found.startswith(b"{"):  # one that is public now; the curator may withdraw it before it is asked for
                painting = next((result["id"] for result in json.loads(found)["results"] if "id" in result), painting)
            number += 1

    def _ask(self, path: str) -> bytes:
        try:
            with urllib.request.urlopen(self._pendant.url + path, timeout=120) as answer:
                self.answers[answer.status] += 1
                return bytes(answer.read())
        except urllib.error.HTTPError as problem:
            self.answers[problem.code] += 1
            if problem.code != 404:  # it was withdrawn meanwhile
                self.problems.append(f"{path}: {problem.code} {problem.read()[:300]!r}")
        except OSError as problem:
            self.problems.append(f"{path}: {problem}")
        return b""


@contextmanager
def visitors(pendant: Application) -> Iterator[Visitors]:
    asking = Visitors(pendant)
    asking.start()
    yield asking
    asking.stopped.set()
    asking.join(240)


@contextmanager
def curator(pendant: Application) -> Iterator[list[int]]:
    """Gives how many changes were made, when it is over."""
    made: list[int] = []
    working = subprocess.Popen(
        [sys.executable, "-m", "tests.services.busy_curator"],
        cwd=ROOT,
        env=pendant.settings,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield made
        out, _ = working.communicate("", timeout=240)
        made.append(int(out))
        assert working.returncode == 0
    finally:
        working.kill()


def nothing_waits(pendant: Application) -> bool:
    status = json.loads(pendant.manage("pipeline_status", "--json"))
    return all(model["vectorized"]["waiting"] == 0 for model in status["models"])


@pytest.fixture(params=["small", "large"])
def pendant(request: pytest.FixtureRequest) -> Application:
    """An installation at work, straight into the index or through Kafka, with a few paintings."""
    installation: Application = request.getfixturevalue(request.param)
    installation.settings |= {"PENDANT_API_RATE": "100000/min", "PENDANT_WEB_PROCESSES": "1"}
    eyes.install(Path(installation.settings["PENDANT_VAR"]) / "artifacts")
    installation.prepare()
    for kind in ("relay", "sink", "worker", "web") if request.param == "large" else ("relay", "worker", "web"):
        installation.start(kind)
    return installation


def test_no_search_fails_and_no_change_is_lost(pendant: Application, said: Said) -> None:
    with curator(pendant) as changes:
        pendant.wait_for(lambda: live_paintings(pendant) >= 3, "there are paintings", seconds=PATIENCE_SECONDS)
        pendant.manage("verify_index", "--wait", PATIENCE_SECONDS)
        with visitors(pendant) as asking:
            rebuilt = pendant.manage("rebuild_index", "--verbosity", "0")
            activated = pendant.manage("activate_model", eyes.TINY.name, "--keep-old", "--verbosity", "0")
            dropped = pendant.manage("rebuild_index", "--drop-old", "--verbosity", "0")

    # What is still being prepared would become public between the two.
    pendant.wait_for(lambda: nothing_waits(pendant), "every picture is prepared", seconds=PATIENCE_SECONDS)
    verified = pendant.manage("verify_index", "--wait", PATIENCE_SECONDS)
    status = json.loads(pendant.manage("pipeline_status", "--json"))

    assert asking.problems == []
    assert asking.answers[200] > 20
    assert changes[0] > 20
    assert "Kept: " in rebuilt
    assert "tiny-eye is the active model now" in activated
    assert f"{pendant.settings['PENDANT_INDEX_PREFIX']}-tiny-eye-0001 is deleted." in dropped
    assert verified.count("They are the same, version by version.") == 2
    assert [model["name"] for model in status["models"]] == ["tiny-eye", "lite0-eye1"]
    assert all(model["indexed"] == model["public"] for model in status["models"])
    said(f"An index and a model changed: {sum(asking.answers.values())} questions and {changes[0]} changes meanwhile")


def test_a_restored_backup_is_published_above_what_came_after_it(pendant: Application) -> None:
    with curator(pendant) as changes:
        pendant.wait_for(lambda: live_paintings(pendant) >= 5, "there are paintings", seconds=PATIENCE_SECONDS)
        pendant.manage("verify_index", "--wait", PATIENCE_SECONDS)
        backup = dumped(pendant)
        pendant.wait_for(lambda: live_paintings(pendant) >= 9, "there are more", seconds=PATIENCE_SECONDS)
    assert changes[0] > 9
    pendant.manage("verify_index", "--wait", PATIENCE_SECONDS)
    pendant.stop("web", "worker", "relay")
    restore(pendant, backup)

    said = pendant.manage("after_restore", "--verbosity", "0")
    pendant.start("relay")
    pendant.start("worker")
    verified = pendant.manage("verify_index", "--wait", PATIENCE_SECONDS)

    assert "are to be published anew" in said
    assert "They are the same, version by version." in verified


def dumped(pendant: Application) -> bytes:
    """A backup of the database, as `pg_dump` makes it."""
    return _postgres(pendant, "pg_dump", "--clean", "--if-exists")


def restore(pendant: Application, backup: bytes) -> None:
    with psycopg.connect(pendant.settings["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    _postgres(pendant, "psql", "--quiet", "--set", "ON_ERROR_STOP=1", given=backup)


def _postgres(pendant: Application, program: str, *arguments: str, given: bytes = b"") -> bytes:
    done = subprocess.run(
        [program, *arguments, "--dbname", pendant.settings["DATABASE_URL"]],
        input=given,
        env=dict(os.environ),
        capture_output=True,
        timeout=400,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
