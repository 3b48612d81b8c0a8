"""Paintings as the index needs them, read from the database in two queries a batch."""

import logging
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from django.db.models import QuerySet

from gallery.models import Attribution, Painting
from gallery.text import words
from search.indexes.arrays import Floats
from vectorizer import encoder
from vectorizer.models import EncoderModel

ROWS_AT_ONCE = 500
UNIT_TOLERANCE = 1e-4  # of the squared length

logger = logging.getLogger(__name__)

Term = tuple[str, str]
"""A slug and the name that people read."""


class Scope(StrEnum):
    """Which paintings an index holds: what visitors may see, or all of them by their newest image."""

    PUBLIC = "public"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One painting in an index."""

    id: int
    title_key: str
    artist_key: str
    style: Term | None
    genre: Term | None
    collection: str
    artists: tuple[Term, ...]
    first_year: int | None
    last_year: int | None
    words: tuple[str, ...]
    vectors: Mapping[str, Floats]


def ids(model: EncoderModel, scope: Scope) -> list[int]:
    """All paintings that belong into the index of this model, in the order of their ids."""
    return list(_paintings(model, scope).order_by("pk").values_list("pk", flat=True))


def load(model: EncoderModel, scope: Scope, painting_ids: Sequence[int]) -> Iterator[Row]:
    """The rows of those of these paintings that belong into the index, in the order of their ids."""
    card = model.card
    wanted = sorted(painting_ids)
    for start in range(0, len(wanted), ROWS_AT_ONCE):
        yield from _load(model, card, scope, wanted[start : start + ROWS_AT_ONCE])


def _paintings(model: EncoderModel, scope: Scope) -> QuerySet[Painting]:
    if scope is Scope.PUBLIC:
        return Painting.objects.public().filter(live_image__vectors__model=model)
    return Painting.objects.filter(image__vectors__model=model)


def _load(model: EncoderModel, card: encoder.Card, scope: Scope, painting_ids: Sequence[int]) -> Iterator[Row]:
    image = "live_image" if scope is Scope.PUBLIC else "image"
    found = _paintings(model, scope).filter(pk__in=painting_ids).order_by("pk")
    artists = _artists(painting_ids)
    for values in found.values(*_FIELDS, f"{image}__vectors__data"):
        vectors = _unpack(bytes(values[f"{image}__vectors__data"]), card, values["pk"])
        if vectors is not None:
            yield _row(values, artists[values["pk"]], vectors)


_FIELDS = (
    *("pk", "title", "title_key", "style__slug", "style__name", "genre__slug", "genre__name", "collection"),
    *("object_number", "medium", "first_year", "last_year"),
)


def _artists(painting_ids: Sequence[int]) -> dict[int, list[tuple[str, str, str]]]:
    """Painting id → slug, name and sort key of its artists, in the order of the attributions."""
    found = Attribution.objects.filter(painting__in=painting_ids).order_by("order", "id")
    artists = defaultdict(list)
    for painting, *artist in found.values_list("painting_id", "artist__slug", "artist__name", "artist__sort_key"):
        artists[painting].append((artist[0], artist[1], artist[2]))
    return artists


def _row(values: Mapping[str, Any], artists: Sequence[tuple[str, str, str]], vectors: Mapping[str, Floats]) -> Row:
    spoken = (
        *(values["title"], *(name for _, name, _ in artists), values["style__name"], values["genre__name"]),
        *(values["medium"], values["collection"], values["object_number"]),
    )
    return Row(
        id=values["pk"],
        title_key=values["title_key"],
        collection=values["collection"],
        first_year=values["first_year"],
        last_year=values["last_year"],
        artist_key=artists[0][2] if artists else "",
        style=_term(values, "style"),
        genre=_term(values, "genre"),
        artists=tuple(dict.fromkeys((slug, name) for slug, name, _ in artists)),
        words=words(" ".join(filter(None, spoken))),
        vectors=vectors,
    )


def _term(values: Mapping[str, Any], name: str) -> Term | None:
    slug = values[f"{name}__slug"]
    return None if slug is None else (slug, values[f"{name}__name"])


def _unpack(data: bytes, card: encoder.Card, painting_id: int) -> Mapping[str, Floats] | None:
    """The vectors; None, and a line in the log, where they are damaged: one bad row must not stop every search."""
    try:
        vectors = encoder.unpack(data, card)
    except ValueError as problem:
        logger.error("Painting %d is left out of the index: %s Vectorize it again.", painting_id, problem)
        return None
    if all(abs(float(np.vdot(vector, vector)) - 1) < UNIT_TOLERANCE for vector in vectors.values()):
        return vectors
    logger.error(
        "Painting %d is left out of the index: a vector is not of unit length. Vectorize it again.", painting_id
    )
    return None
