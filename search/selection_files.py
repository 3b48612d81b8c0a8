"""A selection as a file to take along: a table for a spreadsheet, and JSON."""

import csv
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from io import StringIO

from django.utils import formats
from django.utils.translation import gettext as _

from gallery.models import Painting
from gallery.templatetags.pictures import rendition_url

WIDE = 2048  # pixels, of the picture that is named
BYTE_ORDER_MARK = "\ufeff"  # by which Excel tells UTF-8
FORMULAS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a cell begins with that a spreadsheet may run (OWASP: CSV injection)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a file says of a painting; "" where nothing is known. `artists` are those of its label, as they stand there;
    `rights` is the statement's name, and `page` and `picture` are whole addresses.
    """

    id: int
    title: str
    artists: tuple[str, ...]
    date: str
    style: str
    genre: str
    medium: str
    dimensions: str
    collection: str
    object_number: str
    rights: str
    rights_address: str
    credit_line: str
    page: str
    picture: str


def records(paintings: Sequence[Painting], site: str) -> list[Record]:
    """Public paintings `with_details()`, in their order. `site` begins every address: “https://museum.example”."""
    return [_record(painting, site) for painting in paintings]


def as_json(found: Sequence[Record], *, missing: int) -> str:
    """`missing`: how many of the selection are not shown any more."""
    document = {"count": len(found), "missing": missing, "paintings": [asdict(record) for record in found]}
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def as_csv(found: Sequence[Record]) -> str:
    """A table with a row of headings in the reader's language.

    Fields are parted as that language's spreadsheets expect it: by semicolons where the comma stands before decimals.
    """
    file = StringIO(newline="")
    writer = csv.writer(file, delimiter=";" if formats.get_format("DECIMAL_SEPARATOR") == "," else ",")
    names = headings()
    writer.writerow(names.values())
    for record in found:
        cells = asdict(record) | {"artists": "; ".join(record.artists)}
        writer.writerow([harmless(str(cells[name])) for name in names])
    return BYTE_ORDER_MARK + file.getvalue()


def headings() -> dict[str, str]:
    """What the columns are called, by the fields of a record."""
    return {
        "title": _("Title"),
        "artists": _("Artists"),
        "date": _("Date"),
        "style": _("Style"),
        "genre": _("Genre"),
        "medium": _("Medium"),
        "dimensions": _("Dimensions"),
        "collection": _("Collection"),
        "object_number": _("Object number"),
        "rights": _("Rights"),
        "rights_address": _("Address of the rights statement"),
        "credit_line": _("Credit line"),
        "page": _("Page"),
        "picture": _("Picture"),
    }


def harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe before what begins like one."""
    return f"'{text}" if text.lstrip(" \u00a0\0").startswith(FORMULAS) else text


def _record(painting: Painting, site: str) -> Record:
    return Record(
        id=painting.pk,
        title=painting.title,
        artists=tuple(attribution.line for attribution in painting.attributions.all()),
        date=painting.years,
        style=str(painting.style or ""),
        genre=str(painting.genre or ""),
        medium=painting.medium,
        dimensions=painting.dimensions,
        collection=painting.collection,
        object_number=painting.object_number,
        rights=painting.rights_label,
        rights_address=painting.rights,
        credit_line=painting.credit_line,
        page=site + painting.get_absolute_url(),
        picture=site + rendition_url(painting, painting.live_image, WIDE) if painting.live_image else "",
    )
