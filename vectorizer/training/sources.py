"""Which pictures there are to train on, and what is known of them, from one source or several."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gallery.importing import sources as importing
from gallery.importing.rows import Problem, SourceRefused
from gallery.text import fold
from vectorizer.training.examples import SUFFIX, Example, read_examples
from vectorizer.training.pictures import inspect_all
from vectorizer.training.splits import SEPARATOR
from vectorizer.training.vocabulary import KINDS, canonical

__all__ = ["FORMATS", "Example", "Sources", "read_sources"]

FORMATS = (
    "A source is a Painter by Numbers folder (all_data_info.csv and images/), a folder with one folder a style, a "
    "table with columns image, title, style …, or the catalogue as `manage.py train_eye` writes it (.jsonl)."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What can be trained on, labels by their canonical names; `left_out` says in sentences what can't, and why."""

    examples: tuple[Example, ...]
    left_out: tuple[str, ...]


def read_sources(paths: Iterable[Path]) -> Sources:
    """Read every source, in order, decoding each picture once.

    Broken records, pictures that are missing, unreadable or without any label, and classes that no picture is left of
    are told and left out; a file that comes twice is counted once, with the labels of both. Raises ValueError where
    a path is no source at all, or nothing is left.
    """
    spellings = _Spellings()
    items = [spellings.unified(item) if isinstance(item, Example) else item for path in paths for item in _read(path)]
    found = [item for item in items if isinstance(item, Example)]
    told = [item for item in items if isinstance(item, str)]
    examples, refused = _usable(found)
    told += [*refused, *_lost_classes(found, examples)]
    if not examples:
        raise ValueError(" ".join(["There is no picture to train on.", *told[:3], FORMATS]))
    return Sources(examples=tuple(examples), left_out=tuple(told))


def _read(path: Path) -> Iterator[Example | str]:
    if path.suffix == SUFFIX and path.is_file():
        yield from read_examples(path)
        return
    try:
        source = importing.find(path, {})
    except SourceRefused as refused:
        raise ValueError(f"{refused} {FORMATS}") from refused
    for row in source.rows:
        if isinstance(row, Problem):
            yield str(row)
        else:
            yield Example(path=row.image_path, style=row.style, genre=row.genre, artist=SEPARATOR.join(row.artists))
    yield from _empty_folders(path)


def _empty_folders(path: Path) -> Iterator[str]:
    for folder in sorted(path.iterdir() if path.is_dir() else ()):
        if folder.is_dir() and not folder.name.startswith(".") and not any(folder.iterdir()):
            yield f"The folder {folder.name} is empty."


class _Spellings:
    """Gives labels their canonical names; of names that the vocabulary doesn't know, the first spelling is kept."""

    def __init__(self) -> None:
        self._first: dict[tuple[str, str], str] = {}

    def unified(self, example: Example) -> Example:
        artists = dict.fromkeys(self._name("artist", name) for name in example.artist.split(SEPARATOR))
        return replace(
            example,
            style=self._name("style", example.style),
            genre=self._name("genre", example.genre),
            artist=SEPARATOR.join(name for name in artists if name),
        )

    def _name(self, kind: str, name: str) -> str:
        name = canonical(kind, name)
        return self._first.setdefault((kind, fold(name)), name) if fold(name) else name


def _usable(found: Sequence[Example]) -> tuple[list[Example], list[str]]:
    """The examples that have a label and a picture that can be read, each file once, and why the others aren't here."""
    labelled = [example for example in found if example.style or example.genre or example.artist]
    told = [f"Pictures without any label: {len(found) - len(labelled):,}."] if len(labelled) < len(found) else []
    by_content: dict[str, Example] = {}
    for example, checked in zip(labelled, inspect_all([example.path for example in labelled]), strict=True):
        if isinstance(checked, OSError):
            told.append(f"{example.path.name} can't be read: {checked.strerror or checked}.")
        elif isinstance(checked, ValueError):
            told.append(str(checked))
        elif checked in by_content:
            told.append(f"{example.path.name} is the same file as {by_content[checked].path.name}: counted once.")
            by_content[checked] = _merged(by_content[checked], example)
        else:
            by_content[checked] = example
    return list(by_content.values()), told


def _merged(first: Example, second: Example) -> Example:
    return replace(first, **{kind: getattr(first, kind) or getattr(second, kind) for kind in KINDS})


def _lost_classes(before: Sequence[Example], after: Sequence[Example]) -> Iterator[str]:
    for kind in ("style", "genre"):
        there, left = (Counter(getattr(example, kind) for example in examples) for examples in (before, after))
        for name in sorted(set(there) - set(left) - {""}):
            yield f"The {kind} {name} has no picture left: {there[name]:,} could not be used."
