"""What every source format is read into."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One painting, as its source tells it; nothing is checked but that the file lies where it may.

    `where` names the file that tells of it: its table, or itself (then it may be empty). `line` is where the record
    begins in its table, from 1 (0 where there is no table). `source_id` is never empty and stays the same from run to
    run. `source` is empty where the table does not name one.
    """

    line: int
    where: str = ""
    source_id: str
    image_path: Path
    title: str = ""
    artists: tuple[str, ...] = ()
    style: str = ""
    genre: str = ""
    display_date: str = ""
    medium: str = ""
    dimensions: str = ""
    collection: str = ""
    credit_line: str = ""
    object_number: str = ""
    rights: str = ""
    alt_text: str = ""
    notes: str = ""
    authority_uris: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What is wrong with one record, in a sentence. `line` and `where` as in `Row`."""

    line: int
    where: str
    reason: str

    def __str__(self) -> str:
        place = f"{self.where}, line {self.line}" if self.line else self.where
        return f"{place}: {self.reason}"


class SourceRefused(ValueError):
    """Nothing at all can be read; a sentence that says why, and what to do."""
