"""Following the journal: what has changed since a state was taken."""

from dataclasses import dataclass

from gallery.models import Change
from search.indexes.state import Stamp, State
from vectorizer import rows
from vectorizer.models import EncoderModel
from vectorizer.rows import Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """The journal's last entry, and the paintings that changed up to it; false where there is nothing new."""

    stamp: Stamp | None
    painting_ids: frozenset[int]

    def __bool__(self) -> bool:
        return bool(self.painting_ids)


def last() -> Stamp | None:
    """The journal's last entry, None while it is empty."""
    return _stamp(Change.objects.order_by("-id").values_list(*_FIELDS).first())


def changed_after(stamp: Stamp | None) -> Changed | None:
    """What came after this entry; None where it isn't in the journal any more.

    That is so when the database was restored, or when the entry was seen inside a transaction that was rolled back:
    what was made of it can't be brought up to date, and must be made again.
    """
    entries = Change.objects.filter(id__gte=stamp.position if stamp else 0).order_by("id").values_list(*_FIELDS)
    found = [Stamp(position=id_, painting_id=painting_id, at=at) for id_, painting_id, at in entries]
    if stamp is not None and (not found or found.pop(0) != stamp):
        return None
    return Changed(stamp=found[-1] if found else stamp, painting_ids=frozenset(entry.painting_id for entry in found))


def advanced(state: State, model: EncoderModel, scope: Scope, changed: Changed) -> State:
    """The state with these changes, read from the database."""
    fresh = rows.load(model, scope, sorted(changed.painting_ids))
    return state.advanced(changed.stamp, changed.painting_ids, fresh)


_FIELDS = ("id", "painting_id", "at")


def _stamp(values: tuple[int, int, object] | None) -> Stamp | None:
    return None if values is None else Stamp(position=values[0], painting_id=values[1], at=values[2])  # type: ignore[arg-type]
