"""From a row to a painting that may be saved: all its fields checked, nothing written."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError

from gallery import dates, rights
from gallery.importing.rows import Row
from gallery.importing.terms import attributed
from gallery.models import Artist, Painting

UNTITLED = "Untitled"
_LONGEST_NAME = Artist._meta.get_field("name").max_length or 0
_TAKEN_OVER = (
    "display_date",
    "medium",
    "dimensions",
    "collection",
    "credit_line",
    "object_number",
    "alt_text",
    "notes",
    "source_id",
)
_SET_LATER = ("image", "style", "genre")


class RowRefused(ValueError):
    """Sentences that say which fields can't be taken, and why."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """`painting` still lacks its image, style and genre. `warnings` are sentences about what is odd with it."""

    row: Row
    painting: Painting
    warnings: tuple[str, ...]


def candidate(row: Row) -> Candidate:
    """Raises `RowRefused`."""
    painting = Painting(
        title=row.title or UNTITLED,
        source=row.source,
        authority_uris="\n".join(row.authority_uris.split()),
        **{name: getattr(row, name) for name in _TAKEN_OVER},
    )
    problems = _names(row)
    try:
        painting.rights = rights.normalise(row.rights)
    except rights.UnknownRights as unknown:
        problems.append(str(unknown))
    try:
        painting.clean_fields(exclude=_SET_LATER)
    except ValidationError as error:
        problems.extend(f"{name.replace('_', ' ')}: {' '.join(texts)}" for name, texts in error.message_dict.items())
    if problems:
        raise RowRefused(" ".join(problems))
    return Candidate(row, painting, tuple(_warnings(row)))


def _names(row: Row) -> list[str]:
    names = [*(attributed(artist)[1] for artist in row.artists), row.style, row.genre]
    return [
        f"the name “{name[:40]}…” has {len(name)} characters; {_LONGEST_NAME} are possible."
        for name in names
        if len(name) > _LONGEST_NAME
    ]


def _warnings(row: Row) -> list[str]:
    found = [] if row.title else [f"it has no title; it is called “{UNTITLED}”."]
    try:
        dates.parse(row.display_date)
    except dates.UnknownDate as unknown:
        found.append(f"{unknown} The painting has the date as its text, but no years to search by.")
    return found
