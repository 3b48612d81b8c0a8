"""The pages of search: the whole collection, and what is like a photo or a painting: each a question in its address."""

from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO, cast

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import push_url

from gallery.images import ImageRefused
from gallery.models import Painting
from search import photos, similar, wall
from search.details import NotYet
from search.query import Example, Question, QuestionError
from search.subjects import PHOTOS
from search.throttle import seconds_to_wait

FORM_BYTES = 2**20  # what a form weighs beside its file
UPLOAD_TEMPLATE, COLLECTION_TEMPLATE = "search/search.html", "search/collection.html"


@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """The whole collection, or what words and filters leave of it."""
    return _answered(request, COLLECTION_TEMPLATE)


@csrf_exempt  # only so that a file that is too large is refused before anything of it is read; see _receive
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponseBase:
    """What is like a photo or paintings; without any, the way to send a photo. POST takes the photo."""
    response = _receive(request) if request.method == "POST" else _answered(request, UPLOAD_TEMPLATE)
    return _unstored(response)


@require_safe
def photo(request: HttpRequest) -> HttpResponseBase:
    """The visitor's photo, to whoever has its token, while it lives."""
    found = photos.find(request.GET.get("photo", ""))
    try:
        file = found.open() if found else None
    except FileNotFoundError:
        file = None  # it expired between two lines
    if file is None:
        raise Http404
    return _unstored(FileResponse(file, content_type="image/jpeg"))


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For a load balancer: 200 while the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("The database does not answer.\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")


def _answered(request: HttpRequest, template: str) -> HttpResponseBase:
    try:
        question = Question.from_params(request.GET)
        if _has_better_address(request, template, question):
            return HttpResponseRedirect(wall.address(question))
        if template == UPLOAD_TEMPLATE and not question.to_params():
            return _upload_page(request)
        results = similar.answer(question, facets=True, permit=lambda: seconds_to_wait(request))
    except QuestionError as refused:
        return _refused(request, template, refused.errors)
    except NotYet as too_many:
        response = _refused(request, template, {"": [str(too_many)]}, status=429)
        response["Retry-After"] = str(too_many.seconds)
        return response
    examples = Painting.objects.public().with_details().filter(pk__in=question.paintings)
    context = {
        "question": question,
        "results": results,
        "wall": wall.around(question, results, similar.features()),
        "examples": examples if question.paintings else (),
    }
    response = render(request, template, context | _upload_context(question))
    return push_url(response, wall.address(question))


def _has_better_address(request: HttpRequest, template: str, question: Question) -> bool:
    """Examples belong to the search page; what a form sends without script has empty fields, which no address needs."""
    if template == COLLECTION_TEMPLATE and question.has_examples:
        return True
    empty = any("" in values for _, values in request.GET.lists())
    return (
        empty and not request.headers.get("HX-Request") and (template == COLLECTION_TEMPLATE or question.has_examples)
    )


def _refused(
    request: HttpRequest, template: str, errors: Mapping[str, Sequence[str]], *, status: int = 400
) -> HttpResponse:
    """The sentences of what can't be answered, beside a form that begins anew."""
    expired = not errors.keys().isdisjoint(PHOTOS.values())
    context = {
        "question": Question(),
        "complaints": [(wall.named(field), sentences) for field, sentences in errors.items()],
        "expired": expired,
        "words": request.GET.get("q", ""),
    }
    template = UPLOAD_TEMPLATE if expired else template
    response = render(request, template, context | _upload_context(Question()), status=410 if expired else status)
    return push_url(response, url=False)


def _receive(request: HttpRequest) -> HttpResponseBase:
    """Refuse by the announced size before Django's CSRF check reads the body; then check and receive."""
    limit = photos.limits().max_bytes
    announced = str(request.META.get("CONTENT_LENGTH") or 0)
    if announced.isdecimal() and int(announced) > limit + FORM_BYTES:
        sentence = f"This photo has more than the {limit / 1e6:,.0f} MB that are accepted. Please save it smaller."
        return _upload_page(request, sentence, status=413)
    protected: HttpResponseBase = csrf_protect(_receive_photo)(request)
    return protected


def _receive_photo(request: HttpRequest) -> HttpResponseBase:
    files = request.FILES.getlist("photo")
    if not files:
        return _upload_page(request, "No photo has arrived. Please choose one first.", status=400)
    if wait := seconds_to_wait(request):
        sentence = f"Those were many photos in a short time. Please wait {wait} seconds, then send this one again."
        response = _upload_page(request, sentence, status=429)
        response["Retry-After"] = str(wait)
        return response
    try:
        token = photos.keep(cast(BinaryIO, files[0]), files[0].name or "")
    except ImageRefused as refused:
        return _upload_page(request, str(refused), status=400)
    response = HttpResponseRedirect(
        wall.address(_asked_before(request).replace(like=(Example(photo=token),), unlike=()))
    )
    response.status_code = 303
    return response


def _asked_before(request: HttpRequest) -> Question:
    """The filters that stand in the form's address stay in force for the photo."""
    try:
        return Question.from_params(request.GET)
    except QuestionError:
        return Question()


def _upload_page(request: HttpRequest, sentence: str = "", *, status: int = 200) -> HttpResponse:
    question = _asked_before(request)
    context = {"question": Question(), "photo_refused": sentence}
    return render(request, UPLOAD_TEMPLATE, context | _upload_context(question), status=status)


def _upload_context(question: Question) -> dict[str, Any]:
    return {
        "photo_address": wall.photo_address(question),
        "max_bytes": photos.limits().max_bytes,
        "minutes": round(settings.PHOTO_LIFETIME.total_seconds() / 60),
    }


def _unstored(response: HttpResponseBase) -> HttpResponseBase:
    """Nothing that has to do with a visitor's photo is kept by anyone on the way, or found by a search engine."""
    patch_cache_control(response, private=True, no_store=True)
    response["X-Robots-Tag"] = "noindex"
    return response
