"""One folder a style, in it `artist_title.jpg`: `Post_Impressionism/vincent-van-gogh_the-starry-night-1889.jpg`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from gallery.importing.files import FileRefused, find_image
from gallery.importing.rows import Problem, Row

_JUNK = frozenset(("thumbs.db", "desktop.ini"))
_YEARS = re.compile(
    r"[-_ ](?P<first>1[0-9]{3}|20[0-9]{2})(?:[-_ ](?P<last>1[0-9]{3}|20[0-9]{2}))?(?:[-_ ]?\(?[0-9]\)?)?$"
)
_IN_NAMES = "van von der den de del della di da du la le ten ter the of y el"
_IN_TITLES = "a an the and or of in on at to by for from with de la le les du des et di del der die das und van von"
_SMALL_IN_NAMES = frozenset(_IN_NAMES.split())
_SMALL_IN_TITLES = frozenset(_IN_TITLES.split())


def detect(path: Path) -> bool:
    """Whether `path` is a folder with folders in it that hold files."""
    return path.is_dir() and any(True for _ in files(path))


def files(path: Path) -> Iterator[Path]:
    """The files in the folders of `path`, in order of their names, without hidden ones and file managers' litter."""
    for folder in sorted(path.iterdir()):
        if folder.is_dir() and not folder.name.startswith("."):
            yield from (file for file in sorted(folder.iterdir()) if _counts(file))


def read(path: Path) -> Iterator[Row | Problem]:
    """The path from the folder on is the source id."""
    for file in sorted(path.iterdir()):
        if file.is_file() and _counts(file):
            yield Problem(
                line=0, where=file.name, reason="it lies beside the folders of the styles, not in one of them."
            )
    for file in files(path):
        name = file.relative_to(path).as_posix()
        try:
            yield _row(name, find_image(name, path))
        except FileRefused as refused:
            yield Problem(line=0, where=name, reason=str(refused))


def _counts(file: Path) -> bool:
    return not file.name.startswith(".") and file.name.lower() not in _JUNK and not file.is_dir()


def _row(name: str, path: Path) -> Row:
    artist, underscore, title = path.stem.partition("_")
    if not underscore:
        artist, title = "", path.stem
    title, years = _without_years(title)
    artist = _capitalised(artist, _SMALL_IN_NAMES)
    return Row(
        line=0,
        where=name,
        source_id=name,
        image_path=path,
        title=_capitalised(title, _SMALL_IN_TITLES),
        artists=(artist,) if artist else (),
        style=" ".join(name.split("/")[0].replace("_", " ").split()),
        display_date=years,
    )


def _without_years(title: str) -> tuple[str, str]:
    found = _YEARS.search(title)
    if found is None:
        return title, ""
    years = "–".join(year for year in (found["first"], found["last"]) if year)
    return title[: found.start()], years


def _capitalised(text: str, small: frozenset[str]) -> str:
    """ "the-starry-night" is "The Starry Night": words begin with capitals, but for `small` ones inside."""
    words = re.sub(r"[-_\s]+", " ", text).split()
    return " ".join(word if at and word in small else word[:1].upper() + word[1:] for at, word in enumerate(words))
