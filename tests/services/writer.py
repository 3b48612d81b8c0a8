"""Somebody who adds, changes, withdraws and deletes paintings without a pause, in a thread."""

import random
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from tests.factories import picture_bytes
from tests.services.curator import Curator

PAINTINGS_A_WRITER = 1_000_000  # so that no two draw the same picture
DRAFTS = 0.1  # of what is added


class Writer:
    """Adds `paintings`, or as many as there is time for until it is told to stop; each time it may change another one.

    What it does follows from its number alone. `done` says what that was; `problem` why it ended early.
    """

    def __init__(self, curator: Curator, number: int, *, paintings: int = PAINTINGS_A_WRITER) -> None:
        self.done: Counter[str] = Counter()
        self.problem: Exception | None = None
        self._curator, self._number, self._paintings = curator, number, paintings
        self._chance = random.Random(number)
        self._pictures = iter(range(number * PAINTINGS_A_WRITER, (number + 1) * PAINTINGS_A_WRITER))
        self._own: list[int] = []  # what it added and did not delete
        self._withdrawn: set[int] = set()
        self._style = curator.add_style(f"Manner {number}")
        self._told = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    @property
    def is_busy(self) -> bool:
        return self._thread.is_alive()

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Let it finish what it is at. Raises what it ended with, if that was no end of its own."""
        self._told.set()
        self._thread.join()
        if self.problem is not None:
            raise self.problem

    @contextmanager
    def writing(self) -> Iterator["Writer"]:
        self.start()
        try:
            yield self
        finally:
            self.stop()

    def _run(self) -> None:
        try:
            while self.done["added"] < self._paintings and not self._told.is_set():
                self._add()
                self._change()
        except Exception as problem:  # raised in the thread that stops this one
            self.problem = problem

    def _add(self) -> None:
        publish = self._chance.random() >= DRAFTS
        fields = {"style": self._style} if self._chance.random() < 0.3 else {}
        title = f"Harbour {self._number} {self.done['added']}"
        self._own.append(self._curator.add(title, self._picture(), publish=publish, **fields))
        self.done["added"] += 1

    def _change(self) -> None:
        """Something of one painting, or of all that have its style, or nothing."""
        painting = self._chance.choice(self._own)
        is_public = painting in self._curator.public
        chosen = self._chance.random()
        if chosen < 0.3:
            self._curator.rename(painting, f"Harbour {self._number} renamed {self.done['renamed']}")
            self.done["renamed"] += 1
        elif chosen < 0.4:
            self._curator.replace(painting, self._picture())
            self.done["given another picture"] += 1
        elif chosen < 0.55 and is_public:
            self._curator.withdraw(painting)
            self._withdrawn.add(painting)
            self.done["withdrawn"] += 1
        elif chosen < 0.65 and self._withdrawn:
            self._publish_again(self._withdrawn.pop())
        elif chosen < 0.75:
            self._curator.delete(painting)
            self._own.remove(painting)
            self._withdrawn.discard(painting)
            self.done["deleted"] += 1
        elif chosen < 0.76:
            self._curator.rename_style(self._style, f"Manner {self._number}, {self.done['styles renamed']}")
            self.done["styles renamed"] += 1

    def _publish_again(self, painting: int) -> None:
        title = f"Harbour {self._number} again {self.done['published again']}"
        self._curator.rename(painting, title)
        self._curator.publish(painting, title)
        self.done["published again"] += 1

    def _picture(self) -> bytes:
        return picture_bytes(next(self._pictures))
