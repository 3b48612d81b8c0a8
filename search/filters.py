"""What narrows a question down: values within a filter are alternatives, filters together all count."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from search.parameters import Pairs, Reader

VALUES_AT_ONCE = 50
VALUE_LENGTH = 200
FIRST_YEAR, LAST_YEAR = -10_000, 9_999

#: The filters' names in addresses, and the fields that hold them.
FIELDS = {
    "style": "styles",
    "genre": "genres",
    "artist": "artists",
    "collection": "collections",
    "medium": "mediums",
    "orientation": "orientations",
    "rights": "rights",
}
FACETS = tuple(FIELDS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Slugs of styles, genres and artists; names of collections and mediums; "portrait", "landscape" or "square";
    addresses of rights statements; years, both included, either open.

    A painting matches years when its span overlaps them; undated ones match no years.
    """

    styles: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    artists: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    mediums: tuple[str, ...] = ()
    orientations: tuple[str, ...] = ()
    rights: tuple[str, ...] = ()
    first_year: int | None = None
    last_year: int | None = None

    def __post_init__(self) -> None:
        for field in FIELDS.values():
            object.__setattr__(self, field, _each_once(getattr(self, field)))

    def __bool__(self) -> bool:
        return self.has_years or any(getattr(self, field) for field in FIELDS.values())

    @property
    def has_years(self) -> bool:
        return self.first_year is not None or self.last_year is not None

    def values(self, name: str) -> tuple[str, ...]:
        """What is asked for by the filter of this name, one of FACETS."""
        chosen: tuple[str, ...] = getattr(self, FIELDS[name])
        return chosen

    @classmethod
    def read(cls, reader: Reader) -> "Filters":
        """From the parameters named in FACETS, from= and to=."""
        values = {
            field: reader.texts(name, length=VALUE_LENGTH, at_most=VALUES_AT_ONCE) for name, field in FIELDS.items()
        }
        first = reader.whole("from", low=FIRST_YEAR, high=LAST_YEAR)
        last = reader.whole("to", low=FIRST_YEAR, high=LAST_YEAR)
        if first is not None and last is not None and first > last:
            sentence = _("The first year (%(first)d) is after the last (%(last)d).")
            reader.refuse("from", sentence % {"first": first, "last": last})
        return cls(**values, first_year=first, last_year=last)

    def pairs(self) -> Pairs:
        """As parameters that `read` reads."""
        found = [(name, value) for name in FIELDS for value in self.values(name)]
        years = (("from", self.first_year), ("to", self.last_year))
        return found + [(name, str(year)) for name, year in years if year is not None]


def _each_once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(value for value in dict.fromkeys(values) if value)
