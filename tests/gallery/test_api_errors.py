"""Whatever is wrong with a request, the answer is JSON that says so."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import SuspiciousOperation, TooManyFieldsSent
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import UnreadablePostError
from rest_framework.test import APIClient
from rest_framework.throttling import AnonRateThrottle

from gallery.api import errors
from gallery.api.bodies import ROOM_FOR_FIELDS
from tests.clients import signed_in
from tests.factories import picture_bytes

pytestmark = pytest.mark.django_db
PAINTINGS = "/api/v1/paintings/"


@pytest.fixture
def desk(curator: User) -> APIClient:
    return signed_in(curator)


def refused(response: Any, status: int) -> str:
    assert response.status_code == status
    assert response["Content-Type"] == "application/json"
    return " ".join(map(str, response.json().values()))


@pytest.mark.parametrize(
    "path", ["", "nothing/", "paintings/one/", "paintings/-1/", "artists/ü/", "paintings/1/2/3/", "x.html"]
)
@pytest.mark.parametrize("method", ["get", "post", "delete", "options"])
def test_an_address_that_is_none_is_not_found(method: str, path: str) -> None:
    response = getattr(APIClient(), method)("/api/v1/" + path)
    assert "nothing at this address" in refused(response, 404)


def test_a_forgotten_slash_is_pointed_out() -> None:
    assert "ends with a slash" in refused(APIClient().post("/api/v1/paintings"), 404)


@pytest.mark.parametrize("pk", [0, 2**31, 2**63, 10**30])
def test_an_id_that_is_no_paintings_is_not_found(pk: int) -> None:
    refused(APIClient().get(f"{PAINTINGS}{pk}/"), 404)
    refused(APIClient().get(f"{PAINTINGS}{pk}/similar/"), 404)


@pytest.mark.parametrize(
    ("method", "path"), [("put", ""), ("patch", ""), ("options", ""), ("trace", ""), ("post", "1/")]
)
def test_a_method_that_is_not_there_is_not_allowed(method: str, path: str) -> None:
    response = APIClient().generic(method.upper(), PAINTINGS + path)
    assert "not allowed" in refused(response, 405)
    assert "OPTIONS" not in response["Allow"]


def test_only_json_is_spoken() -> None:
    refused(APIClient().get(PAINTINGS, headers={"accept": "text/html"}), 406)


def test_a_body_of_another_type_is_not_read(desk: APIClient) -> None:
    for kind in ("text/xml", "application/x-www-form-urlencoded", "nonsense"):
        refused(desk.generic("POST", PAINTINGS, b"title=Harbour", content_type=kind), 415)


@pytest.mark.parametrize(
    "body", [b"{", b"\xff\xfe", b'{"title": NaN}', b"[" * 200_000, b'{"first_year": ' + b"9" * 5000 + b"}"]
)
def test_json_that_is_none_is_refused(desk: APIClient, body: bytes) -> None:
    assert "JSON" in refused(desk.generic("POST", PAINTINGS, body, content_type="application/json"), 400)


@pytest.mark.parametrize(
    "body", ['{"\\ud800": 1}', '{"rights": "\\ud800"}', '{"attributions": [{"artist": "a", "role": "\\ud800"}]}']
)
def test_halves_of_characters_are_refused_and_not_sent_back(body: str, desk: APIClient) -> None:
    response = desk.post(PAINTINGS, body, content_type="application/json")
    assert response.status_code == 400
    assert "?" in response.text


def test_a_form_that_is_none_is_refused(desk: APIClient) -> None:
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x"):
        refused(desk.generic("POST", PAINTINGS, b"no form", content_type=kind), 400)


def test_a_form_that_is_too_large_is_refused_before_it_is_read(desk: APIClient, settings: Any) -> None:
    settings.MAX_IMAGE_BYTES = 1000
    image = SimpleUploadedFile("large.png", b"x" * (ROOM_FOR_FIELDS + 1001))
    sentence = refused(desk.post(PAINTINGS, {"title": "Harbour", "image": image}, format="multipart"), 413)
    assert f"{ROOM_FOR_FIELDS + 1000:,} bytes" in sentence


def test_json_that_is_too_large_is_refused(desk: APIClient, settings: Any) -> None:
    body = json.dumps({"title": "x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE})
    assert "too large" in refused(desk.generic("POST", PAINTINGS, body, content_type="application/json"), 413)


def test_a_form_with_too_many_files_is_refused(desk: APIClient, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    files = {f"image{number}": SimpleUploadedFile("a.png", picture_bytes(1)) for number in range(3)}
    assert "too many files" in refused(desk.post(PAINTINGS, files, format="multipart"), 400)


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        (TooManyFieldsSent(), "too many fields"),
        (SuspiciousOperation(), "could not be read"),
        (UnreadablePostError(), "broke off"),
    ],
)
def test_what_django_would_answer_in_html_is_json(fault: Exception, sentence: str) -> None:
    response = errors.handle(fault, {})
    assert response is not None
    assert (response.status_code, sentence in response.data["detail"]) == (400, True)


def test_a_fault_of_our_own_is_not_hidden() -> None:
    assert errors.handle(KeyError("ours"), {}) is None


def test_who_asks_too_often_is_told_how_long_to_wait(monkeypatch: Any) -> None:
    monkeypatch.setattr(AnonRateThrottle, "get_rate", lambda self: "2/min")
    client = APIClient()
    for number in range(2):
        # The word of the client about its address counts nothing.
        assert client.get("/api/v1/styles/", headers={"X-Forwarded-For": f"10.0.0.{number}"}).status_code == 200
    response = client.get("/api/v1/styles/", headers={"X-Forwarded-For": "10.0.0.9"})
    refused(response, 429)
    assert 0 < int(response["Retry-After"]) <= 60
