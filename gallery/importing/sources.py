"""Which format a path is in, and its rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from gallery.file_kinds import kind_of
from gallery.importing import mapped_csv, painter_by_numbers, style_folders
from gallery.importing.rows import Problem, Row, SourceRefused
from gallery.importing.tables import Table

LONGEST_SIGNATURE = 64  # bytes
FORMATS = (
    "It must be a Painter by Numbers folder (with all_data_info.csv), a CSV file, a folder with one CSV file in it, "
    "or a folder with one folder a style."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """`name`: what the paintings' source is called unless their rows say; `about`: how the path was understood.

    `expected`: at most how many rows there are.
    """

    name: str
    about: str
    rows: Iterator[Row | Problem]
    expected: int


def find(path: Path, mapping: Mapping[str, str], encoding: str | None = None) -> Source:
    """Raises `SourceRefused`."""
    try:
        return _find(path, mapping, encoding)
    except OSError as error:
        raise SourceRefused(f"{path} can't be read: {error.strerror or error}.") from error


def _find(path: Path, mapping: Mapping[str, str], encoding: str | None) -> Source:
    if not path.exists():
        raise SourceRefused(f"{path} does not exist.")
    if not mapping and painter_by_numbers.detect(path):
        table = painter_by_numbers.open_folder(path, encoding)
        return _from_table(table, "Painter by Numbers", "Painter by Numbers", painter_by_numbers.read(table))
    if path.is_file() and _is_picture(path):
        raise SourceRefused(f"{path} is a picture. Name the folder or the table, or add one picture in the admin.")
    if mapped_csv.detect(path):
        table = mapped_csv.open_mapped(path, encoding)
        return _from_table(table, table.path.stem, "a table", mapped_csv.read(table, mapping))
    if mapping:
        raise SourceRefused(f"--map names columns of a table, and {path} is no table and has none in it.")
    if style_folders.detect(path):
        count = sum(1 for _ in style_folders.files(path))
        return Source(
            name=path.resolve().name,
            about=f"one folder a style, {count} files",
            rows=style_folders.read(path),
            expected=count,
        )
    raise SourceRefused(f"{path} holds nothing that can be imported. {FORMATS}")


def _is_picture(path: Path) -> bool:
    with path.open("rb") as file:
        return kind_of(file.read(LONGEST_SIGNATURE)) is not None


def _from_table(table: Table, name: str, kind: str, rows: Iterator[Row | Problem]) -> Source:
    delimiter = {"\t": "tab"}.get(table.delimiter, table.delimiter)
    about = f"{kind}: {table.path.name}, {len(table.columns)} columns, encoding {table.encoding}, delimiter {delimiter}"
    return Source(name=name, about=about, rows=rows, expected=table.expected())
