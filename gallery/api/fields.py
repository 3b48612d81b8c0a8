"""Fields of what is written."""

import re
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from gallery.models import Genre, Style
from gallery.validators import FIRST_YEAR, LAST_YEAR, validate_uris

MOST_URIS = 100
NOT_THERE = {
    Style: _("There is no style with the slug “{value}”."),
    Genre: _("There is no genre with the slug “{value}”."),
}
SLUG = re.compile(r"[-\w]+")


class YearField(serializers.IntegerField):
    """A year or nothing; 500 BC is -500."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False, allow_null=True, **kwargs)


class UrisField(serializers.ListField):
    """A list of web addresses, kept as lines."""

    child = serializers.CharField(max_length=1000, validators=[validate_uris])

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=MOST_URIS, required=False, **kwargs)

    def to_internal_value(self, data: Any) -> str:  # type: ignore[override]
        return "\n".join(line for uri in super().to_internal_value(data) for line in str(uri).split())


class SlugOf(serializers.SlugRelatedField[Any]):
    """Another row by its slug."""

    def __init__(self, queryset: Any, **kwargs: Any) -> None:
        messages: dict[str, Any] = {
            "does_not_exist": NOT_THERE[queryset.model],
            "invalid": _("Write the slug as a text."),
        }
        super().__init__(slug_field="slug", queryset=queryset, error_messages=messages, **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, str):
            self.fail("invalid")
        if not SLUG.fullmatch(data):  # PostgreSQL would not even look for a text with a NUL in it
            self.fail("does_not_exist", value=data)
        return super().to_internal_value(data)
