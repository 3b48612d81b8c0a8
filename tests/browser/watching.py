"""A watch on a browser: what it loads and from where, and every error that it reports."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, Response, WebError

LOCAL_SCHEMES = ("data", "blob", "about")
SAID_BY_RESPONSES = "Failed to load resource: the server responded with a status of"
LEFT = "net::ERR_ABORTED"  # the visitor went on before it had come
CUT_OFF = "net::ERR_FAILED"  # the test let nothing through
# The browser leaves out its own transition between two pages where the styles of the next one come late.
SPARED = ("Transition was aborted because of invalid state", "Transition was skipped")
SAID_OF_NO_CONNECTION = (f"Failed to load resource: {CUT_OFF}", "htmx:sendError")
OVERTAKEN = ("htmx:sendAbort", "htmx:afterRequest")  # htmx on a question that was followed by another at once


@dataclass(kw_only=True)
class Watch:
    """Errors on the console (the Content-Security-Policy's among them), answers of 400 and above, other hosts."""

    host: str
    problems: list[str] = field(default_factory=list)
    _expected: set[int] = field(default_factory=set)
    _is_cut_off: bool = False

    def over(self, context: BrowserContext) -> None:
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)
        context.on("requestfailed", self._failed)
        context.on("response", self._response)

    def expects(self, *statuses: int) -> None:
        """These answers are what the test is about."""
        self._expected.update(statuses)

    def expects_no_connection(self) -> None:
        """Requests that the test cuts off, whenever that is told of, are what it is about."""
        self._is_cut_off = True

    def _console(self, message: ConsoleMessage) -> None:
        known = (SAID_BY_RESPONSES, *OVERTAKEN, *(SAID_OF_NO_CONNECTION if self._is_cut_off else ()))
        if message.type == "error" and not message.text.startswith(known):
            self.problems.append(f"{_place(message)}: the console says: {message.text}")

    def _error(self, error: WebError) -> None:
        if not str(error.error).startswith(SPARED):
            self.problems.append(f"A script failed: {error.error}")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in LOCAL_SCHEMES and address.netloc != self.host:
            self.problems.append(f"{request.url} is on another host")

    def _failed(self, request: Request) -> None:
        if request.failure != LEFT and not (self._is_cut_off and request.failure == CUT_OFF):
            self.problems.append(f"{request.method} {request.url} failed: {request.failure}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self._expected:
            self.problems.append(f"{response.request.method} {response.url} was answered with {response.status}")


def _place(message: ConsoleMessage) -> str:
    return str(message.location.get("url", "")) if message.location else ""
