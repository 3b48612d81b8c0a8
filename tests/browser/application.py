"""The real application, as it runs on one machine: gunicorn and the worker, on a database and files of their own."""

import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from stack import ports

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 300
STOP_SECONDS = 60
PASSWORD = re.compile(r"has the password (\S+)")
COLUMNS = ("DATABASE_URL", "REDIS_URL", "ELASTICSEARCH_URL", "KAFKA_BROKERS", "DJANGO_SETTINGS_MODULE")


@dataclass(kw_only=True)
class Application:
    """Set it up with `prepare` and `manage`, then `start` it; `stop` ends what `start` began."""

    var: Path
    settings: Mapping[str, str] = field(default_factory=dict)
    """Of the environment, beside those that all tests have."""
    address: str = field(init=False)
    password: str = field(init=False)
    """Of the account “curator”."""
    _processes: list[subprocess.Popen[bytes]] = field(default_factory=list, init=False)
    _logs: list[TextIO] = field(default_factory=list, init=False)

    def prepare(self) -> None:
        """Database, cache, static files and a curator: what `./run demo` does before it needs a collection."""
        self.manage("migrate", "--verbosity", "0")
        self.manage("collectstatic", "--no-input", "--verbosity", "0")
        found = PASSWORD.search(self.manage("demo_curator"))
        assert found, "demo_curator printed no password"
        self.password = found[1]

    def manage(self, *arguments: str) -> str:
        """Run a command of manage.py and return what it printed."""
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=ROOT, env=self._environment(), capture_output=True, text=True)
        assert done.returncode == 0, f"manage.py {' '.join(arguments)} failed:\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def start(self) -> None:
        """The worker and the web server; returns when the latter answers."""
        port = ports.free_port()
        self.address = f"http://127.0.0.1:{port}"
        gunicorn = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}"]
        several = ("--workers", "2", "--threads", "4")
        web = self._launch("web", [*gunicorn, *several, "--timeout", "120", "--log-level", "warning"])
        self._launch("work", [sys.executable, "manage.py", "work", "--quiet"])
        end = time.monotonic() + START_SECONDS
        while not self._answers():
            assert web.poll() is None and time.monotonic() < end, f"The web server did not start:\n{self.log()}"
            time.sleep(0.1)

    def stop(self) -> None:
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            try:
                process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        for log in self._logs:
            log.close()

    def log(self) -> str:
        """All that the server and the worker have written."""
        return "".join(Path(log.name).read_text() for log in self._logs)

    def _launch(self, name: str, command: list[str]) -> subprocess.Popen[bytes]:
        log = (self.var / f"{name}.log").open("w")
        self._logs.append(log)
        process = subprocess.Popen(command, cwd=ROOT, env=self._environment(), stdout=log, stderr=subprocess.STDOUT)
        self._processes.append(process)
        return process

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/healthz", timeout=5) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def _environment(self) -> dict[str, str]:
        """Nothing of the tests' own settings and of servers around; rates that many tests in a minute don't reach."""
        kept = {
            name: value for name, value in os.environ.items() if name not in COLUMNS and not name.startswith("PENDANT_")
        }
        return kept | {
            "PENDANT_VAR": str(self.var),
            "PENDANT_SECRET_KEY": "only-for-browser-tests-0123456789-0123456789-0123456789",
            "PENDANT_HTTPS": "false",
            "PENDANT_LOG_LEVEL": "WARNING",
            "PENDANT_PHOTO_RATE": "100000/min",
            "PENDANT_API_RATE": "100000/min",
            "PYTHONUNBUFFERED": "1",
            **self.settings,
        }
