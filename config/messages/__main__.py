"""`./run messages [LANGUAGE …]`: the strings of the sources into every language's file, and those compiled.

A language that is named and has no file yet gets one, without any translation.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from babel.messages.catalog import Catalog

from config.messages import catalogue, extraction

ROOT = Path(__file__).resolve().parents[2]
LOCALES = "config/locale"


def main(arguments: Sequence[str], *, root: Path = ROOT) -> int:
    """Returns how many translations lack or are wrong; each is named."""
    strings = extraction.strings(root)
    languages = {folder.name for folder in (root / LOCALES).iterdir() if folder.is_dir()}.union(arguments)
    return sum(_update(root / LOCALES / language / catalogue.FILE, language, strings) for language in sorted(languages))


def _update(path: Path, language: str, strings: Catalog) -> int:
    new = catalogue.updated(catalogue.read(path, language), strings, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(catalogue.written(new))
    path.with_suffix(".mo").write_bytes(catalogue.compiled(new))
    complaints = list(catalogue.complaints(new))
    for complaint in complaints:
        sys.stdout.write(f"{complaint}\n")
    sys.stdout.write(f"{language}: {len(new)} strings, {len(complaints)} to see to.\n")
    return len(complaints)


if __name__ == "__main__":
    sys.exit(1 if main(sys.argv[1:]) else 0)
