"""The sink: topics in, indexes out, and nothing committed before the index has it."""

import logging
import random
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import Error, close_old_connections

from search.indexes.base import IndexUnavailable
from search.indexes.elasticsearch.generations import write_alias
from search.sink import batches
from search.sink.dead_letters import DeadLetters, LettersHeldUp
from search.sink.group import Group
from search.sink.records import Partition, Record
from vectorizer.models import EncoderModel
from vectorizer.publishers.topics import topic_name

LOOK_FOR_MODELS_SECONDS = 15.0
TELL_SECONDS = 60.0
FIRST_WAIT_SECONDS, LONGEST_WAIT_SECONDS = 0.5, 30.0

logger = logging.getLogger(__name__)


def targets() -> dict[str, str]:
    """Topic → the write alias of its index, for each model in service."""
    return {topic_name(model.name): write_alias(model.name) for model in EncoderModel.in_service()}


@dataclass(slots=True, kw_only=True)
class Total:
    """What became of the records so far."""

    indexed: int = 0
    deleted: int = 0
    stale: int = 0
    dead: int = 0

    def __str__(self) -> str:
        return (
            f"{self.indexed} indexed, {self.deleted} deleted, {self.stale} older ones ignored, {self.dead} dead letters"
        )


@dataclass(slots=True, kw_only=True)
class _Held:
    """Records of a paused topic, which are tried again when due."""

    records: list[Record]
    attempts: int = 0
    due: float = 0.0


class Sink:
    """One member of the group; `run` does everything in the thread that calls it.

    A topic whose index, or whose dead-letter topic, takes nothing now is paused, and what is at hand of it tried again,
    for ever, after pauses that grow. The other topics go on, and the member stays one. Partitions that go to
    another member take their records along: that member reads them from the last commit.
    """

    def __init__(self, *, group: Group | None = None, dead_letters: DeadLetters | None = None) -> None:
        self.total = Total()
        self._group = group or Group(left=self.forget)
        self._dead_letters = dead_letters or DeadLetters()
        self._targets: dict[str, str] = {}  # also of topics that are no longer followed, while some of them is at hand
        self._followed: frozenset[str] = frozenset()
        self._held: dict[str, _Held] = {}
        self._stopping = threading.Event()
        self._models_due = 0.0
        self._told, self._tell_due = "", 0.0

    def stop(self) -> None:
        """Finish the batch in hand, commit it, leave the group. May be called by a signal."""
        self._stopping.set()

    def run(self, *, until_caught_up: bool = False) -> None:
        """Follow the topics until `stop`, or until the group is done with all that they hold at the start.

        Raises what the database raises at the start; later it may be away for a while.
        """
        self._follow(targets())
        ends = self._group.ends(self._followed) if until_caught_up else None
        try:
            while not self._stopping.is_set() and not (ends is not None and self._group.has_reached(ends)):
                self.turn()
        finally:
            self._group.close()
            self._tell()

    def turn(self) -> None:
        """Take what has come, and write it and what is due again."""
        self._follow_models()
        arrived: dict[str, list[Record]] = {}
        for record in self._group.next():
            arrived.setdefault(record.topic, []).append(record)
        for topic, records in arrived.items():
            if topic in self._held:  # fetched before the pause
                self._held[topic].records += records
            else:
                self._settle(topic, records)
        for topic, held in list(self._held.items()):
            if held.due <= time.monotonic() and not self._stopping.is_set():
                self._settle(topic, held.records)
        if time.monotonic() >= self._tell_due:
            self._tell()

    def forget(self, where: Partition) -> None:
        """Drop what is held of a partition that another member has now."""
        if held := self._held.get(where[0]):
            held.records = [record for record in held.records if record.where != where]

    def _settle(self, topic: str, records: Sequence[Record]) -> None:
        """Index, then dead letters, then the commit: a crash anywhere repeats, and loses nothing."""
        try:
            settled = batches.settle(records, target=self._targets[topic])
            self._dead_letters.send(settled.refused)
        except (IndexUnavailable, LettersHeldUp) as problem:
            self._hold(topic, records, problem)
            return
        self._group.commit(records)
        self.total.indexed += settled.indexed
        self.total.deleted += settled.deleted
        self.total.stale += settled.stale
        self.total.dead += len(settled.refused)
        if self._held.pop(topic, None):
            logger.warning("%s goes on.", topic)
            self._group.resume(topic)

    def _hold(self, topic: str, records: Sequence[Record], problem: Exception) -> None:
        held = self._held.get(topic)
        if held is None:
            self._group.pause(topic)
            held = self._held[topic] = _Held(records=list(records))
        wait = min(LONGEST_WAIT_SECONDS, FIRST_WAIT_SECONDS * 2**held.attempts) * random.uniform(0.5, 1)
        held.attempts += 1
        held.due = time.monotonic() + wait
        logger.warning("%s waits, and is tried again in %.1f s: %s", topic, wait, problem)

    def _follow_models(self) -> None:
        """Read the topics of the models that are in service now. A database that is away changes nothing."""
        if time.monotonic() < self._models_due:
            return
        self._models_due = time.monotonic() + LOOK_FOR_MODELS_SECONDS
        close_old_connections()
        try:
            found = targets()
        except Error as problem:
            logger.warning("The models in service can't be read; those known go on: %s", problem)
            return
        if found.keys() != self._followed:
            self._follow(found)

    def _follow(self, found: Mapping[str, str]) -> None:
        logger.info("Following %s.", ", ".join(sorted(found)))
        self._targets |= found
        self._followed = frozenset(found)
        self._models_due = time.monotonic() + LOOK_FOR_MODELS_SECONDS
        self._group.follow(found)

    def _tell(self) -> None:
        """One line in the log, now and then, and only where there is news."""
        self._tell_due = time.monotonic() + TELL_SECONDS
        if (told := str(self.total)) != self._told:
            logger.info("So far: %s.", told)
            self._told = told
