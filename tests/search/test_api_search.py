"""The search by an image or a painting over HTTP."""

import json
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from rest_framework.test import APIClient

from gallery.models import Painting
from search.models import Photo
from search.throttle import PhotoThrottle
from tests.bad_files import BAD_FILES, LIMITS, BadFile
from tests.clients import signed_in
from tests.factories import make_image, make_painting, picture_bytes
from vectorizer import preparing

pytestmark = pytest.mark.django_db
SEARCH = "/api/v1/search/"


@pytest.fixture
def visitor() -> APIClient:
    return APIClient()


def photo(data: bytes | None = None, name: str = "photo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data or picture_bytes(5, size=(120, 90)))


def send(client: APIClient, **fields: Any) -> Any:
    return client.post(SEARCH, {"image": photo(), **fields}, format="multipart")


def prepared(title: str, data: bytes, **fields: Any) -> Painting:
    painting = make_painting(title, image=make_image(data), live=False, **fields)
    preparing.prepare([painting.image])
    return painting


def test_a_photo_of_a_painting_finds_it_with_a_similarity_of_one(visitor: APIClient) -> None:
    data = picture_bytes(5, size=(120, 90))
    painting = prepared("Harbour", data)
    make_painting("Other")
    response = send(visitor, image=photo(data))
    page = response.json()
    assert response.status_code == 200
    assert (page["count"], page["results"][0]["painting"]["id"]) == (2, painting.pk)
    assert (page["results"][0]["similarity"], page["results"][0]["distance"]) == (1.0, 0.0)
    assert list(page) == ["count", "next", "previous", "photo", "recognised", "results"]
    # The painting's own file: recognised by its checksum, with no local feature compared.
    recognised = page["recognised"]
    assert (recognised["painting"]["id"], recognised["inliers"]) == (painting.pk, 0)
    assert recognised["quad"] == [[0, 0], [1, 0], [1, 1], [0, 1]]


def test_the_pages_of_a_photo_follow_by_its_token(visitor: APIClient) -> None:
    for number in range(5):
        make_painting(f"Painting {number}", style="Cubism")
    make_painting("Other", style="Op Art")
    first = send(visitor, limit=2, style="cubism", feature="palette").json()
    second = visitor.get(first["next"]).json()
    third = visitor.get(second["next"]).json()
    ids = [match["painting"]["id"] for page in (first, second, third) for match in page["results"]]
    assert (first["count"], len(ids), len(set(ids)), third["next"]) == (5, 5, 5, None)
    assert first["photo"] == second["photo"] == third["photo"] == Photo.objects.get().token
    assert visitor.get(second["previous"]).json() == first


def test_nothing_of_a_photo_is_added_to_the_collection_or_kept_on_the_way(visitor: APIClient) -> None:
    make_painting()
    sent = send(visitor)
    again = visitor.get(SEARCH, {"photo": sent.json()["photo"]})
    listed = visitor.get("/api/v1/paintings/", {"photo": sent.json()["photo"]})
    assert Painting.objects.count() == 1
    for response in (sent, again, listed):
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]


def test_a_photo_that_is_too_old_is_no_longer_there(visitor: APIClient, settings: Any) -> None:
    make_painting()
    token = send(visitor).json()["photo"]
    settings.PHOTO_LIFETIME = timedelta(seconds=-1)
    response = visitor.get(SEARCH, {"photo": token})
    assert (response.status_code, list(response.json())) == (400, ["photo"])
    assert "no longer here" in response.json()["photo"][0]


@pytest.mark.parametrize("format", ["json", "multipart"])
def test_a_painting_is_searched_by_its_id(visitor: APIClient, format: str) -> None:
    asked, shown = make_painting("Asked"), make_painting("Shown", style="Cubism", display_date="1910")
    make_painting("Later", style="Cubism", display_date="1950")
    body = {"painting": asked.pk, "style": ["cubism"], "from": 1900, "to": 1920, "limit": 3, "q": "shown"}
    page = visitor.post(SEARCH, body, format=format).json()
    assert [match["painting"]["id"] for match in page["results"]] == [shown.pk]
    assert (page["photo"], page["next"]) == (None, None)


def test_the_pages_of_a_painting_follow_by_its_id(visitor: APIClient) -> None:
    asked = make_painting()
    for _ in range(3):
        make_painting()
    first = visitor.post(SEARCH, {"painting": asked.pk, "limit": 2}).json()
    assert first["next"].endswith(f"/search/?like={asked.pk}&limit=2&page=2")
    assert len(visitor.get(first["next"]).json()["results"]) == 1


