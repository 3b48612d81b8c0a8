"""`./run stack` as people run it, with the servers of this run: it starts everything, mends it, and leaves nothing."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from stack import places, ports
from stack.application import PROGRAMS
from tests.services.installing import fresh_database, installed
from tests.services.test_celery import museum

PATIENCE_SECONDS = 300


class Running:
    """`./run stack` in a process of its own."""

    def __init__(self, settings: dict[str, str], folder: Path) -> None:
        self.var = Path(settings["PENDANT_VAR"])
        self.settings = settings
        self.port = ports.free_port()
        self.said = folder / "said"
        with self.said.open("wb") as said:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "stack", "--port", str(self.port)],
                cwd=places.ROOT,
                env=settings,
                stdout=said,
                stderr=subprocess.STDOUT,
            )

    def wait_for(self, holds: Callable[[], object], what: str) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            assert time.monotonic() < end, f"It never came true that {what}.\n{self.said.read_text()}\n{self.logs()}"
            time.sleep(0.2)

    def wait_until_ready(self) -> None:
        self.wait_for(
            lambda: "Pendant is ready" in self.said.read_text() or self.process.poll() is not None, "it is ready"
        )
        assert self.process.poll() is None, self.said.read_text()

    def manage(self, *arguments: object) -> str:
        command = [sys.executable, "-m", "stack", "manage", *map(str, arguments)]
        done = subprocess.run(
            command, cwd=places.ROOT, env=self.settings, capture_output=True, text=True, timeout=400, check=False
        )
        assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
        return done.stdout

    def found(self, words: str) -> int:
        """How many paintings a visitor finds by these words."""
        address = f"http://127.0.0.1:{self.port}/api/v1/paintings/?q={words}"
        with urllib.request.urlopen(address, timeout=120) as answer:
            return int(json.load(answer)["count"])

    def logs(self) -> str:
        return "\n".join(path.read_text(errors="replace") for path in (self.var / "stack" / "logs").glob("*.log"))

    def children(self) -> dict[int, str]:
        """The processes of this stack by what they run, wherever they are in the tree of processes."""
        mark = f"PENDANT_VAR={self.var}/stack/pendant".encode()
        found = {}
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (folder / "environ").read_bytes().split(b"\0"):
                    found[int(folder.name)] = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
        return {pid: command for pid, command in found.items() if command}


@pytest.fixture(scope="module")
def installation(
    tmp_path_factory: pytest.TempPathFactory, postgres: str, redis: str, elasticsearch: str, kafka: str
) -> Iterator[dict[str, str]]:
    """Of one installation, which the tests of this module start one after another."""
    servers = {"REDIS_URL": redis, "ELASTICSEARCH_URL": elasticsearch, "KAFKA_BROKERS": kafka}
    with contextmanager(fresh_database)(postgres) as database:
        var = tmp_path_factory.mktemp("stack") / "pendant"
        yield from (there.settings for there in installed(var, DATABASE_URL=database, **servers))


@pytest.fixture
def running(installation: dict[str, str], tmp_path: Path) -> Iterator[Running]:
    one = Running(installation, tmp_path)
    yield one
    one.process.kill()
    one.process.wait()


def test_a_painting_is_found_though_a_sink_was_killed_and_nothing_is_left_at_the_end(
    running: Running, tmp_path: Path
) -> None:
    running.wait_until_ready()
    sink = next(pid for pid, command in running.children().items() if "run_sink" in command)
    os.kill(sink, signal.SIGKILL)

    running.manage("import_paintings", museum(tmp_path, 4), "--publish", "--no-progress")

    running.wait_for(lambda: running.found("harbour") == 1, "the painting is found")
    assert "sink has ended (-9); it is started again" in running.said.read_text()

    running.process.terminate()
    assert running.process.wait(PATIENCE_SECONDS) == 0
    assert running.children() == {}
    assert not (running.var / "stack" / "environment").exists()


def test_it_starts_with_what_was_there_runs_once_at_a_time_and_kill_9_leaves_no_process(
    running: Running, tmp_path: Path
) -> None:
    running.wait_until_ready()
    assert running.found("harbour") == 1
    assert len(running.children()) >= len(PROGRAMS)

    (tmp_path / "second").mkdir()
    second = Running(running.settings, tmp_path / "second")
    assert second.process.wait(PATIENCE_SECONDS) == 1
    assert "runs already, with its data in" in second.said.read_text()

    running.process.kill()
    running.process.wait()

    running.wait_for(lambda: not running.children(), "nothing is left")
