"""The pages of search: the whole collection, and what is like a photo or a painting: each a question in its address."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import DatabaseError, connection
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    QueryDict,
)
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import push_url

from gallery.models import Painting
from search import photos, similar, wall
from search.details import NotYet
from search.query import Question, QuestionError
from search.receiving import receive, upload_context, upload_page
from search.subjects import OF_PART, PHOTOS
from search.throttle import seconds_to_wait
from vectorizer.models import EncoderModel

COLLECTION_TEMPLATE, UPLOAD_TEMPLATE, PART_TEMPLATE = "search/collection.html", "search/search.html", "search/more.html"
PART = "part"
"""Of a question's address, beside the question: only the pictures that the wall grows by."""


@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """The whole collection, or what words and filters leave of it."""
    return _answered(request, COLLECTION_TEMPLATE)


@csrf_exempt  # only so that a file that is too large is refused before anything of it is read; see receiving
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponseBase:
    """What is like a photo or paintings; without any, the way to send a photo. POST takes the photo."""
    response = receive(request) if request.method == "POST" else _answered(request, UPLOAD_TEMPLATE)
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
            return upload_page(request)
        return _page(request, question, template)
    except QuestionError as refused:
        if refused.errors.keys().isdisjoint(PHOTOS.values()):
            return _refused(request, template, refused.errors)
        return _without_photo(request, template, refused)
    except NotYet as too_many:
        response = _refused(request, template, {"": [str(too_many)]}, status=429)
        response["Retry-After"] = str(too_many.seconds)
        return response


def _without_photo(request: HttpRequest, template: str, refused: QuestionError) -> HttpResponseBase:
    """A photo is gone: the page that says so, with the answer to the rest of the question where there is a rest."""
    try:
        rest = Question.from_params(_without_gone_photos(request.GET))
        response = _page(request, rest, template, gone=True) if rest.to_params() else None
    except (QuestionError, NotYet):
        response = None
    if response is None:
        return _refused(request, UPLOAD_TEMPLATE, refused.errors, status=410)
    response.status_code = 410
    return push_url(response, url=False)


def _without_gone_photos(params: QueryDict) -> QueryDict:
    rest = params.copy()
    for name in PHOTOS.values():
        rest.setlist(name, [text for text in params.getlist(name) if photos.find(text.partition(OF_PART)[0])])
    return rest


def _page(request: HttpRequest, question: Question, template: str, *, gone: bool = False) -> HttpResponse:
    """The answer as a page; as a part of one, where the wall grows. `gone`: a photo was asked for that isn't there."""
    grows = request.GET.get(PART) == "1"
    model = EncoderModel.current()
    question = wall.plain(question, model.card)
    results = similar.answer(question, facets=not grows, permit=lambda: seconds_to_wait(request))
    if grows:
        return render(
            request, PART_TEMPLATE, {"question": question, "results": results, "wall": wall.part(question, results)}
        )
    paintings = [example.painting for example in question.examples if example.painting]
    examples = Painting.objects.public().with_details().filter(pk__in=paintings) if paintings else ()
    displayed = wall.displayed(question, examples, results.recognised)
    context = {
        "question": question,
        "results": results,
        "displayed": displayed,
        "wall": wall.around(question, results, model, displayed),
        "gone": gone,
    }
    template = COLLECTION_TEMPLATE if question.has_examples else template
    response = render(request, template, context | upload_context(question))
    if question.has_examples:
        _unstored(response)  # a form without a script may have been sent to the first page
    return push_url(response, wall.address(question))


def _has_better_address(request: HttpRequest, template: str, question: Question) -> bool:
    """Examples belong to the search page; what a form sends without script has empty fields, which no address needs.

    What a script asks for is told its address, and goes to no other.
    """
    if request.headers.get("HX-Request"):
        return False
    if template == COLLECTION_TEMPLATE and question.has_examples:
        return True
    empty = any("" in values for _, values in request.GET.lists())
    return empty and (template == COLLECTION_TEMPLATE or question.has_examples)


def _refused(
    request: HttpRequest, template: str, errors: Mapping[str, Sequence[str]], *, status: int = 400
) -> HttpResponse:
    """The sentences of what can't be answered, beside a form that begins anew."""
    context: dict[str, Any] = {
        "question": Question(),
        "complaints": [(wall.named(field), sentences) for field, sentences in errors.items()],
        "expired": not errors.keys().isdisjoint(PHOTOS.values()),
        "words": request.GET.get("q", ""),
    }
    response = render(request, template, context | upload_context(Question()), status=status)
    return push_url(response, url=False)


def _unstored(response: HttpResponseBase) -> HttpResponseBase:
    """Nothing that has to do with a visitor's photo is kept by anyone on the way, or found by a search engine."""
    patch_cache_control(response, private=True, no_store=True)
    response["X-Robots-Tag"] = "noindex"
    return response
