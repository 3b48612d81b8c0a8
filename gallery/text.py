"""Text as search and sorting see it: without case, accents and punctuation."""

import re
import unicodedata

# Letters that Unicode does not decompose, as a reader would type them.
_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"})
_NOT_WORD = re.compile(r"[\W_]+")


def fold(text: str) -> str:
    """`text` in lower case, without accents, one space between words: “Düsseldorf, L'Été” is “dusseldorf l ete”."""
    letters = text.casefold()
    if not letters.isascii():  # else there is nothing to take apart, which takes most of the time
        decomposed = unicodedata.normalize("NFKD", letters).translate(_LETTERS)
        letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", letters).strip()


def words(text: str) -> tuple[str, ...]:
    """The folded words of `text`, in order, each once."""
    return tuple(dict.fromkeys(fold(text).split()))
