"""The whole map anew: read, laid out, written beside the former one, and shown in one step."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from django.conf import settings
from django.db import transaction

from gallery import journal
from gallery.models import Painting
from search.map import drawing, sheets
from search.map.colouring import mean_colour
from search.map.drawing import MapGone
from search.map.hanging import hang
from search.map.models import CollectionMap, Place, Sheet
from search.map.projecting import Floats, project
from search.map.regions import divide
from search.map.spreading import spread
from vectorizer import encoder, locks, rows
from vectorizer.models import EncoderModel
from vectorizer.rows import Scope

ROWS_AT_ONCE = 1000
COMPILED = "compiled"  # a folder of the installation's

logger = logging.getLogger(__name__)

Progress = Callable[[str, int], object]
"""Told which step is at work, and how many paintings it has done since it was told last."""


class AnotherAtWork(Exception):
    """Somebody else is making or tending the map just now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    painting_id: int
    image_id: int
    colour: int


def is_there() -> bool:
    """Whether there is a map by the active model."""
    return CollectionMap.objects.filter(whole=True, model=EncoderModel.current()).exists()


def make(progress: Progress = lambda *_: None) -> int:
    """Lay out all public paintings by the active model's usual feature. Returns how many there are on the map.

    The former map is shown until the new one is whole. What is published meanwhile, the next tending places. Raises
    AnotherAtWork, and `encoder.ArtifactError`.
    """
    with locks.alone(locks.MAPS) as ours:
        if not ours:
            raise AnotherAtWork
        try:
            return _make(EncoderModel.current(), progress)
        except MapGone as problem:  # where no lock keeps two from it
            raise AnotherAtWork from problem


def _make(model: EncoderModel, progress: Progress) -> int:
    position = journal.position()  # before the content, so that no change lies between
    there = rows.count(model, Scope.PUBLIC)
    entries, vectors = _read(model, there, progress)
    progress("laying out", 0)
    points = spread(project(vectors, compiled=Path(settings.VAR_DIR) / COMPILED))
    hung = hang(points)
    regions = divide(points)
    progress("laying out", len(entries))
    CollectionMap.objects.filter(whole=False).delete()  # of whoever was stopped
    made = CollectionMap.objects.create(model=model, side=hung.side, position=position, laid_out=there)
    places = (
        Place(
            map=made,
            painting_id=entry.painting_id,
            image_id=entry.image_id,
            colour=entry.colour,
            column=column,
            row=row,
            region=region,
        )
        for entry, (column, row), region in zip(entries, hung.fields.tolist(), regions.tolist(), strict=True)
    )
    write(made, places)
    drawing.draw(made, progress=lambda count: progress("drawing", count))
    _show(made)
    return len(entries)


def write(drawn: CollectionMap, places: Iterator[Place]) -> None:
    """In steps of their own: nobody else waits for long. Of what is deleted meanwhile, none. Raises MapGone."""
    while some := [place for _, place in zip(range(ROWS_AT_ONCE), places, strict=False)]:
        with transaction.atomic():
            drawing.require(drawn)
            known = Painting.objects.public().filter(pk__in=[place.painting_id for place in some])
            images = dict(known.select_for_update().values_list("pk", "live_image_id"))
            Place.objects.bulk_create(
                [place for place in some if images.get(place.painting_id) == place.image_id], ignore_conflicts=True
            )
            drawn.changed()


def _show(made: CollectionMap) -> None:
    """This map instead of all others. Raises MapGone."""
    with transaction.atomic():
        drawing.require(made)
        CollectionMap.objects.filter(pk=made.pk).update(whole=True)
        others = CollectionMap.objects.exclude(pk=made.pk)
        names = list(Sheet.objects.filter(map__in=others).values_list("name", flat=True))
        others.delete()
    sheets.remove(names)
    sheets.remove_strays()


def _read(model: EncoderModel, at_most: int, progress: Progress) -> tuple[list[_Entry], Floats]:
    """The public paintings and their vectors (n, dimensions), read a part at a time."""
    card = model.card
    feature = card.likenesses[0]
    vectors = np.empty((at_most, feature.dimensions), np.float32)
    entries: list[_Entry] = []
    for painting_id, image_id, placeholder, data in _rows(model, at_most):
        progress("reading", 1)
        try:
            vectors[len(entries)] = encoder.unpack(bytes(data), card)[feature.name]
        except ValueError as problem:
            logger.error("Painting %d is not on the map: %s Vectorize it again.", painting_id, problem)
            continue
        entries.append(_Entry(painting_id=painting_id, image_id=image_id, colour=mean_colour(placeholder)))
    return entries, vectors[: len(entries)]


def _rows(model: EncoderModel, at_most: int) -> Iterator[tuple[int, int, str, bytes]]:
    after = passed = 0
    fields = ("pk", "live_image_id", "live_image__placeholder", "live_image__vectors__data")
    public = Painting.objects.public().filter(live_image__vectors__model=model).order_by("pk")
    while passed < at_most:
        part = list(public.filter(pk__gt=after).values_list(*fields)[: min(ROWS_AT_ONCE, at_most - passed)])
        if not part:
            return
        yield from part
        passed, after = passed + len(part), part[-1][0]
