"""Which rows match words and filters, and how many of them have each value of a facet."""

import numpy as np

from search.filters import FACETS, Filters
from search.indexes.arrays import Bools, Longs
from search.indexes.base import Count, Query, YearBin
from search.indexes.histogram import binned
from search.indexes.segment import NO_TERM, UNDATED_FIRST, UNDATED_LAST
from search.indexes.state import State
from vectorizer.rows import facet_label

FACET_VALUES = 50


class Selection:
    """The rows of a state that a query's filters select, and the mask of its `words`, as masks over all rows."""

    def __init__(self, state: State, query: Query, words: Bools | None = None) -> None:
        self._state = state
        self._filters = query.filters
        self._undated = _alive(state, query.excluded) & (True if words is None else words)
        self._always = self._undated & _in_years(state, query.filters)
        self._by_facet = {
            name: _with_values(state, name, query.filters) for name in FACETS if query.filters.values(name)
        }

    @property
    def mask(self) -> Bools:
        return self._without("")

    def counts(self) -> dict[str, tuple[Count, ...]]:
        """By facet the most frequent values among the rows that match all but this facet's own filter."""
        return {name: self._count(name) for name in FACETS}

    def histogram(self) -> tuple[YearBin, ...]:
        """How the years of those are spread that match all but the years' own filter."""
        columns, mask = self._state.columns, self._all_of("", self._undated)
        mask = mask & (columns.first_year != UNDATED_FIRST) & (columns.last_year != UNDATED_LAST)
        middles = (columns.first_year[mask].astype(np.int64) + columns.last_year[mask]) // 2
        return binned(self._state.years, middles)

    def _without(self, facet: str) -> Bools:
        return self._all_of(facet, self._always)

    def _all_of(self, facet: str, mask: Bools) -> Bools:
        """Of these rows those that match all facets but this one."""
        for name, other in self._by_facet.items():
            mask = mask if name == facet else mask & other
        return mask

    def _count(self, name: str) -> tuple[Count, ...]:
        terms = self._state.terms[name]
        counts = _frequencies(self._state, name, self._without(name), len(terms))
        order = sorted(np.flatnonzero(counts).tolist(), key=lambda code: (-counts[code], terms.slugs[code]))
        found = [
            Count(value=terms.slugs[code], label=facet_label(name, terms.labels[code]), count=int(counts[code]))
            for code in order[:FACET_VALUES]
        ]
        return (*found, *self._chosen_beside(name, {count.value for count in found}, counts))

    def _chosen_beside(self, name: str, shown: set[str], counts: Longs) -> list[Count]:
        """The values that are set but not among the most frequent; a value that nothing has is its own label."""
        terms = self._state.terms[name]
        beside = [slug for slug in self._filters.values(name) if slug not in shown]
        if not beside:
            return []
        there = _frequencies(self._state, name, self._state.alive, len(terms))  # a name leaves with its last painting
        codes = [(slug, terms.code(slug)) for slug in beside]
        return [
            Count(value=slug, label=slug, count=0)
            if code is None or not there[code]
            else Count(value=slug, label=facet_label(name, terms.labels[code]), count=int(counts[code]))
            for slug, code in codes
        ]


def _alive(state: State, excluded: frozenset[int]) -> Bools:
    if not excluded:
        return state.alive
    return state.alive & ~np.isin(state.columns.ids, np.fromiter(excluded, np.int64, len(excluded)))


def _in_years(state: State, filters: Filters) -> Bools:
    """Spans that overlap the years asked for. Undated rows hold years that overlap none."""
    mask = np.ones(len(state.alive), np.bool_)
    if filters.first_year is not None:
        mask &= state.columns.last_year >= filters.first_year
    if filters.last_year is not None:
        mask &= state.columns.first_year <= filters.last_year
    return mask


def _with_values(state: State, name: str, filters: Filters) -> Bools:
    terms = state.terms[name]
    wanted = np.zeros(len(terms) + 1, np.bool_)  # its last place stands for NO_TERM
    wanted[[code for slug in filters.values(name) if (code := terms.code(slug)) is not None]] = True
    if name != "artist":
        found: Bools = wanted[getattr(state.columns, name)]
        return found
    mask = np.zeros(len(state.alive), np.bool_)
    mask[state.columns.artist_rows[wanted[state.columns.artist]]] = True
    return mask


def _frequencies(state: State, name: str, mask: Bools, count: int) -> Longs:
    codes = getattr(state.columns, name)
    codes = codes[mask[state.columns.artist_rows]] if name == "artist" else codes[mask]
    return np.bincount(codes[codes != NO_TERM], minlength=count).astype(np.int64)
