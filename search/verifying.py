"""The database and an index compared, painting by painting and version by version, in bounded memory."""

import time
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from search import indexes
from search.indexes.upkeep import Held, Upkeep
from vectorizer import documents, rows
from vectorizer.documents import Problem
from vectorizer.models import EncoderModel
from vectorizer.rows import Scope

NAMED = 20  # of each kind
AT_ONCE = 1000
LOOK_SECONDS = 1.0

Item = TypeVar("Item")


class Kind(StrEnum):
    """How an index differs from the database; the database is right."""

    MISSING = "missing"
    EXTRA = "extra"
    OLDER = "older"
    NEWER = "newer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A painting, and its version on both sides; None where it doesn't belong, or isn't there."""

    painting_id: int
    database: int | None
    index: int | None

    @property
    def kind(self) -> Kind:
        if self.index is None:
            return Kind.MISSING
        if self.database is None:
            return Kind.EXTRA
        return Kind.OLDER if self.index < self.database else Kind.NEWER


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """How many paintings each side has, how many differ in which way, and the first of each kind by name.

    `repaired` differed and do no longer; `failures`: painting → why it can't be in the index.
    """

    database: int
    index: int
    counts: Mapping[Kind, int] = field(default_factory=dict)
    named: Sequence[Difference] = ()
    repaired: int = 0
    failures: Mapping[int, str] = field(default_factory=dict)

    @property
    def is_same(self) -> bool:
        return not self.counts


def verify(model: EncoderModel, *, wait: float = 0, repair: bool = False) -> Verified:
    """Compare the index of this model with the database.

    What differs is looked at again for `wait` seconds, as it may only be on its way; once at least. `repair` then
    writes what is left straight into the index. Raises IndexUnavailable; with `repair`, `encoder.ArtifactError`.
    """
    upkeep = indexes.upkeep(model)
    tally = Counter[str]()
    database = _counted(rows.versions(model, Scope.PUBLIC), "database", tally)
    # Eight bytes each, whatever is wrong.
    ids = array("q", _differing(database, _counted(upkeep.held(), "index", tally)))
    ids = _settled(model, upkeep, ids, wait)
    failures: dict[int, str] = {}
    before = len(ids)
    if repair and ids:
        failures = _repair(model, upkeep, ids)
        ids = _settled(model, upkeep, ids, 0)
    counts, named = _described(_differences(model, upkeep, ids))
    left = sum(counts.values())
    return Verified(
        database=tally["database"],
        index=tally["index"],
        counts=counts,
        named=named,
        repaired=before - left if repair else 0,
        failures=failures,
    )


def _counted(items: Iterable[Item], name: str, tally: Counter[str]) -> Iterator[Item]:
    for item in items:
        tally[name] += 1
        yield item


def _differing(database: Iterator[tuple[int, int]], index: Iterator[Held]) -> Iterator[int]:
    """The paintings that differ between two streams in the order of ids."""
    left, right = next(database, None), next(index, None)
    while left is not None or right is not None:
        if left is not None and (right is None or left[0] < right.id):
            yield left[0]
            left = next(database, None)
        elif right is not None and (left is None or right.id < left[0]):
            yield right.id
            right = next(index, None)
        elif left is not None and right is not None:
            if left[1] != right.version:
                yield right.id
            left, right = next(database, None), next(index, None)


def _settled(model: EncoderModel, upkeep: Upkeep, ids: Sequence[int], wait: float) -> "array[int]":
    """Those that differ still after this time; all the time it takes for none to."""
    end = time.monotonic() + wait
    while True:
        ids = array("q", (each.painting_id for each in _differences(model, upkeep, ids)))
        left = end - time.monotonic()
        if not ids or left <= 0:
            return ids
        time.sleep(min(LOOK_SECONDS, left))


def _differences(model: EncoderModel, upkeep: Upkeep, ids: Sequence[int]) -> Iterator[Difference]:
    """Those of these paintings that differ now."""
    for start in range(0, len(ids), AT_ONCE):
        part = list(ids[start : start + AT_ONCE])
        # The index first: the other way round, what is written between the two would seem newer than the database.
        held = upkeep.versions(part)
        wanted = rows.versions_of(model, Scope.PUBLIC, part)
        for id_ in part:
            if held.get(id_) != wanted.get(id_):
                yield Difference(painting_id=id_, database=wanted.get(id_), index=held.get(id_))


def _repair(model: EncoderModel, upkeep: Upkeep, ids: Sequence[int]) -> dict[int, str]:
    failures: dict[int, str] = {}

    def failed(problem: Problem) -> None:
        failures[problem.painting_id] = problem.reason

    return dict(upkeep.mend(documents.messages(ids, model, problem=failed))) | failures


def _described(differences: Iterable[Difference]) -> tuple[dict[Kind, int], list[Difference]]:
    counts: Counter[Kind] = Counter()
    named = []
    for difference in differences:
        counts[difference.kind] += 1
        if counts[difference.kind] <= NAMED:
            named.append(difference)
    return dict(counts), named
