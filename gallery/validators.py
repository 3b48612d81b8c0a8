"""What a field of the catalogue may hold, refused with a sentence for a curator."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext, gettext_lazy

from gallery import rights

FIRST_YEAR, LAST_YEAR = -9999, 9999
# SQLite stores larger numbers in a SmallIntegerField than the index's 16 bits hold.
YEARS = (
    MinValueValidator(FIRST_YEAR, gettext_lazy("A year is from %(limit_value)s on.")),
    MaxValueValidator(LAST_YEAR, gettext_lazy("A year is at most %(limit_value)s.")),
)


def validate_uris(text: str) -> None:
    """Refuse a line that is no http(s) address."""
    for line in text.split():
        if not _is_web_address(line):
            sentence = gettext("“%(line)s” is no web address. Write one address a line, beginning with https://.")
            raise ValidationError(sentence % {"line": line})


def validate_rights(uri: str) -> None:
    """Refuse what is neither a Creative Commons nor a RightsStatements.org address."""
    if uri and not rights.is_known(uri):
        sentence = gettext("“%(text)s” is no rights statement from Creative Commons or RightsStatements.org.")
        raise ValidationError(sentence % {"text": uri})


def _is_web_address(line: str) -> bool:
    try:
        parts = urlsplit(line)
    except ValueError:  # “http://[”
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)
