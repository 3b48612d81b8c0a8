"""A part of an index: some paintings as arrays, ready to be searched. Immutable; in memory or in mapped files."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from search.filters import FACETS
from search.indexes.arrays import ByteStrings, Floats, Ints, Longs, Shorts

SINGLE = tuple(name for name in FACETS if name != "artist")  # of which a painting has one value at most
NO_TERM = -1
# What undated paintings hold: these years overlap no span that can be asked for.
UNDATED_FIRST, UNDATED_LAST = 32_767, -32_768


class Terms:
    """Numbers for the values of a facet: slug ⇄ code, and the label that people read."""

    def __init__(self, pairs: Iterable[tuple[str, str]] = ()) -> None:
        self.slugs: list[str] = []
        self.labels: list[str] = []
        self._codes: dict[str, int] = {}
        for slug, label in pairs:
            self.add(slug, label)

    def add(self, slug: str, label: str) -> int:
        """The code of this value, a new one where it is new. The latest label is the one that stays."""
        code = self._codes.setdefault(slug, len(self.slugs))
        if code == len(self.slugs):
            self.slugs.append(slug)
            self.labels.append(label)
        self.labels[code] = label
        return code

    def code(self, slug: str) -> int | None:
        return self._codes.get(slug)

    def pairs(self) -> list[tuple[str, str]]:
        return list(zip(self.slugs, self.labels, strict=True))

    def __len__(self) -> int:
        return len(self.slugs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """What filters, facets and orders read, a value a painting; of artists a pair a painting and artist.

    `versions` are for whoever compares the index with the database.
    """

    ids: Longs
    versions: Longs
    style: Ints
    genre: Ints
    collection: Ints
    medium: Ints
    orientation: Ints
    rights: Ints
    first_year: Shorts
    last_year: Shorts
    artist_rows: Ints
    artist: Ints

    def then(self, other: "Columns") -> "Columns":
        """These paintings and then those."""
        joined = {name: np.concatenate([getattr(self, name), getattr(other, name)]) for name in COLUMNS}
        joined["artist_rows"] = np.concatenate([self.artist_rows, other.artist_rows + np.int32(len(self.ids))])
        return Columns(**joined)


COLUMNS = tuple(Columns.__dataclass_fields__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Paintings sorted by a text: the keys, sorted, and each painting's place among them."""

    keys: ByteStrings
    ranks: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Sorted folded words; the paintings with the word number n are rows[starts[n]:starts[n + 1]]."""

    vocabulary: ByteStrings
    starts: Longs
    rows: Ints

    def rows_with(self, beginning: str) -> Ints:
        """The paintings with a word of this beginning; one may stand there more than once."""
        found = self.vocabulary.starting_with(beginning.encode())
        return self.rows[self.starts[found.start] : self.starts[found.stop]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Paintings in the order of their ids. `matrices`: by feature the vectors (n, dimensions); `terms`: by facet."""

    columns: Columns
    terms: Mapping[str, Terms]
    title: Order
    artist: Order
    words: Words
    matrices: Mapping[str, Floats]

    def __len__(self) -> int:
        return len(self.columns.ids)
