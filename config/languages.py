"""In which language somebody reads: the one that was chosen with the switch, else the first that the browser asks for.

What is chosen is kept in a cookie, and for that alone; addresses are the same in every language.
"""

from typing import Any

from django.http.response import HttpResponseBase
from django.middleware.locale import LocaleMiddleware
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

NO_LANGUAGE = ("image/", "application/octet-stream")  # beginnings of media types


class LanguageMiddleware(LocaleMiddleware):
    """Django's, which tells caches of the header `Accept-Language` alone, although the cookie counts for more.

    Pictures say the same in every language: to them it adds nothing, so that a browser that has them keeps them.
    """

    def process_response(self, request: Any, response: Any) -> HttpResponseBase:
        if response.get("Content-Type", "").startswith(NO_LANGUAGE):
            return response  # type: ignore[no-any-return]
        told: HttpResponseBase = super().process_response(request, response)
        patch_vary_headers(told, ("Cookie",))
        return told


# Without a token: it stands on every page, none of which should need a cookie for that, and whoever forged it could
# change the language and nothing else. Only addresses of our own are led to afterwards.
switch = csrf_exempt(set_language)
