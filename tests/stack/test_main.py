"""`python -m stack` as a person calls it; its servers are small ones, or somebody else's."""

import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from stack import __main__, environment, running, servers
from stack.application import Application
from tests.stack.test_server import Small

Stack = Callable[..., int]


@pytest.fixture
def stack(tmp_path: Path, scripts: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Stack:
    """Runs it with these arguments; its exit status."""
    for variable in environment.SERVERS.values():
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("PENDANT_SERVICES", str(tmp_path / "services"))
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    for name in ("Kafka", "Elasticsearch", "Redis"):
        monkeypatch.setattr(servers, name, Small)

    def call(*arguments: object) -> int:
        monkeypatch.setattr(sys, "argv", ["stack", *map(str, arguments)])
        return __main__.main()

    return call


def test_a_command_gets_the_servers_it_asks_for_and_its_exit_status_is_ours(
    stack: Stack, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert stack("with", "redis", "kafka", "--", "sh", "-c", "echo $REDIS_URL $KAFKA_BROKERS; exit 3") == 3

    words = capfd.readouterr().out.split()
    assert len(words) == 2
    assert all(word.startswith("small://") for word in words)
    assert list((tmp_path / "services" / "runs").iterdir()) == []


@pytest.mark.parametrize("rest", [["redis"], ["redis", "--"]])
def test_without_a_command_it_says_how_to_write_one(
    stack: Stack, capsys: pytest.CaptureFixture[str], rest: list[str]
) -> None:
    assert stack("with", *rest) == 1
    assert "Name servers, then --, then a command" in capsys.readouterr().err


@pytest.fixture
def named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every server is somebody else's, and manage.py does nothing."""
    for variable in environment.SERVERS.values():
        monkeypatch.setenv(variable, "elsewhere")
    monkeypatch.setattr(Application, "manage", lambda self, name, *rest: f"{name} is done.\n")


def test_it_shows_where_to_open_it_and_stops_again_where_nobody_waits(
    stack: Stack, named: None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert stack("--no-wait", "--port", 31234) == 0

    said = capsys.readouterr().out
    assert "Pendant is ready" in said
    assert "http://127.0.0.1:31234/admin/" in said
    assert said.endswith("Stopping …\n")


def test_without_kafka_there_is_neither_relay_nor_sink(
    stack: Stack, named: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[tuple[str, ...]] = []
    monkeypatch.setattr(Application, "stop", lambda self: started.append(self.kinds))

    stack("--no-wait", "--without-kafka", "--port", 31235)

    assert started == [("beat", "worker", "web")]


def test_it_looks_after_everything_until_it_is_told_to_end(
    stack: Stack, named: None, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    looked: list[running.Stack] = []

    def look_after(self: running.Stack) -> None:
        looked.append(self)
        if len(looked) == 2:
            __main__._end(signal.SIGTERM, None)

    monkeypatch.setattr(running.Stack, "look_after", look_after)
    monkeypatch.setattr(__main__.time, "sleep", lambda seconds: None)

    assert stack("--port", 31236) == 0

    assert len(looked) == 2
    assert looked[0].application.names == ()
    assert "Stopping …" in capsys.readouterr().out


def test_a_port_that_is_taken_is_refused_with_another_to_try(
    stack: Stack, named: None, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert stack("--port", port) == 1
    assert f"Port {port} can't be used: most likely another program has it. Try --port {port + 1}." in (
        capsys.readouterr().err
    )


@pytest.mark.parametrize("port", ["0", "65536", "no", "-1"])
def test_what_is_no_port_is_refused(stack: Stack, named: None, capsys: pytest.CaptureFixture[str], port: str) -> None:
    assert stack(f"--port={port}") == 1
    assert f"A port is a number from 1 to 65535, and not “{port}”." in capsys.readouterr().err


def test_a_command_of_manage_needs_a_stack_that_runs(stack: Stack, capsys: pytest.CaptureFixture[str]) -> None:
    assert stack("manage", "import_paintings", "--publish") == 1
    assert "./run stack is not running" in capsys.readouterr().err


def test_a_server_that_does_not_exist_is_refused(stack: Stack, capsys: pytest.CaptureFixture[str]) -> None:
    assert stack("with", "oracle", "--", "true") == 1
    assert "There is no server “oracle”" in capsys.readouterr().err
