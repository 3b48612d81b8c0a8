"""What the tasks do: prepare the paintings that were named, or whatever the state says is missing.

Both look again before each image whether it still lacks something, since several workers may be at the same paintings.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence

from django.db.models import Q, QuerySet

from gallery import journal
from gallery.models import Image, Painting
from vectorizer import completing, locks, preparing
from vectorizer.models import EncoderModel, to_describe, to_encode, to_prepare, to_render, to_show

IMAGES_A_SWEEP = 200  # bounds one sweep; the next goes on
SECONDS_A_SWEEP = 240  # so does this, well below the time limit of a task: an image may take long

ToDo = Callable[[EncoderModel], "QuerySet[Image]"]


def vectorize(painting_ids: Sequence[int]) -> None:
    """Prepare what these paintings lack. Raises `attempts.StoreFull`, `encoder.ArtifactError`."""
    for model in _in_service():
        if model.active:
            preparing.show(to_show(model).filter(paintings__in=painting_ids).distinct())
        images = _to_do(model)(model).filter(paintings__in=painting_ids).distinct()
        preparing.prepare(_still(images, model), model=model)


def sweep() -> None:
    """Prepare what is missing, whatever bell was lost; then local features and larger renditions.

    On PostgreSQL one sweep works at a time; another one does nothing. Raises as `vectorize` does.
    """
    with locks.alone(locks.SWEEPS) as ours:
        if ours:
            _sweep(until=time.monotonic() + SECONDS_A_SWEEP)


def waiting(painting_ids: Sequence[int]) -> list[int]:
    """Those of these paintings that lack something that `vectorize` makes; in their order."""
    named = Painting.objects.filter(pk__in=painting_ids)
    lacking: set[int] = set()
    for model in _in_service():
        todo = _to_do(model)(model).values("pk")
        wanted = Q(image__in=todo) | Q(live_image__in=todo)
        if model.active:
            wanted |= Q(image__in=to_show(model).values("pk"))
        lacking.update(named.filter(wanted).values_list("pk", flat=True))
    return sorted(lacking)


def _sweep(*, until: float) -> None:
    models = _in_service()
    for model in models:
        if model.active:
            preparing.show(to_show(model)[:IMAGES_A_SWEEP])
        images = _still(_to_do(model)(model)[:IMAGES_A_SWEEP], model)
        preparing.prepare(_in_time(images, until), model=model)
    active = models[0]
    completing.describe(_giving_way(_in_time(to_describe(active)[:IMAGES_A_SWEEP], until)), model=active)
    completing.render(_giving_way(_in_time(to_render(active)[:IMAGES_A_SWEEP], until)), model=active)


def _in_service() -> list[EncoderModel]:
    """The active model first: its vectors are what a painting waits for."""
    return sorted(EncoderModel.in_service(), key=lambda model: not model.active)


def _to_do(model: EncoderModel) -> ToDo:
    # A model that is not the active one brings nothing before the public, and makes no thumbnails.
    return to_prepare if model.active else to_encode


def _still(images: "QuerySet[Image]", model: EncoderModel) -> Iterator[Image]:
    """The images, but for those that somebody else has prepared since."""
    for image in images:
        if _to_do(model)(model).filter(pk=image.pk).exists():
            yield image


def _in_time(images: Iterable[Image], until: float) -> Iterator[Image]:
    for image in images:
        if time.monotonic() > until:
            return
        yield image


def _giving_way(images: Iterable[Image]) -> Iterator[Image]:
    """The images, until something changes: a new painting's thumbnail and vectors come before all that can wait."""
    position = journal.position()
    for image in images:
        yield image
        if journal.position() != position:
            return
