"""Upkeep of one model's index over the database's vectors: it follows the journal by itself, so little is to do."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import numpy as np

from gallery import journal
from search.indexes.arrays import Longs
from search.indexes.state import State
from search.indexes.upkeep import Held, Progress, Rebuilt, Upkeep, silently
from vectorizer import rows
from vectorizer.documents import Message
from vectorizer.models import EncoderModel
from vectorizer.rows import Scope


class DatabaseUpkeep(Upkeep):
    """`state` gives the index as it is now, `rebuild` makes it again and returns how many paintings it holds."""

    def __init__(self, model: EncoderModel, state: Callable[[], State], rebuild: Callable[[], int]) -> None:
        self._model, self._state, self._rebuild = model, state, rebuild

    def rebuild(self, progress: Progress = silently) -> Rebuilt:
        count = self._rebuild()
        progress(count)
        return Rebuilt(count=count, public=rows.count(self._model, Scope.PUBLIC))

    def count(self) -> int:
        return int(self._state().alive.sum())

    def held(self) -> Iterator[Held]:
        ids, versions = self._columns()
        for place in np.argsort(ids, kind="stable"):
            yield Held(id=int(ids[place]), version=int(versions[place]))

    def versions(self, painting_ids: Sequence[int]) -> Mapping[int, int]:
        ids, versions = self._columns()
        asked = np.isin(ids, np.array(painting_ids, np.int64))
        return dict(zip(ids[asked].tolist(), versions[asked].tolist(), strict=True))

    def mend(self, messages: Iterable[Message]) -> Mapping[int, str]:
        """It is made of the database in any case, and so it is made again."""
        if next(iter(messages), None) is not None:
            self._rebuild()
        return {}

    def follow(self, since: int) -> int:
        return journal.position()

    def highest_version(self) -> int:
        return int(self._columns()[1].max(initial=0))

    def _columns(self) -> tuple[Longs, Longs]:
        state = self._state()
        return state.columns.ids[state.alive], state.columns.versions[state.alive]
