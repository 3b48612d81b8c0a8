"""Pendant's own processes: web server, worker, beat, relay and sink, each started, stopped and killed by name."""

import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Mapping
from pathlib import Path

from stack import places, ports
from stack.errors import StackError
from stack.processes import Process

# What each kind of process runs, on one machine and in containers; where they differ is added in `_options`.
PROGRAMS: Mapping[str, tuple[str, ...]] = {
    "web": ("gunicorn", "config.wsgi", "--threads", "4", "--timeout", "60"),
    "worker": ("celery", "-A", "config", "worker"),
    "beat": ("celery", "-A", "config", "beat"),
    "relay": ("python", "manage.py", "run_relay"),
    "sink": ("python", "manage.py", "run_sink"),
}
_WITH_KAFKA = ("relay", "sink")
_COMMAND_SECONDS = 600


class Application:
    """An installation of Pendant on this machine: its processes see these settings, and no others.

    `settings` is the whole environment of its processes, PENDANT_VAR among it. What they write is in `logs`.
    """

    def __init__(self, settings: Mapping[str, str], *, logs: Path, port: int | None = None) -> None:
        self.settings = dict(settings)
        self.logs = logs
        self.port = port or ports.free_port()
        self._processes: dict[str, Process] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def kinds(self) -> tuple[str, ...]:
        """The processes that this size of installation is made of, in the order in which they start."""
        with_kafka = bool(self.settings.get("KAFKA_BROKERS"))
        return tuple(kind for kind in tuple(PROGRAMS)[::-1] if with_kafka or kind not in _WITH_KAFKA)

    @property
    def names(self) -> tuple[str, ...]:
        """Every process that was started and not stopped, in the order of starting."""
        return tuple(self._processes)

    def prepare(self) -> None:
        """Tables, files, topics and an index, where they are missing."""
        self.manage("migrate", "--verbosity", "0")
        self.manage("collectstatic", "--no-input", "--verbosity", "0")
        if self.settings.get("KAFKA_BROKERS"):
            self.manage("create_topics")
        if self.settings.get("ELASTICSEARCH_URL"):
            self.manage("rebuild_index", "--if-missing")

    def manage(self, *arguments: object, seconds: float = _COMMAND_SECONDS) -> str:
        """What a command of manage.py prints. Raises StackError, with all that it said, where it fails."""
        command = [sys.executable, "manage.py", *map(str, arguments)]
        try:
            done = subprocess.run(  # noqa: S603 (our own program)
                command,
                cwd=places.ROOT,
                env=self.settings,
                capture_output=True,
                text=True,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise StackError(f"manage.py {arguments[0]} took longer than {seconds} s.") from error
        if done.returncode != 0:
            raise StackError(f"manage.py {' '.join(map(str, arguments))} failed:\n{done.stdout}{done.stderr}")
        return done.stdout

    def start(self, kind: str, name: str | None = None) -> None:
        """Start a process of this kind under a name (by default its kind); the web server answers on return."""
        name = name or kind
        process = self._processes.get(name)
        if process is None:
            process = self._processes[name] = Process(
                [*_command(kind), *self._options(kind, name)],
                log=self.logs / f"{name}.log",
                environment=self.settings,
                folder=places.ROOT,
            )
        process.start()
        if kind == "web":
            self.wait_for(self._web_answers, f"{self.url}/healthz answers", name=name)

    def restart(self, name: str) -> None:
        """Start a process that has ended again, as it was."""
        self._process(name).start()

    def stop(self, *names: str) -> None:
        """Stop these processes, or all of them, those first that were started last."""
        for name in names or tuple(reversed(self._processes)):
            self._process(name).stop()
            del self._processes[name]

    def kill(self, name: str) -> None:
        """Kill this process, and its children, as a crash would. `start` brings it back."""
        self._process(name).kill()

    def is_running(self, name: str) -> bool:
        return self._process(name).is_running

    def exit_code(self, name: str) -> int | None:
        return self._process(name).exit_code

    def pid(self, name: str) -> int:
        return self._process(name).pid

    def log(self, name: str | None = None) -> str:
        """What this process has written, or all of them."""
        paths = sorted(self.logs.glob("*.log")) if name is None else [self.logs / f"{name}.log"]
        return "\n".join(path.read_text(errors="replace") for path in paths if path.exists())

    def wait_for(self, holds: Callable[[], bool], what: str, seconds: float = 180, name: str | None = None) -> None:
        """Wait until `holds()`. Raises StackError after `seconds`, or as soon as the process `name` has ended."""
        end = time.monotonic() + seconds
        while not holds():
            if name is not None and not self.is_running(name):
                raise StackError(f"{name} has ended. It wrote:\n{self.log(name)[-4000:]}")
            if time.monotonic() > end:
                raise StackError(f"It did not come true in {seconds} s that {what}.\n{self.log(name)[-8000:]}")
            time.sleep(0.1)

    def _process(self, name: str) -> Process:
        if name not in self._processes:
            raise StackError(f"There is no process “{name}”; there are: {', '.join(self._processes) or 'none'}.")
        return self._processes[name]

    def _options(self, kind: str, name: str) -> tuple[object, ...]:
        if kind == "web":
            workers = self.settings.get("PENDANT_WEB_PROCESSES", "2")
            return ("--bind", f"127.0.0.1:{self.port}", "--workers", workers, "--log-level", "warning")
        if kind == "worker":
            workers = self.settings.get("PENDANT_WORKER_PROCESSES", "1")
            return ("--concurrency", workers, "--hostname", f"{name}@%h", "--loglevel", "INFO")
        if kind == "beat":
            return ("--schedule", self.logs / "beat-schedule", "--loglevel", "INFO")
        return ()

    def _web_answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=3) as answer:  # noqa: S310 (our own address)
                return bool(answer.status == 200)
        except OSError:
            return False


def _command(kind: str) -> tuple[str, ...]:
    if kind not in PROGRAMS:
        raise StackError(f"Pendant has no process “{kind}”: it is one of {', '.join(PROGRAMS)}.")
    program, *arguments = PROGRAMS[kind]
    module = () if program == "python" else ("-m", program)
    return (sys.executable, *module, *arguments)
