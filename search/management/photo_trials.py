"""Trials of the photo search: photographs are made of paintings, and the very recognition that visitors get looks at
them. No database: the gallery is a folder of pictures, encoded by artifacts that have not seen the photographed ones.

Imports no Django and no TensorFlow: spawned processes read this module.
"""

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gallery.images import ImageRefused, Limits
from search.matching import compare
from search.recognition import recognise
from vectorizer import encoder, opening
from vectorizer.keypoints import Keypoints, describe, describe_photo, pack, unpack
from vectorizer.training.photographs import DISTORTIONS, hard_photo, plain_photo

FOLDS_FILE = "folds.json"
KINDS = {"combined": plain_photo, "hard": hard_photo} | dict(DISTORTIONS)
LIMITS = Limits(max_bytes=100_000_000, max_pixels=100_000_000)

DOUBLE_INLIERS = 20
"""Of two files. Of 2,691 paintings 18 pairs agree in so many: two scans of a work, a work and its detail, prints from
one block, a copy after another painter. All have been looked at; the report lists what it finds."""
DOUBLES_AMONG = 8  # nearest neighbours


@dataclass(frozen=True, slots=True, kw_only=True)
class Fold:
    """An artifact, and the pictures that its training has not seen."""

    artifact: Path
    held_out: tuple[Path, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A photograph of a kind in KINDS, of the gallery's picture in this row. `absent`: the painting and its doubles
    are taken out of the gallery before anybody looks."""

    kind: str
    row: int
    absent: bool
    seed: int
    doubles: tuple[int, ...] = ()  # rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was said to a trial: rows, None for nothing. `by_vector`: the first by the whole photo's vector alone."""

    trial: Trial
    first: int | None
    by_vector: int | None
    best: int | None
    inliers: int
    milliseconds: float  # of one core, from the decoded photo to the answer

    def is_right(self, row: int | None) -> bool:
        """Whether this is the painting, or another scan of it."""
        return row is not None and (row == self.trial.row or row in self.trial.doubles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gallery:
    """What the trials search in, as files, so that every process can read it: the paths of the pictures, their copy
    vectors (n, dimensions) by one artifact, and their packed keypoints."""

    artifact: Path
    paths: tuple[Path, ...]
    vectors: Path
    keypoints: Path


def read_folds(folder: Path) -> tuple[Fold, ...]:
    """The folds of `python -m vectorizer.training train … --fold-artifacts FOLDER`. Raises ValueError, saying why."""
    try:
        held = json.loads((folder / FOLDS_FILE).read_text(encoding="utf-8"))
        return tuple(Fold(artifact=folder / name, held_out=tuple(map(Path, paths))) for name, paths in held.items())
    except (OSError, ValueError, AttributeError, TypeError) as problem:
        raise ValueError(
            f"{folder} has no folds of a training ({FOLDS_FILE}: {problem}). Make them with "
            "`python -m vectorizer.training train PATH… --fold-artifacts FOLDER`."
        ) from problem


def read_picture(path: Path) -> NDArray[np.uint8]:
    """As an upload is read. Raises ValueError where it can't be."""
    try:
        with path.open("rb") as file:
            return np.asarray(opening.open_picture(file, path.name, LIMITS))
    except (OSError, ImageRefused) as problem:
        raise ValueError(f"{path} can't be read: {problem}") from problem


def encode_files(artifact: Path, paths: Sequence[Path]) -> NDArray[np.float32]:
    """The copy vectors (n, dimensions) of these files."""
    return np.concatenate([_encode(artifact, [read_picture(path)]) for path in paths])


def describe_files(paths: Sequence[Path]) -> list[bytes]:
    """The packed keypoints of these files."""
    return [pack(describe(read_picture(path))) for path in paths]


def doubles_of(rows: Sequence[int], gallery: Gallery) -> list[tuple[int, int, int]]:
    """Pairs of scans of one painting: a row of these, a later row, and the inliers."""
    vectors, keypoints = _vectors(gallery.vectors), _keypoints(gallery.keypoints)
    found = []
    for row in rows:
        near = _nearest(vectors, vectors[row], DOUBLES_AMONG + 1, [row])
        later = [other for other, _distance in near if other > row]
        picture = describe_photo(read_picture(gallery.paths[row])) if later else None
        verdicts = [(other, compare(picture, keypoints[other])) for other in later if picture]
        found += [
            (row, other, told.inliers) for other, told in verdicts if told.same and told.inliers >= DOUBLE_INLIERS
        ]
    return found


def attempt(trials: Sequence[Trial], gallery: Gallery) -> list[Answer]:
    return [_attempt(trial, gallery) for trial in trials]


def _attempt(trial: Trial, gallery: Gallery) -> Answer:
    vectors, keypoints = _vectors(gallery.vectors), _keypoints(gallery.keypoints)
    hidden = [trial.row, *trial.doubles] if trial.absent else []
    asked: list[list[tuple[int, float]]] = []

    def shortlist(vector: NDArray[np.float32], limit: int) -> list[tuple[int, float]]:
        asked.append(_nearest(vectors, vector, limit, hidden))
        return asked[-1]

    def keypoints_of(rows: Sequence[int]) -> Mapping[int, Keypoints]:
        return {row: keypoints[row] for row in rows}

    photo = _photo(trial, gallery)
    started = time.process_time()
    found = recognise(photo, lambda pictures: _encode(gallery.artifact, pictures), shortlist, keypoints_of)
    return Answer(
        trial=trial,
        first=found.ranking[0] if found.ranking else None,
        by_vector=asked[0][0][0] if asked and asked[0] else None,
        best=found.best,
        inliers=found.inliers,
        milliseconds=(time.process_time() - started) * 1000,
    )


def _photo(trial: Trial, gallery: Gallery) -> NDArray[np.uint8]:
    random = np.random.default_rng([trial.seed, trial.row, list(KINDS).index(trial.kind), trial.absent])
    return KINDS[trial.kind](read_picture(gallery.paths[trial.row]), random)


def _nearest(
    vectors: NDArray[np.float32], vector: NDArray[np.float32], limit: int, hidden: Sequence[int]
) -> list[tuple[int, float]]:
    """Rows and l2 distances, the nearest first, none of those that are hidden."""
    distances = np.linalg.norm(vectors - vector, axis=1)
    distances[list(hidden)] = np.inf
    order = np.argsort(distances, kind="stable")[:limit]
    return [(int(row), float(distances[row])) for row in order if np.isfinite(distances[row])]


def _encode(artifact: Path, pictures: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
    network, feature = _network(artifact)
    return np.stack([encoding.vectors[feature] for encoding in network.encode(pictures, features=[feature])])


@cache
def _network(artifact: Path) -> tuple[encoder.Encoder, str]:
    """The artifact's encoder, and the feature that tells copies. Raises ValueError where it has none."""
    network = encoder.load(artifact)
    for feature in network.card.features:
        if feature.role == "identity":
            return network, feature.name
    raise ValueError(f"The artifact {artifact.name} has no vector by which a photographed painting is found again.")


@cache
def _vectors(file: Path) -> NDArray[np.float32]:
    return np.asarray(np.load(file, allow_pickle=False), np.float32)


@cache
def _keypoints(file: Path) -> tuple[Keypoints, ...]:
    return tuple(map(unpack, _split(file.read_bytes())))


def join(packed: Sequence[bytes]) -> bytes:
    """Several packed keypoints as one file: each after its length."""
    return b"".join(len(data).to_bytes(4, "little") + data for data in packed)


def _split(data: bytes) -> Iterator[bytes]:
    start = 0
    while start < len(data):
        length = int.from_bytes(data[start : start + 4], "little")
        yield data[start + 4 : start + 4 + length]
        start += 4 + length
