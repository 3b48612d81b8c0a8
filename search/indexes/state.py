"""What an index knows at one moment: a snapshot, what has changed since, and both seen as one."""

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from search.indexes import building
from search.indexes.arrays import Bools, Doubles, Floats, Ints, Longs
from search.indexes.segment import UNDATED_FIRST, UNDATED_LAST, Columns, Order, Segment, Terms
from vectorizer.rows import Row


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """An entry of the journal: enough to see that it is still the same journal (it was not restored or rolled back)."""

    position: int
    painting_id: int
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The paintings of the snapshot (`base`) and then those of the `tail`, which changed since.

    Row numbers run through both. `alive` is false for rows of the base that changed or are no longer there. `stamp` is
    the last entry of the journal that is in here; None for an empty journal. `name` is the snapshot's, "" without one.
    """

    name: str
    stamp: Stamp | None
    base: Segment
    tail: Segment
    tail_rows: Mapping[int, Row]
    alive: Bools
    columns: Columns
    title_ranks: Doubles
    artist_ranks: Doubles
    id_ranks: Longs
    years: tuple[int, int] | None

    @classmethod
    def of(cls, name: str, stamp: Stamp | None, base: Segment) -> "State":
        """A snapshot alone."""
        return _joined(name, stamp, base, {}, np.ones(len(base), np.bool_))

    def advanced(self, stamp: Stamp | None, changed: Collection[int], rows: Iterable[Row]) -> "State":
        """This state after these paintings changed: `rows` are those of them that are (still) in the index."""
        gone = set(changed)
        kept = {id_: row for id_, row in self.tail_rows.items() if id_ not in gone}
        alive = self.alive[: len(self.base)].copy()
        alive[np.isin(self.base.columns.ids, np.fromiter(gone, np.int64, len(gone)))] = False
        return _joined(self.name, stamp, self.base, kept | {row.id: row for row in rows}, alive)

    @property
    def terms(self) -> Mapping[str, Terms]:
        """By facet, of both parts."""
        return self.tail.terms

    def rows_with(self, find: Callable[[Segment], Ints]) -> Ints:
        """The rows of both parts that `find` finds in each, dead ones among them."""
        return np.concatenate([find(self.base), find(self.tail) + np.int32(len(self.base))])


def room(count: int, dimensions: Mapping[str, int]) -> dict[str, Floats]:
    """Matrices in memory for this many rows, by feature."""
    return {name: np.empty((count, size), np.float32) for name, size in dimensions.items()}


def _joined(name: str, stamp: Stamp | None, base: Segment, rows: Mapping[int, Row], alive: Bools) -> State:
    dimensions = {feature: matrix.shape[1] for feature, matrix in base.matrices.items()}
    tail = building.segment((rows[id_] for id_ in sorted(rows)), room(len(rows), dimensions), base.terms)
    columns = base.columns.then(tail.columns) if rows else base.columns
    alive = np.concatenate([alive, np.ones(len(tail), np.bool_)])
    return State(
        name=name,
        stamp=stamp,
        base=base,
        tail=tail,
        tail_rows=rows,
        alive=alive,
        columns=columns,
        title_ranks=_places(base.title, tail.title),
        artist_ranks=_places(base.artist, tail.artist),
        id_ranks=_ranks(columns.ids),
        years=_span(columns, alive),
    )


def _places(base: Order, tail: Order) -> Doubles:
    """Numbers that sort both parts as one: the base's ranks, and between them those of the tail."""
    between = np.array([bisect_left(base.keys, key) for key in tail.keys], np.float64)
    sorted_places = between - 1 + np.arange(1, len(between) + 1) / (len(between) + 1)
    return np.concatenate([base.ranks.astype(np.float64), sorted_places[tail.ranks]])


def _ranks(ids: Longs) -> Longs:
    ranks = np.empty(len(ids), np.int64)
    ranks[np.argsort(ids, kind="stable")] = np.arange(len(ids))
    return ranks


def _span(columns: Columns, alive: Bools) -> tuple[int, int] | None:
    first = columns.first_year[alive & (columns.first_year != UNDATED_FIRST)]
    last = columns.last_year[alive & (columns.last_year != UNDATED_LAST)]
    return (int(first.min()), int(last.max())) if len(first) and len(last) else None
