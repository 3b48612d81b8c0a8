"""A language's translations: a file for people (.po), and what is made of it for the application (.mo).

Both are the same whoever writes them: the strings in alphabetical order, without lines of sources and without dates.
"""

import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

FILE = Path("LC_MESSAGES", "django.po")
WIDTH = 100
_PLACE = re.compile(r"%\(\w+\)\w|%%|\{\w+\}|</?\w+[^>]*>")


class Translations(Catalog):
    """A catalogue whose header says what is needed to read it."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return [
            ("Project-Id-Version", "Pendant"),
            ("Language", str(self.locale)),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=utf-8"),
            ("Content-Transfer-Encoding", "8bit"),
            ("Plural-Forms", self.plural_forms),
        ]


def read(path: Path, language: str) -> Catalog:
    """The translations in a file; none where there is no such file."""
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def updated(old: Catalog, strings: Catalog, language: str) -> Translations:
    """Exactly these strings, each with the translation that it had; what had none is empty, and nothing is guessed."""
    new = Translations(locale=language, header_comment="# Pendant.", fuzzy=False)
    for message in strings:
        if message.id:
            new.add(message.id, _kept(old, message), auto_comments=message.auto_comments, context=message.context)
    return new


def written(catalogue: Catalog) -> bytes:
    """As the file for people has it."""
    file = BytesIO()
    write_po(file, catalogue, width=WIDTH, no_location=True, sort_output=True, ignore_obsolete=True)
    return file.getvalue()


def compiled(catalogue: Catalog) -> bytes:
    """As the application reads it."""
    file = BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()


def complaints(catalogue: Catalog) -> Iterator[str]:
    """What is wrong: translations that lack, and those with other placeholders or tags than the string has."""
    for message in catalogue:
        if message.id:
            originals, translations = _texts(message.id), _texts(message.string)
            if not all(translations):
                yield f"“{originals[0]}” has no translation."
            elif any(_places(text) not in [_places(original) for original in originals] for text in translations):
                yield f"“{originals[0]}” and its translation have different placeholders or tags."


def _kept(old: Catalog, message: Message) -> str | tuple[str, ...]:
    before = old.get(message.id, message.context)
    if before is not None and before.pluralizable == message.pluralizable:
        texts = _texts(before.string)
        return texts if message.pluralizable else texts[0]
    return ("",) * old.num_plurals if message.pluralizable else ""


def _texts(text: Any) -> tuple[str, ...]:
    """One, or those of singular and plural."""
    return (text,) if isinstance(text, str) else tuple(text)


def _places(text: str) -> Counter[str]:
    return Counter(_PLACE.findall(text))
