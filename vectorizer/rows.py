"""Paintings as an index needs them, read from the database in two queries a batch."""

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import chain, pairwise
from typing import Any

import numpy as np
from django.db.models import QuerySet
from numpy.typing import NDArray

from gallery import orientations, rights
from gallery.models import Attribution, Painting
from gallery.orientations import Orientation
from gallery.text import fold
from vectorizer import encoder
from vectorizer.models import EncoderModel

ROWS_AT_ONCE = 500
VERSIONS_AT_ONCE = 10_000
UNIT_TOLERANCE = 1e-4  # of the squared length

logger = logging.getLogger(__name__)

Term = tuple[str, str]
"""A slug and the name that people read."""
Floats = NDArray[np.float32]


class Scope(StrEnum):
    """Which paintings an index holds: what visitors may see, or all of them by their newest image."""

    PUBLIC = "public"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One painting in an index, as it was at `version` or later: never older than its version says.

    `words` are all that it is found by, folded; `pairs` those that stand side by side in one field, “starry night”, for
    phrases; `names` the words of its title and of its artists' names. Each stands there once.
    """

    id: int
    version: int
    title_key: str
    artist_key: str
    style: Term | None
    genre: Term | None
    collection: str
    medium: str
    orientation: str
    rights: str
    artists: tuple[Term, ...]
    first_year: int | None
    last_year: int | None
    words: tuple[str, ...]
    pairs: tuple[str, ...]
    names: tuple[str, ...]
    vectors: Mapping[str, Floats]
    more: Mapping[str, Any] = field(default_factory=dict)
    """The other fields that were asked for."""

    def facet(self, name: str) -> tuple[Term, ...]:
        """The values by which this filter finds the painting. `facet_label` has names for what is no row of its own."""
        if name == "artist":
            return self.artists
        if name in ("style", "genre"):
            term: Term | None = getattr(self, name)
            return () if term is None else (term,)
        value: str = getattr(self, name)
        return ((value, value),) if value else ()

    @property
    def middle_year(self) -> int | None:
        """Between the first year and the last, rounded down: where a histogram counts the painting."""
        if self.first_year is None or self.last_year is None:
            return None
        return (self.first_year + self.last_year) // 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Damaged:
    """A painting that belongs into the index and can't be in it, because its vectors are damaged."""

    painting_id: int
    version: int
    reason: str


def log_damaged(damaged: Damaged) -> None:
    """One bad row must not stop every search: it is left out, and the log says so."""
    logger.error("Painting %d is left out of the index: %s", damaged.painting_id, damaged.reason)


def facet_label(name: str, value: str) -> str:
    """What people read, in their language, for a value that is no row of its own: of a collection, medium, orientation,
    or of rights. Called where it is read, never where an index is built."""
    return _LABELS[name](value) if name in _LABELS else value


_LABELS: Mapping[str, Callable[[str], str]] = {"orientation": orientations.label, "rights": rights.label}


def ids(model: EncoderModel, scope: Scope) -> list[int]:
    """All paintings that belong into the index of this model, in the order of their ids."""
    return list(_paintings(model, scope).order_by("pk").values_list("pk", flat=True))


def count(model: EncoderModel, scope: Scope) -> int:
    """How many paintings belong into the index of this model."""
    return _paintings(model, scope).count()


def versions(model: EncoderModel, scope: Scope, *, at_once: int = VERSIONS_AT_ONCE) -> Iterator[tuple[int, int]]:
    """Id and version of all of them, in the order of their ids, read a part at a time: memory is bounded."""
    after = 0
    while True:
        part = _paintings(model, scope).filter(pk__gt=after).order_by("pk").values_list("pk", "version")[:at_once]
        found = list(part)
        yield from found
        if len(found) < at_once:
            return
        after = found[-1][0]


def versions_of(model: EncoderModel, scope: Scope, painting_ids: Sequence[int]) -> dict[int, int]:
    """Painting → its version, of those of these that belong into the index."""
    return dict(_paintings(model, scope).filter(pk__in=painting_ids).order_by().values_list("pk", "version"))


