"""Only the public internet is reached, by the address that was judged, with the certificate of the name."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from ipaddress import ip_address

import pytest

from search import reaching
from search.reaching import INTERNET, Network, NotPublic, is_public
from tests.search.far_hosts import HOST, LOOPBACK, FarHost, serving, trusting

SOON = 60.0  # seconds
DRIPPING_SECONDS = 120.0  # unless the other side leaves


@pytest.fixture
def far() -> Iterator[FarHost]:
    with serving(HOST) as host:
        yield host


@pytest.mark.parametrize("address", ["8.8.8.8", "198.35.26.112", "2620:0:860:ed1a::2:b", "2a00:1450:4001:81b::200e"])
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(ip_address(address))


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.1.2.3",
        "100.100.100.200",
        "127.0.0.1",
        "127.8.8.8",
        "168.63.129.16",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.192",
        "192.168.1.1",
        "198.18.0.1",
        "203.0.113.7",
        "224.0.0.251",
        "239.1.1.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::8.8.8.8",
        "::ffff:8.8.8.8",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::10.0.0.1",
        "64:ff9b::8.8.8.8",
        "64:ff9b:1::a00:1",
        "100::1",
        "2001:db8::1",
        "2001::1",
        "2002:7f00:1::1",
        "2002:a00:1::",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%lo",
        "fec0::1",
        "ff02::1",
        "ff0e::1",
    ],
)
def test_private_local_and_disguised_addresses_are_not(address: str) -> None:
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "0x7f000001", "2130706433", "127.1"])
def test_this_machine_is_never_reached_by_any_of_its_names(name: str, far: FarHost) -> None:
    network = Network(port=far.port, trusted=trusting)
    with pytest.raises((NotPublic, socket.gaierror)):
        network.reach(name, time.monotonic() + SOON)
    assert not far.server_names


def test_one_private_address_among_public_ones_is_enough_to_refuse(far: FarHost) -> None:
    network = far.network(stands_for=["8.8.8.8", "10.0.0.7"], allows=is_public)
    with pytest.raises(NotPublic, match=r"10\.0\.0\.7"):
        network.reach(HOST, time.monotonic() + SOON)


def test_a_name_that_stands_for_nothing_is_refused(far: FarHost) -> None:
    with pytest.raises(NotPublic):
        far.network(stands_for=[]).reach(HOST, time.monotonic() + SOON)


def test_a_name_is_looked_up_once_and_that_address_is_connected_to(far: FarHost) -> None:
    with far.network().reach(HOST, time.monotonic() + SOON).socket as connection:
        assert connection.getpeername() == (LOOPBACK, far.port)
    assert far.looked_up == [HOST]


def test_the_server_is_told_the_name_and_its_certificate_must_have_it(far: FarHost) -> None:
    far.network().reach(HOST, time.monotonic() + SOON).socket.close()
    assert far.server_names == [HOST]
    with pytest.raises(ssl.SSLCertVerificationError, match="other"):
        far.network().reach("other.example", time.monotonic() + SOON)


def test_a_certificate_of_an_unknown_authority_is_refused(far: FarHost) -> None:
    network = far.network(trusted=ssl.create_default_context)
    with pytest.raises(ssl.SSLCertVerificationError):
        network.reach(HOST, time.monotonic() + SOON)


def test_the_next_address_is_tried_where_the_first_does_not_answer(far: FarHost) -> None:
    network = far.network(stands_for=["127.0.0.2", LOOPBACK], allows=lambda address: address.is_loopback)
    network.reach(HOST, time.monotonic() + SOON).socket.close()


def test_nobody_there_is_an_error(far: FarHost) -> None:
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))  # and doesn't listen
        network = Network(look_up=lambda _: [LOOPBACK], allows=lambda _: True, port=taken.getsockname()[1])
        with pytest.raises(ConnectionRefusedError):
            network.reach(HOST, time.monotonic() + SOON)


def test_a_handshake_that_never_ends_is_given_up() -> None:
    with socket.create_server((LOOPBACK, 0)) as silent:
        network = Network(look_up=lambda _: [LOOPBACK], allows=lambda _: True, port=silent.getsockname()[1])
        begun = time.monotonic()
        with pytest.raises(TimeoutError):
            network.reach(HOST, begun + 0.3)
        assert time.monotonic() - begun < SOON


def test_a_handshake_that_drips_is_given_up_in_time() -> None:
    with socket.create_server((LOOPBACK, 0)) as slow:
        thread = threading.Thread(target=_drip_record, args=(slow,))
        thread.start()
        network = Network(look_up=lambda _: [LOOPBACK], allows=lambda _: True, port=slow.getsockname()[1])
        begun = time.monotonic()
        with pytest.raises(TimeoutError):
            network.reach(HOST, begun + 0.5)
        assert time.monotonic() - begun < SOON < DRIPPING_SECONDS
        thread.join()


def _drip_record(server: socket.socket) -> None:
    """The head of a long TLS record, and then a byte at a time."""
    connection, _ = server.accept()
    with connection:
        connection.sendall(b"\x16\x03\x03\x40\x00")
        for _ in range(round(DRIPPING_SECONDS / 0.05)):
            try:
                connection.sendall(b"\x02")
            except OSError:
                return
            time.sleep(0.05)


def test_no_time_left_is_no_time_to_connect(far: FarHost) -> None:
    with pytest.raises(TimeoutError):
        far.network().reach(HOST, time.monotonic() - 1)


def test_by_default_it_is_the_internet_by_its_own_rules() -> None:
    assert (INTERNET.allows, INTERNET.look_up, INTERNET.port) == (is_public, reaching.look_up, 443)
    context = INTERNET.trusted()
    assert context.check_hostname
    assert context.verify_mode is ssl.CERT_REQUIRED
