"""Tables in text files (CSV, TSV …), whatever their encoding and delimiter; broken records are told from good ones."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from gallery.importing.encodings import find_encoding
from gallery.importing.rows import Problem, SourceRefused

DELIMITERS = (",", ";", "\t", "|")
LINES_LOOKED_AT = 30
LONGEST_LINE = 1_000_000  # characters
SUFFIXES = frozenset((".csv", ".tsv", ".tab", ".txt"))
_DECLARED = re.compile(r"sep=(.)\s*", re.IGNORECASE)  # Excel's own first line
_BINARY = {
    b"PK\x03\x04": "a spreadsheet or zip file",
    b"\xd0\xcf\x11\xe0": "an old Excel file",
    b"%PDF": "a PDF file",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record of a table: the values by column, outer spaces removed. `line` is where it begins, from 1."""

    line: int
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """`columns` as they are written. A name that occurs twice is in `ambiguous`; its values are its last column's."""

    path: Path
    encoding: str
    delimiter: str
    columns: tuple[str, ...]
    ambiguous: frozenset[str] = field(default=frozenset())

    def records(self) -> Iterator[Record | Problem]:
        """All records but the head and the empty ones, in order, read anew at each call."""
        found = _parsed(_lines(self.path, self.encoding), self.delimiter)
        next(found)
        for line, cells in found:
            if isinstance(cells, str):
                yield Problem(line=line, where=self.path.name, reason=cells)
            elif any(cell.strip() for cell in cells):
                yield self._record(line, cells)

    def expected(self) -> int:
        """At most this many records: the lines of the file."""
        with self.path.open("rb") as file:
            return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))

    def _record(self, line: int, cells: list[str]) -> Record | Problem:
        while len(cells) > len(self.columns) and not cells[-1].strip():
            cells.pop()
        if reason := _wrong(cells, len(self.columns)):
            return Problem(line=line, where=self.path.name, reason=reason)
        return Record(line=line, values={name: cell.strip() for name, cell in zip(self.columns, cells, strict=True)})


def open_table(path: Path, encoding: str | None = None) -> Table:
    """Find encoding (unless it is given), delimiter and columns. Raises `SourceRefused`."""
    try:
        encoding = encoding or _encoding(path)
        head = list(islice(_lines(path, encoding), LINES_LOOKED_AT))
    except LookupError:
        raise SourceRefused(
            f"“{encoding}” is no encoding. Common ones are utf-8, utf-16, cp1252 and latin-1."
        ) from None
    except OSError as error:
        raise SourceRefused(f"{path} can't be read: {error.strerror or error}.") from error
    delimiter = _delimiter(head)
    first = next((cells for _, cells in _parsed(iter(head), delimiter)), [])
    if isinstance(first, str) or not any(cell.strip() for cell in first):
        raise SourceRefused(f"{path.name} has no line with the names of its columns at its beginning.")
    columns = tuple(cell.strip() for cell in first)
    twice = frozenset(name for name, times in Counter(columns).items() if times > 1)
    return Table(path=path, encoding=encoding, delimiter=delimiter, columns=columns, ambiguous=twice)


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        start = file.read(8)
    for mark, kind in _BINARY.items():
        if start.startswith(mark):
            raise SourceRefused(f"{path.name} is {kind}, not a table in a text file. Save the table as CSV (UTF-8).")
    return find_encoding(path)


def _lines(path: Path, encoding: str) -> Iterator[tuple[int, str]]:
    """Numbered lines with their ends; what can't be decoded becomes a lone surrogate, which `_wrong` finds."""
    errors = "surrogateescape" if encoding.startswith("utf-8") else "replace"
    with path.open(encoding=encoding, errors=errors, newline="") as file:
        for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE), ""), start=1):
            if not (number == 1 and _DECLARED.fullmatch(line)):
                yield number, line


def _delimiter(head: Iterable[tuple[int, str]]) -> str:
    """The one by which most lines have as many cells as the first; among equals, the one that makes most cells."""
    lines = list(head)

    def merit(delimiter: str) -> tuple[float, int]:
        widths = [len(cells) for _, cells in _parsed(iter(lines), delimiter) if isinstance(cells, list) and any(cells)]
        if not widths or widths[0] == 1:
            return 0.0, 0
        return sum(width == widths[0] for width in widths) / len(widths), widths[0]

    return max(DELIMITERS, key=merit)


def _parsed(lines: Iterator[tuple[int, str]], delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """Each record's first line and its cells, or a sentence that says what is wrong with it.

    After a wrong record the next line begins a new one, so that a quotation mark that is never closed costs one record.
    """
    waiting = _Lines(lines)
    while True:
        waiting.begin()
        try:
            cells = next(csv.reader(waiting, delimiter=delimiter, strict=True))
        except StopIteration:
            return
        except csv.Error as error:
            yield waiting.first, _sentence(error)
            waiting.back_to_second()
        else:
            yield waiting.first, cells


class _Lines:
    """Lines for csv.reader, which can be given again from the record's second line on."""

    def __init__(self, lines: Iterator[tuple[int, str]]) -> None:
        self._lines = lines
        self._taken: list[tuple[int, str]] = []
        self._again: list[tuple[int, str]] = []

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = self._again.pop() if self._again else next(self._lines)
        self._taken.append(line)
        return line[1]

    @property
    def first(self) -> int:
        return self._taken[0][0]

    def begin(self) -> None:
        self._taken = []

    def back_to_second(self) -> None:
        self._again.extend(reversed(self._taken[1:]))


def _sentence(error: csv.Error) -> str:
    if "field larger" in str(error):
        return "a value is longer than 131,072 characters; a quotation mark is probably not closed."
    return "its quotation marks do not match; inside of a value in quotation marks they are written twice."


def _wrong(cells: list[str], columns: int) -> str | None:
    if len(cells) != columns:
        return f"it has {len(cells)} values, but there are {columns} columns; quotation marks are probably missing."
    text = "".join(cells)
    if "\0" in text:
        return "it contains a NUL character."
    if any("\ud800" <= character <= "\udfff" or character == "�" for character in text):
        return "some of its characters are not in the encoding of the file."
    return None
