"""One vocabulary of styles, genres and artists, whatever a source calls them: the table is `vocabulary.csv`."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from gallery.text import fold

TABLE = "vocabulary.csv"
COLUMNS = ("kind", "source name", "canonical name")
KINDS = ("style", "genre", "artist")
_SMALL = "a an and at by de des du for in la le of on or the to with"
SMALL_WORDS = frozenset(_SMALL.split())


def canonical(kind: str, name: str) -> str:
    """The name by which a label of this kind ("style", "genre" or "artist") is trained; "" for no label.

    Names are looked up without regard to case, accents and punctuation. One that the table doesn't know is kept, with
    underscores and runs of spaces made one space, and

    * a genre in lower case ("Battle Painting" is "battle painting");
    * a style as it is, but where it has no capital at all its words get them ("flemish baroque" is "Flemish Baroque");
    * an artist as they are, but "Gogh, Vincent van" is "Vincent van Gogh".

    Raises KeyError for another kind.
    """
    table = _table()[kind]
    spaced = " ".join(name.replace("_", " ").split())
    if (known := table.get(fold(spaced))) is not None:
        return known
    if kind == "genre":
        return spaced.lower()
    if kind == "artist":
        return _in_order(spaced)
    return _title(spaced) if spaced == spaced.lower() else spaced


@cache
def _table() -> Mapping[str, Mapping[str, str]]:
    """Kind → folded source name → canonical name. A canonical name stands for itself."""
    table: dict[str, dict[str, str]] = {kind: {"": ""} for kind in KINDS}
    lines = files("vectorizer.training").joinpath(TABLE).read_text(encoding="utf-8").splitlines()
    for row in csv.DictReader(lines):
        kind, source, name = (row[column] for column in COLUMNS)
        table[kind][fold(source)] = name
        table[kind].setdefault(fold(name), name)
    return table


def _title(name: str) -> str:
    words = name.split()
    return " ".join(
        word if place and word in SMALL_WORDS else word[:1].upper() + word[1:] for place, word in enumerate(words)
    )


def _in_order(name: str) -> str:
    last, comma, first = name.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and first.strip() and "," not in first else name
