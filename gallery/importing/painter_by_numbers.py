"""The folder of Kaggle's *Painter by Numbers*: `all_data_info.csv`, and the images beside or below it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from gallery.importing import columns
from gallery.importing.files import find_image
from gallery.importing.rows import Problem, Row, SourceRefused
from gallery.importing.tables import Table, open_table

TABLE = "all_data_info.csv"
IMAGE_FOLDERS = ("images", ".", "train", "test")
_COLUMNS: Mapping[str, str] = {
    "image": "new_filename",
    "title": "title",
    "artist": "artist",
    "date": "date",
    "style": "style",
    "genre": "genre",
    "source": "source",
}
_NEEDED = ("new_filename", "title", "artist")


def detect(path: Path) -> bool:
    """Whether `path` is such a folder, or its table."""
    return (path / TABLE).is_file() or (path.name == TABLE and path.is_file())


def open_folder(path: Path, encoding: str | None = None) -> Table:
    """Its table. Raises `SourceRefused`."""
    table = open_table(path / TABLE if path.is_dir() else path, encoding)
    if missing := [name for name in _NEEDED if name not in table.columns]:
        raise SourceRefused(f"{TABLE} has no column “{missing[0]}”: it is not that of Painter by Numbers.")
    return table


def read(table: Table) -> Iterator[Row | Problem]:
    """The file name is the source id. A row whose image is not there is a `Problem`."""
    root = table.path.parent
    folders = [root / name for name in IMAGE_FOLDERS if (root / name).is_dir()]
    found = {field: column for field, column in _COLUMNS.items() if column in table.columns}
    return columns.read(table, found, lambda name: find_image(name, root, folders))
