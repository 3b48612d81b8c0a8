"""One picture to train on, and the file of them that `manage.py train_eye` writes."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path

SUFFIX = ".jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A picture and its labels; "" where one is unknown. `artist`: several who made it together, joined by "; "."""

    path: Path
    style: str = ""
    genre: str = ""
    artist: str = ""


def write_examples(path: Path, examples: Iterable[Example]) -> int:
    """Write one JSON object a line, and return how many. Paths are written as they are."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for count, example in enumerate(examples, start=1):  # noqa: B007  the last number is how many there were
            line = {**asdict(example), "path": str(example.path)}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")
    return count


def read_examples(path: Path) -> Iterator[Example | str]:
    """The examples of such a file; a sentence for each line that is none. Relative paths begin where the file lies."""
    with path.open(encoding="utf-8", errors="replace") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield _example(line, path.parent) or f"{path.name}, line {number}: it is no example in JSON."


def _example(line: str, folder: Path) -> Example | None:
    try:
        data = json.loads(line)
    except ValueError:
        return None
    if not isinstance(data, dict) or not isinstance(data.get("path"), str) or not data["path"]:
        return None
    labels = {field.name: data.get(field.name) or "" for field in fields(Example) if field.name != "path"}
    if not all(isinstance(label, str) for label in labels.values()):
        return None
    return Example(path=folder / data["path"], **labels)
