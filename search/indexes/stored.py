"""A segment in files of a folder: arrays that can be mapped, and meta.json, written last, that describes them."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from search.filters import FACETS
from search.indexes.arrays import ByteStrings, Floats
from search.indexes.segment import COLUMNS, KINDS, Columns, Order, Postings, Segment, Terms
from search.indexes.state import Stamp

FORMAT = 4
META = "meta.json"
HEADER_BYTES = 128  # of a .npy file; one without more is empty, and can't be mapped


class DamagedSnapshot(Exception):
    """A snapshot can't be read, or is of another model or format."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """What a snapshot is of: the model's checksum, its features' dimensions in order, and the place in the journal."""

    checksum: str
    dimensions: Mapping[str, int]
    stamp: Stamp | None


def matrices(folder: Path, count: int, dimensions: Mapping[str, int]) -> dict[str, Floats]:
    """Matrices that live in files; numpy can't map an empty one, so there is always room for a row. Raises OSError."""
    return {
        name: _on_disk(folder / _matrix_file(number), (max(count, 1), size))
        for number, (name, size) in enumerate(dimensions.items())
    }


def _on_disk(path: Path, shape: tuple[int, int]) -> Floats:
    """An empty matrix in a file. Raises OSError on a full disk, on which writing into a map would kill the process."""
    matrix: Floats = np.lib.format.open_memmap(path, mode="w+", dtype=np.float32, shape=shape)
    with path.open("r+b") as file:
        os.posix_fallocate(file.fileno(), 0, path.stat().st_size)
    return matrix


def _matrix_file(number: int) -> str:
    return f"feature-{number}.npy"


def save(folder: Path, segment: Segment, content: Content) -> None:
    """Write a segment whose matrices are those that `matrices` made here."""
    for name, values in _arrays(segment).items():
        np.save(folder / f"{name}.npy", values)
    for path in folder.iterdir():
        _sync(path)
    stamp = content.stamp
    meta = {
        "format": FORMAT,
        "rows": len(segment),
        "checksum": content.checksum,
        "dimensions": dict(content.dimensions),
        "stamp": [stamp.position, stamp.painting_id, stamp.at.isoformat()] if stamp else None,
        "terms": {name: segment.terms[name].pairs() for name in FACETS},
        "sizes": {file.name: file.stat().st_size for file in sorted(folder.iterdir())},
    }
    (folder / META).write_text(json.dumps(meta), encoding="utf-8")
    _sync(folder / META)


def load(folder: Path) -> tuple[Segment, Content]:
    """Map a segment. Raises DamagedSnapshot."""
    name = folder.name
    try:
        meta = json.loads((folder / META).read_text(encoding="utf-8"))
        if meta["format"] != FORMAT:
            raise DamagedSnapshot(f"{name} has format {meta['format']}.")
        for file, size in meta["sizes"].items():
            if (folder / file).stat().st_size != size:
                raise DamagedSnapshot(f"{name}/{file} is not as long as it was written.")
        content = Content(checksum=meta["checksum"], dimensions=meta["dimensions"], stamp=_stamp(meta["stamp"]))
        return _mapped(folder, meta), content
    except (OSError, ValueError, KeyError, TypeError, EOFError) as problem:
        raise DamagedSnapshot(f"{name} can't be read ({problem}).") from problem


def _sync(path: Path) -> None:
    """Have the file on the disk, not only on its way: after a power cut a snapshot is whole or not there."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _arrays(segment: Segment) -> dict[str, np.ndarray[Any, Any]]:
    """All that is stored beside the matrices, by file name."""
    columns = {name: getattr(segment.columns, name) for name in COLUMNS}
    return columns | {
        "title_keys": segment.title.keys.data,
        "title_ends": segment.title.keys.ends,
        "title_ranks": segment.title.ranks,
        "artist_keys": segment.artist.keys.data,
        "artist_ends": segment.artist.keys.ends,
        "artist_ranks": segment.artist.ranks,
        **{f"{kind}_{part}": values for kind in KINDS for part, values in _parts(segment.postings[kind]).items()},
    }


def _parts(postings: Postings) -> dict[str, np.ndarray[Any, Any]]:
    tokens = postings.tokens
    return {"tokens": tokens.data, "ends": tokens.ends, "starts": postings.starts, "rows": postings.rows}


def _mapped(folder: Path, meta: Mapping[str, Any]) -> Segment:
    def mapped(name: str) -> Any:
        path = folder / f"{name}.npy"
        values = (
            np.load(path, mmap_mode="r", allow_pickle=False) if path.stat().st_size > HEADER_BYTES else np.load(path)
        )
        return np.asarray(values)

    def postings(kind: str) -> Postings:
        tokens = ByteStrings(mapped(f"{kind}_tokens"), mapped(f"{kind}_ends"))
        return Postings(tokens=tokens, starts=mapped(f"{kind}_starts"), rows=mapped(f"{kind}_rows"))

    matrices = {name: mapped(f"feature-{number}")[: meta["rows"]] for number, name in enumerate(meta["dimensions"])}
    return Segment(
        columns=Columns(**{name: mapped(name) for name in COLUMNS}),
        terms={name: Terms(meta["terms"][name]) for name in FACETS},
        title=Order(keys=ByteStrings(mapped("title_keys"), mapped("title_ends")), ranks=mapped("title_ranks")),
        artist=Order(keys=ByteStrings(mapped("artist_keys"), mapped("artist_ends")), ranks=mapped("artist_ranks")),
        postings={kind: postings(kind) for kind in KINDS},
        matrices=matrices,
    )


def _stamp(values: list[Any] | None) -> Stamp | None:
    return Stamp(position=values[0], painting_id=values[1], at=datetime.fromisoformat(values[2])) if values else None
