"""The soak: writers at work, faults one after another, and somebody who kills processes at random moments."""

import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.services.whole import Whole
from tests.services.writer import Writer

PROCESSES = {"worker": ["worker"], "relay": ["relay", "relay-2"], "sink": ["sink", "sink-2"]}
LONGEST_DEAD_SECONDS = 4.0
LOOK_SECONDS = 0.1
TELL_SECONDS = 20.0

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Begins when this share of the paintings is added, and the fault before it is over."""

    at: float
    what: str
    begin: Callable[[], object]
    """What it returns is told."""
    seconds: float = 0.0
    end: Callable[[], object] = lambda: None
    is_over: Callable[[], bool] = lambda: True
    """After its end."""


class Soak:
    """`run` returns when all paintings are added, all faults are over and all kills are done."""

    def __init__(
        self, whole: Whole, *, writers: Sequence[Writer], paintings: int, faults: Sequence[Fault], kills: int, seed: int
    ) -> None:
        self.killed: Counter[str] = Counter()
        self.ended: list[str] = []
        """Processes that ended though nobody had killed them."""
        self.times: list[tuple[str, float, float]] = []
        """What each fault was, when it began, and when it was over."""
        self._whole, self._pendant, self._writers = whole, whole.pendant, writers
        self._paintings = paintings
        self._chance = random.Random(seed)
        self._kills = sorted(self._chance.random() for _ in range(kills))
        self._victims = [list(PROCESSES)[number % len(PROCESSES)] for number in range(kills)]
        self._chance.shuffle(self._victims)
        self._faults = list(faults)
        self._present: Fault | None = None
        self._begun = 0.0
        self._is_ended = False
        self._dead: dict[str, float] = {}
        self._tell_due = 0.0

    @property
    def share(self) -> float:
        """How much of the paintings is added."""
        return sum(writer.done["added"] for writer in self._writers) / self._paintings

    def run(self, say: Say) -> None:
        self._say, self._started = say, time.monotonic()
        while self._goes_on():
            share = self.share if any(writer.is_busy for writer in self._writers) else 1.0
            self._kill(share)
            self._bring_back(time.monotonic())
            self._fault(share)
            self._look_after()
            self._tell()
            time.sleep(LOOK_SECONDS)

    def tell(self, what: str) -> None:
        self._say(f"{time.monotonic() - self._started:6.0f} s  {self.share:5.0%}  {what}")

    def _goes_on(self) -> bool:
        return bool(
            self._kills
            or self._dead
            or self._faults
            or self._present
            or any(writer.is_busy for writer in self._writers)
        )

    def _kill(self, share: float) -> None:
        """One at a time, when one of its kind lives."""
        if not self._kills or share < self._kills[0]:
            return
        kind = self._victims[-1]
        alive = [name for name in PROCESSES[kind] if name not in self._dead]
        if alive:
            self._kills.pop(0)
            self._victims.pop()
            name = self._chance.choice(alive)
            self._pendant.kill(name)
            self.killed[kind] += 1
            self._dead[name] = time.monotonic() + self._chance.uniform(0, LONGEST_DEAD_SECONDS)

    def _bring_back(self, now: float) -> None:
        for name, due in list(self._dead.items()):
            if now >= due:
                del self._dead[name]
                if not self._pendant.is_running(name):  # a fault may have brought it back before
                    self._pendant.restart(name)

    def _fault(self, share: float) -> None:
        now = time.monotonic()
        if self._present is None:
            if self._faults and share >= self._faults[0].at:
                self._present, self._begun, self._is_ended = self._faults.pop(0), now, False
                done = self._present.begin()
                self.tell(self._present.what if done is None else f"{self._present.what}: {done}")
        elif not self._is_ended:
            if now >= self._begun + self._present.seconds:
                self._present.end()
                self._is_ended = True
        elif self._present.is_over():
            if self._present.seconds:
                self.tell(f"{self._present.what} no more, after {now - self._begun:.0f} s")
            self.times.append((self._present.what, self._begun, now))
            self._present = None

    def _look_after(self) -> None:
        for name in self._pendant.names:
            if name not in self._dead and not self._pendant.is_running(name):
                self.ended.append(f"{name} ({self._pendant.exit_code(name)})")
                self.tell(f"{name} has ended by itself:\n{self._pendant.log(name)[-3000:]}")
                self._pendant.restart(name)

    def _tell(self) -> None:
        if time.monotonic() >= self._tell_due:
            self._tell_due = time.monotonic() + TELL_SECONDS
            self.tell(f"{sum(self.killed.values())} kills")