def load(
    model: EncoderModel,
    scope: Scope,
    painting_ids: Sequence[int],
    *,
    more: Sequence[str] = (),
    damaged: Callable[[Damaged], object] = log_damaged,
) -> Iterator[Row]:
    """The rows of those of these paintings that belong into the index, in the order of their ids.

    `more` names other fields of the painting, which come along in `Row.more`. `damaged` is told of those left out.
    """
    card = model.card
    wanted = sorted(painting_ids)
    for start in range(0, len(wanted), ROWS_AT_ONCE):
        for row in _load(model, card, scope, wanted[start : start + ROWS_AT_ONCE], more):
            if isinstance(row, Damaged):
                damaged(row)
            else:
                yield row


def _paintings(model: EncoderModel, scope: Scope) -> QuerySet[Painting]:
    if scope is Scope.PUBLIC:
        return Painting.objects.public().filter(live_image__vectors__model=model)
    return Painting.objects.filter(image__vectors__model=model)


def _load(
    model: EncoderModel, card: encoder.Card, scope: Scope, painting_ids: Sequence[int], more: Sequence[str]
) -> Iterator[Row | Damaged]:
    image = "live_image" if scope is Scope.PUBLIC else "image"
    data, width, height = f"{image}__vectors__data", f"{image}__width", f"{image}__height"
    found = _paintings(model, scope).filter(pk__in=painting_ids).order_by("pk")
    # The paintings first, with their versions; then what is read without one. The other way round, a change between
    # the two would give old artists with a new version, and no later change would ever put that right.
    paintings = list(found.values(*dict.fromkeys((*_FIELDS, *more, data, width, height))))
    artists = _artists(painting_ids)
    for values in paintings:
        try:
            vectors = _unpack(bytes(values[data]), card)
        except ValueError as problem:
            reason = f"{problem} Vectorize it again."
            yield Damaged(painting_id=values["pk"], version=values["version"], reason=reason)
        else:
            orientation = Orientation.of(values[width], values[height])
            yield _row(values, artists[values["pk"]], orientation, vectors, more)


_FIELDS = (
    *("pk", "version", "title", "title_key", "style__slug", "style__name", "genre__slug", "genre__name", "collection"),
    *("object_number", "medium", "rights", "first_year", "last_year"),
)


def _artists(painting_ids: Sequence[int]) -> dict[int, list[tuple[str, str, str]]]:
    """Painting id → slug, name and sort key of its artists, in the order of the attributions."""
    found = Attribution.objects.filter(painting__in=painting_ids).order_by("order", "id")
    artists = defaultdict(list)
    for painting, *artist in found.values_list("painting_id", "artist__slug", "artist__name", "artist__sort_key"):
        artists[painting].append((artist[0], artist[1], artist[2]))
    return artists


def _row(
    values: Mapping[str, Any],
    artists: Sequence[tuple[str, str, str]],
    orientation: Orientation,
    vectors: Mapping[str, Floats],
    more: Sequence[str],
) -> Row:
    names = _folded((values["title"], *(name for _, name, _ in artists)))
    others = ("style__name", "genre__name", "medium", "collection", "object_number")
    spoken = names + _folded(values[name] for name in others)
    return Row(
        id=values["pk"],
        version=values["version"],
        title_key=values["title_key"],
        collection=values["collection"],
        medium=values["medium"],
        orientation=orientation,
        rights=values["rights"],
        first_year=values["first_year"],
        last_year=values["last_year"],
        artist_key=artists[0][2] if artists else "",
        style=_term(values, "style"),
        genre=_term(values, "genre"),
        artists=tuple(dict.fromkeys((slug, name) for slug, name, _ in artists)),
        words=_each_once(spoken),
        pairs=_each_once([f"{one} {other}" for one, other in pairwise(field)] for field in spoken),
        names=_each_once(names),
        vectors=vectors,
        more={name: values[name] for name in more},
    )


def _folded(fields: Iterable[str | None]) -> list[list[str]]:
    """The words of each field."""
    return [fold(field).split() for field in fields if field]


def _each_once(fields: Iterable[Sequence[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(fields)))


def _term(values: Mapping[str, Any], name: str) -> Term | None:
    slug = values[f"{name}__slug"]
    return None if slug is None else (slug, values[f"{name}__name"])


def _unpack(data: bytes, card: encoder.Card) -> Mapping[str, Floats]:
    """The vectors. Raises ValueError where they are damaged."""
    vectors = encoder.unpack(data, card)
    if not all(abs(float(np.vdot(vector, vector)) - 1) < UNIT_TOLERANCE for vector in vectors.values()):
        raise ValueError("A vector is not of unit length.")
    return vectors
