"""PostgreSQL, as the system has installed it."""

import os
import secrets
import shutil
import signal
import subprocess
from collections.abc import Mapping
from pathlib import Path

from stack.errors import StackError
from stack.processes import Process
from stack.server import Server

_OWNER = "pendant"


class Postgres(Server):
    """Without `durable` it does not wait for the disk: a crash of the machine, not of the process, may lose data."""

    name = "PostgreSQL"
    patience_seconds = 120

    def __init__(self, folder: Path, *, port: int | None = None, durable: bool = False) -> None:
        super().__init__(folder, port=port)
        self.durable = durable

    @property
    def url(self) -> str:
        return self.database_url("postgres")

    def database_url(self, database: str) -> str:
        """What DATABASE_URL is for this database."""
        return f"postgres://{_OWNER}:{self._password.read_text()}@127.0.0.1:{self.port}/{database}"

    def create(self, database: str) -> str:
        """Make this database where it is missing; its DATABASE_URL."""
        done = self._run("createdb", *self._address(), database)
        if done.returncode != 0 and "already exists" not in done.stderr:
            raise StackError(f"The database {database} can't be made: {done.stderr}")
        return self.database_url(database)

    def prepare(self) -> None:
        if self._data.exists():
            return
        self._password.touch(mode=0o600)
        self._password.write_text(secrets.token_hex(16))
        if self.user:
            self.user.own(self.folder)
        done = self._run(
            *("initdb", "--pgdata", self._data, "--username", _OWNER, "--pwfile", self._password),
            *("--auth", "scram-sha-256", "--encoding", "UTF8", "--locale", "C", "--no-sync"),
        )
        if done.returncode != 0:
            shutil.rmtree(self._data, ignore_errors=True)
            raise StackError(f"PostgreSQL's folder {self._data} can't be made: {done.stdout}{done.stderr}")

    def process(self) -> Process:
        settings: Mapping[str, object] = {
            "port": self.port,
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": "",
            "fsync": "on" if self.durable else "off",
            "max_connections": 200,
            "shared_buffers": "128MB",
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return Process(
            [_program("postgres"), "-D", self._data, *options],
            log=self.log,
            environment=os.environ,
            folder=self.folder,
            user=self.user,
            stop_by=signal.SIGINT,  # SIGTERM would wait for every client to leave
            last_word=signal.SIGINT,
        )

    def answers(self) -> bool:
        return self._run("pg_isready", *self._address(), "--dbname", "postgres").returncode == 0

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    @property
    def _password(self) -> Path:
        return self.folder / "password"

    def _address(self) -> tuple[str, ...]:
        return ("--host", "127.0.0.1", "--port", str(self.port), "--username", _OWNER)

    def _run(self, program: str, *arguments: object) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 (our own commands)
            [_program(program), *map(str, arguments)],
            cwd=self.folder,
            env=os.environ | {"PGPASSWORD": self._password.read_text(), "LC_ALL": "C"},
            user=self.user.uid if self.user else None,
            group=self.user.gid if self.user else None,
            extra_groups=[] if self.user else None,
            capture_output=True,
            text=True,
            check=False,
        )


def _program(name: str) -> Path:
    """A program of the newest PostgreSQL that is installed."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: -float(folder.parent.name))
    if on_path := shutil.which("initdb"):
        folders.append(Path(on_path).resolve().parent)
    for folder in folders:
        if (folder / "initdb").exists():
            return folder / name
    raise StackError("There is no PostgreSQL server: apt-get install postgresql")