@pytest.mark.parametrize("bad", BAD_FILES, ids=lambda bad: bad.name)
def test_a_bad_file_is_refused_with_its_own_sentence_and_nothing_is_kept(
    visitor: APIClient, settings: Any, bad: BadFile
) -> None:
    settings.MAX_IMAGE_BYTES, settings.MAX_IMAGE_PIXELS = LIMITS.max_bytes, LIMITS.max_pixels
    response = send(visitor, image=photo(bad.make(), bad.name) if bad.make() else SimpleUploadedFile(bad.name, b""))
    assert response.status_code == 400
    (sentence,) = response.json()["image"]
    assert sentence.startswith(("“", "The file"))
    assert not Photo.objects.exists()


@pytest.mark.parametrize(
    ("body", "field", "words"),
    [
        ({}, "detail", "Send an image"),
        ({"painting": None}, "detail", "Send an image"),
        ({"painting": "one"}, "painting", "integer"),
        ({"painting": 0}, "painting", "1"),
        ({"painting": 2**63}, "painting", "9223372036854775807"),
        ({"painting": 999}, "painting", "no painting 999"),
        ({"painting": 1, "image": "x"}, "image", "not a file"),
        ({"painting": 1, "likes": 2}, "likes", "There is no such field"),
        ({"painting": 1, "like": 2}, "like", "list"),
        ({"painting": 1, "like": ["x"]}, "like", "whole number"),
        ({"painting": 1, "part": "1,2"}, "part", "no part of a picture"),
        ({"part": "0,0,500,500", "colour": ["ff0000"]}, "part", "Name the painting"),
        ({"painting": 1, "colour": ["red"]}, "colour", "no colour"),
        ({"painting": 1, "nearness": "distant"}, "nearness", "not a valid choice"),
        ({"painting": 1, "per_artist": 21}, "per_artist", "20"),
        ({"painting": 1, "once": 2}, "once", "1"),
        ({"painting": 1, "sort": "best"}, "sort", "not a valid choice"),
        ({"painting": 1, "limit": 101}, "limit", "100"),
        ({"painting": 1, "feature": "taste"}, "feature", "no feature “taste”"),
        ({"painting": 1, "style": "cubism"}, "style", "list"),
        ({"painting": 1, "style": ["kubism"]}, "style", "no paintings"),
        ({"painting": 1, "artist": ["\0"]}, "artist", "Null"),
        ({"painting": 1, "q": "\ud800"}, "q", "urrogate"),
        ({"painting": 1, "from": 10**9}, "from", "9999"),
        ({"painting": 1, "from": 1900, "to": 1800}, "from", "after the last"),
    ],
)
def test_a_wrong_field_is_named(visitor: APIClient, body: dict[str, Any], field: str, words: str) -> None:
    response = visitor.generic("POST", SEARCH, json.dumps(body), content_type="application/json")
    assert response.status_code == 400
    assert list(response.json()) == [field]
    assert words in str(response.json()[field])


def test_an_image_and_a_painting_are_not_searched_at_once(visitor: APIClient) -> None:
    response = send(visitor, painting=make_painting().pk)
    assert response.json() == {"painting": ["Search by an image or by a painting, not by both."]}
    assert not Photo.objects.exists()


def test_a_photo_is_not_encoded_for_a_question_that_is_wrong(visitor: APIClient) -> None:
    assert send(visitor, style="kubism").status_code == 400
    assert not Photo.objects.exists()


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("", "painting"),
        ("?painting=x&photo=" + "0" * 32, "painting"),
        ("?part=0,0,500,500", "part"),
        ("?painting=1&feature=palette&weight.palette=1", "feature"),
        ("?unlike=99", "unlike"),
        ("?painting=99", "painting"),
        ("?photo=short", "photo"),
        ("?photo=" + "0" * 32, "photo"),
        ("?painting=1&size=4", "size"),
    ],
)
def test_a_wrong_parameter_is_named(visitor: APIClient, query: str, field: str) -> None:
    response = visitor.get(SEARCH + query)
    assert (response.status_code, list(response.json())) == (400, [field])


def test_a_draft_is_no_example_not_even_for_curators(visitor: APIClient, curator: User) -> None:
    draft = make_painting(state="draft")
    for client in (visitor, signed_in(curator)):
        assert list(client.post(SEARCH, {"painting": draft.pk}).json()) == ["painting"]


def test_photos_are_counted_and_pages_of_them_are_not(visitor: APIClient, monkeypatch: Any) -> None:
    make_painting()
    monkeypatch.setattr(PhotoThrottle, "get_rate", lambda self: "2/min")
    token = send(visitor).json()["photo"]
    assert send(visitor).status_code == 200
    response = send(visitor)
    assert (response.status_code, list(response.json())) == (429, ["detail"])
    assert visitor.get(SEARCH, {"photo": token}).status_code == 200


def test_metadata_of_a_photo_is_not_kept(visitor: APIClient) -> None:
    make_painting()
    picture, file = Image.new("RGB", (90, 60), "teal"), BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "at home"
    picture.save(file, "JPEG", exif=exif)
    assert send(visitor, image=photo(file.getvalue(), "photo.jpg")).status_code == 200
    assert b"at home" not in Photo.objects.get().open().read()
