"""`./run stack` with servers of somebody else and a Pendant of shell scripts."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from stack import environment, places, running
from stack.application import Application
from stack.errors import StackError
from stack.running import Stack
from tests.stack.test_server import Small

NAMED = {
    "DATABASE_URL": "postgres://elsewhere/pendant",
    "REDIS_URL": "redis://elsewhere",
    "KAFKA_BROKERS": "elsewhere:9092",
    "ELASTICSEARCH_URL": "http://elsewhere",
}


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def stack(tmp_path: Path, scripts: dict[str, str], said: list[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Stack]:
    monkeypatch.setattr(Application, "manage", lambda self, name, *rest: f"{name} is done.\n")
    there = make(tmp_path, said)
    yield there
    there.stop()


def make(var: Path, said: list[str]) -> Stack:
    """The fixture `folder` of all tests names this folder in PENDANT_VAR."""
    given = {**os.environ, **NAMED, "PENDANT_VAR": str(var / "stack" / "pendant")}
    return Stack(given, names=list(environment.SERVERS), port=8000, say=said.append)


def test_it_starts_everything_says_so_and_remembers_where_the_servers_are(
    stack: Stack, tmp_path: Path, said: list[str]
) -> None:
    stack.start()

    assert stack.application.names == ("sink", "relay", "beat", "worker", "web")
    assert said == ["Preparing the database, the topics and the index …", "demo_curator is done."]
    remembered = tmp_path / "stack" / "environment"
    assert environment.read(remembered) == NAMED
    assert remembered.stat().st_mode & 0o777 == 0o600

    stack.stop()

    assert stack.application.names == ()
    assert not remembered.exists()


def test_logs_of_the_start_before_are_kept_once(stack: Stack) -> None:
    stack.start()
    stack.stop()
    stack.start()

    logs = {path.name for path in stack.application.logs.iterdir()}
    assert {"sink.log", "sink.log.last"} <= logs


def test_what_ends_is_started_again_ever_later(stack: Stack, said: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    now = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    stack.start()

    def ends_at(seconds: float) -> bool:
        """Whether a sink that ends then is started again at once."""
        now[0] = 1000 + seconds
        stack.application.kill("sink")
        stack.look_after()
        return stack.application.is_running("sink")

    assert ends_at(0)
    assert not ends_at(0.5)
    assert ends_at(1.5)
    assert not ends_at(3)
    assert ends_at(4)
    assert ends_at(200), "it ran for a while: that counts as a fresh start"
    assert ends_at(201.5)
    assert "sink has ended (-9); it is started again." in said[-1]


def test_a_server_that_ends_is_started_again(stack: Stack, tmp_path: Path, said: list[str], nobody_else: None) -> None:
    server = Small(tmp_path / "small")
    stack.servers.ours["redis"] = server
    stack.start()
    assert said[0] == "Starting redis …"
    server.kill()

    stack.look_after()

    assert server.is_running
    assert said[-1].startswith("Small has ended; it is started again.")


def test_a_second_one_is_refused_and_takes_nothing_from_the_first(
    stack: Stack, tmp_path: Path, said: list[str]
) -> None:
    stack.start()
    second = make(tmp_path, said)

    with pytest.raises(StackError, match="runs already, with its data in"):
        second.start()
    second.stop()

    assert (tmp_path / "stack" / "environment").exists()
    assert stack.application.is_running("sink")


def test_where_the_servers_user_cannot_enter_it_says_where_their_data_is(
    tmp_path: Path, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "open_folder", lambda folder: tmp_path / "elsewhere")

    stack = Stack({"PENDANT_VAR": str(tmp_path / "stack" / "pendant")}, names=["redis"], port=8000, say=said.append)

    assert stack.servers.ours["redis"].folder == tmp_path / "elsewhere" / "redis"
    assert said[0].startswith(f"The servers' data is in {tmp_path / 'elsewhere'}")


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "ROOT", tmp_path)
    (tmp_path / ".env").write_text("PENDANT_PORT=9000\nPENDANT_HOSTS=a.example\nREDIS_URL=redis://there\n")
    monkeypatch.setenv("PENDANT_HOSTS", "b.example")

    settings = running.settings()

    assert settings["PENDANT_PORT"] == "9000"
    assert settings["PENDANT_HOSTS"] == "b.example,127.0.0.1"
    assert settings["REDIS_URL"] == "redis://there"
    assert settings["PENDANT_VAR"] == str(tmp_path / "stack" / "pendant")


def test_without_any_setting_the_data_lie_in_var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "ROOT", tmp_path)
    monkeypatch.delenv("PENDANT_VAR")

    assert running.folder_of(running.settings()) == tmp_path / "var" / "stack"


def test_a_command_needs_a_stack_that_runs() -> None:
    with pytest.raises(StackError, match="run stack is not running"):
        running.manage(["check"])


def test_a_command_gets_the_settings_of_the_stack_that_runs(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> None:
    stack.start()
    became: list[tuple[list[str], dict[str, str]]] = []
    monkeypatch.setattr(os, "execve", lambda program, arguments, given: became.append((arguments, given)))

    running.manage(["import_paintings", "PATH", "--publish"])

    arguments, given = became[0]
    assert arguments[1:] == [str(places.ROOT / "manage.py"), "import_paintings", "PATH", "--publish"]
    assert NAMED.items() <= given.items()
