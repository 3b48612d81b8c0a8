"""Look-alikes as the API gives them."""

from collections.abc import Callable
from typing import Any

from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound, Throttled
from rest_framework.request import Request
from rest_framework.response import Response

from gallery.api.pages import page_of
from gallery.models import Painting
from search import similar
from search.api.serializers import MatchSerializer
from search.details import NotYet
from search.query import Example, Question, QuestionError
from search.similar import Results
from search.throttle import seconds_to_wait


def answer(question: Question, request: Request) -> Results:
    """`similar.answer`, but a page beyond the last one is not found, as everywhere in the API.

    A part of a picture that has to be encoded counts as a photo does. Raises Throttled.
    """
    try:
        return similar.answer(question, permit=lambda: seconds_to_wait(request))
    except NotYet as too_many:
        raise Throttled(too_many.seconds) from too_many
    except QuestionError as refused:
        if set(refused.errors) == {"page"}:
            raise NotFound(" ".join(refused.errors["page"])) from refused
        raise


def like(painting: Painting, question: Question, request: Request) -> Results:
    """What is like one painting that the caller may see: of one that is not public, only the first page."""
    if painting.is_public:
        return _like_public(painting, question, request)
    _check_plain(painting, question)
    if question.page > 1:
        raise NotFound(_("There is only one page of what is like a painting that is not public."))
    feature = next((name for name, _ in question.weights), None)
    found = similar.like(painting, feature=feature, limit=question.page_size, filters=question.filters)
    return Results(question=question, matches=found, total=len(found), pages=1, facets={}, years=None)


def _like_public(painting: Painting, question: Question, request: Request) -> Results:
    try:
        return answer(question, request)
    except QuestionError as refused:
        # It is there, but has no vectors of the present model yet.
        if set(refused.errors) == {"like"} and question.examples == (Example(painting=painting.pk),):
            return Results(question=question, matches=(), total=0, pages=1, facets={}, years=None)
        raise


def _check_plain(painting: Painting, question: Question) -> None:
    """QuestionError for all that can be asked of public paintings alone."""
    plain = Question(
        like=(Example(painting=painting.pk),),
        filters=question.filters,
        weights=question.weights[:1],
        page=question.page,
        page_size=question.page_size,
    )
    part = ("like", question.like[0].written)
    odd = ["part" if pair == part else pair[0] for pair in question.pairs() if pair not in plain.pairs()]
    if odd:
        raise QuestionError({name: [_("This can't be asked about a painting that is not public.")] for name in odd})


def page_of_matches(request: Request, results: Results, address: Callable[[int], str]) -> dict[str, Any]:
    """A page of look-alikes as JSON."""
    found: Any = results.matches
    shown = MatchSerializer(found, many=True, context={"request": request}).data
    return page_of(list(shown), count=results.total, page=results.question.page, last=results.pages, address=address)


def unstored(response: Response) -> Response:
    """Nobody on the way keeps what has to do with a visitor's photo."""
    patch_cache_control(response, private=True, no_store=True)
    return response
