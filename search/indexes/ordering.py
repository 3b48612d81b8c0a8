"""Selected rows in the orders that need no vectors."""

import numpy as np

from search.indexes.arrays import Bytes, Longs
from search.indexes.state import State
from search.query import Sort

YEAR_SPAN = 65_536
ID_BITS = 31


def ordered(state: State, rows: Longs, order: Sort, start: int, stop: int, tiers: Bytes | None = None) -> Longs:
    """Of these rows in this order, those from `start` up to `stop`. `tiers` are all rows', for relevance."""
    keys = _relevance(state, rows, tiers) if order is Sort.RELEVANCE else _keys(state, rows, order)
    if stop < len(rows):
        first = np.argpartition(keys, stop)[:stop]
        rows, keys = rows[first], keys[first]
    return rows[np.argsort(keys)[start:stop]]


def _relevance(state: State, rows: Longs, tiers: Bytes | None) -> Longs:
    """By tier, then the newest first."""
    tier = np.zeros(len(rows), np.int64) if tiers is None else tiers[rows].astype(np.int64)
    return (tier << ID_BITS) - state.id_ranks[rows]


def _keys(state: State, rows: Longs, order: Sort) -> Longs:
    """A number a row by which they sort; no two are equal."""
    columns, ids = state.columns, state.id_ranks[rows]
    if order is Sort.TITLE:
        return state.title_ranks[rows]  # type: ignore[return-value]
    if order is Sort.ARTIST:
        return state.artist_ranks[rows]  # type: ignore[return-value]
    if order is Sort.NEWEST:
        return -ids
    first, last = columns.first_year[rows].astype(np.int64), columns.last_year[rows].astype(np.int64)
    years = first * YEAR_SPAN + last if order is Sort.OLDEST else -last * YEAR_SPAN - first
    return (years << ID_BITS) + ids
