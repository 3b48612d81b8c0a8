"""`./run stack`: the whole topology until somebody stops it; what ends by itself is started again."""

import fcntl
import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

from stack import environment, places
from stack.application import Application
from stack.errors import StackError
from stack.servers import Servers

_FIRST_PAUSE_SECONDS, _LONGEST_PAUSE_SECONDS = 1.0, 60.0
_STEADY_SECONDS = 60.0

Say = Callable[[str], None]


def settings() -> dict[str, str]:
    """The environment of `./run stack`: this process's, and `.env` where it says nothing.

    PENDANT_VAR stands for the folder of one machine there; the stack's own files lie below it, in `stack`.
    """
    given = environment.read(places.ROOT / ".env") | os.environ
    folder = places.ROOT / (given.get("PENDANT_VAR") or "var")
    return environment.on_this_machine(given, folder=folder) | {"PENDANT_VAR": str(folder / "stack" / "pendant")}


def folder_of(given: Mapping[str, str]) -> Path:
    """Where all that belongs to the stack of these settings lies."""
    return Path(given["PENDANT_VAR"]).parent


class Stack:
    """The servers and Pendant's processes, all data under `folder`."""

    def __init__(self, given: dict[str, str], *, names: Sequence[str], port: int, say: Say) -> None:
        self.folder = folder_of(given)
        self.say = say
        # Where every server is somebody else's, there is no data of theirs to keep.
        ours = any(not given.get(environment.SERVERS[name]) for name in names)
        data = places.open_folder(self.folder) if ours else self.folder
        if data != self.folder:
            say(f"The servers' data is in {data}: their user can't enter {self.folder}.")
        self.servers = Servers(names, folder=data, named=given, durable=True)
        self.application = Application(given, logs=self.folder / "logs", port=port)
        self._locked: IO[str] | None = None
        self._setbacks: dict[str, tuple[float, float]] = {}

    def start(self) -> None:
        """Servers, what has to be there before anything else, then Pendant's processes.

        Raises StackError where something can't be had, or where another process has these data in use.
        """
        Path(self.application.settings["PENDANT_VAR"]).mkdir(parents=True, exist_ok=True)
        self._lock()
        self._keep_last_logs()
        for name in self.servers.ours:
            self.say(f"Starting {name} …")
        self.application.settings |= self.servers.start()
        self._remember()
        self.say("Preparing the database, the topics and the index …")
        self.application.prepare()
        self.say(self.application.manage("demo_curator").strip())
        for kind in self.application.kinds:
            self.application.start(kind)

    def stop(self) -> None:
        """Pendant's processes, then the servers."""
        self.application.stop()
        self.servers.stop()
        if self._locked is not None:
            self._environment.unlink(missing_ok=True)
            self._locked.close()

    def look_after(self) -> None:
        """Start again what has ended, ever later where it keeps ending. Raises StackError for a server that can't."""
        for server in self.servers.ended():
            self.say(f"{server.name} has ended; it is started again. Its log: {server.log}")
            server.start()
        for name in self.application.names:
            if not self.application.is_running(name) and self._is_due(name):
                log = self.application.logs / f"{name}.log"
                self.say(f"{name} has ended ({self.application.exit_code(name)}); it is started again. Its log: {log}")
                self.application.restart(name)

    @property
    def _environment(self) -> Path:
        return self.folder / "environment"

    def _remember(self) -> None:
        """Where the servers are, for `./run stack manage`; it holds passwords."""
        self._environment.unlink(missing_ok=True)
        self._environment.touch(mode=0o600)
        names = environment.SERVERS.values()
        given = self.application.settings
        self._environment.write_text("".join(f"{name}={given[name]}\n" for name in names if name in given))

    def _lock(self) -> None:
        lock = (self.folder / "lock").open("w")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            lock.close()
            raise StackError(f"./run stack runs already, with its data in {self.folder}.") from error
        self._locked = lock

    def _keep_last_logs(self) -> None:
        self.application.logs.mkdir(parents=True, exist_ok=True)
        for log in self.application.logs.glob("*.log"):
            log.replace(log.with_suffix(".log.last"))

    def _is_due(self, name: str) -> bool:
        """Whether to start it now: twice as late each time, unless it had run for a while."""
        now = time.monotonic()
        pause, since = self._setbacks.get(name, (0.0, now))
        if pause and now - since < pause:
            return False
        steady = now - since > pause + _STEADY_SECONDS
        following = _FIRST_PAUSE_SECONDS if steady or not pause else min(2 * pause, _LONGEST_PAUSE_SECONDS)
        self._setbacks[name] = (following, now)
        return True


def manage(arguments: list[str]) -> None:
    """Become manage.py with the settings of the stack that is running. Raises StackError where none is."""
    given = settings()
    remembered = folder_of(given) / "environment"
    if not remembered.exists():
        raise StackError("./run stack is not running: start it in another terminal.")
    given |= environment.read(remembered)
    os.execve(sys.executable, [sys.executable, str(places.ROOT / "manage.py"), *arguments], given)  # noqa: S606 (our own program)
