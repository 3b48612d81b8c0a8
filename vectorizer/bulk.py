"""Preparing many images on all cores: processes that open, encode and render, and one parent that writes.

The processes are spawned, never forked: each loads its own encoder. The parent alone touches the database.
"""

import os
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Any

from gallery.models import Image
from gallery.sentences import Sentence, gettext_noop
from vectorizer import attempts, completing, preparing
from vectorizer.attempts import Failed, Outcome, StoreFull
from vectorizer.encoder import ArtifactError
from vectorizer.models import Attempt, EncoderModel
from vectorizer.pool import Pool

IMAGES_A_JOB = 32  # written in one transaction
JOBS_AHEAD = 3  # a process, so that none waits while the parent writes
KILLED = gettext_noop("“%(name)s” ended the process that opened it, as a picture too large for the memory does.")

Progress = Callable[[int], object]
Make = Callable[[Sequence[Image], EncoderModel], list[Any]]
Save = Callable[[Sequence[Any], EncoderModel], Outcome]


def prepare(
    image_ids: Sequence[int], model: EncoderModel, *, processes: int | None = None, progress: Progress
) -> Outcome:
    """Vectors for these images, and thumbnails where there are none.

    `progress` is called with the number of images just finished. Raises `attempts.StoreFull`, `encoder.ArtifactError`.
    """
    return _run(image_ids, model, _make_all, preparing.save, processes, progress)


def describe(
    image_ids: Sequence[int], model: EncoderModel, *, processes: int | None = None, progress: Progress
) -> Outcome:
    """The local features of these images, in the same way."""
    return _run(image_ids, model, _describe_all, completing.save_keypoints, processes, progress)


def render(
    image_ids: Sequence[int], model: EncoderModel, *, processes: int | None = None, progress: Progress
) -> Outcome:
    """All renditions of these images, in the same way."""
    return _run(image_ids, model, _render_all, completing.save_rendered, processes, progress)


def _run(
    image_ids: Sequence[int], model: EncoderModel, make: Make, save: Save, processes: int | None, progress: Progress
) -> Outcome:
    tried = set(Attempt.objects.filter(model=model, count__gt=0).values_list("image_id", flat=True))
    run = _Run(model, make, save, processes or os.cpu_count() or 1, progress)
    try:
        run.together([id_ for id_ in image_ids if id_ not in tried])
        run.alone([id_ for id_ in image_ids if id_ in tried] + run.lost)
    finally:
        run.pool.close()
    return run.total


class _Run:
    """One pass over images. Those whose process died with others in it are `lost`, and tried again alone."""

    def __init__(self, model: EncoderModel, make: Make, save: Save, processes: int, progress: Progress) -> None:
        self.pool = Pool(processes)
        self.total = Outcome()
        self.lost: list[int] = []
        self._model, self._make, self._save, self._progress = model, make, save, progress
        self._ahead = processes * JOBS_AHEAD
        self._flying: deque[tuple[list[Image], Future[list[Any]]]] = deque()

    def together(self, ids: Sequence[int]) -> None:
        """Many at once, some jobs ahead of what is written."""
        starts = iter(range(0, len(ids), IMAGES_A_JOB))
        while True:
            for start in islice(starts, self._ahead - len(self._flying)):
                self._begin(ids[start : start + IMAGES_A_JOB])
            if not self._flying:
                return
            job, future = self._flying.popleft()
            try:
                self._finish(job, future)
            except BrokenProcessPool:
                self._rescue(job)

    def alone(self, ids: Sequence[int]) -> None:
        """One after the other, so that one that kills its process takes no other with it."""
        for id_ in ids:
            self._begin([id_])
            job, future = self._flying.popleft()
            try:
                self._finish(job, future)
            except BrokenProcessPool:
                self.pool.replace()
                dead = [Failed(image_id=image.pk, reason=str(Sentence(KILLED, {"name": image.name}))) for image in job]
                self.total += self._save(dead, self._model)
                self._progress(len(job))

    def _begin(self, ids: Sequence[int]) -> None:
        job = list(Image.objects.filter(pk__in=ids))
        attempts.count(job, self._model)
        self._flying.append((job, self.pool.submit(self._make, job, self._model)))

    def _finish(self, job: list[Image], future: "Future[list[Any]]") -> None:
        try:
            self.total += self._save(future.result(), self._model)
        except (StoreFull, ArtifactError):
            for begun in (job, *(begun for begun, _ in self._flying)):
                attempts.uncount(begun, self._model)
            raise
        self._progress(len(job))

    def _rescue(self, job: list[Image]) -> None:
        """A file in flight has killed its process, and with it the pool: keep what was done, note the rest."""
        self.lost += [image.pk for image in job]
        for begun, future in self._flying:
            try:
                self._finish(begun, future)
            except BrokenProcessPool:
                self.lost += [image.pk for image in begun]
        self._flying.clear()
        self.pool.replace()


def _make_all(images: Sequence[Image], model: EncoderModel) -> list[Any]:
    return [preparing.make(image, model) for image in images]


def _describe_all(images: Sequence[Image], model: EncoderModel) -> list[Any]:
    return [completing.make_keypoints(image) for image in images]


def _render_all(images: Sequence[Image], model: EncoderModel) -> list[Any]:
    return [completing.make_renditions(image) for image in images]
