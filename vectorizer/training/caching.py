"""The backbone's statistics of many pictures, computed once by LiteRT in spawned processes and kept on disk.

Imports no TensorFlow: the processes read this module. What was computed is kept by what it was computed from (the
files' contents, the view, the seed, the backbone), in pieces, so that a run which was stopped goes on where it was.
"""

import hashlib
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from gallery.images import ImageRefused
from vectorizer.encoder.fitting import Fit, fit_square
from vectorizer.training.pictures import read_picture
from vectorizer.training.views import VIEWS

PICTURES_IN_A_PIECE = 64
POOLED_DIMENSIONS = 1280


@dataclass(frozen=True, slots=True, kw_only=True)
class Backbone:
    """A LiteRT file: one picture (1, size, size, 3) uint8 → `statistics` (1, `statistics`)."""

    path: Path
    size: int
    fit: Fit = "squash"

    @property
    def checksum(self) -> str:
        return _checksum(self.path)


@dataclass(frozen=True, slots=True)
class _Piece:
    """Some pictures and the copies of them that are missing: each copy goes to a file of its own."""

    paths: tuple[Path, ...]
    contents: tuple[str, ...]
    files: tuple[tuple[int, Path], ...]


def statistics_of(
    paths: Sequence[Path],
    view: str,
    copies: int,
    backbone: Backbone,
    folder: Path,
    *,
    seed: int = 0,
    processes: int | None = None,
) -> NDArray[np.float16]:
    """The statistics (pictures, copies, statistics) of pictures seen in a view, from the cache in `folder` or computed.

    What is random in a copy depends on the picture's content, the copy's number and the seed alone, so more copies
    leave the first as they were. Raises OSError where a picture can't be read.
    """
    folder.mkdir(parents=True, exist_ok=True)
    contents = [_checksum(path) for path in paths]
    prefix = f"{view} {seed} {backbone.checksum} {backbone.size} {backbone.fit}"
    pieces = list(_pieces(paths, contents, copies, prefix, folder))
    _compute([missing for piece in pieces if (missing := _missing(piece)).files], view, seed, backbone, processes)
    if not pieces:
        raise ValueError("There are no pictures to take statistics of.")
    found: NDArray[np.float16] = np.concatenate(
        [np.stack([np.load(file) for _copy, file in piece.files], axis=1) for piece in pieces]
    )
    return found


def pooled_of(statistics: NDArray[Any]) -> NDArray[Any]:
    """The global average of the last feature map, which is among the statistics: the means of the last tapped layer."""
    return statistics[..., -2 * POOLED_DIMENSIONS : -POOLED_DIMENSIONS]


def _pieces(paths: Sequence[Path], contents: Sequence[str], copies: int, prefix: str, folder: Path) -> Iterator[_Piece]:
    for start in range(0, len(paths), PICTURES_IN_A_PIECE):
        some = slice(start, start + PICTURES_IN_A_PIECE)
        key = hashlib.sha256("\n".join([prefix, *contents[some]]).encode()).hexdigest()[:32]
        files = tuple((copy, folder / f"{key}-{copy}.npy") for copy in range(copies))
        yield _Piece(tuple(paths[some]), tuple(contents[some]), files)


def _missing(piece: _Piece) -> _Piece:
    return _Piece(piece.paths, piece.contents, tuple(item for item in piece.files if not item[1].exists()))


def _compute(pieces: Sequence[_Piece], view: str, seed: int, backbone: Backbone, processes: int | None) -> None:
    if not pieces:
        return
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read when a process first imports NumPy
    context = multiprocessing.get_context("spawn")
    workers = min(processes or os.cpu_count() or 1, len(pieces))
    total = sum(len(piece.paths) * len(piece.files) for piece in pieces)
    with (
        ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=(backbone,)) as pool,
        tqdm(total=total, unit="picture", desc=view) as bar,
    ):
        waiting = {pool.submit(_compute_piece, piece, view, seed): piece for piece in pieces}
        try:
            for done in as_completed(waiting):
                bar.update(done.result())
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


class _Worker:
    """What a process has open."""

    backbone: Backbone
    run: Any


def _start(backbone: Backbone) -> None:
    import cv2
    from ai_edge_litert.interpreter import Interpreter

    cv2.setNumThreads(1)  # the processes share the cores among themselves
    _Worker.backbone = backbone
    _Worker.run = Interpreter(str(backbone.path), num_threads=1).get_signature_runner("serving_default")


def _compute_piece(piece: _Piece, view: str, seed: int) -> int:
    """Computes and writes the piece's missing copies; returns how many statistics those are."""
    pictures = zip(piece.paths, piece.contents, strict=True)
    rows = [
        [_statistics(rgb, content, view, copy, seed) for copy, _ in piece.files] for rgb, content in _read(pictures)
    ]
    for index, (_copy, file) in enumerate(piece.files):
        _write(file, np.stack([row[index] for row in rows]))
    return len(rows) * len(piece.files)


def _read(pictures: Any) -> Iterator[tuple[NDArray[np.uint8], str]]:
    for path, content in pictures:
        try:
            yield read_picture(path), content
        except ImageRefused as refused:  # which can't be sent from one process to another
            raise OSError(f"{path}: {refused}") from None


def _statistics(rgb: NDArray[np.uint8], content: str, view: str, copy: int, seed: int) -> NDArray[np.float16]:
    random = np.random.default_rng([seed, copy, int(content[:16], 16)])
    square = fit_square(VIEWS[view](rgb, random), _Worker.backbone.size, _Worker.backbone.fit)
    return cast(NDArray[np.float16], _Worker.run(image=square[None])["statistics"][0].astype(np.float16))


def _write(file: Path, statistics: NDArray[np.float16]) -> None:
    """Whole or not at all, so that a run which is stopped leaves nothing half written."""
    unfinished = file.with_suffix(f".{os.getpid()}.tmp")
    with unfinished.open("wb") as opened:
        np.save(opened, statistics)
    unfinished.replace(file)


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
