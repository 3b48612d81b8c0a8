"""The map as it is public now: the file that the page's script reads, and the regions that the page names.

Made once a process and state of the map; whatever changes what is public (an entry of the journal) makes another.

The file, little-endian, arrays one behind another, a number a painting in each, in the order of the sheets:

    u32                 length of what follows, in bytes, which is padded with spaces to a multiple of 4
    JSON                {"count", "side", "sheets": [name or "" where there is none just now, …]}
    u32[count]          ids of the paintings
    i32[count]          1024 × sheet + cell, as the difference to the painting before; −1 stands for no sheet
    u16[count] × 2      columns, rows
    u8[count] × 4       red, green, blue; shape: the shorter side, 1 to 64 if the longer is 64; + 128 if it is upright
"""

import gzip
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from numpy.typing import NDArray

from gallery import journal
from search.map import sheets
from search.map.models import CollectionMap, Place, Sheet

EXAMPLES = 5
ROWS_AT_ONCE = 10_000
COMPRESSION = 6
NOWHERE = -1
UPRIGHT = 128

Columns = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A part of the map: the middle of its paintings (shares of the map's side), how many, and those nearest to it.

    `styles` and `genres`: ids with how many have them, the commonest first.
    """

    number: int
    x: float
    y: float
    count: int
    examples: tuple[int, ...]
    styles: tuple[tuple[int, int], ...]
    genres: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Atlas:
    """`data` is the file of the paintings `ids`, `compressed` the same by gzip; `version` names this state of it.

    The largest region comes first.
    """

    version: str
    ids: Columns
    data: bytes
    compressed: bytes
    regions: tuple[Region, ...]

    @property
    def count(self) -> int:
        """How many paintings there are."""
        return len(self.ids)

    def holds(self, ids: Iterable[int]) -> list[int]:
        """Those of these paintings that are on the map, ascending."""
        found: list[int] = np.intersect1d(np.fromiter(ids, np.int64), self.ids).tolist()
        return found


def current() -> Atlas | None:
    """None while no map was made."""
    position = journal.position()  # before the content: what is in it may be newer than its version, never older
    shown = CollectionMap.objects.shown()
    return _made(shown, f"{shown.pk}-{shown.stamp}-{position}") if shown else None


FIELDS = ("painting_id", "column", "row", "region", "colour", "number", "cell", "width", "height", "style", "genre")


@lru_cache(maxsize=1)
def _made(shown: CollectionMap, version: str) -> Atlas:
    table = _table(shown)
    data = _file(table, shown.side, _sheet_names(shown))
    return Atlas(
        version=version,
        ids=table[:, FIELDS.index("painting_id")].copy(),
        data=data,
        compressed=gzip.compress(data, COMPRESSION, mtime=0),
        regions=tuple(sorted(_regions(table, shown.side), key=lambda region: (-region.count, region.number))),
    )


def _table(shown: CollectionMap) -> Columns:
    """A row a public place, its columns those of FIELDS; −1 for what it lacks."""
    found: QuerySet[Place] = Place.objects.public().filter(map=shown)
    values = found.order_by().values_list(
        *("painting_id", "column", "row", "region", "colour", Coalesce("sheet__number", NOWHERE), "cell"),
        *("image__width", "image__height"),
        *(Coalesce("painting__style_id", NOWHERE), Coalesce("painting__genre_id", NOWHERE)),
    )
    blocks = [np.zeros((0, len(FIELDS)), np.int64), *_blocks(values.iterator(chunk_size=ROWS_AT_ONCE))]
    table = np.concatenate(blocks)
    number, cell = table[:, FIELDS.index("number")], table[:, FIELDS.index("cell")]
    unseen = number == NOWHERE
    return table[np.lexsort((table[:, 0], cell, number, unseen))]


def _blocks(rows: Iterator[tuple[int, ...]]) -> Iterator[Columns]:
    while block := [row for _, row in zip(range(ROWS_AT_ONCE), rows, strict=False)]:
        yield np.array(block, np.int64)


def _sheet_names(shown: CollectionMap) -> list[str]:
    """By number the sheets that can be seen: all that is on them is public."""
    public = Place.objects.public().count_by_sheet(shown)
    names: list[str] = []
    for sheet in Sheet.objects.filter(map=shown).order_by("number"):
        names += [""] * (sheet.number - len(names))
        names.append(sheet.name if public.get(sheet.pk) == sheet.count else "")
    return names


def _file(table: Columns, side: int, names: Sequence[str]) -> bytes:
    column = {name: table[:, place] for place, name in enumerate(FIELDS)}
    header = json.dumps({"count": len(table), "side": side, "sheets": names}, separators=(",", ":")).encode()
    header += b" " * (-len(header) % 4)
    cells = np.where(column["number"] == NOWHERE, NOWHERE, sheets.CELLS * column["number"] + column["cell"])
    colour = column["colour"]
    arrays = (
        np.array([len(header)], "<u4"),
        np.frombuffer(header, np.uint8),
        column["painting_id"].astype("<u4"),
        np.diff(cells, prepend=0).astype("<i4"),
        column["column"].astype("<u2"),
        column["row"].astype("<u2"),
        *((colour >> shift & 255).astype("u1") for shift in (16, 8, 0)),
        _shapes(column["width"], column["height"]),
    )
    return b"".join(array.tobytes() for array in arrays)


def _shapes(widths: Columns, heights: Columns) -> NDArray[np.uint8]:
    """As `sheets.size` draws them."""
    sizes = [sheets.size(width, height) for width, height in zip(widths.tolist(), heights.tolist(), strict=True)]
    return np.array([min(size) + (UPRIGHT if size[0] < size[1] else 0) for size in sizes], np.uint8)


def _regions(table: Columns, side: int) -> Iterator[Region]:
    column = {name: table[:, place] for place, name in enumerate(FIELDS)}
    places = np.stack([column["column"], column["row"]], axis=1) + 0.5
    for number in np.unique(column["region"]).tolist():
        inside = np.flatnonzero(column["region"] == number)
        middle = places[inside].mean(axis=0)
        nearest = np.argsort(((places[inside] - middle) ** 2).sum(axis=1), kind="stable")[:EXAMPLES]
        yield Region(
            number=number,
            x=float(middle[0]) / side,
            y=float(middle[1]) / side,
            count=len(inside),
            examples=tuple(column["painting_id"][inside[nearest]].tolist()),
            styles=_counted(column["style"][inside]),
            genres=_counted(column["genre"][inside]),
        )


def _counted(ids: Columns) -> tuple[tuple[int, int], ...]:
    found, counts = np.unique(ids[ids != NOWHERE], return_counts=True)
    order = np.lexsort((found, -counts))
    return tuple(zip(found[order].tolist(), counts[order].tolist(), strict=True))
