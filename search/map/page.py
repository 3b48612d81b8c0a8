"""The map's page, and what its script asks for: where everything hangs, the sheets, and who painted what."""

from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from gallery.models import Painting
from gallery.templatetags.pictures import address as rendition_address
from gallery.views import FRESH, shown_file
from search import wall
from search.details import NotYet
from search.map import atlas, sheets
from search.map.highlighting import Highlighted, highlighted
from search.map.models import CollectionMap, Place, Sheet
from search.map.naming import named
from search.parameters import Reader
from search.query import Question, QuestionError
from search.subjects import LARGEST_ID
from search.throttle import seconds_to_wait
from search.wall import chips
from search.wall.chips import Chip
from vectorizer.models import EncoderModel

TEMPLATE = "search/map.html"
LABELS_AT_ONCE = 60
KEPT_OUT = {"q", "page", "size"}
"""Of a question's parameters: what the search box says itself, and what has no meaning on the map."""


def address(question: Question) -> str:
    """Where the map shows the answer to a question."""
    asked = question.replace(page_size=Question().page_size).to_params()
    return f"{reverse('map')}?{asked}" if asked else reverse("map")


@require_safe
def page(request: HttpRequest) -> HttpResponseBase:
    """The map; with a question in its address, the answer is bright on it."""
    try:
        question = Question.from_params(request.GET)
        found = highlighted(question, permit=lambda: seconds_to_wait(request)) if question.to_params() else None
    except QuestionError as refused:
        complaints = [(wall.named(field), sentences) for field, sentences in refused.errors.items()]
        return render(request, TEMPLATE, {"question": Question(), "complaints": complaints}, status=400)
    except NotYet as too_many:
        context = {"question": Question(), "complaints": [("", [str(too_many)])]}
        response = render(request, TEMPLATE, context, status=429)
        response["Retry-After"] = str(too_many.seconds)
        return response
    response = render(request, TEMPLATE, _context(question, found))
    if question.has_photos:
        patch_cache_control(response, private=True, no_store=True)
        response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
def data(request: HttpRequest) -> HttpResponseBase:
    """The file of `atlas`: by gzip, where it is taken."""
    found = atlas.current()
    if found is None:
        raise Http404
    zipped = "gzip" in request.headers.get("Accept-Encoding", "")
    etag = f'W/"{found.version}"'
    response = get_conditional_response(request, etag=etag) or HttpResponse(
        found.compressed if zipped else found.data, content_type="application/octet-stream"
    )
    if zipped and response.status_code == 200:
        response["Content-Encoding"] = "gzip"
    response["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


@require_safe
def sheet(request: HttpRequest, name: str, side: int) -> HttpResponseBase:
    """A sheet, while every painting on it is public with the very image that it shows; else there is none."""
    found = Sheet.objects.filter(map=CollectionMap.objects.shown(), name=name).first()
    if found is None or side not in sheets.SIDES or Place.objects.public().filter(sheet=found).count() != found.count:
        raise Http404
    return shown_file(request, sheets.path(name, side), "image/webp", FRESH)


@require_safe
def labels(request: HttpRequest) -> HttpResponse:
    """`?ids=1,2,3`: what these paintings are called and where they are shown, of those that are public."""
    reader = Reader(request.GET)
    written = reader.text("ids", length=LABELS_AT_ONCE * len(f"{LARGEST_ID},"))
    ids = {reader.as_whole("ids", text, low=0, high=LARGEST_ID) for text in written.split(",") if text}
    if reader.errors or len(ids) > LABELS_AT_ONCE:
        return HttpResponse(status=400)
    found = Painting.objects.public().with_details().filter(pk__in=ids)
    return JsonResponse({str(painting.pk): _label(painting) for painting in found})


def _context(question: Question, found: Highlighted | None) -> dict[str, Any]:
    shown = atlas.current()
    bright = shown.holds(found.ids) if shown and found else []  # an index may know what is public no more
    card = EncoderModel.current().card
    examples = Painting.objects.public().with_details().filter(pk__in=_paintings(question)) if question.examples else ()
    return {
        "question": question,
        "atlas": shown,
        "regions": named(shown.regions) if shown else (),
        "found": found,
        "bright": " ".join(map(str, bright)),
        "bright_count": len(bright),
        "displayed": wall.displayed(question, examples, None),
        "chips": [_on_map(chip) for chip in chips.of(question, found.results, card)] if found else [],
        "kept": [pair for pair in question.pairs() if pair[0] not in KEPT_OUT],
        "as_wall": wall.address(question),
        "sheet_address": reverse("map-sheet", args=["NAME", 0]).replace("NAME", "{name}").replace("-0.", "-{side}."),
        "sheet_cells": sheets.CELLS,
    }


def _paintings(question: Question) -> list[int]:
    return [example.painting for example in question.examples if example.painting is not None]


def _on_map(chip: Chip) -> Chip:
    """The same condition taken back, and still on the map."""
    return replace(chip, url=reverse("map") + "".join(chip.url.partition("?")[1:]))


def _label(painting: Painting) -> dict[str, Any]:
    image = painting.live_image
    widths = sorted(image.widths) if image else []
    return {
        "title": painting.title,
        "by": painting.artist_line,
        "date": painting.years,
        "url": painting.get_absolute_url(),
        "pictures": [[width, rendition_address(painting, image, width, "webp")] for width in widths] if image else [],
    }
