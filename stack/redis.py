"""Redis, as the system has installed it."""

import os
import shutil
import socket
from pathlib import Path

from stack.errors import StackError
from stack.processes import Process
from stack.server import Server


class Redis(Server):
    """Keeps nothing on disk unless `durable`."""

    name = "Redis"
    patience_seconds = 120

    def __init__(self, folder: Path, *, port: int | None = None, durable: bool = False) -> None:
        super().__init__(folder, port=port)
        self.durable = durable

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def prepare(self) -> None:
        if shutil.which("redis-server") is None:
            raise StackError("There is no redis-server: apt-get install redis-server")

    def process(self) -> Process:
        kept = ("--appendonly", "yes") if self.durable else ("--save", "")
        place = ("--bind", "127.0.0.1", "--port", self.port, "--dir", self.folder)
        return Process(
            [shutil.which("redis-server"), *place, *kept],
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
