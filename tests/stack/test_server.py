"""What all servers do, shown on a small one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from stack.errors import StackError
from stack.processes import Process
from stack.server import Server, properties


class Small(Server):
    """Says that it is up, and what it finds of an earlier start."""

    name = "Small"
    patience_seconds = 120
    script = "echo start >>starts; echo up; exec sleep 60"
    prepared = 0

    @property
    def url(self) -> str:
        return f"small://127.0.0.1:{self.port}"

    def prepare(self) -> None:
        self.prepared += 1

    def process(self) -> Process:
        return Process(
            ["/bin/sh", "-c", self.script], log=self.log, environment={"PATH": "/bin:/usr/bin"}, folder=self.folder
        )

    def answers(self) -> bool:
        return "up" in self.written()


@pytest.fixture
def server(tmp_path: Path, nobody_else: None) -> Iterator[Small]:
    one = Small(tmp_path / "small")
    yield one
    one.kill()


def test_it_is_back_with_its_port_and_data_after_it_was_killed(server: Small) -> None:
    server.start()
    url, first = server.url, server.pid

    server.kill()
    assert not server.is_running
    server.start()

    assert server.url == url
    assert server.pid != first
    assert server.prepared == 1
    assert (server.folder / "starts").read_text() == "start\nstart\n"


def test_the_log_of_an_earlier_start_does_not_count_as_an_answer(server: Small) -> None:
    server.start()
    server.stop()

    server.launch()
    assert server.written() in ("", "up\n")
    server.wait()

    assert server.log.read_text() == "up\nup\n"


def test_one_that_ends_is_refused_with_its_last_words(server: Small) -> None:
    server.script = "echo no room left; exit 7"

    with pytest.raises(StackError, match=r"(?s)Small ended at once \(exit 7\).*no room left"):
        server.start()


def test_one_that_never_answers_is_killed_after_its_time(server: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Small, "patience_seconds", 0)
    server.script = "exec sleep 60"

    with pytest.raises(StackError, match="Small was not ready in 0 s"):
        server.start()

    assert not server.is_running


def test_one_that_was_never_started_has_no_process(server: Small) -> None:
    server.stop()
    server.kill()

    assert not server.is_running
    assert server.written() == ""
    with pytest.raises(StackError, match="Small was never started"):
        _ = server.pid


def test_properties_are_a_line_each() -> None:
    assert properties({"node.id": 1, "roles": "broker"}) == "node.id=1\nroles=broker\n"
