"""A language of brackets: what is translated into it stands in ⟦ ⟧, so that what nobody can translate is seen."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from config.messages import catalogue

OPEN, CLOSE = "⟦", "⟧"
TOLD = ("alt", "title", "aria-label", "aria-description", "aria-valuetext", "placeholder", "label")
NAMES = {"Pendant", "English", "Deutsch", "Esc", "https"}  # in every language
NO_WORDS = ("script", "style", "code")
_WORD = re.compile(r"[^\W\d_]*[a-zäöüß]{2,}[^\W\d_]*")
_SENTENCE = re.compile(r"[^\W\d_]{2,} [^\W\d_]{2,}")


def instead_of_german(settings: Any, folder: Path, real: Path) -> None:
    """German is brackets from now on: of every string of the real catalogue, in the settings of a test."""
    bracketed = catalogue.read(real, "de")
    for message in bracketed:
        if message.id:
            texts = [f"{OPEN}{text}{CLOSE}" for text in ([message.id] if isinstance(message.id, str) else message.id)]
            message.string = tuple(texts) if message.pluralizable else texts[0]
    file = folder / "de" / catalogue.FILE.with_suffix(".mo")
    file.parent.mkdir(parents=True)
    file.write_bytes(catalogue.compiled(bracketed))
    settings.LOCALE_PATHS = [folder]


def untranslated(html: str) -> list[str]:
    """The words on a page that stand in no brackets. Its data must be written in capitals."""
    page = _Page()
    page.feed(html)
    page.close()
    return page.found


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._depth = 0
        self._skipped = 0
        self._english = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self._skipped += tag in NO_WORDS
        for name, value in attrs:
            if (
                name in TOLD
                or (name == "content" and _is_told(told))
                or (name.startswith("data-") and _SENTENCE.search(value or ""))
            ):
                self.found += [f"{name}: {word}" for word in _outside(value or "")]

    def handle_endtag(self, tag: str) -> None:
        self._skipped -= tag in NO_WORDS

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            words, self._depth = _split(data, self._depth)
            self.found += words


def _is_told(meta: dict[str, str | None]) -> bool:
    name = meta.get("name") or meta.get("property") or ""
    return name == "description" or (name.startswith("og:") and name.endswith(("title", "description", "alt")))


def _outside(text: str) -> list[str]:
    return _split(text, 0)[0]


def _split(text: str, depth: int) -> tuple[list[str], int]:
    """The words outside brackets, and how deep in brackets the text ends."""
    found: list[str] = []
    for part in _parts(text):
        if part == OPEN:
            depth += 1
        elif part == CLOSE:
            depth -= 1
        elif depth == 0:
            found += [word for word in _WORD.findall(part) if word not in NAMES]
    return found, depth


def _parts(text: str) -> Iterator[str]:
    yield from re.split(f"([{OPEN}{CLOSE}])", text)
