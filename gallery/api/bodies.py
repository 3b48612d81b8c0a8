"""What a request brings: its size, its fields, and the names that nobody knows."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Literal

from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext as _
from rest_framework import parsers, serializers
from rest_framework.exceptions import ValidationError
from rest_framework.utils import json

from gallery.api.refusals import TooLarge
from gallery.text import words

WORDS_LENGTH = 200
ROOM_FOR_FIELDS = 2**20  # bytes of a form beside its image


class MultiPartParser(parsers.MultiPartParser):
    """A form with an image. What is too large is refused before its first byte is read."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        limit = settings.MAX_IMAGE_BYTES + ROOM_FOR_FIELDS
        announced = str(parser_context["request"].META.get("CONTENT_LENGTH")) if parser_context else ""
        if announced.isdecimal() and int(announced) > limit:
            raise TooLarge(limit)
        return super().parse(stream, media_type, parser_context)


class StrictSerializer(serializers.Serializer[Any]):
    """A body: forms and JSON alike, and names that it doesn't know are refused, not overlooked."""

    def to_internal_value(self, data: Any) -> Any:
        plain = self._plain(data) if isinstance(data, QueryDict) else data
        if isinstance(plain, Mapping):
            refuse_unknown(plain, self.fields, "field")
        return super().to_internal_value(plain)

    def _plain(self, form: QueryDict) -> dict[str, Any]:
        """A form as the JSON that says the same: lists by repeating a field, objects as JSON in a field."""
        return {name: _plain_value(self.fields.get(name), form.getlist(name)) for name in form}


def refuse_unknown(given: Iterable[Any], known: Collection[str], what: Literal["field", "parameter"]) -> None:
    """ValidationError that names each of the given names that isn't known."""
    unknown = [str(name) for name in given if name not in known]
    if unknown:
        wrong = _("There is no such field.") if what == "field" else _("There is no such parameter.")
        names = ", ".join(sorted(known))
        allowed = _("Known are %(names)s.") % {"names": names} if known else _("None are known here.")
        raise ValidationError({name: [f"{wrong} {allowed}"] for name in unknown})


def query_words(params: Mapping[str, str]) -> tuple[str, ...]:
    """The folded words of the parameter `q`. ValidationError where it is too long or no text."""
    text = params.get("q", "")
    if "\0" in text or len(text) > WORDS_LENGTH:
        sentence = _("Write words of at most %(most)s characters in all.")
        raise ValidationError({"q": [sentence % {"most": WORDS_LENGTH}]})
    return words(text)


def _plain_value(field: Any, values: list[Any]) -> Any:
    if isinstance(field, serializers.ListSerializer):
        return _objects(field, values)
    if isinstance(field, serializers.ListField):
        return values
    if values[-1] == "" and field is not None and field.allow_null:
        return None
    return values[-1]


def _objects(field: serializers.ListSerializer[Any], values: list[Any]) -> list[Any]:
    found: list[Any] = []
    for value in values:
        try:
            parsed = json.loads(value)
        except (TypeError, ValueError, RecursionError) as problem:
            raise ValidationError({str(field.field_name): [_("In a form, write this as JSON.")]}) from problem
        found.extend(parsed if isinstance(parsed, list) else [parsed])
    return found
