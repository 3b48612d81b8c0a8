"""Writing what the readers read: files first, then rows, a batch at a time."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path

from django.contrib.auth.models import User

from gallery import images, originals
from gallery.importing.batch import Entry, Key, Writer, known
from gallery.importing.candidates import Candidate, RowRefused, candidate
from gallery.importing.rows import Problem, Row
from gallery.models import Image

BATCH_ROWS = 100


@dataclass(slots=True)
class Report:
    """What an import did, or on a dry run would do.

    `problems` are about rows that were left out, `warnings` about rows that went in.
    """

    added: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)


def import_rows(
    rows: Iterable[Row | Problem],
    *,
    source: str,
    publish: bool = False,
    dry_run: bool = False,
    by: User | None = None,
    progress: Callable[[int], object] = lambda rows: None,
) -> Report:
    """Add the paintings whose (source, source id) is new; leave the others as they are.

    `source` is that of rows that name none. `progress` is told after each batch how many rows it had. A dry run writes
    neither rows nor files. Interrupted, it leaves whole batches, and the next run goes on from there.
    """
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        run = _Run(source, pool, None if dry_run else Writer(publish=publish, by=by))
        try:
            run.all(rows, progress)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
    return run.report


@dataclass(slots=True)
class _Inspecting:
    """A candidate whose file is being looked at in another thread."""

    candidate: Candidate
    inspected: Future[images.Inspected]


class _Run:
    def __init__(self, source: str, pool: Executor, writer: Writer | None) -> None:
        self.report = Report()
        self._source = source
        self._pool = pool
        self._writer = writer
        self._limits = originals.limits()
        self._lines: dict[Key, int] = {}

    def all(self, rows: Iterable[Row | Problem], progress: Callable[[int], object]) -> None:
        """While one batch is written, the files of the next are looked at."""
        begun: list[_Inspecting] = []
        size = 0
        for batch in _batches(rows):
            following = self._begin(batch)
            self._finish(begun)
            progress(size)
            begun, size = following, len(batch)
        self._finish(begun)
        progress(size)

    def _begin(self, batch: Sequence[Row | Problem]) -> list[_Inspecting]:
        self.report.problems.extend(problem for problem in batch if isinstance(problem, Problem))
        rows = [replace(row, source=row.source or self._source) for row in batch if isinstance(row, Row)]
        there = known((row.source, row.source_id) for row in rows)
        begun = []
        for row in rows:
            if self._occurs_again(row):
                continue
            if (row.source, row.source_id) in there:
                self.report.unchanged += 1
                continue
            try:
                checked = candidate(row)
            except RowRefused as refused:
                self._problem(row, str(refused))
            else:
                begun.append(_Inspecting(checked, self._pool.submit(_inspect, row.image_path, self._limits)))
        return begun

    def _occurs_again(self, row: Row) -> bool:
        key = row.source, row.source_id
        if key in self._lines:
            before = f"line {self._lines[key]}" if self._lines[key] else "an earlier file"
            self._problem(row, f"its source id “{row.source_id}” is that of {before} already.")
            return True
        self._lines[key] = row.line
        return False

    def _finish(self, begun: Iterable[_Inspecting]) -> None:
        entries = []
        accepted = 0
        for waiting in begun:
            row = waiting.candidate.row
            try:
                inspected = waiting.inspected.result()
                if self._writer is not None:
                    entries.append(Entry(waiting.candidate, _store(row.image_path, inspected)))
            except images.ImageRefused as refused:
                self._problem(row, str(refused))
                continue
            except _Unreadable as unreadable:
                self._problem(row, str(unreadable))
                continue
            accepted += 1
            self.report.warnings.extend(_told(row, warning) for warning in waiting.candidate.warnings)
        added = accepted if self._writer is None else self._writer.write(entries)
        self.report.added += added
        self.report.unchanged += accepted - added

    def _problem(self, row: Row, reason: str) -> None:
        self.report.problems.append(_told(row, reason))


class _Unreadable(OSError):
    """A file of the source, as opposed to one of our own storage, can't be read."""


def _inspect(path: Path, limits: images.Limits) -> images.Inspected:
    try:
        with path.open("rb") as file:
            return images.inspect(file, path.name, limits)
    except OSError as error:
        raise _Unreadable(f"“{path.name}” can't be read: {error.strerror or error}.") from error


def _store(path: Path, inspected: images.Inspected) -> Image:
    try:
        file = path.open("rb")
    except OSError as error:
        raise _Unreadable(f"“{path.name}” can't be read: {error.strerror or error}.") from error
    with file:
        return originals.save(file, path.name, inspected)


def _told(row: Row, reason: str) -> Problem:
    return Problem(line=row.line, where=row.where or row.image_path.name, reason=reason)


def _batches(rows: Iterable[Row | Problem]) -> Iterator[list[Row | Problem]]:
    iterator = iter(rows)
    while batch := list(islice(iterator, BATCH_ROWS)):
        yield batch
