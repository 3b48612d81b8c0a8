"""Which place is on which sheet: made from the state, so whoever is stopped over it leaves nothing to be put right."""

import math
import time
from collections.abc import Callable, Sequence

import numpy as np
from django.db import transaction
from django.db.models import QuerySet

from search.map import sheets
from search.map.hanging import along_a_curve
from search.map.models import CollectionMap, Place, Sheet
from search.map.sheets import CELLS

ROWS_AT_ONCE = 500


class MapGone(Exception):
    """The map was replaced by another one meanwhile."""


def draw(drawn: CollectionMap, *, until: float = math.inf, progress: Callable[[int], object] = lambda _: None) -> bool:
    """Make the sheets anew that show what is not public, and have those places on one that are on none.

    False where it stopped, because `until` (of time.monotonic) has passed, with something left to do. Raises MapGone.
    """
    waiting = _along_the_map(Place.objects.public().filter(map=drawn, sheet=None).select_related("image"))
    for sheet in _to_make(drawn, bool(waiting)):
        if time.monotonic() > until:
            return False
        kept = list(Place.objects.public().filter(sheet=sheet).select_related("image"))
        room = CELLS - len(kept)
        _make(drawn, sheet, kept, waiting[:room])
        progress(min(room, len(waiting)))
        waiting = waiting[room:]
    while waiting:
        if time.monotonic() > until:
            return False
        _make(drawn, _new(drawn), [], waiting[:CELLS])
        progress(min(CELLS, len(waiting)))
        waiting = waiting[CELLS:]
    return True


def _to_make(drawn: CollectionMap, more: bool) -> Sequence[Sheet]:
    """The sheets that are not as their row says, and, if there are more to come, the one with most room."""
    public = Place.objects.public().count_by_sheet(drawn)
    found = list(Sheet.objects.filter(map=drawn).order_by("number"))
    stale = [sheet for sheet in found if public.get(sheet.pk, 0) != sheet.count]
    others = [sheet for sheet in found if sheet not in stale and sheet.count < CELLS]
    return [*stale, *sorted(others, key=lambda each: each.count)[:1]] if more else stale


def _new(drawn: CollectionMap) -> Sheet:
    last = Sheet.objects.filter(map=drawn).order_by("-number").first()
    return Sheet(map=drawn, number=last.number + 1 if last else 0)


def _make(drawn: CollectionMap, sheet: Sheet, kept: Sequence[Place], added: Sequence[Place]) -> None:
    """The files first, then the rows, in one step; what was there before goes last."""
    free = iter(sorted(set(range(CELLS)) - {place.cell for place in kept}))
    for place in added:
        place.cell = next(free)
    cells = [(place.cell, place.image, place.colour) for place in (*kept, *added)]
    before, sheet.name = sheet.name, sheets.name_of(cells)
    if cells:
        sheets.write(sheet.name, cells)
    with transaction.atomic():
        require(drawn)
        sheet.count = len(cells)
        if cells:
            sheet.save()
        else:
            sheet.delete()
        for place in added:
            place.sheet = sheet
        Place.objects.bulk_update(added, ["sheet", "cell"], batch_size=ROWS_AT_ONCE)
        drawn.changed()
    sheets.remove([before] if before else [])


def require(drawn: CollectionMap) -> None:
    """Hold the map until the transaction ends. Raises MapGone."""
    if not CollectionMap.objects.select_for_update().filter(pk=drawn.pk).exists():
        raise MapGone


def _along_the_map(places: "QuerySet[Place]") -> list[Place]:
    """What hangs side by side comes to be on one sheet."""
    found = list(places.order_by("pk"))
    if not found:
        return []
    fields = np.array([(place.column, place.row) for place in found], np.int64)
    return [found[number] for number in along_a_curve(fields).tolist()]
