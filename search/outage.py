"""When the database, the index or the model is out of order: a sentence and a 503 that says “later”, not a 500."""

import logging
from collections.abc import Callable

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy

from search.indexes.base import IndexUnavailable
from vectorizer.encoder import ArtifactError

SECONDS = 10  # until it is worth trying again
SENTENCE = gettext_lazy("Pendant is busy or being repaired. Please try again in a moment.")

logger = logging.getLogger(__name__)


class OutageMiddleware:
    """A database that is locked (after its timeout) or gone, an index that is, a damaged model: logged and told."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """The answer; None for every other exception, which is a fault of ours."""
        if not isinstance(problem, OperationalError | IndexUnavailable | ArtifactError):
            return None
        logger.error("%s could not be answered: %s", request.path, problem, exc_info=problem)
        headers = {"Retry-After": str(SECONDS), "Cache-Control": "no-store"}
        if request.path.startswith("/api/"):
            return JsonResponse({"detail": str(SENTENCE)}, status=503, headers=headers)
        return HttpResponse(render_to_string("503.html"), status=503, headers=headers)
