"""Exact search over the database's vectors: snapshots in mapped files, and the journal's tail in memory."""

import threading
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.db import connection

from search.indexes import keeping, snapshot, tail
from search.indexes.answering import Answering
from search.indexes.base import Found, Index, Query
from search.indexes.database_upkeep import DatabaseUpkeep
from search.indexes.state import State
from vectorizer.models import EncoderModel
from vectorizer.rows import Scope

TAIL_ROWS = 256
TAIL_SHARE = 0.02


class DatabaseIndex(Index):
    """One a process, used by all its threads.

    A question costs one query, for the end of the journal; after a change, two more a 500 paintings changed. The first
    question of all writes the first snapshot; later ones are written by `compact`.
    """

    def __init__(self, scope: Scope = Scope.PUBLIC) -> None:
        self._scope = scope
        self._states: dict[tuple[Path, str], State] = {}  # the last one asked for
        self._lock = threading.Lock()

    def find(self, query: Query) -> Found:
        return Answering(self._state(query.model), query).found()

    def find_each(self, queries: Sequence[Query]) -> list[Found]:
        state = self._state(queries[0].model) if queries else None
        return [Answering(state, query).found() for query in queries] if state else []

    def compact(self, model: EncoderModel) -> bool:
        folder = self._folder(model)
        with snapshot.locked(folder, wait=False) as mine:
            if not mine or not self._is_worth_it(model, folder):
                return False
            keeping.write(folder, model, self._scope)
            return True

    def rebuild(self, model: EncoderModel) -> int:
        folder = self._folder(model)
        with snapshot.locked(folder, wait=True):
            return keeping.write(folder, model, self._scope)

    def upkeep(self, model: EncoderModel) -> DatabaseUpkeep:
        return DatabaseUpkeep(model, state=lambda: self._state(model), rebuild=lambda: self.rebuild(model))

    def forget(self, model: EncoderModel) -> None:
        snapshot.remove(self._folder(model))

    def is_used(self, model: EncoderModel) -> bool:
        """Whether there is a snapshot, so that somebody has asked before."""
        return bool(snapshot.current(self._folder(model)))

    def _folder(self, model: EncoderModel) -> Path:
        name = model.name if self._scope is Scope.PUBLIC else f"{model.name}-{self._scope}"
        return Path(settings.INDEX_DIR) / name

    def _is_worth_it(self, model: EncoderModel, folder: Path) -> bool:
        found = keeping.usable(folder, snapshot.current(folder), model)
        changed = tail.changed_after(found[2].stamp) if found else None
        if found is None or changed is None:
            return True
        return len(changed.painting_ids) > max(TAIL_ROWS, TAIL_SHARE * len(found[1]))

    def _state(self, model: EncoderModel) -> State:
        """All that is committed by now. One thread at a time looks for news; answering needs no lock."""
        folder = self._folder(model)
        key = (folder, model.checksum)
        with self._lock:
            state = self._newest(folder, model, self._states.get(key))
            changed = tail.changed_after(state.stamp) if state else None
            if state is None or changed is None:
                state = keeping.first(folder, model, self._scope)
                changed = tail.changed_after(state.stamp)
            if changed:
                state = tail.advanced(state, model, self._scope, changed)
            # What is seen inside a transaction may never be committed: it is for this answer alone.
            if not connection.in_atomic_block:
                self._states = {key: state}  # one of another model would keep its files from being given back
            return state

    def _newest(self, folder: Path, model: EncoderModel, state: State | None) -> State | None:
        """The current snapshot where it is another than the one that is known."""
        name = snapshot.current(folder)
        if state is not None and state.name == name:
            return state
        return keeping.opened(folder, name, model) or state
