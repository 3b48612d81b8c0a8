"""A picture by its address: from the hosts of the list, by real TLS, within limits; else refused with a sentence."""

import time
from collections.abc import Iterator
from typing import Any

import pytest

from search import checks, fetching
from search.fetching import FetchRefused, fetch, hosts, is_host
from search.reaching import is_public
from tests.factories import picture_bytes
from tests.search.far_hosts import HOST, OTHER_HOST, STRANGER, FarHost, drips, leads_to, sends, serving

PICTURE = picture_bytes(3)
LIMIT = 100_000


@pytest.fixture(autouse=True)
def allowed(settings: Any) -> None:
    settings.PHOTO_HOSTS = [HOST, OTHER_HOST]


@pytest.fixture
def far() -> Iterator[FarHost]:
    with serving(HOST, OTHER_HOST, STRANGER) as host:
        host.answers["/a.png"] = sends(PICTURE)
        yield host


def fetched(far: FarHost, path: str = "/a.png", *, host: str = HOST, **limits: Any) -> fetching.Fetched:
    return fetch(f"https://{host}{path}", network=far.network(), **({"limit": LIMIT} | limits))


def refusal(far: FarHost, path: str = "/a.png", **options: Any) -> str:
    with pytest.raises(FetchRefused) as refused:
        fetched(far, path, **options)
    return str(refused.value)


class TestFetching:
    def test_a_picture_comes_with_its_name(self, far: FarHost) -> None:
        found = fetched(far)
        assert found.data == PICTURE
        assert found.name == "a.png"
        assert far.asked == [(HOST, "/a.png")]

    def test_the_address_is_asked_for_as_it_is_written(self, far: FarHost) -> None:
        path = "/thumb/%C3%A9t%C3%A9,_1,5x2(1).png?width=500&v=a%2Fb"
        far.answers[path] = sends(PICTURE)
        assert fetched(far, path).name == "été,_1,5x2(1).png"

    def test_letters_of_any_language_are_written_as_the_network_wants_them(self, far: FarHost) -> None:
        far.answers["/%C3%A9t%C3%A9.png?q=%C3%A9"] = sends(PICTURE)
        assert fetched(far, "/été.png?q=é").data == PICTURE

    def test_capitals_a_final_dot_and_the_usual_port_are_the_same_host(self, far: FarHost) -> None:
        for host in (HOST.upper(), f"{HOST}.", f"{HOST}:443"):
            assert fetched(far, host=host).data == PICTURE

    def test_what_stands_behind_a_hash_is_not_sent(self, far: FarHost) -> None:
        assert fetched(far, "/a.png#/media/File:A.png").data == PICTURE

    def test_nobody_is_told_who_asks(self, far: FarHost) -> None:
        fetched(far)
        assert {name.lower() for name in far.headers[0]} == {
            "host",
            "accept",
            "accept-encoding",
            "user-agent",
            "connection",
        }

    def test_a_picture_of_unknown_length_is_read_to_its_end(self, far: FarHost) -> None:
        far.answers["/a.png"] = sends(PICTURE, Content_Length="")
        assert fetched(far).data == PICTURE

    def test_without_a_name_the_host_is_its_name(self, far: FarHost) -> None:
        far.answers["/"] = sends(PICTURE)
        assert fetched(far, "").name == HOST


class TestWhere:
    @pytest.mark.parametrize(
        "address",
        [
            f"https://{STRANGER}/a.png",
            f"https://www.{HOST}/a.png",
            f"https://{HOST}.evil.example/a.png",
            f"https://evil{HOST}/a.png",
            "https://127.0.0.1/a.png",
            "https://[::1]/a.png",
            "https://localhost/a.png",
            "https://169.254.169.254/latest/meta-data/",
            f"https://{'a' * 300}.example/",
        ],
    )
    def test_other_hosts_are_never_asked(self, far: FarHost, address: str) -> None:
        with pytest.raises(FetchRefused, match=f"only from|from {HOST} and {OTHER_HOST} only"):
            fetch(address, limit=LIMIT, network=far.network())
        assert far.looked_up == []

    @pytest.mark.parametrize(
        "address",
        [
            f"http://{HOST}/a.png",
            f"ftp://{HOST}/a.png",
            f"//{HOST}/a.png",
            "file:///etc/passwd",
            f"https://{HOST}:8443/a.png",
            f"https://{HOST}:x/a.png",
            f"https://user@{HOST}/a.png",
            f"https://user:secret@{HOST}/a.png",
            f"https://evil.example\\@{HOST}/a.png",
            f"https://{HOST}/a b.png",
            f"https://{HOST}/a.png\r\nX-Evil: 1",
            f"https://{HOST}/\x00",
            f"https://{HOST}/{'a' * 3000}",
            "https://",
            "https://[/",
            "a.png",
            "",
        ],
    )
    def test_other_kinds_of_addresses_are_refused_before_anything_is_asked(self, far: FarHost, address: str) -> None:
        with pytest.raises(FetchRefused) as refused:
            fetch(address, limit=LIMIT, network=far.network())
        assert str(refused.value).endswith(".")
        assert far.looked_up == []

    def test_without_hosts_nothing_is_fetched(self, far: FarHost, settings: Any) -> None:
        settings.PHOTO_HOSTS = []
        assert "from nowhere" in refusal(far)

    def test_a_host_of_the_list_that_stands_for_a_private_address_is_not_asked(self, far: FarHost) -> None:
        with pytest.raises(FetchRefused, match="from here"):
            fetch(f"https://{HOST}/a.png", limit=LIMIT, network=far.network(allows=is_public))
        assert far.server_names == []

    def test_a_host_with_the_certificate_of_another_is_not_believed(self, settings: Any) -> None:
        with serving(STRANGER) as impostor:
            assert "could not prove" in refusal(impostor)
            assert impostor.asked == []

    def test_a_host_that_speaks_no_tls_is_not_asked(self) -> None:
        with serving(tls=False) as plain:
            assert "did not send it" in refusal(plain)
            assert plain.asked == []


