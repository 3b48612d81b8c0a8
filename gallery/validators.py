"""What a field of the catalogue may hold, refused with a sentence for a curator."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator

from gallery import rights

FIRST_YEAR, LAST_YEAR = -9999, 9999
# SQLite stores larger numbers in a SmallIntegerField than the index's 16 bits hold.
YEARS = (
    MinValueValidator(FIRST_YEAR, "A year is from %(limit_value)s on."),
    MaxValueValidator(LAST_YEAR, "A year is at most %(limit_value)s."),
)


def validate_uris(text: str) -> None:
    """Refuse a line that is no http(s) address."""
    for line in text.split():
        if not _is_web_address(line):
            raise ValidationError(f"“{line}” is no web address. Write one address a line, beginning with https://.")


def validate_rights(uri: str) -> None:
    """Refuse what is neither a Creative Commons nor a RightsStatements.org address."""
    if uri and not rights.is_known(uri):
        raise ValidationError(f"“{uri}” is no rights statement from Creative Commons or RightsStatements.org.")


def _is_web_address(line: str) -> bool:
    try:
        parts = urlsplit(line)
    except ValueError:  # “http://[”
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
