"""The years that a date, as museums write it, speaks of.

What a word is taken to mean (docs/import.md tells it to the people who write dates):

* a century is what it says: the 17th has the years 1601 to 1700; "early", "mid" and "late" are its thirds; "the turn of
  the 20th century" is ten years on either side of its beginning;
* "the 1890s" are ten years, "the 1600s" a hundred;
* "c.", "about", "probably" and "?" widen by 5 years on either side;
* "before" and "after" reach 25 years, and count the year that they name;
* several dates ("1642, reworked 1650") are taken together, from the first year to the last.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from gallery.dates.grammar import NotUnderstood, read
from gallery.dates.words import UnknownWord, fold, tokens
from gallery.dates.years import first_and_last
from gallery.sentences import Sentence, gettext_noop

LONGEST_TEXT = 200
_NOT_UNDERSTOOD = gettext_noop(
    "The date “%(date)s” is not understood: %(reason)s. Understood are, for example: 1889, 1889–90, c. 1665, "
    "1920s, 17th century, early 16th century, before 1700, between 1600 and 1610, 500 BC."
)
_TOO_LONG = gettext_noop("it is longer than %(most)s characters")
_UNKNOWN_WORD = gettext_noop("“%(word)s” is not a word of a date")
_UNDATED = frozenset(("undated", "unknown", "date unknown", "not dated", "no date", "n.d.", "n.d", "s.d.", "?", "-"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Both years belong to it, and `first_year <= last_year`. 500 BC is -500, and there is no year 0."""

    first_year: int
    last_year: int


class UnknownDate(ValueError):
    """A sentence that says what was not understood, and another with examples of what is.

    `str()` is English, `said()` in the language of whoever reads it.
    """

    def __init__(self, text: str, reason: Sentence) -> None:
        self._sentence = Sentence(_NOT_UNDERSTOOD, {"date": text.strip()[:80], "reason": reason})
        super().__init__(str(self._sentence))

    def said(self) -> str:
        """The sentences, translated."""
        return self._sentence.said()


def parse(text: str) -> Span | None:
    """None where the text is empty or says that there is no date; raises `UnknownDate`."""
    folded = fold(text[: LONGEST_TEXT + 1])
    if not folded or folded in _UNDATED:
        return None
    if len(text) > LONGEST_TEXT:
        raise UnknownDate(text, Sentence(_TOO_LONG, {"most": LONGEST_TEXT}))
    try:
        first, last = first_and_last(read(tokens(folded)), latest_year=date.today().year + 1)
    except UnknownWord as error:
        raise UnknownDate(text, Sentence(_UNKNOWN_WORD, {"word": str(error)})) from None
    except NotUnderstood as error:
        raise UnknownDate(text, error.reason) from None
    return Span(first_year=first, last_year=last)
