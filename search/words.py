"""The words of a question: what was typed, what stands for a misspelled word, and how well a painting matches."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from gallery.text import fold

LEAST_LETTERS, TWO_EDITS_LETTERS = 4, 8
MOST_CORRECTIONS = 20

#: What quotation marks enclose, or the rest of the text where they are still open; an inch mark opens nothing.
_PHRASE = re.compile(r'(?<!\w)["“”„‟«»]([^"“”„‟«»]*)(?:["“”„‟«»]|$)')


class Tier(IntEnum):
    """How well a painting matches words: whether all are in its title or its artists' names, and all as whole words."""

    NAME = 0
    NAME_BEGINNING = 1
    WORD = 2
    BEGINNING = 3


@dataclass(frozen=True, slots=True)
class Term:
    """A folded word, or several that stand side by side in a phrase; of the last, the beginning is enough.

    `instead`: the whole words of which one is meant, where the word is misspelled.
    """

    words: tuple[str, ...]
    instead: tuple[str, ...] = ()

    @property
    def pairs(self) -> tuple[str, ...]:
        """The neighbours in a phrase, as rows hold them: “starry night”."""
        return tuple(f"{one} {other}" for one, other in pairwise(self.words))

    @property
    def can_be_misspelled(self) -> bool:
        """Whether typing errors are forgiven: in words of four letters or more, not in numbers or phrases."""
        return len(self.words) == 1 and tolerance(self.words[0]) > 0


@dataclass(frozen=True, slots=True)
class Words:
    """The terms of a question, which a painting must all match."""

    terms: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms)

    def corrected(self, corrections: Mapping[str, tuple[str, ...]]) -> "Words":
        """With these words where others were typed."""
        return Words(
            tuple(
                replace(term, instead=corrections.get(term.words[0], ())) if len(term.words) == 1 else term
                for term in self.terms
            )
        )

    def are_in(self, text: str) -> bool:
        """Whether this text has them all, as rows of an index have words."""
        return all(_is_in(term, fold(text).split()) for term in self.terms)


def _is_in(term: Term, spoken: Sequence[str]) -> bool:
    if term.instead:
        return not set(term.instead).isdisjoint(spoken)
    length = len(term.words)
    windows = (spoken[start : start + length] for start in range(len(spoken) - length + 1))
    *first, last = term.words
    return any(window[:-1] == first and window[-1].startswith(last) for window in windows)


def parse(text: str) -> Words:
    """What was typed: each word is a term, and so is each phrase in quotation marks, however they look."""
    terms: list[Term] = []
    end = 0
    for match in _PHRASE.finditer(text):
        terms += _single(text[end : match.start()])
        terms += [Term(phrase)] if (phrase := tuple(fold(match[1]).split())) else []
        end = match.end()
    return Words(tuple(dict.fromkeys([*terms, *_single(text[end:])])))


def tolerance(word: str) -> int:
    """How many typing errors are forgiven: one in a word of four letters, two from eight on, none where digits are."""
    if len(word) < LEAST_LETTERS or not word.isalpha():
        return 0
    return 2 if len(word) >= TWO_EDITS_LETTERS else 1


def meant(word: str, candidates: Iterable[str]) -> tuple[str, ...]:
    """Those of these words for which `word` may be a typing error, the likeliest first, twenty at most.

    They begin with the same letter and are within its tolerance: letters that are missing, too many, wrong, or two that
    are swapped (the optimal string alignment distance).
    """
    allowed = tolerance(word)
    alike = [candidate for candidate in candidates if candidate != word and candidate[:1] == word[:1]]
    found = process.extract(word, alike, scorer=OSA.distance, score_cutoff=allowed, limit=None) if allowed else []
    ordered = sorted((int(distance), candidate) for candidate, distance, _ in found)
    return tuple(candidate for _, candidate in ordered[:MOST_CORRECTIONS])


def _single(text: str) -> list[Term]:
    return [Term((word,)) for word in fold(text).split()]
