"""Look-alikes as the API gives them."""

from collections.abc import Callable
from typing import Any

from django.utils.cache import patch_cache_control
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from gallery.api.pages import page_of
from gallery.models import Painting
from search import similar
from search.api.serializers import MatchSerializer
from search.query import Question, QuestionError
from search.similar import Results


def answer(question: Question) -> Results:
    """`similar.answer`, but a page beyond the last one is not found, as everywhere in the API."""
    try:
        return similar.answer(question)
    except QuestionError as refused:
        if set(refused.errors) == {"page"}:
            raise NotFound(" ".join(refused.errors["page"])) from refused
        raise


def like(painting: Painting, question: Question) -> Results:
    """What is like one painting that the caller may see: of one that is not public, only the first page."""
    if painting.is_public:
        return _like_public(question)
    if question.words:
        raise QuestionError({"q": ["What is like a painting that is not public can't be narrowed down by words."]})
    if question.page > 1:
        raise NotFound("There is only one page of what is like a painting that is not public.")
    feature = next((name for name, _ in question.weights), None)
    found = similar.like(painting, feature=feature, limit=question.page_size, filters=question.filters)
    return Results(question=question, matches=found, total=len(found), pages=1, facets={}, years=None)


def _like_public(question: Question) -> Results:
    try:
        return answer(question)
    except QuestionError as refused:
        if set(refused.errors) == {"like"}:  # it is there, but has no vectors of the present model yet
            return Results(question=question, matches=(), total=0, pages=1, facets={}, years=None)
        raise


def page_of_matches(request: Request, results: Results, address: Callable[[int], str]) -> dict[str, Any]:
    """A page of look-alikes as JSON."""
    found: Any = results.matches
    shown = MatchSerializer(found, many=True, context={"request": request}).data
    return page_of(list(shown), count=results.total, page=results.question.page, last=results.pages, address=address)


def unstored(response: Response) -> Response:
    """Nobody on the way keeps what has to do with a visitor's photo."""
    patch_cache_control(response, private=True, no_store=True)
    return response
