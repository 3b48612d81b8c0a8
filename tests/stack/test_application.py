import sys
from pathlib import Path

import pytest

from stack import application, environment
from stack.application import PROGRAMS, Application
from stack.errors import StackError


def test_with_kafka_there_are_a_relay_and_a_sink_and_the_web_server_comes_last(tmp_path: Path) -> None:
    assert Application({"KAFKA_BROKERS": "127.0.0.1:9092"}, logs=tmp_path).kinds == (
        *("sink", "relay", "beat", "worker", "web"),
    )
    assert Application({}, logs=tmp_path).kinds == ("beat", "worker", "web")


def test_processes_are_started_killed_and_brought_back_by_name(pendant: Application) -> None:
    pendant.start("sink")
    pendant.start("sink", "sink-2")
    first = pendant.pid("sink-2")

    pendant.kill("sink-2")
    assert pendant.is_running("sink")
    assert not pendant.is_running("sink-2")
    assert pendant.exit_code("sink-2") == -9
    pendant.start("sink", "sink-2")

    assert pendant.pid("sink-2") != first
    assert pendant.names == ("sink", "sink-2")


def test_the_web_server_answers_when_its_start_returns(pendant: Application) -> None:
    pendant.start("web")
    assert "web up" in pendant.log("web")


def test_a_web_server_that_ends_is_refused_with_what_it_wrote(pendant: Application, scripts: dict[str, str]) -> None:
    scripts["web"] = "echo the port is taken; exit 1"

    with pytest.raises(StackError, match=r"(?s)web has ended.*the port is taken"):
        pendant.start("web")


def test_all_are_stopped_or_those_that_are_named(pendant: Application) -> None:
    for kind in ("relay", "worker", "beat"):
        pendant.start(kind)

    pendant.stop("worker")
    assert pendant.names == ("relay", "beat")

    pendant.stop()
    assert pendant.names == ()


def test_logs_are_read_one_by_one_or_together(pendant: Application) -> None:
    pendant.start("worker")
    pendant.start("sink")
    pendant.wait_for(lambda: "up" in pendant.log("sink") and "up" in pendant.log("worker"), "both are up")

    assert pendant.log("worker") == "worker up\n"
    assert pendant.log() == "sink up\n\nworker up\n"
    assert pendant.log("beat") == ""


def test_waiting_in_vain_says_for_what(pendant: Application) -> None:
    with pytest.raises(StackError, match="It did not come true in 0 s that pigs fly"):
        pendant.wait_for(lambda: False, "pigs fly", seconds=0)


@pytest.mark.parametrize("act", ["stop", "kill", "pid", "is_running"])
def test_a_name_that_was_never_started_is_refused(pendant: Application, act: str) -> None:
    pendant.start("beat")
    with pytest.raises(StackError, match="There is no process “sink”; there are: beat"):
        getattr(pendant, act)("sink")


def test_a_kind_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StackError, match="Pendant has no process “waiter”: it is one of web, worker, beat"):
        Application({}, logs=tmp_path).start("waiter")


def test_each_kind_runs_its_program_with_our_python(tmp_path: Path) -> None:
    started = Application({"PENDANT_WORKER_PROCESSES": "3", "PENDANT_WEB_PROCESSES": "5"}, logs=tmp_path, port=8123)
    commands = {kind: (*application._command(kind), *started._options(kind, kind)) for kind in PROGRAMS}

    assert all(command[0] == sys.executable for command in commands.values())
    assert commands["relay"] == (sys.executable, "manage.py", "run_relay")
    assert commands["worker"][1:6] == ("-m", "celery", "-A", "config", "worker")
    assert commands["worker"][commands["worker"].index("--concurrency") + 1] == "3"
    assert commands["web"][commands["web"].index("--bind") + 1] == "127.0.0.1:8123"
    assert commands["web"][commands["web"].index("--workers") + 1] == "5"
    assert commands["beat"][commands["beat"].index("--schedule") + 1].is_relative_to(tmp_path)  # type: ignore[union-attr]


def settings(folder: Path) -> dict[str, str]:
    return environment.on_this_machine(environment.bare() | {"PENDANT_VAR": str(folder)}, folder=folder)


def test_a_command_of_manage_says_what_it_did(tmp_path: Path) -> None:
    assert (
        Application(settings(tmp_path), logs=tmp_path).manage("check").startswith("System check identified no issues")
    )


def test_one_that_fails_is_refused_with_all_that_it_said(tmp_path: Path) -> None:
    with pytest.raises(StackError, match=r"(?s)manage.py no_such failed:.*Unknown command: 'no_such'"):
        Application(settings(tmp_path), logs=tmp_path).manage("no_such")


def test_one_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    with pytest.raises(StackError, match=r"manage.py check took longer than 0.01 s"):
        Application(settings(tmp_path), logs=tmp_path).manage("check", seconds=0.01)


def test_preparing_makes_topics_and_an_index_where_there_are_servers_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []
    monkeypatch.setattr(Application, "manage", lambda self, name, *rest: ran.append(name))

    Application({}, logs=tmp_path).prepare()
    assert ran == ["migrate", "collectstatic"]

    ran.clear()
    Application({"KAFKA_BROKERS": "k", "ELASTICSEARCH_URL": "e"}, logs=tmp_path).prepare()
    assert ran == ["migrate", "collectstatic", "create_topics", "rebuild_index"]
