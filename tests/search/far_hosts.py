"""Hosts that pictures are fetched from: real TLS servers on this machine, with certificates of an authority of ours."""

import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address

import trustme

from search.reaching import Address, Network

HOST, OTHER_HOST, STRANGER = "pictures.example", "other.example", "elsewhere.example"
LOOPBACK = "127.0.0.1"

Answer = Callable[[BaseHTTPRequestHandler], None]


@cache
def authority() -> trustme.CA:
    return trustme.CA()


def sends(data: bytes, status: int = 200, **headers: str) -> Answer:
    """A whole answer; names of headers with _ for -."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(status)
        for name, value in {"Content_Type": "image/png", "Content_Length": str(len(data)), **headers}.items():
            if value:
                request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        with suppress(OSError):  # who asked may have had enough
            request.wfile.write(data)

    return answer


def leads_to(address: str, status: int = 302) -> Answer:
    return sends(b"", status, Location=address)


def drips(data: bytes, every: float) -> Answer:
    """One byte after the other, each in time, and never an end."""

    def answer(request: BaseHTTPRequestHandler) -> None:
        request.send_response(200)
        request.send_header("Content-Type", "image/png")
        request.end_headers()
        with suppress(OSError):
            for number in range(1000):
                request.wfile.write(data[number : number + 1] or b".")
                request.wfile.flush()
                time.sleep(every)

    return answer


class FarHost:
    """A server. `asked` has what it was asked: the host it was taken for, and what for."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.answers: dict[str, Answer] = {}
        self.asked: list[tuple[str, str]] = []
        self.headers: list[Mapping[str, str]] = []
        self.server_names: list[str | None] = []
        self.looked_up: list[str] = []

    def network(
        self,
        *,
        stands_for: Sequence[str] = (LOOPBACK,),
        allows: Callable[[Address], bool] = lambda address: address == ip_address(LOOPBACK),
        trusted: Callable[[], ssl.SSLContext] | None = None,
    ) -> Network:
        """The way to it, in which every name stands for this machine and this machine counts as public."""

        def look_up(host: str) -> Sequence[str]:
            self.looked_up.append(host)
            return stands_for

        return Network(look_up=look_up, allows=allows, trusted=trusted or trusting, port=self.port)


def trusting() -> ssl.SSLContext:
    """As a machine that trusts our authority."""
    context = ssl.create_default_context()
    authority().configure_trust(context)
    return context


@contextmanager
def serving(*names: str, tls: bool = True) -> Iterator[FarHost]:
    """A server with a certificate for these names."""
    server = ThreadingHTTPServer((LOOPBACK, 0), _Handler)
    server.daemon_threads = True
    far = FarHost(server.server_address[1])
    server.far = far  # type: ignore[attr-defined]
    if tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority().issue_cert(*names).configure_cert(context)
        context.sni_callback = lambda _socket, name, _context: far.server_names.append(name)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield far
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    def handle(self) -> None:
        with suppress(OSError):  # a handshake that the other side broke off
            super().handle()

    def do_GET(self) -> None:
        far: FarHost = self.server.far  # type: ignore[attr-defined]
        far.asked.append((self.headers["Host"], self.path))
        far.headers.append(dict(self.headers))
        far.answers.get(self.path, sends(b"nothing", 404))(self)

    def log_message(self, *_: object) -> None:
        """Nothing."""
