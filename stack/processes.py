"""Child processes that can be stopped, killed and started anew, and that never outlive whoever started them."""

import atexit
import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import weakref
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

from stack.errors import StackError
from stack.users import User

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None
_started: "weakref.WeakSet[Process]" = weakref.WeakSet()


class Process:
    """A program in a process group of its own; what it writes goes to the end of `log`.

    When whoever started it dies, however that happens, it gets the signal `last_word`. Start it from a thread that
    lives as long as it shall: Linux counts the end of that thread as the death.
    """

    def __init__(
        self,
        command: Sequence[object],
        *,
        log: Path,
        environment: Mapping[str, str],
        folder: Path,
        user: User | None = None,
        stop_by: signal.Signals = signal.SIGTERM,
        last_word: signal.Signals = signal.SIGKILL,
    ) -> None:
        self.command = [str(part) for part in command]
        self.log = log
        self.environment = dict(environment)
        self.folder = folder
        self.user = user
        self.stop_by = stop_by
        self.last_word = last_word
        self._process: subprocess.Popen[bytes] | None = None
        self._starter = 0

    @property
    def pid(self) -> int:
        """The number of the process that was started last. Raises StackError where none was."""
        if self._process is None:
            raise StackError(f"{self.command[0]} was never started.")
        return self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def exit_code(self) -> int | None:
        """What it ended with (negative: the signal); None where it runs, or never did."""
        return None if self._process is None else self._process.poll()

    @property
    def was_started_here(self) -> bool:
        return self._starter == os.getpid()

    def start(self) -> None:
        """Start the program. Raises StackError where it runs already, or is none."""
        if self.is_running:
            raise StackError(f"{self.command[0]} is running already, as process {self.pid}.")
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            try:
                self._process = self._popen(log)
            except OSError as error:
                raise StackError(f"{self.command[0]} can't be started: {error.strerror}.") from error
        self._starter = os.getpid()
        _started.add(self)

    def stop(self, patience_seconds: float = 30) -> None:
        """End it as it wishes to be ended; what is left of its group after `patience_seconds` is killed."""
        if self._process is None:
            return
        if self.is_running:
            self._process.send_signal(self.stop_by)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(patience_seconds)
        self.kill()

    def kill(self) -> None:
        """End it and its children with SIGKILL, as a crash would, and wait until it is gone."""
        if self._process is None or self not in _started:
            return  # nothing is left of it; by now its number may be another's
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        _started.discard(self)

    def _popen(self, log: IO[bytes]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 (our own commands)
            self.command,
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_dying_with(os.getpid(), self.last_word),
            user=self.user.uid if self.user else None,
            group=self.user.gid if self.user else None,
            extra_groups=[] if self.user else None,
        )


def _dying_with(parent: int, word: signal.Signals) -> Callable[[], None]:
    def ask() -> None:
        # A program that was started in the background has been told not to hear Ctrl-C, and would tell its children so.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        # Runs in the child, after it has taken its user: a change of user would make Linux forget the wish.
        if _LIBC is not None:
            _LIBC.prctl(_PR_SET_PDEATHSIG, int(word))
            if os.getppid() != parent:
                os._exit(1)

    return ask


@atexit.register
def _kill_what_is_left() -> None:
    for process in list(_started):
        if process.was_started_here:  # and not by whom we were forked from
            process.kill()
