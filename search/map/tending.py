"""The map kept true: what is public no more is taken down, what is new is hung near what it is like."""

import logging
import time
from collections.abc import Iterator, Sequence

import numpy as np
from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef

from gallery import journal
from gallery.models import Painting
from search import examples, indexes
from search.details import Features
from search.indexes.base import Query
from search.map import drawing, growing, making
from search.map.colouring import mean_colour
from search.map.drawing import MapGone
from search.map.hanging import Taken, nearest_free
from search.map.models import CollectionMap, Place
from search.query import Sort
from vectorizer import locks
from vectorizer.models import EncoderModel

NEIGHBOURS = 5
ASKED = 3 * NEIGHBOURS  # some of which may have no place yet
PLACED_AT_ONCE = 200
SECONDS = 30  # bounds one turn; the next goes on
FULL = 0.8  # of the fields; then each becomes four

logger = logging.getLogger(__name__)


def tend() -> bool:
    """Bring the map up to the journal's end, or as far as one turn goes. Whether nothing is left to do.

    Where there is no map there is nothing to tend, and one that is about to be made anew needs none of it; one at a
    time is enough. Raises `IndexUnavailable`.
    """
    shown = CollectionMap.objects.shown()
    position = journal.position()
    if shown is None or shown.position == position:
        return True
    if growing.is_due():
        return False
    with locks.alone(locks.MAPS) as ours:
        tended = CollectionMap.objects.shown() if ours else None  # as whoever had the lock before has left it
        try:
            return tended is not None and _tend(tended, position, time.monotonic() + SECONDS)
        except MapGone:
            return False  # another one was made meanwhile: that is tended next time


def _tend(tended: CollectionMap, position: int, until: float) -> bool:
    _take_down(tended)
    is_placed = _place(tended, until)
    is_drawn = drawing.draw(tended, until=until)
    if is_placed and is_drawn:
        CollectionMap.objects.filter(pk=tended.pk).update(position=position)
    return is_placed and is_drawn


def _take_down(tended: CollectionMap) -> None:
    """What is not public any more, or is shown by another image; that is placed anew."""
    outdated = Place.objects.filter(map=tended).outdated()
    if outdated.exists():
        with transaction.atomic():
            drawing.require(tended)
            outdated.delete()
            tended.changed()


def _place(tended: CollectionMap, until: float) -> bool:
    """Hang what has no place yet; whether that is all."""
    model = EncoderModel.current()
    has_place = Place.objects.filter(map=tended, painting=OuterRef("pk"))
    ready = Painting.objects.public().filter(live_image__vectors__model=model)
    missing = list(ready.filter(~Exists(has_place)).select_related("live_image").order_by("pk")[: PLACED_AT_ONCE + 1])
    if not missing:
        return True
    _make_room(tended, len(missing))
    places = list(_placed(tended, model, missing[:PLACED_AT_ONCE], until))
    done = len(missing) <= PLACED_AT_ONCE and time.monotonic() <= until
    making.write(tended, iter(places))
    count = Place.objects.filter(map=tended).count()
    if count > settings.MAP_LIMIT and tended.is_outgrown(count):
        logger.warning("Most paintings came after the map was laid out: manage.py map_collection lays it out anew.")
    return done


def _make_room(tended: CollectionMap, more: int) -> None:
    """A grid twice as fine, where this one is nearly full: everything stays where it is, half as large."""
    while Place.objects.filter(map=tended).count() + more > FULL * tended.side**2:
        with transaction.atomic():
            drawing.require(tended)
            tended.side *= 2
            CollectionMap.objects.filter(pk=tended.pk).update(side=tended.side)
            Place.objects.filter(map=tended).update(column=2 * F("column"), row=2 * F("row"))
            tended.changed()


def _placed(tended: CollectionMap, model: EncoderModel, missing: Sequence[Painting], until: float) -> Iterator[Place]:
    """Each at the mean of its nearest neighbours' places, or in the nearest field that is free."""
    taken = _taken(tended)
    for painting in missing:
        if time.monotonic() > until:
            return
        vectors = _vectors(painting, model)
        if painting.live_image is None or vectors is None:
            continue
        near = _near(tended, model, painting, vectors)
        middle = [np.mean([place.column for place in near]), np.mean([place.row for place in near])] if near else None
        x, y = (float(part) + 0.5 for part in middle) if middle else (tended.side / 2, tended.side / 2)
        column, row = nearest_free(taken, x, y)
        taken[column, row] = True
        yield Place(
            map=tended,
            painting=painting,
            image=painting.live_image,
            colour=mean_colour(painting.live_image.placeholder),
            column=column,
            row=row,
            region=near[0].region if near else 0,
        )


def _vectors(painting: Painting, model: EncoderModel) -> Features | None:
    """None where they were deleted a moment ago, or are damaged: one bad row must not keep the others waiting."""
    try:
        return examples.of_painting(painting, model)
    except ValueError as problem:
        logger.error("Painting %d is not on the map: %s Vectorize it again.", painting.pk, problem)
        return None


def _near(tended: CollectionMap, model: EncoderModel, painting: Painting, vectors: Features) -> list[Place]:
    """The places of the nearest that have one."""
    query = Query(
        model=model,
        target=examples.target([vectors], examples.checked_weights({}, model)),
        excluded=frozenset({painting.pk}),
        order=Sort.SIMILARITY,
        stop=ASKED,
    )
    ids = [hit.id for hit in indexes.index().find(query).hits]
    places = {place.painting_id: place for place in Place.objects.public().filter(map=tended, painting__in=ids)}
    return [places[id_] for id_ in ids if id_ in places][:NEIGHBOURS]


def _taken(tended: CollectionMap) -> Taken:
    taken = np.zeros((tended.side, tended.side), np.bool_)
    for column, row in Place.objects.filter(map=tended).values_list("column", "row").iterator(chunk_size=10_000):
        taken[column, row] = True
    return taken
