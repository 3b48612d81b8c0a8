"""Preparing many images on all cores: processes that open, render and encode, and one parent that writes.

The processes are spawned, never forked: each loads its own encoder. The parent alone touches the database.
"""

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from gallery.models import Image
from vectorizer import preparing
from vectorizer.models import Attempt, EncoderModel
from vectorizer.pool import Pool
from vectorizer.preparing import Outcome

IMAGES_A_JOB = 16
JOBS_AHEAD = 3  # a process, so that none waits while the parent writes

Progress = Callable[[int], object]
Make = Callable[[Sequence[Image], EncoderModel], list[Any]]
Save = Callable[[Sequence[Any], EncoderModel], Outcome]


def prepare(
    images: "QuerySet[Image]", model: EncoderModel, *, processes: int | None = None, progress: Progress
) -> Outcome:
    """Thumbnails and vectors for these images. `progress` is called with the number of images just finished."""
    return _run(images, model, _make_all, preparing.save, processes or os.cpu_count() or 1, progress)


def render(
    images: "QuerySet[Image]", model: EncoderModel, *, processes: int | None = None, progress: Progress
) -> Outcome:
    """The larger renditions of these images, in the same way."""
    return _run(images, model, _render_all, preparing.save_rendered, processes or os.cpu_count() or 1, progress)


def _run(
    images: "QuerySet[Image]", model: EncoderModel, make: Make, save: Save, processes: int, progress: Progress
) -> Outcome:
    total = Outcome()
    pool = Pool(processes)
    waiting: deque[tuple[list[Image], Future[list[Any]]]] = deque()
    jobs = _jobs(images, model)
    try:
        while True:
            for job in islice(jobs, max(0, processes * JOBS_AHEAD - len(waiting))):
                preparing.count_attempt(job, model)
                waiting.append((job, pool.submit(make, job, model)))
            if not waiting:
                return total
            job, future = waiting.popleft()
            try:
                total += save(future.result(), model)
            except BrokenProcessPool:
                # One of the files in flight killed its process. Their attempts are counted; each is tried alone, later.
                total += Outcome(failed=len(job))
                pool.replace()
            except preparing.StoreFull:
                for begun, _ in [(job, future), *waiting]:
                    preparing.uncount_attempt(begun, model)
                raise
            progress(len(job))
    finally:
        pool.close()


def _jobs(images: "QuerySet[Image]", model: EncoderModel) -> Iterator[list[Image]]:
    """Lists of images; those that were tried before come alone, lest one that kills its process take others with it."""
    ids = list(images.values_list("pk", flat=True))
    tried = set(Attempt.objects.filter(model=model, count__gt=0).values_list("image_id", flat=True))
    fresh = [id_ for id_ in ids if id_ not in tried]
    for start in range(0, len(fresh), IMAGES_A_JOB):
        yield list(Image.objects.filter(pk__in=fresh[start : start + IMAGES_A_JOB]))
    for id_ in ids:
        if id_ in tried:
            yield list(Image.objects.filter(pk=id_))


def _make_all(images: Sequence[Image], model: EncoderModel) -> list[Any]:
    return [preparing.make(image, model) for image in images]


def _render_all(images: Sequence[Image], model: EncoderModel) -> list[Any]:
    return [preparing.make_renditions(image) for image in images]
