"""Which encoding a text file is in."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from pathlib import Path

from charset_normalizer import from_bytes

CHUNK_BYTES = 1 << 20
SAMPLE_BYTES = 1 << 18
BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_EIGHT_BIT = [
    "cp1252",
    "cp1250",
    "cp1251",
    "cp1253",
    "cp1254",
    "cp1257",
    "mac_roman",
    "shift_jis",
    "gb18030",
    "big5",
    "euc_kr",
]
_WESTERN_LETTERS = re.compile("[àâäáãåæçèéêëìíîïñòóôõöøœùúûüÿßÀÂÄÁÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØŒÙÚÛÜŸ–—‘’“”«»°·×€£©®…]")
_SEQUENCES = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH_BYTES = re.compile(rb"[\x80-\xff]")


def find_encoding(path: Path) -> str:
    """A name that Python knows and that decodes the whole file, "utf-8" with some broken lines excepted.

    Raises OSError.
    """
    with path.open("rb") as file:
        sample = file.read(SAMPLE_BYTES)
    for bom, name in BOMS:
        if sample.startswith(bom):
            return name
    if (without_bom := _utf_16(sample)) is not None:
        return without_bom
    if _decodes(path, "utf-8") or _is_mostly_utf_8(sample):
        return "utf-8"
    return next(name for name in (*_guesses(sample), "latin-1") if _decodes(path, name))


def _utf_16(sample: bytes) -> str | None:
    """UTF-16 without a mark shows by its zeros: every other byte of Latin text."""
    if sample.count(0) * 3 < len(sample) or not sample:
        return None
    return "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"


def _is_mostly_utf_8(sample: bytes) -> bool:
    """A UTF-8 file into which a few lines of another encoding were pasted."""
    sequences = _SEQUENCES.findall(sample)
    in_sequences = sum(len(sequence) for sequence in sequences)
    return len(sequences) > 2 * (len(_HIGH_BYTES.findall(sample)) - in_sequences)


def _guesses(sample: bytes) -> Iterator[str]:
    """Windows' Western encoding where all its letters make sense, else what the statistics of languages say."""
    text = sample.decode("cp1252", "replace")
    foreign = [character for character in text if ord(character) > 127 and not _WESTERN_LETTERS.match(character)]
    if len(foreign) * 10 <= sum(ord(character) > 127 for character in text) and not _reads_as_words_of_accents(text):
        yield "cp1252"
    best = from_bytes(sample, cp_isolation=_EIGHT_BIT).best()
    if best is not None:
        yield best.encoding
    yield "cp1252"


def _reads_as_words_of_accents(text: str) -> bool:
    """Cyrillic or Greek read as Western: whole words of nothing but accented letters."""
    words = re.findall(r"[^\W\d_]{3,}", text)
    return any(all(ord(letter) > 127 for letter in word) for word in words)


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK_BYTES):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True
