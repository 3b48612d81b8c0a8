"""Which column of a table holds which field of a painting."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TextIO

from gallery.importing.files import FileRefused
from gallery.importing.rows import Problem, Row, SourceRefused
from gallery.importing.tables import Record, Table

#: What `--map` may name, and the names of the template's columns; beside each the name in `Row` where it is another.
FIELDS: Mapping[str, str] = {
    "image": "image_path",
    "title": "title",
    "artist": "artists",
    "date": "display_date",
    "style": "style",
    "genre": "genre",
    "medium": "medium",
    "dimensions": "dimensions",
    "collection": "collection",
    "credit_line": "credit_line",
    "object_number": "object_number",
    "rights": "rights",
    "alt_text": "alt_text",
    "notes": "notes",
    "authority_uris": "authority_uris",
    "source": "source",
    "source_id": "source_id",
}
NEEDED = ("image", "title")
TEMPLATE_EXAMPLE = {
    "image": "images/sunflowers.jpg",
    "title": "Sunflowers",
    "artist": "Vincent van Gogh; workshop of Another Painter",
    "date": "1888–89",
    "style": "Post-Impressionism",
    "genre": "still life",
    "medium": "Oil on canvas",
    "dimensions": "92 × 73 cm",
    "collection": "Museum of Examples",
    "credit_line": "Gift of a friend, 1924",
    "object_number": "ME-1924-7",
    "rights": "https://creativecommons.org/publicdomain/mark/1.0/",
    "alt_text": "A vase of yellow flowers on a table.",
    "notes": "This line is an example: replace it.",
    "authority_uris": "",
    "source": "",
    "source_id": "1924-7",
}
_OF_SEVERAL_LINES = frozenset(("alt_text", "notes", "authority_uris"))
_SEPARATORS = re.compile(r"[;|]")
_MISSING = frozenset(("", "nan", "none", "null", "n/a", "#n/a"))


def template(file: TextIO) -> None:
    """Write a table whose columns need no `--map`, with one example."""
    writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
    writer.writeheader()
    writer.writerow(TEMPLATE_EXAMPLE)


def match(table: Table, chosen: Mapping[str, str]) -> dict[str, str]:
    """Field → column: what is `chosen`, and columns that bear a field's name. Raises `SourceRefused`."""
    by_name = {_folded(column): column for column in table.columns}
    if unknown := [name for name in chosen if name not in FIELDS]:
        raise SourceRefused(f"--map knows no field “{unknown[0]}”. The fields are: {', '.join(FIELDS)}.")
    matched = {name: by_name[name] for name in FIELDS if name in by_name}
    for name, column in chosen.items():
        if _folded(column) not in by_name:
            raise SourceRefused(f"{table.path.name} has no column “{column}”. {_columns_of(table)}")
        matched[name] = by_name[_folded(column)]
    for name in NEEDED:
        if name not in matched:
            raise SourceRefused(
                f"No column of {table.path.name} is named “{name}”. {_columns_of(table)} "
                f"Say which one it is: --map {name}=COLUMN."
            )
    for name, column in matched.items():
        if column in table.ambiguous:
            raise SourceRefused(f"{table.path.name} has several columns “{column}” ({name}). Rename all but one.")
    return matched


def read(table: Table, columns: Mapping[str, str], find: Callable[[str], Path]) -> Iterator[Row | Problem]:
    """The table's rows; `find` makes a path of the image's cell, or raises `FileRefused`."""
    for record in table.records():
        if isinstance(record, Problem):
            yield record
            continue
        try:
            yield _row(record, table.path.name, columns, find)
        except FileRefused as refused:
            yield Problem(line=record.line, where=table.path.name, reason=str(refused))


def _row(record: Record, where: str, columns: Mapping[str, str], find: Callable[[str], Path]) -> Row:
    cells = {name: _cell(record.values[column], name in _OF_SEVERAL_LINES) for name, column in columns.items()}
    image = cells.pop("image")
    artists = tuple(dict.fromkeys(name.strip() for name in _SEPARATORS.split(cells.pop("artist", "")) if name.strip()))
    cells["date"] = re.sub(r"^(-?[0-9]+)\.0+$", r"\1", cells.get("date", ""))  # a spreadsheet's year
    cells["source_id"] = cells.get("source_id") or cells.get("object_number") or image
    texts = {FIELDS[name]: text for name, text in cells.items()}
    return Row(line=record.line, where=where, image_path=find(image), artists=artists, **texts)


def _cell(text: str, several_lines: bool) -> str:
    """Spaces in order; "" for the words by which programs mean nothing."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "" if text.casefold() in _MISSING else ("\n" if several_lines else " ").join(line for line in lines if line)


def _columns_of(table: Table) -> str:
    names = ", ".join(column for column in table.columns if column)
    return f"Its columns are: {names} (read as {table.encoding}; --encoding names another)."


def _folded(column: str) -> str:
    return re.sub(r"[\W_]+", "_", column.casefold()).strip("_")
