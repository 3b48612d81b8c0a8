"""Redis, as the system has installed it."""

import os
import shutil
import socket

from stack.errors import StackError
from stack.processes import Process
from stack.server import Server


class Redis(Server):
    """Keeps nothing on disk: tasks and counters can be lost, the journal and the sweep make up for them."""

    name = "Redis"
    patience_seconds = 120

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def prepare(self) -> None:
        if shutil.which("redis-server") is None:
            raise StackError("There is no redis-server: apt-get install redis-server")

    def process(self) -> Process:
        place = ("--bind", "127.0.0.1", "--port", self.port, "--dir", self.folder)
        return Process(
            ["redis-server", *place, "--save", "", "--appendonly", "no"],
            log=self.log,
            environment=os.environ,
            folder=self.folder,
            user=self.user,
        )

    def answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False
