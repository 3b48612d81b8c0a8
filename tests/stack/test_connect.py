"""Kafka Connect's REST interface, played; tests/services has a real one."""

import http.server
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from stack import connect
from stack.connect import Connect
from stack.errors import StackError

WORKER = Path(__file__)


class Worker(http.server.BaseHTTPRequestHandler):
    """Answers with what it is told to, one after the other."""

    answers: list[tuple[int, bytes]]

    def do_GET(self) -> None:
        status, body = self.answers.pop(0)
        self.send_response(status)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing."""


@pytest.fixture
def worker(tmp_path: Path, nobody_else: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Connect]:
    monkeypatch.setattr(connect, "_PAUSE_SECONDS", 0)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Worker)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield Connect(tmp_path, brokers="127.0.0.1:1", worker=WORKER, port=server.server_address[1])
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_worker_that_shares_out_its_connectors_is_asked_again(worker: Connect) -> None:
    Worker.answers = [(409, b"rebalance"), (409, b"rebalance"), (200, b'["one"]')]

    assert worker.ask("GET", "/connectors") == ["one"]


def test_one_that_goes_on_doing_so_is_given_up(worker: Connect, monkeypatch: pytest.MonkeyPatch) -> None:
    Worker.answers = [(409, b"rebalance")]
    monkeypatch.setattr(Connect, "patience_seconds", -1)

    with pytest.raises(StackError, match="shared out its connectors for -1 s"):
        worker.ask("GET", "/connectors")


def test_one_that_refuses_is_told_with_its_words(worker: Connect) -> None:
    Worker.answers = [(404, b"no such connector")]

    with pytest.raises(StackError, match="404 no such connector"):
        worker.ask("GET", "/connectors/one/status")
