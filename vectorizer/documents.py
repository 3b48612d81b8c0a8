"""What is published of a painting: the document of its latest state, or a tombstone where it is not public.

A document is a function of the painting, its version and the model. Its version is read before its content or with it,
so a document is never older than its version says; where it is newer, a later change follows in the journal.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from django.db.models import Max

from gallery.models import Change, Painting
from vectorizer import rows
from vectorizer.models import EncoderModel
from vectorizer.rows import ROWS_AT_ONCE, Damaged, Floats, Row, Scope, Term

SCHEMA_VERSION = 1
DECIMALS = 6  # half the bytes of full single precision, and lost is less than a thousandth of the least difference told

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is said of one painting at one version. `body` is the document in UTF-8 JSON; None is a tombstone."""

    painting_id: int
    version: int
    body: bytes | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A public painting of which no document can be made. What was published of it before stays as it is."""

    painting_id: int
    version: int
    reason: str


def log_problem(problem: Problem) -> None:
    """Say in the log that there is no document of a painting."""
    logger.error("Painting %d can't be published: %s", problem.painting_id, problem.reason)


def messages(
    painting_ids: Sequence[int], model: EncoderModel, *, problem: Callable[[Problem], object] = log_problem
) -> Iterator[Message]:
    """One message for each of these paintings, in the order of their ids: four queries for each 500 of them.

    A public painting with vectors of this model is a document; any other, deleted ones included, a tombstone.
    `problem` is told of those that can't be published; they give no message and stop nothing.
    Raises `encoder.ArtifactError` where the model is not the one that made the vectors.
    """
    wanted = sorted(set(painting_ids))
    for start in range(0, len(wanted), ROWS_AT_ONCE):
        yield from _messages(wanted[start : start + ROWS_AT_ONCE], model, problem)


def everything(
    model: EncoderModel, *, after_id: int = 0, problem: Callable[[Problem], object] = log_problem
) -> Iterator[Message]:
    """The messages of all public paintings with vectors of this model and an id above `after_id`, in order of ids.

    One that is withdrawn meanwhile is a tombstone.
    """
    public = Painting.objects.public().filter(live_image__vectors__model=model).order_by("pk")
    while ids := list(public.filter(pk__gt=after_id).values_list("pk", flat=True)[:ROWS_AT_ONCE]):
        yield from messages(ids, model, problem=problem)
        after_id = ids[-1]


def _messages(wanted: Sequence[int], model: EncoderModel, problem: Callable[[Problem], object]) -> Iterator[Message]:
    versions = _versions(wanted)
    failed: dict[int, Damaged] = {}

    def damaged(row: Damaged) -> None:
        failed[row.painting_id] = row

    public = {
        row.id: row for row in rows.load(model, Scope.PUBLIC, wanted, more=tuple(_MORE.values()), damaged=damaged)
    }
    for id_ in wanted:
        if id_ in failed:
            problem(Problem(painting_id=id_, version=failed[id_].version, reason=failed[id_].reason))
        elif id_ not in public:
            yield Message(painting_id=id_, version=versions.get(id_, 0), body=None)
        else:
            row = public.pop(id_)
            try:
                body = serialised(row, model)
            except ValueError as error:
                problem(Problem(painting_id=id_, version=row.version, reason=str(error)))
            else:
                yield Message(painting_id=id_, version=row.version, body=body)


def _versions(painting_ids: Sequence[int]) -> Mapping[int, int]:
    """Painting id → its version; of one that was deleted, its last entry in the journal.

    Read before the content, both: a painting that is made anew or shown meanwhile has a higher one.
    """
    entries = Change.objects.filter(painting_id__in=painting_ids).order_by()
    last = dict(entries.values_list("painting_id").annotate(Max("id")))
    return last | dict(Painting.objects.filter(pk__in=painting_ids).order_by().values_list("pk", "version"))


_MORE = {
    "title": "title",
    "display_date": "display_date",
    "dimensions": "dimensions",
    "object_number": "object_number",
    "credit_line": "credit_line",
    "alt_text": "alt_text",
    "published_at": "published_at",
    "width": "live_image__width",
    "height": "live_image__height",
}
"""Field of the document → where it stands, of those that an index of our own does without."""


def serialised(row: Row, model: EncoderModel) -> bytes:
    """The document of a row that was loaded with what a document needs beside. Raises ValueError."""
    document = {
        "schema_version": SCHEMA_VERSION,
        "id": row.id,
        "version": row.version,
        "model": model.name,
        "title_key": row.title_key,
        "artists": [_term(artist) for artist in row.artists],
        "artist_key": row.artist_key or None,  # an index sorts what is missing last, as people expect, and "" first
        "style": row.style and _term(row.style),
        "genre": row.genre and _term(row.genre),
        "collection": row.collection,
        "medium": row.medium,
        "orientation": row.orientation,
        "rights": row.rights,
        "first_year": row.first_year,
        "last_year": row.last_year,
        "middle_year": row.middle_year,
        "words": row.words,
        "pairs": row.pairs,
        "names": row.names,
    }
    document |= {name: row.more[field] for name, field in _MORE.items()}
    document |= _rounded(row.vectors)
    return orjson.dumps(document, option=orjson.OPT_SERIALIZE_NUMPY)


def _term(term: Term) -> Mapping[str, str]:
    return {"slug": term[0], "name": term[1]}


def _rounded(vectors: Mapping[str, Floats]) -> Mapping[str, Any]:
    """The same, so that at most DECIMALS decimals are written: the fewest that tell a number in single precision."""
    return {name: vector.round(DECIMALS) for name, vector in vectors.items()}
