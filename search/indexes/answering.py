"""One question to one state of the database's index, from words and filters to the page of hits."""

import numpy as np
from django.conf import settings

from search.indexes import fusing
from search.indexes.arrays import Bools, Bytes, Longs
from search.indexes.base import Found, Hit, Query, Target
from search.indexes.nearest import measured, nearest, roughly
from search.indexes.ordering import ordered
from search.indexes.selecting import Selection
from search.indexes.state import State
from search.indexes.wording import Wording
from search.query import Sort
from search.words import Tier


class Answering:
    """Masks and numbers of rows run over the whole state."""

    def __init__(self, state: State, query: Query) -> None:
        self._state, self._query = state, query
        self._wording = Wording(state, query.words) if query.words else None

    def found(self) -> Found:
        """The answer, exactly as the contract says."""
        state, query = self._state, self._query
        words, tiers = self._worded()
        selection = Selection(state, query, None if query.fuses else words)
        mask = selection.mask
        rows = np.flatnonzero(mask)
        return Found(
            hits=tuple(self._hits(rows, np.flatnonzero(mask & words), tiers)),
            total=len(rows),
            facets=selection.counts() if query.facets else {},
            years=state.years,
            histogram=selection.histogram() if query.facets else (),
            worded=int((mask & words).sum()) if query.words else None,
            corrections=self._wording.corrections if self._wording else {},
        )

    def _worded(self) -> tuple[Bools, Bytes | None]:
        """Which rows match the words well enough, and the tier of each that does."""
        if self._wording is None:
            return np.ones(len(self._state.alive), np.bool_), None
        mask, tiers = self._wording.mask(), None
        if self._query.order is Sort.RELEVANCE or len(self._query.tiers) < len(Tier):
            tiers = self._wording.tiers()
            mask &= np.isin(tiers, list(self._query.tiers))
        return mask, tiers

    def _hits(self, rows: Longs, worded: Longs, tiers: Bytes | None) -> list[Hit]:
        state, query = self._state, self._query
        if query.target and query.fuses and tiers is not None:
            return self._fused(rows, worded, tiers, query.target)[query.start : query.stop]
        if query.target and query.order in (Sort.SIMILARITY, Sort.RELEVANCE):
            return nearest(state, rows, query.target, query.start, query.stop)
        page = ordered(state, rows, query.order, query.start, query.stop, tiers)
        if query.target:
            return measured(state, page, query.target)
        return [Hit(id=id_) for id_ in state.columns.ids[page].tolist()]

    def _fused(self, rows: Longs, worded: Longs, tiers: Bytes, target: Target) -> list[Hit]:
        depth: int = settings.SEARCH_DEPTH
        rough = roughly(self._state, rows, target)  # once, as it reads every vector
        places = np.searchsorted(rows, worded)

        def of_tier(tier: Tier) -> list[Hit]:
            those = places[tiers[worded] == tier]
            return nearest(self._state, rows[those], target, 0, depth, rough[those])

        alike = nearest(self._state, rows, target, 0, depth, rough)
        return fusing.fused(alike, fusing.in_turn(map(of_tier, Tier), depth))
