"""Sinks of one test, as processes, with a topic and an index of their own."""

import json
import signal
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from search.indexes.elasticsearch import generations
from search.indexes.elasticsearch.client import client
from stack.processes import Process
from tests.services.topic import Topic
from vectorizer.models import EncoderModel

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 240


@dataclass(kw_only=True)
class Sinks:
    """Elasticsearch is asked by the settings of the test; the sinks ask it at `elasticsearch`."""

    model: EncoderModel
    topic: Topic
    environment: Mapping[str, str]
    folder: Path
    _processes: list[Process] = field(default_factory=list, init=False)

    @property
    def group(self) -> str:
        return f"{self.environment['PENDANT_INDEX_PREFIX']}-sink"

    @property
    def alias(self) -> str:
        return generations.read_alias(self.model.name)

    def make_index(self) -> None:
        generations.move(self.model, generations.create(self.model))

    def put(self, painting_id: int, *, version: int, **fields: Any) -> None:
        """Publish a document with these fields, all else left out."""
        document = {"id": painting_id, "version": version, **fields}
        self.topic.put(painting_id, json.dumps(document).encode(), version=version)

    def withdraw(self, painting_id: int, *, version: int) -> None:
        self.topic.put(painting_id, None, version=version)

    def start(self, *arguments: str) -> Process:
        process = Process(
            [sys.executable, "manage.py", "run_sink", *arguments],
            log=self.folder / "sink.log",
            environment=self.environment,
            folder=ROOT,
        )
        process.start()
        self._processes.append(process)
        return process

    def run_once(self) -> None:
        """A sink that ends when it has caught up."""
        sink = self.start("--once")
        self.wait(lambda: not sink.is_running, "the sink has caught up")
        assert sink.exit_code == 0, self.log()

    def stop(self) -> None:
        for process in self._processes:
            process.stop()

    def wait(self, holds: Callable[[], object], what: str) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            assert time.monotonic() < end and self._are_running(), f"It never came true that {what}.\n{self.log()}"
            time.sleep(0.2)

    def _are_running(self) -> bool:
        """No sink has ended but by being told to, or when it was through."""
        return all(process.exit_code in (None, 0, -signal.SIGKILL) for process in self._processes)

    def wait_until_done(self) -> None:
        """Until everything published so far is committed."""
        self.topic.flush()
        self.wait(lambda: self.topic.lag(self.group) == 0, "all records are committed")

    def indexed(self) -> Mapping[int, Mapping[str, Any]]:
        """Painting id → version, number of the last write and document of all that is in the index."""
        client().indices.refresh(index=self.alias)
        found = client().search(index=self.alias, size=10_000, version=True, seq_no_primary_term=True)
        return {
            int(hit["_id"]): {"version": hit["_version"], "write": hit["_seq_no"], **hit["_source"]}
            for hit in found["hits"]["hits"]
        }

    def log(self) -> str:
        path = self.folder / "sink.log"
        return path.read_text(errors="replace") if path.exists() else ""
