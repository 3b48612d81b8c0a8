"""Two paintings beside each other: the page, the reasons why they are alike, and the parts that make them so."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from gallery.images import ImageRefused
from gallery.sentences import unbroken
from search import comparison, heat_picture, selection
from search.comparison import Comparison
from search.details import NotYet
from search.heat import Heat
from search.parameters import QuestionError
from search.throttle import RegionsThrottle, seconds_to_wait
from vectorizer.suggestions import shown_image

NO_PICTURE = gettext_lazy("One of the two pictures can’t be looked at just now. Please try again in a while.")
FRESH = "private, max-age=3600"  # as renditions: longer than a visit, no longer than a painting may stay withdrawn

View = Callable[[HttpRequest, int, int], HttpResponse]


@require_safe
def compare(request: HttpRequest, first: int, second: int) -> HttpResponse:
    """Both paintings large, zoomed and moved together, and why they are alike."""
    return _rendered(request, "search/compare.html", first, second)


@require_safe
def reasons(request: HttpRequest, first: int, second: int) -> HttpResponse:
    """Why they are alike, as a part of a page."""
    return _rendered(request, "search/why.html", first, second)


@require_safe
def nearest(request: HttpRequest, second: int, *, part: bool = False) -> HttpResponse:
    """On to the one of `of=1,5,9` that is nearest to a painting, and that: the page, or what `reasons` says of them.

    Of a result of several examples it says most by the one that it is most like.
    """
    try:
        shown = comparison.nearest(selection.read(request.GET, "of"), second, request.GET)
    except QuestionError as refused:
        template = "search/why.html" if part else "search/compare.html"
        return render(request, template, {"complaint": str(refused)}, status=400)
    if shown is None:
        raise Http404
    return HttpResponseRedirect(shown.reasons if part else shown.address)


def _refusing(view: View) -> View:
    """The sentences of what can't be done, with the status that says why."""

    @wraps(view)
    def guarded(request: HttpRequest, first: int, second: int) -> HttpResponse:
        try:
            return view(request, first, second)
        except QuestionError as refused:
            return JsonResponse({"sentence": str(refused)}, status=400)
        except NotYet as too_many:
            headers = {"Retry-After": str(too_many.seconds)}
            return JsonResponse({"sentence": str(too_many)}, status=429, headers=headers)
        except (FileNotFoundError, ImageRefused):
            return JsonResponse({"sentence": str(NO_PICTURE)}, status=503)

    return guarded


@require_safe
@_refusing
def regions(request: HttpRequest, first: int, second: int) -> HttpResponse:
    """Which parts of the first make it like the second: a sentence, and the address of the picture that shows them."""
    shown = _comparison(request, first, second)
    found = _heat(request, shown)
    return JsonResponse({"overlay": shown.overlay if found.speaks else None, "sentence": _sentence(found)})


@require_safe
@_refusing
def overlay(request: HttpRequest, first: int, second: int) -> HttpResponse:
    """The same as a picture to lay over the first."""
    shown = _comparison(request, first, second)
    image = shown_image(shown.first)
    picture = heat_picture.overlay(_heat(request, shown), image.width, image.height)
    return HttpResponse(picture, content_type=heat_picture.MEDIA_TYPE, headers={"Cache-Control": FRESH})


def _comparison(request: HttpRequest, first: int, second: int) -> Comparison:
    """What is asked for. 404 unless both are public; raises QuestionError where the weights are wrong."""
    shown = comparison.of(first, second, request.GET)
    if shown is None:
        raise Http404
    return shown


def _rendered(request: HttpRequest, template: str, first: int, second: int) -> HttpResponse:
    try:
        shown = _comparison(request, first, second)
    except QuestionError as refused:
        return render(request, template, {"complaint": str(refused)}, status=400)
    context = {"comparison": shown, "why": shown.why(), "regions": request.GET.get("regions") == "1"}
    return render(request, template, context)


def _heat(request: HttpRequest, shown: Comparison) -> Heat:
    """The heat of the first towards the second. 404 while one of them has no vectors: then nothing is like it."""
    found = shown.heat(permit=lambda: seconds_to_wait(request, RegionsThrottle()))
    if found is None:
        raise Http404
    return found


def _sentence(found: Heat) -> str:
    if not found.speaks:
        return _("No part stands out: the likeness is in the whole.")
    before, after = round(100 * found.similarity), round(100 * found.without)
    if before == after:
        return _("The bright parts make the likeness, but no single one makes much of it.")
    sentence = _("Without its brightest part, this would be %(after)d %% alike instead of %(before)d %%.")
    return unbroken(sentence % {"after": after, "before": before})
