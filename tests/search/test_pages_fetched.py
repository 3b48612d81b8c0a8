"""A photo by its address, on the page: asked for only where hosts are allowed; then as any photo."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from search import fetching
from search.models import Photo
from tests.factories import make_painting, picture_bytes
from tests.search.far_hosts import HOST, OTHER_HOST, STRANGER, FarHost, leads_to, sends, serving

pytestmark = pytest.mark.django_db

ADDRESS = f"https://{HOST}/paintings/sea.png"


@pytest.fixture
def far(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[FarHost]:
    """The only host that is allowed, and all of the internet."""
    settings.PHOTO_HOSTS = [HOST]
    with serving(HOST, STRANGER) as host:
        host.answers["/paintings/sea.png"] = sends(picture_bytes(5))
        monkeypatch.setattr(fetching, "INTERNET", host.network())
        yield host


def ask(client: Client, address: str = ADDRESS, *, path: str = "/search/", **fields: Any) -> Any:
    return client.post(path, {"address": address, **fields})


def refusal(response: Any) -> str:
    found = re.search(r'id="refused"[^>]*>(.*?)</p>', response.content.decode(), re.S)
    return found.group(1) if found else ""


def test_a_picture_by_its_address_leads_to_its_results(client: Client, far: FarHost) -> None:
    make_painting("A painting")
    response = ask(client, f"  {ADDRESS} ")
    assert response.status_code == 303
    assert re.fullmatch(r"/search/\?photo=[0-9a-f]{32}", response.headers["Location"])
    html = client.get(response.headers["Location"]).content.decode()
    assert "Paintings like your photo" in html
    assert far.asked == [(HOST, "/paintings/sea.png")]


def test_conditions_stay_in_force(client: Client, far: FarHost) -> None:
    where = ask(client, path="/search/?style=cubism&like=3").headers["Location"]
    assert re.fullmatch(r"/search/\?photo=[0-9a-f]{32}&style=cubism", where)


def test_the_form_says_which_hosts(client: Client, far: FarHost, settings: Any) -> None:
    settings.PHOTO_HOSTS = [HOST, "b.example", OTHER_HOST]
    html = client.get("/search/").content.decode()
    assert 'type="url"' in html
    assert f"From {HOST}, b.example or {OTHER_HOST}." in html


def test_without_hosts_nobody_is_asked_for_an_address_and_none_is_fetched(
    client: Client, far: FarHost, settings: Any
) -> None:
    settings.PHOTO_HOSTS = []
    assert 'type="url"' not in client.get("/search/").content.decode()
    response = ask(client)
    assert response.status_code == 400
    assert "No photo has arrived" in refusal(response)
    assert far.looked_up == []


def test_a_file_comes_before_an_address(client: Client, far: FarHost) -> None:

    assert ask(client, photo=SimpleUploadedFile("a.png", picture_bytes(6))).status_code == 303
    assert far.asked == []


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        (f"https://{STRANGER}/a.png", f"fetched from {HOST} only"),
        (f"http://{HOST}/a.png", "https://"),
        ("https://169.254.169.254/latest/", f"fetched from {HOST} only"),
        ("my picture", "no address"),
        (f"https://{HOST}/lost.png", "answered 404"),
        (f"https://{HOST}/away", f"fetched from {HOST} only"),
        (f"https://{HOST}/letter.png", "“letter.png” is a text file, not a picture"),
        (f"https://{HOST}/<script>.png", "answered 404"),
    ],
)
def test_what_is_refused_is_told_and_not_lost(client: Client, far: FarHost, address: str, sentence: str) -> None:
    far.answers["/away"] = leads_to(f"https://{STRANGER}/a.png")
    far.answers["/letter.png"] = sends(b"Dear museum,\n" * 9)
    response = ask(client, address)
    assert response.status_code == 400
    assert sentence in refusal(response)
    assert "<script>" not in response.content.decode()
    assert f'value="{address.replace("<", "&lt;").replace(">", "&gt;")}"' in response.content.decode()
    assert Photo.objects.count() == 0


def test_the_limits_are_those_of_any_photo(client: Client, far: FarHost, settings: Any) -> None:
    settings.MAX_PHOTO_BYTES = 1000
    assert "more than" in refusal(ask(client))
    settings.MAX_PHOTO_BYTES, settings.MAX_PHOTO_PIXELS = 2**20, 100
    assert "more than the 100 that are accepted" in refusal(ask(client))


def test_many_in_a_short_time_have_to_wait_and_are_not_fetched(client: Client, far: FarHost, settings: Any) -> None:
    rest = settings.REST_FRAMEWORK
    settings.REST_FRAMEWORK = {**rest, "DEFAULT_THROTTLE_RATES": {**rest["DEFAULT_THROTTLE_RATES"], "photo": "1/min"}}
    assert ask(client).status_code == 303
    assert ask(client).status_code == 429
    assert len(far.asked) == 1


def test_the_form_is_guarded_against_other_sites(far: FarHost) -> None:
    assert ask(Client(enforce_csrf_checks=True)).status_code == 403
    assert far.asked == []
