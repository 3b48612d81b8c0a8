"""Doorways for Celery. Without a broker, `manage.py work` walks through the same ones in its own process."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from celery import shared_task

from gallery import journal
from gallery.models import Image
from vectorizer import completing, preparing
from vectorizer.models import EncoderModel, to_describe, to_prepare, to_render, to_show

IMAGES_A_SWEEP = 200  # bounds one task; the next sweep goes on


@shared_task
def vectorize(painting_ids: Sequence[int]) -> None:
    """Prepare what these paintings lack."""
    model = EncoderModel.current()
    preparing.show(to_show(model).filter(paintings__in=painting_ids).distinct())
    preparing.prepare(to_prepare(model).filter(paintings__in=painting_ids).distinct(), model=model)


@shared_task
def sweep() -> None:
    """Prepare what the state says is missing, whatever bell was lost; then local features and larger renditions."""
    model = EncoderModel.current()
    preparing.show(to_show(model)[:IMAGES_A_SWEEP])
    preparing.prepare(to_prepare(model)[:IMAGES_A_SWEEP], model=model)
    completing.describe(_giving_way(to_describe(model)[:IMAGES_A_SWEEP]), model=model)
    completing.render(_giving_way(to_render(model)[:IMAGES_A_SWEEP]), model=model)


def _giving_way(images: Iterable[Image]) -> Iterator[Image]:
    """The images, until something changes: a new painting's thumbnail and vectors come before all that can wait."""
    position = journal.position()
    for image in images:
        yield image
        if journal.position() != position:
            return


def on_bell(*, painting_ids: Sequence[int], **_: Any) -> None:
    """Hear the journal's bell: hand the paintings to a worker, or give up at once when the broker is down."""
    vectorize.apply_async([list(painting_ids)], retry=False)
