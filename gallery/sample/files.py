"""Pictures of the sample drawn into files, in many processes at once.

Spawned processes find these functions by importing this module, before anything has set Django up: so no Django here.
"""

import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path

import cv2

from gallery import sample

QUALITY = 92


def draw_all(keys: Sequence[str], folder: Path) -> Iterator[str]:
    """Draw these works as <key>.jpg into the folder, on all cores. Yields each key when its file is there."""
    with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("spawn"), initializer=_set_up) as pool:
        drawing = {pool.submit(_draw, key, folder): key for key in keys}
        for done in as_completed(drawing):
            done.result()
            yield drawing[done]


def _set_up() -> None:
    cv2.setNumThreads(1)  # the processes share the cores among themselves


def _draw(key: str, folder: Path) -> None:
    sample.draw(key).save(folder / f"{key}.jpg", quality=QUALITY)
