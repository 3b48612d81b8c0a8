"""Every string of the sources that is to be translated."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract, extract_python
from django.utils.translation.template import templatize

PYTHON = ("gallery", "vectorizer", "search", "config")
TEMPLATES = "templates"
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
TOLD = ("Translators:",)  # comments that begin so are for whoever translates


def strings(root: Path) -> Catalog:
    """All strings of the project at `root`, without any translation.

    Raises SyntaxError where a template has a block in a block that is to be translated.
    """
    found = Catalog()
    for path, method in _sources(root):
        with path.open("rb") as file:
            for _, message, comments, context in extract(method, file, KEYWORDS, TOLD):
                found.add(message, context=context, auto_comments=comments)
    return found


def _sources(root: Path) -> Iterator[tuple[Path, Any]]:
    yield from ((path, extract_template) for path in sorted((root / TEMPLATES).rglob("*.html")))
    for package in PYTHON:
        yield from ((path, extract_python) for path in sorted((root / package).rglob("*.py")))


def extract_template(
    file: IO[bytes], keywords: Mapping[str, Any], comment_tags: Any, options: Any
) -> Iterator[tuple[Any, ...]]:
    """Babel's way of reading a file, for Django's templates, which Django can write as Python of a kind."""
    python = templatize(file.read().decode(), origin=file.name)
    unindented = "\n".join(line.strip() for line in python.splitlines())
    return extract_python(BytesIO(unindented.encode()), keywords, comment_tags, options)
