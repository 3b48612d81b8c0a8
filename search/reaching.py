"""Connecting to a server on the public internet, and only there.

What a name stands for is looked up once and judged, and that very address is connected to. So no name leads into the
operator's own network, whatever it stands for later.
"""

import socket
import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Any

Address = IPv4Address | IPv6Address

CONNECT_SECONDS = 5.0  # for each address that a name stands for
_LEAST_SECONDS = 0.001  # 0 would mean: don't wait, and None: for ever

# All of IPv6 that is routed today. Outside of it lie loopback, link-local, site-local, unique local and multicast, and
# the forms in which an IPv4 address hides: mapped, compatible, and translated (64:ff9b::/96).
_UNICAST = IPv6Network("2000::/3")
_SIX_TO_FOUR = IPv6Network("2002::/16")  # an IPv4 address hides in it, too
# Where clouds answer their own machines, in spite of the addresses' looks. The others' are private or link-local.
_OF_CLOUDS = (IPv4Network("192.0.0.0/24"), IPv4Network("168.63.129.16/32"))


class NotPublic(OSError):
    """A name stands for an address that isn't on the public internet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """A connection whose certificate is that of `host`. What reads it gets TimeoutError after the time it was given."""

    host: str
    socket: ssl.SSLSocket


def is_public(address: Address) -> bool:
    """Whether an address is one machine's on the public internet."""
    if isinstance(address, IPv6Address):
        return address in _UNICAST and address not in _SIX_TO_FOUR and address.is_global
    known = any(address in network for network in _OF_CLOUDS)
    return address.is_global and not address.is_multicast and not known


def look_up(host: str) -> list[str]:
    """The addresses that a name stands for. Raises OSError."""
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """How servers are reached. Only tests have another than `INTERNET`: they look up names of servers of their own."""

    look_up: Callable[[str], Sequence[str]] = look_up
    allows: Callable[[Address], bool] = is_public
    trusted: Callable[[], ssl.SSLContext] = ssl.create_default_context
    port: int = 443

    def reach(self, host: str, deadline: float) -> Reached:
        """Connect by TLS, for use until `deadline` (of `time.monotonic`).

        Raises NotPublic where the name stands for any address that isn't, ssl.SSLCertVerificationError where the
        certificate isn't the name's, TimeoutError, and other OSErrors.
        """
        addresses = [ip_address(text) for text in self.look_up(host)]
        refused = [address for address in addresses if not self.allows(address)]
        if refused or not addresses:
            raise NotPublic(f"{host} stands for {', '.join(map(str, refused)) or 'nothing'}.")
        context = self.trusted()
        context.sslsocket_class = _Timed
        plain = _connected(addresses, self.port, deadline)
        try:
            plain.settimeout(_left(deadline))  # of the whole handshake
            secured = context.wrap_socket(plain, server_hostname=host)
        except BaseException:
            plain.close()
            raise
        secured.deadline = deadline  # type: ignore[attr-defined]
        return Reached(host=host, socket=secured)


INTERNET = Network()


class _Timed(ssl.SSLSocket):
    """Reading ends at the deadline, however often a slow server sends another byte."""

    deadline: float

    def recv_into(self, buffer: Any, nbytes: int | None = None, flags: int = 0) -> int:
        self.settimeout(_left(self.deadline))
        return super().recv_into(buffer, nbytes, flags)


def _connected(addresses: Sequence[Address], port: int, deadline: float) -> socket.socket:
    """To the first of these that answers. Raises OSError."""
    problem: OSError = TimeoutError("There was no time left to connect.")
    for address in addresses:
        try:
            return socket.create_connection((str(address), port), min(CONNECT_SECONDS, _left(deadline)))
        except OSError as error:
            problem = error
    raise problem


def _left(deadline: float) -> float:
    """Seconds; raises TimeoutError where there are none."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("The time is over.")
    return max(_LEAST_SECONDS, left)
