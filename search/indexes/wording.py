"""Which rows of a state match words, and how well."""

from collections.abc import Callable, Iterable

import numpy as np

from search.indexes.arrays import Bools, Bytes, Ints
from search.indexes.segment import NAMES, PAIRS, WORDS, Postings
from search.indexes.state import State
from search.words import Term, Tier, Words, meant, tolerance


class Wording:
    """Words as this state knows them: `corrections` are what the misspelled ones stand for."""

    def __init__(self, state: State, words: Words) -> None:
        self._state = state
        self.corrections = {
            term.words[0]: found
            for term in words.terms
            if term.can_be_misspelled and not self._any(self._beginning(WORDS, term.words[0]))
            if (found := self._meant(term.words[0]))
        }
        self._terms = words.corrected(self.corrections).terms

    def mask(self) -> Bools:
        """The rows that match all terms, dead ones among them."""
        return self._all(self._matching(term) for term in self._terms)

    def tiers(self) -> Bytes:
        """The `Tier` of each row that matches."""
        named = self._all(self._named(term) for term in self._terms)
        whole = self._all(self._whole(term) for term in self._terms if not term.instead)
        in_names = np.where(whole, Tier.NAME, Tier.NAME_BEGINNING)
        elsewhere = np.where(whole, Tier.WORD, Tier.BEGINNING)
        return np.where(named, in_names, elsewhere).astype(np.uint8)

    def _matching(self, term: Term) -> Bools:
        if term.instead:
            return self._exactly(WORDS, term.instead)
        return self._in_a_row(PAIRS, term.pairs) if term.pairs else self._in_a_row(WORDS, term.words)

    def _named(self, term: Term) -> Bools:
        return self._exactly(NAMES, term.instead) if term.instead else self._in_a_row(NAMES, term.words)

    def _whole(self, term: Term) -> Bools:
        return self._exactly(PAIRS, term.pairs[-1:]) if term.pairs else self._exactly(WORDS, term.words)

    def _in_a_row(self, kind: str, tokens: tuple[str, ...]) -> Bools:
        """Rows with all these tokens; of the last, the beginning is enough."""
        first = self._all(self._exactly(kind, (token,)) for token in tokens[:-1])
        return first & self._beginning(kind, tokens[-1])

    def _exactly(self, kind: str, tokens: Iterable[str]) -> Bools:
        wanted = tuple(tokens)
        return self._rows(kind, lambda postings: postings.with_any(wanted))

    def _beginning(self, kind: str, token: str) -> Bools:
        return self._rows(kind, lambda postings: postings.beginning_with(token))

    def _rows(self, kind: str, find: Callable[[Postings], Ints]) -> Bools:
        mask = np.zeros(len(self._state.alive), np.bool_)
        mask[self._state.rows_with(lambda segment: find(segment.postings[kind]))] = True
        return mask

    def _all(self, masks: Iterable[Bools]) -> Bools:
        found = np.ones(len(self._state.alive), np.bool_)
        for mask in masks:
            found &= mask
        return found

    def _any(self, mask: Bools) -> bool:
        return bool(mask[self._state.alive].any())

    def _meant(self, word: str) -> tuple[str, ...]:
        """What is in a painting's words still: one that was withdrawn is not told of."""
        parts = (self._state.base, self._state.tail)
        known = {token for part in parts for token in part.postings[WORDS].about_as_long_as(word, tolerance(word))}
        there = (token for token in meant(word, known) if self._any(self._exactly(WORDS, (token,))))
        return tuple(there)
