"""With real processes, small ones."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from stack import places, processes
from stack.errors import StackError
from stack.processes import Process

SHELL = "/bin/sh"


@pytest.fixture
def process(tmp_path: Path) -> Iterator[Callable[..., Process]]:
    made: list[Process] = []

    def make(script: str, **more: object) -> Process:
        given = {"log": tmp_path / "log", "environment": os.environ, "folder": tmp_path, **more}
        made.append(Process([SHELL, "-c", script], **given))
        return made[-1]

    yield make
    for one in made:
        one.kill()


def soon(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 120
    while not holds():
        assert time.monotonic() < end, "It never came true."
        time.sleep(0.02)


def is_alive(pid: int) -> bool:
    status = Path(f"/proc/{pid}/stat")
    try:
        return status.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_what_it_writes_stands_in_its_log(tmp_path: Path, process: Callable[..., Process]) -> None:
    one = process("echo said; echo complained >&2; exit 3")
    one.start()
    soon(lambda: not one.is_running)

    assert (tmp_path / "log").read_text() == "said\ncomplained\n"
    assert one.exit_code == 3


def test_it_is_stopped_as_it_wishes(tmp_path: Path, process: Callable[..., Process]) -> None:
    one = process("trap 'echo goodbye; exit 0' INT; echo up; while true; do sleep 0.05; done", stop_by=signal.SIGINT)
    one.start()
    soon(lambda: "up" in (tmp_path / "log").read_text())

    one.stop(patience_seconds=120)

    assert "goodbye" in (tmp_path / "log").read_text()
    assert one.exit_code == 0


def test_so_it_is_where_the_stack_was_started_in_the_background(
    tmp_path: Path, process: Callable[..., Process]
) -> None:
    """A shell tells what it starts with `&` to ignore SIGINT, and that is inherited."""
    heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        one = process("trap 'exit 0' INT; echo up; while true; do sleep 0.05; done", stop_by=signal.SIGINT)
        one.start()
    finally:
        signal.signal(signal.SIGINT, heard)
    soon(lambda: "up" in (tmp_path / "log").read_text())

    one.stop(patience_seconds=120)

    assert one.exit_code == 0


def test_what_does_not_listen_is_killed_in_the_end(tmp_path: Path, process: Callable[..., Process]) -> None:
    one = process("trap '' TERM; echo up; while true; do sleep 0.05; done")
    one.start()
    soon(lambda: "up" in (tmp_path / "log").read_text())

    one.stop(patience_seconds=0.2)

    assert one.exit_code == -signal.SIGKILL


def test_killing_it_takes_its_children_too(tmp_path: Path, process: Callable[..., Process]) -> None:
    one = process("sleep 60 & echo $!; wait")
    one.start()
    soon(lambda: (tmp_path / "log").read_text().endswith("\n"))

    one.kill()

    soon(lambda: not is_alive(int((tmp_path / "log").read_text())))


def test_it_starts_again_after_it_was_killed(process: Callable[..., Process]) -> None:
    one = process("sleep 60")
    one.start()
    first = one.pid
    one.kill()

    one.start()

    assert one.is_running
    assert one.pid != first


def test_it_runs_once_at_a_time(process: Callable[..., Process]) -> None:
    one = process("sleep 60")
    one.start()
    with pytest.raises(StackError, match="is running already"):
        one.start()


def test_before_it_was_started_there_is_nothing_to_stop(process: Callable[..., Process]) -> None:
    one = process("true")
    one.stop()
    one.kill()

    assert not one.is_running
    assert one.exit_code is None
    with pytest.raises(StackError, match="was never started"):
        _ = one.pid


def test_a_program_that_is_not_there_is_refused_in_a_sentence(tmp_path: Path) -> None:
    one = Process([tmp_path / "nothing"], log=tmp_path / "log", environment={}, folder=tmp_path)
    with pytest.raises(StackError, match="nothing can't be started: No such file"):
        one.start()


@pytest.mark.skipif(sys.platform != "linux", reason="Only Linux tells children that their parent has died.")
def test_it_dies_with_whoever_started_it_even_by_kill_9(tmp_path: Path) -> None:
    parent = f"""
        import os, sys, time
        from pathlib import Path
        from stack.processes import Process
        one = Process(["sleep", "60"], log=Path({str(tmp_path / "log")!r}), environment=os.environ, folder=Path("/"))
        one.start()
        print(one.pid, flush=True)
        time.sleep(60)
    """
    command = [sys.executable, "-c", textwrap.dedent(parent)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=places.ROOT) as starter:
        assert starter.stdout is not None
        child = int(starter.stdout.readline())
        assert is_alive(child)
        starter.kill()

    soon(lambda: not is_alive(child))


def test_what_is_left_at_the_end_of_the_program_is_killed(tmp_path: Path) -> None:
    parent = f"""
        import os
        from pathlib import Path
        from stack.processes import Process
        script = "trap '' TERM; while true; do sleep 0.05; done"
        one = Process(["/bin/sh", "-c", script], log=Path({str(tmp_path / "log")!r}),
                      environment=os.environ, folder=Path("/"))
        one.start()
        print(one.pid)
    """
    command = [sys.executable, "-c", textwrap.dedent(parent)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=places.ROOT, check=True)

    soon(lambda: not is_alive(int(done.stdout)))


def test_a_fork_of_whoever_started_it_takes_nothing_along_at_its_end(process: Callable[..., Process]) -> None:
    one = process("sleep 60")
    one.start()

    child = os.fork()
    if child == 0:
        processes._kill_what_is_left()
        os._exit(0)
    os.waitpid(child, 0)

    assert one.is_running


def test_what_is_gone_is_not_killed_again(process: Callable[..., Process], monkeypatch: pytest.MonkeyPatch) -> None:
    one = process("sleep 60")
    one.start()
    one.kill()
    monkeypatch.setattr(os, "killpg", lambda *_: pytest.fail("Its number may be another's by now."))

    one.kill()
    one.stop()
