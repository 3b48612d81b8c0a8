"""Many files at once: each becomes a draft, whatever becomes of the others."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, BinaryIO

from gallery import journal, originals
from gallery.images import ImageRefused
from gallery.models import Image, Painting

TITLE_LENGTH = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one file: a painting, or a refusal, or a painting that shows the same file already (`known`)."""

    name: str
    painting: Painting | None = None
    known: bool = False
    refusal: str = ""


def add(files: Iterable[tuple[BinaryIO, str]], *, by: Any) -> list[Outcome]:
    """Make a draft of every file (with its name) that is a picture and is new; outcomes in the order of the files."""
    received = [_receive(file, name) for file, name in files]
    with journal.writing(by=by):
        return [_place(item, name, by) for item, name in received]


def title_from(name: str) -> str:
    """A title to begin with: “the_night-watch.jpg” is “The night watch”."""
    words = " ".join(PurePath(name).stem.replace("_", " ").replace("-", " ").split())
    return (words[:1].upper() + words[1:])[:TITLE_LENGTH] or "Untitled"


def _receive(file: BinaryIO, name: str) -> tuple[Image | ImageRefused, str]:
    try:
        return originals.add(file, name), name
    except ImageRefused as refused:
        return refused, name


def _place(item: Image | ImageRefused, name: str, by: Any) -> Outcome:
    if isinstance(item, ImageRefused):
        return Outcome(name=name, refusal=item.said())
    if present := item.paintings.first():
        return Outcome(name=name, painting=present, known=True)
    painting = Painting(title=title_from(name), image=item)
    painting._history_user = by  # type: ignore[attr-defined]  # simple_history reads it
    painting.save()
    return Outcome(name=name, painting=painting)