class TestRedirects:
    def test_one_within_the_list_is_followed_and_looked_up_again(self, far: FarHost) -> None:
        far.answers["/old"] = leads_to(f"https://{OTHER_HOST}/new")
        far.answers["/new"] = leads_to("/a.png", 308)
        assert fetched(far, "/old").data == PICTURE
        assert far.asked == [(HOST, "/old"), (OTHER_HOST, "/new"), (OTHER_HOST, "/a.png")]
        assert far.looked_up == [HOST, OTHER_HOST, OTHER_HOST]

    @pytest.mark.parametrize(
        "address",
        [
            f"https://{STRANGER}/a.png",
            f"http://{HOST}/a.png",
            f"https://{HOST}:8443/a.png",
            "https://127.0.0.1/a.png",
            "https://169.254.169.254/",
            "file:///etc/passwd",
            f"//{STRANGER}/a.png",
        ],
    )
    def test_one_out_of_the_list_is_refused(self, far: FarHost, address: str) -> None:
        far.answers["/old"] = leads_to(address)
        refusal(far, "/old")
        assert far.asked == [(HOST, "/old")]
        assert far.looked_up == [HOST]

    def test_a_circle_ends(self, far: FarHost) -> None:
        far.answers["/old"] = leads_to("/old")
        assert "leads on and on" in refusal(far, "/old")
        assert len(far.asked) == 1 + fetching.REDIRECTS

    def test_one_without_an_address_is_a_circle(self, far: FarHost) -> None:
        far.answers["/old"] = sends(b"", 302)
        assert "leads on and on" in refusal(far, "/old")


class TestLimits:
    def test_a_picture_that_announces_too_much_is_not_read(self, far: FarHost) -> None:
        far.answers["/a.png"] = sends(PICTURE, Content_Length=str(10**12))
        assert "more than the 5 MB" in refusal(far, limit=5_000_000)

    def test_a_picture_that_has_more_than_it_says_is_not_read_to_its_end(self, far: FarHost) -> None:
        far.answers["/a.png"] = sends(bytes(3_000_000), Content_Length="")
        assert "more than the 1 MB" in refusal(far, limit=1_000_000)

    def test_exactly_the_limit_is_accepted(self, far: FarHost) -> None:
        assert fetched(far, limit=len(PICTURE)).data == PICTURE
        assert "more than" in refusal(far, limit=len(PICTURE) - 1)

    def test_a_server_that_sends_a_byte_now_and_then_is_given_up_in_time(self, far: FarHost) -> None:
        far.answers["/slow.png"] = drips(PICTURE, every=0.05)
        begun = time.monotonic()
        assert "took too long" in refusal(far, "/slow.png", seconds=0.5)
        assert time.monotonic() - begun < 40  # of the 50 that it would take

    def test_time_is_counted_over_redirects(self, far: FarHost) -> None:
        assert "took too long" in refusal(far, seconds=0)


class TestAnswers:
    @pytest.mark.parametrize("status", [204, 206, 400, 403, 404, 410, 500, 503])
    def test_another_answer_is_told(self, far: FarHost, status: int) -> None:
        far.answers["/a.png"] = sends(b"", status)
        assert f"answered {status}" in refusal(far)

    def test_a_page_is_no_picture(self, far: FarHost) -> None:
        far.answers["/File:A"] = sends(b"<html>", Content_Type="text/html; charset=utf-8")
        assert "a page" in refusal(far, "/File:A")

    def test_what_is_packed_is_not_unpacked(self, far: FarHost) -> None:
        far.answers["/a.png"] = sends(b"\x1f\x8b", Content_Encoding="gzip")
        assert "packed" in refusal(far)

    def test_an_answer_that_is_no_http_is_refused(self, far: FarHost) -> None:
        far.answers["/a.png"] = lambda request: request.wfile.write(b"SSH-2.0-OpenSSH_9.2\r\n") and None
        assert "did not send it" in refusal(far)


class TestHosts:
    def test_they_are_tidied(self, settings: Any) -> None:
        settings.PHOTO_HOSTS = [" Pictures.Example ", "pictures.example.", "", "bücher.example"]
        assert hosts() == ("pictures.example", "xn--bcher-kva.example")

    @pytest.mark.parametrize("text", ["upload.wikimedia.org", "a-b.example", "bücher.example"])
    def test_full_names_are_hosts(self, text: str) -> None:
        assert is_host(text)

    @pytest.mark.parametrize(
        "text",
        [
            "https://a.example",
            "a.example/b",
            "a.example:443",
            "*.a.example",
            "10.0.0.1",
            "::1",
            "localhost",
            "a b.c",
            "..",
        ],
    )
    def test_all_else_is_told_at_the_start(self, text: str, settings: Any) -> None:
        assert not is_host(text)
        settings.PHOTO_HOSTS = [text]
        assert [problem.id for problem in checks.values()] == ["search.E007"]
