"""Kafka Connect: a worker, standalone or distributed, that is told its connectors over its REST interface."""

import json
import os
import signal
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Any

from stack import fetching, java
from stack.errors import StackError
from stack.processes import Process
from stack.server import Server, properties

_MEMORY = "384m"
_PAUSE_SECONDS = 0.5
_LATER = object()


class Connect(Server):
    """A worker with the settings of `worker` (a properties file), and what this machine needs in their stead.

    `plugins` are folders of connectors, each folder with its jars; `environment` is added to the worker's own, for
    settings that take their values from there. A distributed worker needs the topics that its settings name: it makes
    them itself, with `settings` such as `config.storage.replication.factor=1`.
    """

    name = "Kafka Connect"

    def __init__(
        self,
        folder: Path,
        *,
        brokers: str,
        worker: Path,
        settings: Mapping[str, object] | None = None,
        plugins: Sequence[Path] = (),
        environment: Mapping[str, str] | None = None,
        distributed: bool = False,
        port: int | None = None,
    ) -> None:
        super().__init__(folder, port=port)
        self.brokers = brokers
        self.worker = worker
        self.settings = dict(settings or {})
        self.plugins = plugins
        self.environment = dict(environment or {})
        self.distributed = distributed

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def prepare(self) -> None:
        own: dict[str, object] = {
            "bootstrap.servers": self.brokers,
            "listeners": f"http://127.0.0.1:{self.port}",
            "rest.advertised.host.name": "127.0.0.1",
            "plugin.path": ",".join(map(str, self.plugins)),
            **({} if self.distributed else {"offset.storage.file.filename": self.folder / "offsets"}),
            **self.settings,
        }
        # Of two lines for the same name, Java takes the last.
        self._settings.write_text(f"{self.worker.read_text()}\n{properties(own)}")

    def process(self) -> Process:
        kind = "ConnectDistributed" if self.distributed else "ConnectStandalone"
        program = java.find(17, needed_by="Kafka Connect").program
        memory = (f"-Xms{_MEMORY}", f"-Xmx{_MEMORY}")
        main = f"org.apache.kafka.connect.cli.{kind}"
        return Process(
            [program, *memory, "-cp", f"{fetching.kafka()}/*", main, self._settings],
            log=self.log,
            environment=os.environ | self.environment,
            folder=self.folder,
            user=self.user,
            last_word=signal.SIGTERM,
        )

    def answers(self) -> bool:
        try:
            self.ask("GET", "/connectors")
        except StackError:
            return False
        return True

    def create(self, connector: str, settings: Mapping[str, str]) -> None:
        """Start this connector, or give it new settings. Raises StackError, with Connect's words, where it refuses."""
        self.ask("PUT", f"/connectors/{connector}/config", settings)

    def state(self, connector: str) -> str:
        """RUNNING where the connector and all its tasks do; else the state, and the reason where there is one."""
        status = self.ask("GET", f"/connectors/{connector}/status")
        parts = [status["connector"], *status["tasks"]]
        for part in parts:
            if part["state"] != "RUNNING":
                return f"{part['state']} {part.get('trace', '')}".strip()
        return "RUNNING" if status["tasks"] else "WITHOUT TASKS"

    def ask(self, method: str, path: str, body: object = None) -> Any:
        """Connect's answer to a request, read from its JSON. Raises StackError where it refuses or is not there.

        Workers that share connectors out among them say so (409), and are asked again.
        """
        end = time.monotonic() + self.patience_seconds
        while (answer := self._answer(method, path, body)) is _LATER:
            if time.monotonic() > end:
                raise StackError(f"Kafka Connect has shared out its connectors for {self.patience_seconds} s.")
            time.sleep(_PAUSE_SECONDS)
        return answer

    def _answer(self, method: str, path: str, body: object) -> Any:
        request = urllib.request.Request(  # noqa: S310 (our own address)
            self.url + path,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=90) as answer:  # noqa: S310
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            if error.code == HTTPStatus.CONFLICT:
                return _LATER
            raise StackError(f"Kafka Connect: {error.code} {error.read().decode(errors='replace')}") from error
        except OSError as error:
            raise StackError(f"Kafka Connect does not answer: {error}") from error

    @property
    def _settings(self) -> Path:
        return self.folder / "worker.properties"
