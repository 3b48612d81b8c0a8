"""Any table in a text file, its columns named by `--map` or by the template; the images lie in its folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from gallery.importing import columns
from gallery.importing.files import find_image
from gallery.importing.rows import Problem, Row
from gallery.importing.tables import SUFFIXES, Table, open_table


def detect(path: Path) -> bool:
    """Whether `path` is a file, or a folder with exactly one table in it."""
    return path.is_file() or table_in(path) is not None


def table_in(folder: Path) -> Path | None:
    """The only table that lies directly in the folder."""
    tables = (
        [path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES - {".txt"}] if folder.is_dir() else []
    )
    return tables[0] if len(tables) == 1 else None


def open_mapped(path: Path, encoding: str | None = None) -> Table:
    """The table at `path` or in that folder. Raises `SourceRefused`."""
    return open_table(table_in(path) or path, encoding)


def read(table: Table, mapping: Mapping[str, str]) -> Iterator[Row | Problem]:
    """`mapping`: field → column, where a column does not bear the field's name. Raises `SourceRefused` at once."""
    root = table.path.parent
    return columns.read(table, columns.match(table, mapping), lambda name: find_image(name, root))
