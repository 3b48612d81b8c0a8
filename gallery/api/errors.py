"""Every error of the API as JSON: `{"field": ["What was wrong."]}`, or `{"detail": "…"}` where no field is to blame."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation, TooManyFieldsSent, TooManyFilesSent
from django.http import UnreadablePostError
from django.utils.translation import gettext as _
from rest_framework import exceptions, views
from rest_framework.response import Response
from rest_framework.settings import api_settings

from gallery.api.refusals import TooLarge


def handle(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's handler, for what Django would answer with a page of HTML, too. None for faults of our own."""
    response = views.exception_handler(_translated(error), context)
    if response is not None:
        response.data = _whole(_flat(response.data))
    return response


def _translated(error: Exception) -> Exception:
    if isinstance(error, RequestDataTooBig):
        return TooLarge(settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0)
    if isinstance(error, TooManyFilesSent):
        return exceptions.ParseError(_("The form has too many files."))
    if isinstance(error, TooManyFieldsSent):
        return exceptions.ParseError(_("The form or the address has too many fields."))
    if isinstance(error, SuspiciousOperation):
        return exceptions.ParseError(_("The request could not be read."))
    if isinstance(error, UnreadablePostError):
        return exceptions.ParseError(_("The request broke off before its end."))
    if isinstance(error, RecursionError):
        return exceptions.ParseError(_("JSON parse error - the lists and objects are nested too deeply."))
    return error


def _flat(data: Any) -> dict[str, Any]:
    if isinstance(data, list):
        return {"detail": " ".join(sentence for _, sentence in _sentences(data))}
    flat: dict[str, Any] = {}
    for field, problem in data.items():
        if isinstance(problem, str):
            flat[field] = problem
        elif field == api_settings.NON_FIELD_ERRORS_KEY:
            flat["detail"] = " ".join(_lines(problem))
        else:
            flat[field] = _lines(problem)
    return flat


def _whole(data: Any) -> Any:
    """Without halves of characters (lone surrogates): JSON may bring them as names and values, and can't be sent so."""
    if isinstance(data, dict):
        return {_whole(name): _whole(value) for name, value in data.items()}
    if isinstance(data, list):
        return [_whole(value) for value in data]
    return str(data).encode("utf-8", "replace").decode()


def _lines(problem: Any) -> list[str]:
    return [f"{where}: {sentence}" if where else sentence for where, sentence in _sentences(problem)]


def _sentences(problem: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Each sentence with its place inside the field: “2.artist” is the artist of the second of several."""
    if isinstance(problem, Mapping):
        for name, inner in problem.items():
            place = str(name + 1) if isinstance(name, int) else str(name)
            yield from _sentences(inner, where if name == api_settings.NON_FIELD_ERRORS_KEY else _joined(where, place))
    elif isinstance(problem, list | tuple):
        for number, inner in enumerate(problem, 1):
            yield from _sentences(inner, where if isinstance(inner, str) else _joined(where, str(number)))
    else:
        yield where, str(problem)


def _joined(where: str, place: str) -> str:
    return f"{where}.{place}" if where else place
