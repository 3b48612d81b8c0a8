"""How often one visitor may send a photo: encoding one costs a hundred times what a page does."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from gallery.api.throttles import ForgivingThrottle


class PhotoThrottle(ForgivingThrottle):
    """`PHOTO_RATE` photos a visitor, counted in the shared cache: by account where there is one, else by address.

    For pages and for the API alike: `allow_request(request, view)`, then `wait()` in seconds.
    """

    scope = "photo"

    def get_rate(self) -> str | None:
        rate: str | None = settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"]["photo"]  # type: ignore[call-overload, index]
        return rate

    def get_cache_key(self, request: Any, view: Any) -> str:
        user = getattr(request, "user", None)
        who = f"user-{user.pk}" if user is not None and user.is_authenticated else self.get_ident(request)
        return self.cache_format % {"scope": self.scope, "ident": who}


class RegionsThrottle(PhotoThrottle):
    """As many paintings whose regions have to be looked at, which costs about as much; counted apart from photos."""

    scope = "regions"


def seconds_to_wait(request: HttpRequest, throttle: PhotoThrottle | None = None) -> int:
    """Count this photo, or whatever it counts; 0 if it may come, else how many seconds until the next one may."""
    throttle = throttle or PhotoThrottle()
    allowed = throttle.allow_request(request, None)  # type: ignore[arg-type]
    return 0 if allowed else max(1, round(throttle.wait() or 1))
