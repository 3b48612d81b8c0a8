"""Snapshots on disk: a folder of arrays that every web process maps into its memory.

    <index folder>/lock                      held by the one process that writes
    <index folder>/current                   the name of the snapshot to read
    <index folder>/<position>-<random>/      its arrays

A snapshot appears whole under its name, or not at all. An old one is removed when it is no longer current; those who
have mapped it keep it until they let it go.
"""

import fcntl
import secrets
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from search.indexes import stored
from search.indexes.arrays import Floats
from search.indexes.segment import Segment
from search.indexes.stored import Content

CURRENT, LOCK, WRITING = "current", "lock", ".writing-"

Fill = Callable[[Mapping[str, Floats]], Segment]
"""Fills the matrices that it is given and returns the segment of which they are part."""


def current(folder: Path) -> str:
    """The name of the current snapshot, "" where there is none."""
    try:
        name = (folder / CURRENT).read_text(encoding="utf-8")
    except (FileNotFoundError, UnicodeDecodeError):
        return ""
    return name if name == Path(name).name else ""


@contextmanager
def locked(folder: Path, *, wait: bool) -> Iterator[bool]:
    """Hold the right to write here; yields False, at once, where another has it and `wait` is false."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        yield True


def write(folder: Path, content: Content, count: int, fill: Fill) -> int:
    """Write a snapshot of at most `count` rows, make it the current one and remove the others. Call it under the lock.

    Returns how many rows it has.
    """
    _remove_all_but(folder, current(folder))
    temporary = folder / f"{WRITING}{secrets.token_hex(4)}"
    temporary.mkdir()
    try:
        segment = fill(stored.matrices(temporary, count, content.dimensions))
        stored.save(temporary, segment, content)
        name = f"{content.stamp.position if content.stamp else 0}-{secrets.token_hex(4)}"
        temporary.rename(folder / name)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise
    _point(folder, name)
    _remove_all_but(folder, name)
    return len(segment)


def remove(folder: Path) -> None:
    """Remove the folder with all that is in it. Who has mapped a snapshot keeps it until they let it go."""
    if folder.is_dir():
        with locked(folder, wait=True):
            shutil.rmtree(folder)


def _point(folder: Path, name: str) -> None:
    temporary = folder / f"{WRITING}{CURRENT}"
    temporary.write_text(name, encoding="utf-8")
    temporary.replace(folder / CURRENT)


def _remove_all_but(folder: Path, name: str) -> None:
    for path in folder.iterdir():
        if path.is_dir() and path.name != name:
            shutil.rmtree(path, ignore_errors=True)
