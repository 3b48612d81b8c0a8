"""A visitor's photo by its address, fetched from the hosts that the operator names and from nowhere else.

The browser never asks them: the server does, so neither the visitor's address nor a cookie goes there.
"""

import logging
import re
import ssl
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import PurePosixPath
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

from django.conf import settings
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from search.listing import listed
from search.reaching import INTERNET, Network, NotPublic

SECONDS = 15.0  # for all of it, redirects included
REDIRECTS = 3
LENGTH = 2000  # of an address
CHUNK = 2**16
HEADERS = {"Accept": "image/*", "Accept-Encoding": "identity", "User-Agent": "Pendant", "Connection": "close"}
MOVED = (301, 302, 303, 307, 308)
_NO_CHARACTER = re.compile(r"[\x00-\x20\x7f]")
_HOST = re.compile(r"(?:[a-z0-9_][a-z0-9_-]{0,62}\.)+[a-z][a-z0-9-]{0,62}")
_ANEW = gettext_lazy("Please save the picture and choose its file.")

logger = logging.getLogger(__name__)


class FetchRefused(ValueError):
    """The picture isn't fetched, or couldn't be; the text is for the visitor: these sentences, in their language."""

    def __init__(self, *sentences: str | Promise) -> None:
        super().__init__(" ".join(map(str, sentences)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """A file and the name at the end of its address. What is in it nobody has looked at."""

    data: bytes
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A checked address: `target` is what the host is asked for."""

    url: str
    host: str
    target: str


def hosts() -> tuple[str, ...]:
    """The hosts that pictures are fetched from, in their order; none: no picture is."""
    names = [_ascii(host.strip()) for host in settings.PHOTO_HOSTS]
    return tuple(dict.fromkeys(filter(None, names)))


def fetch(address: str, *, limit: int, network: Network | None = None, seconds: float = SECONDS) -> Fetched:
    """The file at an address, of at most `limit` bytes, in at most so many seconds.

    Raises FetchRefused for everything that isn't HTTPS on its usual port at one of `hosts()`, redirects included.
    """
    deadline = time.monotonic() + seconds
    place = _place(address, hosts())
    for _attempt in range(1 + REDIRECTS):
        with _asked(place, network or INTERNET, deadline) as answer:
            if answer.status not in MOVED:
                return Fetched(data=_body(answer, place, limit), name=_name(place))
            place = _place(urljoin(place.url, answer.headers.get("Location", "")), hosts())
    raise FetchRefused(_("This address leads on and on, and never to a picture."), _ANEW)


def is_host(text: str) -> bool:
    """Whether this may stand in PHOTO_HOSTS: a full name, without a scheme, a port or a path, and no IP address."""
    return bool(_HOST.fullmatch(_ascii(text.strip())))


def _place(address: str, allowed: Sequence[str]) -> _Place:
    parts = _parts(address.strip())
    host = _ascii(parts.hostname or "")
    if host not in allowed:
        if not allowed:
            raise FetchRefused(_("Pictures are fetched from nowhere."), _ANEW)
        sentence = _("Pictures are fetched from %(hosts)s only.")
        raise FetchRefused(sentence % {"hosts": listed(allowed)}, _ANEW)
    target = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    if parts.query:
        target += "?" + quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return _Place(url=f"https://{host}{target}", host=host, target=target)


def _parts(address: str) -> SplitResult:
    """The parts of an address; FetchRefused where it has any that it may not have."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if len(address) > LENGTH or _NO_CHARACTER.search(address) or not parts.netloc:
        raise FetchRefused(_("This is no address of a picture: “Copy image address” in a picture’s menu gives one."))
    if parts.scheme != "https":
        raise FetchRefused(_("Pictures are fetched by HTTPS only: the address must begin with https://."))
    if port not in (None, 443) or parts.username is not None or parts.password is not None:
        raise FetchRefused(_("The address must have no port, no name and no password in it."))
    return parts


@contextmanager
def _asked(place: _Place, network: Network, deadline: float) -> Iterator[HTTPResponse]:
    """The answer to a question for this place; all that goes wrong on the way as a refusal."""
    try:
        with network.reach(place.host, deadline).socket as secured:
            connection = HTTPConnection(place.host)
            connection.sock = secured
            connection.request("GET", place.target, headers={**HEADERS, "Host": place.host})
            with connection.getresponse() as answer:
                yield answer
    except NotPublic as problem:
        logger.warning("A visitor's picture was not fetched: %s", problem)
        raise FetchRefused(_of(place, _("%(host)s can’t be asked for pictures from here.")), _ANEW) from problem
    except ssl.SSLCertVerificationError as problem:
        logger.warning("%s has a certificate that is not trusted: %s", place.host, problem)
        raise FetchRefused(_of(place, _("%(host)s could not prove that it is %(host)s.")), _ANEW) from problem
    except TimeoutError as problem:
        raise FetchRefused(_of(place, _("%(host)s took too long to send it.")), _ANEW) from problem
    except (OSError, HTTPException) as problem:
        logger.info("%s could not be asked for a picture: %s", place.host, problem)
        raise FetchRefused(_of(place, _("%(host)s did not send it. Please try again in a moment."))) from problem


def _body(answer: HTTPResponse, place: _Place, limit: int) -> bytes:
    if answer.status != 200:
        sentence = _("%(host)s has no picture at this address (it answered %(status)d).")
        raise FetchRefused(sentence % {"host": place.host, "status": answer.status})
    if answer.headers.get_content_maintype() == "text":
        raise FetchRefused(
            _("There is a page at this address: “Copy image address” in the picture’s menu gives the picture’s own.")
        )
    if answer.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise FetchRefused(_of(place, _("%(host)s sent it packed, which was not asked for.")), _ANEW)
    sentence = _("This picture has more than the %(most)s MB that are accepted.")
    too_large = FetchRefused(sentence % {"most": number_format(limit / 1e6, 0)})
    if (answer.length or 0) > limit:
        raise too_large
    data = bytearray()
    while chunk := answer.read(CHUNK):
        data += chunk
        if len(data) > limit:
            raise too_large
    return bytes(data)


def _of(place: _Place, sentence: str) -> str:
    return sentence % {"host": place.host}


def _name(place: _Place) -> str:
    return PurePosixPath(unquote(urlsplit(place.url).path)).name or place.host


def _ascii(host: str) -> str:
    """A host's name as the network has it; "" where it can't be one."""
    try:
        return host.lower().removesuffix(".").encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""
