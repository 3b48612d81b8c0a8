"""The image files that a source names: only those that lie in its own folder."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]+:|//|\\\\)", re.IGNORECASE)
_DRIVE = re.compile(r"[a-z]:[\\/]", re.IGNORECASE)


class FileRefused(ValueError):
    """A sentence that names the file and says why it is not taken."""


def find_image(name: str, root: Path, folders: Sequence[Path] = ()) -> Path:
    """The file `name` in the first of `folders` (the root, if there are none) that has it.

    Raises `FileRefused` for addresses, for what lies outside of `root` (by "..", as an absolute path or by a link) and
    for what is no file.
    """
    _check_name(name)
    for folder in folders or (root,):
        for spelling in _spellings(name):
            path = folder / spelling
            if _exists(path):
                return _checked(path, name, root)
    raise FileRefused(f"there is no file “{name}”.")


def _check_name(name: str) -> None:
    if not name:
        raise FileRefused("no image file is named.")
    if _ADDRESS.match(name) and not _DRIVE.match(name):
        raise FileRefused(f"“{name}” is an address; download the image and name the file.")
    if name.startswith("/") or _DRIVE.match(name):
        raise FileRefused(f"“{name}” is an absolute path; name the file from the table's folder on.")
    if any(unicodedata.category(character) == "Cc" for character in name):
        raise FileRefused("the name of the image file contains a control character.")
    if any(unicodedata.category(character) == "Cs" for character in name):  # how Python shows bytes that are no UTF-8
        raise FileRefused("the name of the image file is not in UTF-8; rename it (convmv does whole folders).")


def _spellings(name: str) -> list[str]:
    """With the slashes of Windows turned, and with accents composed (Linux, Windows) or decomposed (macOS)."""
    turned = name.replace("\\", "/")
    return list(dict.fromkeys((turned, unicodedata.normalize("NFC", turned), unicodedata.normalize("NFD", turned))))


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # a name that is too long for the file system, a circle of links, a folder that may not be read
        return False


def _checked(path: Path, name: str, root: Path) -> Path:
    if not path.resolve().is_relative_to(root.resolve()):
        raise FileRefused(f"“{name}” lies outside of the folder that is imported.")
    if not path.is_file():
        raise FileRefused(f"“{name}” is not a file.")
    return path
