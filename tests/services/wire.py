"""A wire to a server that can be cut and mended: how a server looks to its clients when it is down for a while."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit

from stack import ports

_BLOCK = 1 << 16


class Wire:
    """Listens on a port of its own and passes everything on to the server at `url`."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        assert parts.hostname and parts.port, f"{url} names no host and port."
        self._far = (parts.hostname, parts.port)
        self._listener: socket.socket | None = None
        self._open: set[socket.socket] = set()
        self._cutting = threading.Lock()
        self._port = ports.free_port()
        self.url = f"{parts.scheme}://127.0.0.1:{self._port}"

    def mend(self) -> None:
        """Connections are taken from now on."""
        self._listener = socket.create_server(("127.0.0.1", self._port))
        threading.Thread(target=self._take, args=(self._listener,), daemon=True).start()

    def cut(self) -> None:
        """Whoever is connected is cut off, and nobody gets through until it is mended."""
        with self._cutting:
            if self._listener is not None:
                # Only this wakes the thread that waits for a connection.
                with contextlib.suppress(OSError):
                    self._listener.shutdown(socket.SHUT_RDWR)
                self._listener.close()
                self._listener = None
            for end in list(self._open):
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

    @contextlib.contextmanager
    def mended(self) -> Iterator["Wire"]:
        self.mend()
        try:
            yield self
        finally:
            self.cut()

    def _take(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            self._connect(near, listener)

    def _connect(self, near: socket.socket, listener: socket.socket) -> None:
        """Pass everything on between whoever came and the server, unless the wire is cut by now."""
        try:
            far = socket.create_connection(self._far)
        except OSError:
            near.close()
            return
        with self._cutting:
            if listener is not self._listener:
                near.close()
                far.close()
                return
            self._open |= {near, far}
        for source, target in ((near, far), (far, near)):
            threading.Thread(target=self._pass, args=(source, target), daemon=True).start()

    def _pass(self, source: socket.socket, target: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while block := source.recv(_BLOCK):
                target.sendall(block)
        with contextlib.suppress(OSError):
            target.shutdown(socket.SHUT_RDWR)
        self._open.discard(source)
        source.close()
