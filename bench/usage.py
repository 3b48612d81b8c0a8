"""What a part of the machine was used for: processors' time of processes and their children, and places on disk."""

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
# Fields of /proc/PID/stat behind the name: the parent; user and system time, own and of children that have ended.
PARENT, TIMES = 1, slice(11, 15)
THIS = "this process"


@dataclass(frozen=True, slots=True, kw_only=True)
class Used:
    """`processor`: by name the seconds of the processors that each group of processes spent meanwhile."""

    seconds: float
    processor: Mapping[str, float]


def used(work: Callable[[], object], processes: Mapping[str, int]) -> Used:
    """Do this, and tell what it took, of this process without its children, and of these with theirs.

    `processes`: name → the number of a process that runs before and after.
    """
    before = {name: _processor_seconds(number) for name, number in processes.items()}
    started, own = time.perf_counter(), time.process_time()
    work()
    seconds, own = time.perf_counter() - started, time.process_time() - own
    spent = {name: _processor_seconds(number) - before[name] for name, number in processes.items()}
    return Used(seconds=seconds, processor={THIS: own, **spent})


def bytes_under(folder: Path) -> int:
    """How much room the files under this folder take."""
    return sum(path.stat().st_blocks * 512 for path in folder.rglob("*") if path.is_file())


def load() -> str:
    return f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"


def _processor_seconds(process: int) -> float:
    """Of this process and all that descend from it; of those that have ended, too."""
    parents, spent = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        number = int(stat.parent.name)
        parents[number], spent[number] = int(fields[PARENT]), sum(map(int, fields[TIMES])) / TICKS
    family, grown = {process}, True
    while grown:
        more = {number for number, parent in parents.items() if parent in family} - family
        family, grown = family | more, bool(more)
    return sum(spent.get(number, 0.0) for number in family)
