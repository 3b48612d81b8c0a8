"""The collection that the tests look at: forty paintings in four styles, imported from a table as a museum would."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.browser import drawing
from tests.browser.drawing import Draw

PER_STYLE = 10
FIRST_YEAR, YEARS_APART = 1800, 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A style and who paints in it."""

    style: str
    genre: str
    artist: str
    title: str
    draw: Draw


KINDS = (
    Kind(
        style="Colour Field",
        genre="abstract",
        artist="Åsa Lindøvist (invented)",
        title="Crépuscule",
        draw=drawing.bands,
    ),
    Kind(
        style="Pointillism", genre="landscape", artist="Benoît Pointeau (invented)", title="Orchard", draw=drawing.dots
    ),
    Kind(style="Op Art", genre="abstract", artist="Clara Wellen (invented)", title="Tide", draw=drawing.stripes),
    Kind(style="Suprematism", genre="still life", artist="Dmitri Balkin (invented)", title="Bars", draw=drawing.blocks),
)
BANDS, DOTS, STRIPES, BLOCKS = KINDS
TOTAL = PER_STYLE * len(KINDS)


def title(kind: Kind, number: int) -> str:
    return f"{kind.title} {number + 1:02}"


def write(folder: Path) -> Path:
    """Draw the pictures into the folder and return the table that lists them."""
    table = folder / "paintings.csv"
    rows = list(_rows(folder))
    with table.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return table


def _rows(folder: Path) -> Iterator[dict[str, str]]:
    for index in range(TOTAL):
        number, kind = divmod(index, len(KINDS))
        which = KINDS[kind]
        name = f"{index:02}.png"
        (folder / name).write_bytes(drawing.saved(drawing.picture(which.draw, number)))
        yield {
            "image": name,
            "title": title(which, number),
            "artist": which.artist,
            "date": str(FIRST_YEAR + YEARS_APART * index),
            "style": which.style,
            "genre": which.genre,
            "collection": "Museum of Tests" if kind < 2 else "The Other Museum",
            "object_number": f"T-{index:03}",
            "medium": "Pixels on a grid",
        }
