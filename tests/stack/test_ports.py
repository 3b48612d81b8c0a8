import socket

from stack import ports


def test_a_free_port_can_be_listened_on_and_is_not_free_then() -> None:
    port = ports.free_port()

    with socket.create_server(("127.0.0.1", port)):
        assert not ports.is_free(port)

    assert ports.is_free(port)


def test_it_is_none_that_linux_gives_to_outgoing_connections() -> None:
    assert all(20_000 <= ports.free_port() < 32_000 for _ in range(20))
