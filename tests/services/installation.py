"""An installation with Redis: a database and files of its own, a real Redis, a real Celery worker and beat."""

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 60


@dataclass(kw_only=True)
class Installation:
    """Start what a test needs, then `stop` ends all of it."""

    var: Path
    port: int = field(init=False)
    _processes: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            self.port = listener.getsockname()[1]

    def start_redis(self) -> None:
        server = shutil.which("redis-server")
        assert server, "The service tests need Redis: apt-get install redis-server"
        self._launch("redis", server, "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", self.var)
        self.wait_for(self._redis_answers, "Redis answers")

    def start_worker(self) -> None:
        self._celery("worker", "worker", "--concurrency", "1")

    def start_beat(self) -> None:
        self._celery("beat", "beat", "--schedule", self.var / "beat")

    def stop(self, *names: str) -> None:
        """Stop these processes; all of them where none is named."""
        for name in names or tuple(self._processes)[::-1]:
            process = self._processes.pop(name)
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def manage(self, *arguments: object) -> None:
        """Run a command of manage.py, as a curator's shell would."""
        command = [sys.executable, "manage.py", *map(str, arguments)]
        done = subprocess.run(
            command, cwd=ROOT, env=self._environment(), capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, f"{done.stdout}\n{done.stderr}\n{self.log()}"

    def live_paintings(self) -> int:
        """How many paintings have renditions and vectors."""
        with sqlite3.connect(f"file:{self.var / 'pendant.sqlite3'}?mode=ro", uri=True) as database:
            query = "SELECT count(*) FROM gallery_painting WHERE live_image_id IS NOT NULL"
            return int(database.execute(query).fetchone()[0])

    def wait_for(self, holds: object, what: str) -> None:
        """Wait until `holds()` is true."""
        assert callable(holds)
        end = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            assert time.monotonic() < end, f"It never came true that {what}.\n{self.log()}"
            time.sleep(0.2)

    def log(self) -> str:
        """All that the processes have written."""
        return "\n".join(path.read_text(errors="replace") for path in sorted(self.var.glob("*.log")))

    def _celery(self, name: str, *arguments: object) -> None:
        self._launch(name, sys.executable, "-m", "celery", "-A", "config", *arguments, "--loglevel", "INFO")

    def _launch(self, name: str, *command: object) -> None:
        with (self.var / f"{name}.log").open("ab") as log:
            self._processes[name] = subprocess.Popen(
                [str(part) for part in command], cwd=ROOT, env=self._environment(), stdout=log, stderr=subprocess.STDOUT
            )

    def _redis_answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(b"PING\r\n")
                return connection.recv(16).startswith(b"+PONG")
        except OSError:
            return False

    def _environment(self) -> dict[str, str]:
        kept = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PENDANT_", "DJANGO_")) and name != "DATABASE_URL"
        }
        return kept | {
            "PENDANT_SECRET_KEY": "only-for-tests-0123456789-0123456789-0123456789",
            "PENDANT_VAR": str(self.var),
            "PENDANT_HTTPS": "false",
            "REDIS_URL": f"redis://127.0.0.1:{self.port}/0",
        }
