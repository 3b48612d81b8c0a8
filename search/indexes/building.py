"""Makes a segment from rows, one row at a time, so that a hundred thousand need no more memory than their arrays."""

from array import array
from collections.abc import Iterable, Mapping

import numpy as np

from search.filters import FACETS
from search.indexes.arrays import ByteStrings, Floats
from search.indexes.segment import (
    KINDS,
    NO_TERM,
    SINGLE,
    UNDATED_FIRST,
    UNDATED_LAST,
    Columns,
    Order,
    Postings,
    Segment,
    Terms,
)
from vectorizer.rows import Row, Term

LAST_IN_ORDER = "\U0010ffff"  # what has no artist stands behind all that have one


def segment(rows: Iterable[Row], matrices: Mapping[str, Floats], terms: Mapping[str, Terms] | None = None) -> Segment:
    """The rows, ordered by id, as a segment.

    `matrices` have room for all rows and are filled; the segment's are cut to what was. `terms` of another segment give
    equal values the same codes in both; they are copied, not changed.
    """
    builder = _Builder(matrices, terms or {})
    for row in rows:
        builder.add(row)
    return builder.finish()


class _Builder:
    def __init__(self, matrices: Mapping[str, Floats], terms: Mapping[str, Terms]) -> None:
        self._matrices = matrices
        self._terms = {name: Terms(terms[name].pairs() if name in terms else ()) for name in FACETS}
        self._ids, self._versions = array("q"), array("q")
        self._codes = {name: array("i") for name in SINGLE}
        self._first_years, self._last_years = array("h"), array("h")
        self._artist_rows, self._artists = array("i"), array("i")
        self._titles: list[bytes] = []
        self._artist_keys: list[bytes] = []
        self._tokens = {kind: _Tokens() for kind in KINDS}

    def add(self, row: Row) -> None:
        place = len(self._ids)
        self._ids.append(row.id)
        self._versions.append(row.version)
        for name, matrix in self._matrices.items():
            matrix[place] = row.vectors[name]
        for name, codes in self._codes.items():
            codes.append(next((self._code(name, term) for term in row.facet(name)), NO_TERM))
        self._first_years.append(UNDATED_FIRST if row.first_year is None else _year(row.first_year))
        self._last_years.append(UNDATED_LAST if row.last_year is None else _year(row.last_year))
        for artist in row.artists:
            self._artist_rows.append(place)
            self._artists.append(self._code("artist", artist))
        self._titles.append(_key(row.id, row.title_key))
        self._artist_keys.append(_key(row.id, row.artist_key or LAST_IN_ORDER, row.title_key))
        for kind, tokens in self._tokens.items():
            tokens.add(place, getattr(row, kind))

    def finish(self) -> Segment:
        count = len(self._ids)
        columns = Columns(
            ids=np.array(self._ids, np.int64),
            versions=np.array(self._versions, np.int64),
            **{name: np.array(codes, np.int32) for name, codes in self._codes.items()},
            first_year=np.array(self._first_years, np.int16),
            last_year=np.array(self._last_years, np.int16),
            artist_rows=np.array(self._artist_rows, np.int32),
            artist=np.array(self._artists, np.int32),
        )
        return Segment(
            columns=columns,
            terms=self._terms,
            title=_order(self._titles),
            artist=_order(self._artist_keys),
            postings={kind: tokens.posted() for kind, tokens in self._tokens.items()},
            matrices={name: matrix[:count] for name, matrix in self._matrices.items()},
        )

    def _code(self, name: str, term: Term) -> int:
        return self._terms[name].add(*term)


class _Tokens:
    """Which rows have which tokens: a number a token and row, since most tokens are in one row alone."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._tokens, self._rows = array("i"), array("i")

    def add(self, place: int, tokens: Iterable[str]) -> None:
        for token in tokens:
            self._tokens.append(self._numbers.setdefault(token, len(self._numbers)))
            self._rows.append(place)

    def posted(self) -> Postings:
        in_order = sorted((token.encode(), number) for token, number in self._numbers.items())
        places = np.zeros(len(in_order), np.int64)
        places[[number for _, number in in_order]] = np.arange(len(in_order))
        tokens = places[np.array(self._tokens, np.int32)]
        starts = np.zeros(len(in_order) + 1, np.int64)
        np.cumsum(np.bincount(tokens, minlength=len(in_order)), out=starts[1:])
        rows = np.array(self._rows, np.int32)[np.argsort(tokens, kind="stable")]
        return Postings(tokens=ByteStrings.of([token for token, _ in in_order]), starts=starts, rows=rows)


def _year(year: int) -> int:
    """In 16 bits, and none of the two that mean undated: one odd row must not stop every search."""
    return max(UNDATED_LAST + 1, min(UNDATED_FIRST - 1, year))


def _key(painting_id: int, *texts: str) -> bytes:
    """Sorts like the texts one after another, and equals like their ids."""
    return b"\0".join([*(text.encode() for text in texts), painting_id.to_bytes(8, "big")])


def _order(keys: list[bytes]) -> Order:
    places = sorted(range(len(keys)), key=keys.__getitem__)
    ranks = np.zeros(len(keys), np.int32)
    ranks[places] = np.arange(len(keys), dtype=np.int32)
    return Order(keys=ByteStrings.of([keys[place] for place in places]), ranks=ranks)
