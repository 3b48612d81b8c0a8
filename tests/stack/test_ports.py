import socket
import subprocess
import sys

import pytest

from stack import places, ports


def test_a_free_port_can_be_listened_on_and_is_not_free_then() -> None:
    port = ports.free_port()

    with socket.create_server(("127.0.0.1", port)):
        assert not ports.is_free(port)

    assert ports.is_free(port)


def test_it_is_none_that_linux_gives_to_outgoing_connections() -> None:
    assert all(20_000 <= ports.free_port() < 32_000 for _ in range(20))


@pytest.fixture
def another() -> int:
    """A port that nobody has been given."""
    port = ports.free_port()
    if claim := ports._claims.pop(port):
        claim.close()
    return port


def test_each_is_given_once_though_its_server_does_not_listen_yet(
    another: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ports, "_PORTS", [*[ports.free_port()] * 50, another])

    assert ports.free_port() == another


@pytest.mark.skipif(sys.platform != "linux", reason="Only Linux has sockets with names and without files.")
def test_another_process_is_given_another_one(another: int) -> None:
    code = "import sys; from stack import ports; ports._PORTS = [*map(int, sys.argv[1:])]; print(ports.free_port())"
    command = [sys.executable, "-c", code, *map(str, [ports.free_port()] * 50), str(another)]

    given = subprocess.run(command, cwd=places.ROOT, capture_output=True, text=True, check=True)

    assert int(given.stdout) == another
    assert ports._claim(another), "it is gone with the process"
