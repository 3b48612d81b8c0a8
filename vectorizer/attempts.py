"""What is noted of attempts at an image: counted before they start, forgotten when they succeed, and why they fail."""

import errno
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from celery.exceptions import SoftTimeLimitExceeded
from django.db import transaction
from django.db.models import F

from gallery.images import ImageRefused
from gallery.models import Image
from gallery.sentences import Sentence, gettext_noop
from vectorizer.models import Attempt, EncoderModel

REASON_LENGTH = 500
# Reasons are kept in English and said in the language of whoever reads them: see `gallery.sentences.retold`.
TOO_LONG = gettext_noop("The time for it ran out while it was being prepared.")
MISSING = gettext_noop("The original of “%(name)s” is missing from the store. Upload the picture again.")
UNPREPARED = gettext_noop("“%(name)s” could not be prepared (%(problem)s).")
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """Why an image could not be prepared, in a sentence."""

    image_id: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """How many images were prepared, and how many failed."""

    done: int = 0
    failed: int = 0

    def __add__(self, other: "Outcome") -> "Outcome":
        return Outcome(done=self.done + other.done, failed=self.failed + other.failed)


class StoreFull(Exception):
    """Nothing can be written to the store. That is no image's fault: it stops the work, and counts against none."""


@contextmanager
def counted(images: Sequence[Image], model: EncoderModel) -> Iterator[None]:
    """An attempt, counted before it starts; not counted where the store is full.

    Counted where a worker's time runs out over it: one that was only the last of many succeeds the next time.
    """
    count(images, model)
    try:
        yield
    except StoreFull:
        uncount(images, model)
        raise
    except SoftTimeLimitExceeded:
        save_failures([Failed(image_id=image.pk, reason=TOO_LONG) for image in images], model)
        raise


def count(images: Sequence[Image], model: EncoderModel) -> None:
    """Count an attempt before it starts, so that one that kills its process counts, too."""
    attempts = [Attempt(image=image, model=model) for image in images]
    with transaction.atomic():
        Attempt.objects.bulk_create(attempts, ignore_conflicts=True)
        Attempt.objects.filter(image__in=images, model=model).update(count=F("count") + 1)


def uncount(images: Sequence[Image], model: EncoderModel) -> None:
    """Take an attempt back."""
    Attempt.objects.filter(image__in=images, model=model, count__gt=0).update(count=F("count") - 1)


def save_failures(results: Sequence[object], model: EncoderModel) -> Outcome:
    """Write the reasons of those results that are failures, and say how many they are."""
    failures = [result for result in results if isinstance(result, Failed)]
    for failure in failures:
        Attempt.objects.filter(image_id=failure.image_id, model=model).update(reason=failure.reason)
    return Outcome(failed=len(failures))


def failure(image: Image, problem: Exception) -> Failed:
    """What to record of a problem with this image. Raises StoreFull, and a worker's time limit, where that it is."""
    if isinstance(problem, SoftTimeLimitExceeded):
        raise problem
    if isinstance(problem, ImageRefused):
        reason = str(problem)
    elif isinstance(problem, FileNotFoundError):
        reason = str(Sentence(MISSING, {"name": image.name}))
    elif isinstance(problem, OSError) and problem.errno in NO_ROOM:
        raise StoreFull(f"Nothing can be written to the store: {problem.strerror}.") from problem
    else:
        logger.exception("Image %s can't be prepared", image.pk)
        told = f"{type(problem).__name__}: {problem}"
        reason = str(Sentence(UNPREPARED, {"name": image.name, "problem": told}))
    return Failed(image_id=image.pk, reason=reason[:REASON_LENGTH])
