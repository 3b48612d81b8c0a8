"""Pages travel compressed, also where no proxy stands before us; pictures and the API's answers go as they are."""

from typing import Any

from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware

COMPRESSED = ("text/html",)


class PagesMiddleware(GZipMiddleware):
    """Django's, which adds some random bytes against guessing what is secret by sizes (BREACH), for text alone."""

    def process_response(self, request: Any, response: Any) -> HttpResponseBase:
        if response.get("Content-Type", "").split(";")[0] not in COMPRESSED or response.streaming:
            return response  # type: ignore[no-any-return]
        compressed: HttpResponseBase = super().process_response(request, response)
        return compressed
