"""Where states come from: a snapshot that is there, one that is written now, or memory alone."""

import logging
from pathlib import Path

from django.db import connection

from search.indexes import building, snapshot, stored, tail
from search.indexes.segment import Segment
from search.indexes.state import State, room
from search.indexes.stored import Content, DamagedSnapshot
from vectorizer import rows
from vectorizer.models import EncoderModel
from vectorizer.rows import Scope

logger = logging.getLogger(__name__)


def opened(folder: Path, name: str, model: EncoderModel) -> State | None:
    """The snapshot of this name, or a newer one; None where there is none that can be used for this model."""
    found = usable(folder, name, model)
    return None if found is None else State.of(found[0], found[2].stamp, found[1])


def usable(folder: Path, name: str, model: EncoderModel) -> tuple[str, Segment, Content] | None:
    """The same, only mapped: with its name, which is another where it was replaced meanwhile."""
    if not name:
        return None
    try:
        segment, content = stored.load(folder / name)
    except DamagedSnapshot as problem:
        newer = snapshot.current(folder)
        if newer != name:  # it was replaced while we opened it
            return usable(folder, newer, model)
        logger.warning("The index's snapshot %s", problem)
        return None
    if (content.checksum, dict(content.dimensions)) != (model.checksum, _dimensions(model)):
        return None
    return name, segment, content


def first(folder: Path, model: EncoderModel, scope: Scope) -> State:
    """A state where there is no snapshot of use: whoever comes first writes one, the others wait for it.

    Inside a transaction, and where the folder can't be written to, it is in memory alone.
    """
    if connection.in_atomic_block:
        return _in_memory(model, scope)
    try:
        with snapshot.locked(folder, wait=True):
            state = opened(folder, snapshot.current(folder), model)
            if state is None or tail.changed_after(state.stamp) is None:
                write(folder, model, scope)
                state = opened(folder, snapshot.current(folder), model)
    except OSError as problem:
        logger.warning("The index can't be written (%s). This process holds it in its memory alone.", problem)
        return _in_memory(model, scope)
    return state or _in_memory(model, scope)


def write(folder: Path, model: EncoderModel, scope: Scope) -> int:
    """Write a snapshot of all that is in the database. Returns how many paintings it holds. Call it under the lock."""
    stamp = tail.last()  # before the content, so that nothing can be missed between
    wanted = rows.ids(model, scope)
    content = Content(checksum=model.checksum, dimensions=_dimensions(model), stamp=stamp)
    loaded = rows.load(model, scope, wanted)
    return snapshot.write(folder, content, len(wanted), lambda matrices: building.segment(loaded, matrices))


def _in_memory(model: EncoderModel, scope: Scope) -> State:
    stamp = tail.last()
    wanted = rows.ids(model, scope)
    segment = building.segment(rows.load(model, scope, wanted), room(len(wanted), _dimensions(model)))
    return State.of("", stamp, segment)


def _dimensions(model: EncoderModel) -> dict[str, int]:
    return {feature.name: feature.dimensions for feature in model.card.features}
