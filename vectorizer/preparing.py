"""Preparing images: renditions, vectors, and their place before the public.

What is still to do is read from the state (`models.to_prepare`): what a crash leaves undone, the next sweep finds.
"""

import errno
import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
from django.db.models import F

from gallery import images as files
from gallery import journal, originals, publishing, rendering, renditions
from gallery.models import Image
from vectorizer import encoder, suggestions
from vectorizer.models import Attempt, EncoderModel, Vectors

TARGET_SIDE = 640  # pixels; what the thumbnail and the encoder need of the picture, with room to spare
REASON_LENGTH = 500
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS})

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What an image became: packed vectors and probabilities, and the widths that were rendered."""

    image_id: int
    vectors: bytes
    probabilities: bytes
    widths: tuple[int, ...]
    placeholder: str


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


def prepare(images: Iterable[Image], *, model: EncoderModel | None = None) -> Outcome:
    """Prepare these images one after the other. A failure is recorded on its image and stops nothing.

    What is no image's fault is raised, and counts against none: `encoder.ArtifactError`, `StoreFull`.
    """
    model = model or EncoderModel.current()
    model.encoder()
    total = Outcome()
    for image in images:
        with counted([image], model):
            made = make(image, model)
        total += save([made], model)
    return total


def show(images: Iterable[Image]) -> None:
    """Put images that are ready before the public."""
    if ready := list(images):
        publishing.go_live(ready)


def render(images: Iterable[Image], *, model: EncoderModel | None = None) -> Outcome:
    """Make the larger renditions of these images one after the other. Raises StoreFull."""
    model = model or EncoderModel.current()
    total = Outcome()
    for image in images:
        with counted([image], model):
            made = make_renditions(image)
        total += save_rendered([made], model)
    return total


def retry(images: Iterable[Image]) -> int:
    """Forget the failed attempts of these images, so that the next sweep tries them. Returns how many had some."""
    count, _ = Attempt.objects.filter(image__in=images).delete()
    return count


def make(image: Image, model: EncoderModel) -> Prepared | Failed:
    """Open, render the thumbnail and encode. Writes files, no rows; pool processes call it, too.

    Raises `encoder.ArtifactError` and StoreFull.
    """
    network = model.encoder()
    try:
        with originals.open_image(image) as file:
            picture = files.open_rgb(file, image.name, originals.limits(), target=TARGET_SIDE)
        widths = rendering.all_widths(image)[:1]
        rendering.render(image, picture, widths)
        (encoding,) = network.encode([np.asarray(picture)])
        return Prepared(
            image_id=image.pk,
            vectors=encoder.pack(encoding.vectors, model.card),
            probabilities=encoder.pack_probabilities(encoding.probabilities, model.card),
            widths=widths,
            placeholder=renditions.placeholder(picture),
        )
    except Exception as problem:  # whatever it is, it is this image's, and the others go on
        return _failure(image, problem)


def make_renditions(image: Image) -> Image | Failed:
    """Render every width. Writes files, no rows; pool processes call it, too. Raises StoreFull."""
    try:
        widths = rendering.all_widths(image)
        target = renditions.needed_side(image.width, image.height, widths)
        with originals.open_image(image) as file:
            picture = files.open_rgb(file, image.name, originals.limits(), target=target)
        rendering.render(image, picture, widths)
    except Exception as problem:  # as above
        return _failure(image, problem)
    image.widths, image.rendered = list(widths), True
    return image


@contextmanager
def counted(images: Sequence[Image], model: EncoderModel) -> Iterator[None]:
    """An attempt, counted before it starts; not counted where the store is full."""
    count_attempt(images, model)
    try:
        yield
    except StoreFull:
        uncount_attempt(images, model)
        raise


def count_attempt(images: Sequence[Image], model: EncoderModel) -> None:
    """Count an attempt before it starts, so that one that kills its process counts, too."""
    attempts = [Attempt(image=image, model=model) for image in images]
    Attempt.objects.bulk_create(attempts, ignore_conflicts=True)
    Attempt.objects.filter(image__in=images, model=model).update(count=F("count") + 1)


def uncount_attempt(images: Sequence[Image], model: EncoderModel) -> None:
    """Take an attempt back."""
    Attempt.objects.filter(image__in=images, model=model, count__gt=0).update(count=F("count") - 1)


def save(results: Sequence[Prepared | Failed], model: EncoderModel) -> Outcome:
    """Write what was made, and show it, in one transaction; then the reasons of what failed."""
    done = [result for result in results if isinstance(result, Prepared)]
    if done:
        _save_prepared(done, model)
    return Outcome(done=len(done)) + _save_failures(results, model)


def save_rendered(results: Sequence[Image | Failed], model: EncoderModel) -> Outcome:
    """Note which images have all their renditions, and the reasons of those that failed."""
    done = [result for result in results if isinstance(result, Image)]
    Image.objects.bulk_update(done, ["widths", "rendered"], batch_size=journal.ROWS_AT_ONCE)
    Attempt.objects.filter(image__in=done, model=model).delete()
    return Outcome(done=len(done)) + _save_failures(results, model)


def _save_prepared(done: Sequence[Prepared], model: EncoderModel) -> None:
    made = {result.image_id: result for result in done}
    with journal.writing():
        present = Image.objects.in_bulk(list(made))  # an image may have been deleted meanwhile
        Vectors.objects.bulk_create(
            [
                Vectors(
                    image_id=id_,
                    model=model,
                    data=made[id_].vectors,
                    probabilities=made[id_].probabilities,
                    **suggestions.confidences(made[id_].probabilities, model.card),
                )
                for id_ in present
            ],
            update_conflicts=True,
            unique_fields=["image", "model"],
            update_fields=["data", "probabilities", "style_confidence", "genre_confidence"],
        )
        new = [image for image in present.values() if not image.widths]
        for image in new:
            image.widths, image.placeholder = list(made[image.pk].widths), made[image.pk].placeholder
            image.rendered = image.widths == list(rendering.all_widths(image))
        Image.objects.bulk_update(new, ["widths", "placeholder", "rendered"])
        Attempt.objects.filter(image__in=present, model=model).delete()
        publishing.go_live(list(present.values()))


def _save_failures(results: Sequence[object], model: EncoderModel) -> Outcome:
    failures = [result for result in results if isinstance(result, Failed)]
    for failure in failures:
        Attempt.objects.filter(image_id=failure.image_id, model=model).update(reason=failure.reason)
    return Outcome(failed=len(failures))


def _failure(image: Image, problem: Exception) -> Failed:
    """What to record. Raises StoreFull."""
    if isinstance(problem, files.ImageRefused):
        reason = str(problem)
    elif isinstance(problem, FileNotFoundError):
        reason = f"The original of “{image.name}” is missing from the store. Upload the picture again."
    elif isinstance(problem, OSError) and problem.errno in NO_ROOM:
        raise StoreFull(f"Nothing can be written to the store: {problem.strerror}.") from problem
    else:
        logger.exception("Image %s can't be prepared", image.pk)
        reason = f"“{image.name}” could not be prepared ({type(problem).__name__}: {problem})."
    return Failed(image_id=image.pk, reason=reason[:REASON_LENGTH])
