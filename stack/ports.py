"""Ports that nobody listens on."""

import random
import socket
import sys

# Below the ports that Linux gives to outgoing connections: a server that restarts finds its port still free.
_PORTS = range(20_000, 32_000)
_claims: dict[int, socket.socket | None] = {}
"""The ports that this process has given away, each with its claim."""


def free_port() -> int:
    """A port of 127.0.0.1 that can be listened on at this moment. While our process lives, nobody is given it again.

    Its server may take half a minute until it listens, or be down for a while.
    """
    while True:
        port = random.choice(_PORTS)
        if port not in _claims and is_free(port) and _claim(port):
            return port


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of 127.0.0.1 now."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _claim(port: int) -> bool:
    """Whether the port is ours alone. On Linux a name says so to other processes, which is gone with ours."""
    claim = None
    if sys.platform == "linux":
        claim = socket.socket(socket.AF_UNIX)
        try:
            claim.bind(f"\0pendant-port-{port}")
        except OSError:
            claim.close()
            return False
    _claims[port] = claim
    return True
