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
WORDS, PAIRS, NAMES = KINDS = ("words", "pairs", "names")  # of tokens, as the rows have them
LONGEST_LETTER = 4  # bytes in UTF-8


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
class Postings:
    """Sorted tokens of one kind; the paintings with the token number n are rows[starts[n]:starts[n + 1]]."""

    tokens: ByteStrings
    starts: Longs
    rows: Ints

    def beginning_with(self, beginning: str) -> Ints:
        """The paintings with a token of this beginning; one may stand there more than once."""
        return self._rows_of(self.tokens.starting_with(beginning.encode()))

    def with_any(self, tokens: Iterable[str]) -> Ints:
        """The paintings with one of these very tokens; one may stand there more than once."""
        found = [self._rows_of(self.tokens.equal_to(token.encode())) for token in tokens]
        return np.concatenate([np.zeros(0, np.int32), *found])

    def about_as_long_as(self, word: str, more: int) -> list[str]:
        """The tokens that begin with the same letter and may have up to `more` letters more or less."""
        found = self.tokens.starting_with(word[:1].encode())
        ends = self.tokens.ends[found.start : found.stop + 1]
        near = np.abs(np.diff(ends) - len(word.encode())) <= more * LONGEST_LETTER
        return [self.tokens[found.start + place].decode() for place in np.flatnonzero(near).tolist()]

    def _rows_of(self, numbers: range) -> Ints:
        return self.rows[self.starts[numbers.start] : self.starts[numbers.stop]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Paintings in the order of their ids.

    `matrices`: by feature the vectors (n, dimensions); `terms`: by facet; `postings`: by kind of token.
    """

    columns: Columns
    terms: Mapping[str, Terms]
    title: Order
    artist: Order
    postings: Mapping[str, Postings]
    matrices: Mapping[str, Floats]

    def __len__(self) -> int:
        return len(self.columns.ids)
