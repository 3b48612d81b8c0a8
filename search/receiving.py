"""A visitor's photo arrives by the form of the search page, or by its address: kept, or refused with a sentence."""

from io import BytesIO
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.csrf import csrf_protect

from gallery.images import ImageRefused
from search import fetching, photos, wall
from search.fetching import FetchRefused
from search.query import Example, Question, QuestionError
from search.throttle import seconds_to_wait

FORM_BYTES = 2**20  # what a form weighs beside its file
TEMPLATE = "search/search.html"


def receive(request: HttpRequest) -> HttpResponseBase:
    """Refuse by the announced size before Django's CSRF check reads the body; then check and receive."""
    limit = photos.limits().max_bytes
    announced = str(request.META.get("CONTENT_LENGTH") or 0)
    if announced.isdecimal() and int(announced) > limit + FORM_BYTES:
        sentence = f"This photo has more than the {limit / 1e6:,.0f} MB that are accepted. Please save it smaller."
        return upload_page(request, sentence, status=413)
    protected: HttpResponseBase = csrf_protect(_receive)(request)
    return protected


def upload_page(request: HttpRequest, sentence: str = "", *, status: int = 200, address: str = "") -> HttpResponse:
    """The way to send a photo, and what was wrong with the last one."""
    question = _asked_before(request)
    context = {"question": Question(), "photo_refused": sentence, "typed_address": address}
    return render(request, TEMPLATE, context | upload_context(question), status=status)


def upload_context(question: Question) -> dict[str, Any]:
    """What the form for photos needs. The question's conditions stay in force."""
    return {
        "photo_address": wall.photo_address(question),
        "photo_hosts": fetching.hosts(),
        "max_bytes": photos.limits().max_bytes,
        "minutes": round(settings.PHOTO_LIFETIME.total_seconds() / 60),
    }


def _receive(request: HttpRequest) -> HttpResponseBase:
    files = request.FILES.getlist("photo")
    address = request.POST.get("address", "").strip() if fetching.hosts() else ""
    if not files and not address:
        return upload_page(request, "No photo has arrived. Please choose one first.", status=400)
    if wait := seconds_to_wait(request):
        sentence = f"Those were many photos in a short time. Please wait {wait} seconds, then send this one again."
        response = upload_page(request, sentence, status=429)
        response["Retry-After"] = str(wait)
        return response
    try:
        token = photos.keep(cast(BinaryIO, files[0]), files[0].name or "") if files else _fetched(address)
    except (ImageRefused, FetchRefused) as refused:
        return upload_page(request, str(refused), status=400, address=address)
    question = _asked_before(request).replace(like=(Example(photo=token),), unlike=(), colours=())
    response = HttpResponseRedirect(wall.address(question))
    response.status_code = 303
    return response


def _fetched(address: str) -> str:
    """Keep the photo at this address, and return its token."""
    fetched = fetching.fetch(address, limit=photos.limits().max_bytes)
    return photos.keep(BytesIO(fetched.data), fetched.name)


def _asked_before(request: HttpRequest) -> Question:
    """The filters that stand in the form's address stay in force for the photo."""
    try:
        return Question.from_params(request.GET)
    except QuestionError:
        return Question()
