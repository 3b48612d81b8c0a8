"""The page of a selection, and the same as a file. Whose selection it is, only the browser knows."""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from search import selection, selection_files
from search.parameters import QuestionError
from search.selection import Selection
from search.similar import Match

TEMPLATE = "search/selection.html"
View = Callable[[HttpRequest], HttpResponseBase]


def _noindex(view: View) -> View:
    """For search engines nothing: the paintings have pages of their own."""

    @wraps(view)
    def shown(request: HttpRequest) -> HttpResponseBase:
        response = view(request)
        response["X-Robots-Tag"] = "noindex"
        return response

    return shown


@require_safe
@_noindex
def page(request: HttpRequest) -> HttpResponseBase:
    """`?paintings=3,1,7`: these, in this order; without any, what a selection is and how one comes by it."""
    try:
        found = selection.of(request.GET)
    except QuestionError as refused:
        return _refused(request, refused.errors)
    matches = [Match(painting=painting) for painting in found.paintings]
    return render(request, TEMPLATE, {"selection": found, "matches": matches, "most": selection.MOST})


@require_safe
@_noindex
def table(request: HttpRequest) -> HttpResponseBase:
    """The paintings as a table for a spreadsheet."""
    return _file(request, "csv", "text/csv", lambda found, records: selection_files.as_csv(records))


@require_safe
@_noindex
def document(request: HttpRequest) -> HttpResponseBase:
    """The paintings as JSON."""
    return _file(
        request,
        "json",
        "application/json",
        lambda found, records: selection_files.as_json(records, missing=found.missing),
    )


def _file(
    request: HttpRequest,
    extension: str,
    media_type: str,
    write: Callable[[Selection, Sequence[selection_files.Record]], str],
) -> HttpResponseBase:
    """What `write` makes of the selection, to be saved; asked for again each time, and sent where it has changed."""
    try:
        found = selection.of(request.GET)
    except QuestionError as refused:
        return _refused(request, refused.errors)
    site = request.build_absolute_uri("/")[:-1]
    content = write(found, selection_files.records(found.paintings, site)).encode()
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response = get_conditional_response(request, etag=etag) or HttpResponse(
        content,
        content_type=f"{media_type}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="selection.{extension}"'},
    )
    response["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _refused(request: HttpRequest, errors: Mapping[str, Sequence[str]]) -> HttpResponse:
    sentences: list[Any] = [sentence for some in errors.values() for sentence in some]
    return render(request, TEMPLATE, {"complaints": sentences, "most": selection.MOST}, status=400)
