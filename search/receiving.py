"""A visitor's photo arrives by the form of the search page, or by its address: kept, or refused with a sentence."""

from io import BytesIO
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
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
        sentence = _("This photo has more than the %(most)s MB that are accepted. Please save it smaller.")
        return upload_page(request, sentence % {"most": number_format(limit / 1e6, 0)}, status=413)
    protected: HttpResponseBase = csrf_protect(_receive)(request)
    return protected


def upload_page(request: HttpRequest, sentence: str = "", *, status: int = 200, address: str = "") -> HttpResponse:
    """The way to send a photo, and what was wrong with the last one."""
    question = _asked_before(request)
    context = {
        "question": Question(),
        "photo_refused": sentence,
        "typed_address": address,
        "is_beside": request.POST.get("beside") == "1",
    }
    return render(request, TEMPLATE, context | upload_context(question), status=status)


def upload_context(question: Question) -> dict[str, Any]:
    """What the form for photos needs. The question's conditions stay in force; `beside` is the question whose examples
    the photo may stand beside, or take the place of.
    """
    return {
        "photo_address": wall.photo_address(question),
        "photo_door": wall.photo_door(question),
        "beside": question if question.examples else None,
        "photo_hosts": fetching.hosts(),
        "max_bytes": photos.limits().max_bytes,
        "minutes": round(settings.PHOTO_LIFETIME.total_seconds() / 60),
    }


def _receive(request: HttpRequest) -> HttpResponseBase:
    files = request.FILES.getlist("photo")
    address = request.POST.get("address", "").strip() if fetching.hosts() else ""
    if not files and not address:
        return upload_page(request, _("No photo has arrived. Please choose one first."), status=400)
    if wait := seconds_to_wait(request):
        sentence = ngettext(
            "Those were many photos in a short time. Please wait %(seconds)d second, then send this one again.",
            "Those were many photos in a short time. Please wait %(seconds)d seconds, then send this one again.",
            wait,
        )
        response = upload_page(request, sentence % {"seconds": wait}, status=429)
        response["Retry-After"] = str(wait)
        return response
    try:
        token = photos.keep(cast(BinaryIO, files[0]), files[0].name or "") if files else _fetched(address)
    except ImageRefused as refused:
        return upload_page(request, refused.said(), status=400, address=address)
    except FetchRefused as refused:
        return upload_page(request, str(refused), status=400, address=address)
    response = HttpResponseRedirect(wall.address(_with_photo(request, token)))
    response.status_code = 303
    return response


def _fetched(address: str) -> str:
    """Keep the photo at this address, and return its token."""
    fetched = fetching.fetch(address, limit=photos.limits().max_bytes)
    return photos.keep(BytesIO(fetched.data), fetched.name)


def _with_photo(request: HttpRequest, token: str) -> Question:
    """The photo instead of the examples that there were, or beside them, where that is wished and there is room."""
    asked, photo = _asked_before(request), Example(photo=token)
    if request.POST.get("beside") == "1" and asked.examples and asked.has_room:
        return asked.liking(photo)
    return asked.replace(like=(photo,), unlike=(), colours=())


def _asked_before(request: HttpRequest) -> Question:
    """The question that stands in the form's address: its conditions stay in force for the photo."""
    try:
        return Question.from_params(request.GET)
    except QuestionError:
        return Question()
