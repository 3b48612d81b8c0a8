"""What every server has: a port, a folder, a log, and a way to tell that it answers."""

import time
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar, Self

from stack import ports, users
from stack.errors import StackError
from stack.processes import Process


class Server(ABC):
    """A server on 127.0.0.1. Its port and its data stay the same when it is stopped or killed, and started again."""

    name: ClassVar[str]
    patience_seconds: ClassVar[int] = 300

    def __init__(self, folder: Path, *, port: int | None = None) -> None:
        self.folder = folder
        self.port = port or ports.free_port()
        self.user = users.unprivileged()
        self._process: Process | None = None
        self._log_start = 0

    @property
    @abstractmethod
    def url(self) -> str:
        """Where clients reach it."""

    @abstractmethod
    def prepare(self) -> None:
        """Find the program and write its settings; keep what earlier starts have left."""

    @abstractmethod
    def process(self) -> Process:
        """The process to start, once everything is prepared."""

    @abstractmethod
    def answers(self) -> bool:
        """Whether it serves clients now."""

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.is_running

    @property
    def pid(self) -> int:
        return self._started().pid

    def start(self) -> Self:
        """Start it and return when it serves. Raises StackError where it doesn't."""
        try:
            self.launch()
            self.wait()
        except BaseException:
            self.kill()
            raise
        return self

    def launch(self) -> None:
        """Start it; `wait` says when it serves. Several servers can get ready at the same time like this."""
        if self._process is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.prepare()
            if self.user:
                self.user.own(self.folder)
            self._process = self.process()
        self._log_start = self.log.stat().st_size if self.log.exists() else 0
        self._process.start()

    def wait(self) -> None:
        """Return when it serves. Raises StackError, with the end of its log, where it ends or takes too long."""
        process = self._started()
        end = time.monotonic() + self.patience_seconds
        while not self.answers():
            if not process.is_running:
                raise StackError(f"{self.name} ended at once (exit {process.exit_code}). {self.last_words()}")
            if time.monotonic() > end:
                self.kill()
                raise StackError(f"{self.name} was not ready in {self.patience_seconds} s. {self.last_words()}")
            time.sleep(0.1)

    def stop(self) -> None:
        """Stop it cleanly; what it has stored stays."""
        if self._process is not None:
            self._process.stop()

    def kill(self) -> None:
        """Kill it as a crash would; `start` brings it back on the same port with the data it had stored."""
        if self._process is not None:
            self._process.kill()

    def written(self) -> str:
        """What it has written to its log since it was started last."""
        if not self.log.exists():
            return ""
        with self.log.open("rb") as log:
            log.seek(self._log_start)
            return log.read().decode(errors="replace")

    def last_words(self) -> str:
        return f"The end of {self.log}:\n" + "\n".join(self.written().splitlines()[-30:])

    def _started(self) -> Process:
        if self._process is None:
            raise StackError(f"{self.name} was never started.")
        return self._process


def properties(values: Mapping[str, object]) -> str:
    """The text of a Java properties file."""
    return "".join(f"{name}={value}\n" for name, value in values.items())
