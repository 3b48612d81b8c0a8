"""What the API says of a photo in which a painting was recognised."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from gallery import journal
from gallery.models import Painting
from tests.search.gallery_wall import SmallEye, hang, photo, saved

pytestmark = pytest.mark.django_db
SEARCH = "/api/v1/search/"


@pytest.fixture
def visitor() -> APIClient:
    return APIClient()


@pytest.fixture
def harbour(eye: SmallEye) -> Painting:
    hang(1, "Another one", style="Cubism")
    return hang(2, "Harbour", artist="Vera Lund")


def send(client: APIClient, number: int, **fields: Any) -> Any:
    file = SimpleUploadedFile("wall.png", saved(photo(number).rgb))
    return client.post(SEARCH, {"image": file, **fields}, format="multipart").json()


def test_a_photo_of_a_painting_on_a_wall_is_recognised(visitor: APIClient, harbour: Painting) -> None:
    page = send(visitor, 2)
    recognised = page["recognised"]
    assert recognised["painting"] == visitor.get(f"/api/v1/paintings/{harbour.pk}/").json()
    assert recognised["inliers"] >= 10
    assert recognised["quad"] == [pytest.approx(corner, abs=0.02) for corner in photo(2).corners]
    assert page["results"][0]["painting"]["id"] == harbour.pk


def test_further_questions_about_the_photo_say_so_again(visitor: APIClient, harbour: Painting) -> None:
    page = send(visitor, 2, style="cubism", limit=1)
    again = visitor.get(f"{SEARCH}?photo={page['photo']}&feature=palette").json()
    assert page["recognised"]["painting"]["id"] == harbour.pk
    assert [match["painting"]["title"] for match in page["results"]] == ["Another one"]
    assert again["recognised"] == page["recognised"]


def test_nothing_is_claimed_where_nothing_was_recognised(visitor: APIClient, harbour: Painting) -> None:
    assert send(visitor, 9)["recognised"] is None
    assert visitor.get(f"{SEARCH}?painting={harbour.pk}").json()["recognised"] is None


def test_a_painting_that_is_withdrawn_is_no_longer_named(visitor: APIClient, harbour: Painting) -> None:
    token = send(visitor, 2)["photo"]
    with journal.writing():
        harbour.state = Painting.State.WITHDRAWN
        harbour.save()
    assert visitor.get(f"{SEARCH}?photo={token}").json()["recognised"] is None


def test_the_feature_that_recognises_is_listed_with_its_role_and_may_be_asked_for(
    visitor: APIClient, harbour: Painting, eye: SmallEye
) -> None:
    features = visitor.get("/api/v1/features/").json()["results"]
    roles = [(feature["name"], feature["role"]) for feature in features]
    assert roles == [(feature.name, feature.role) for feature in eye.card.features]
    assert {name for name, role in roles if role == "identity"} == {"copy128"}
    page = send(visitor, 2, feature="copy128")
    assert page["results"][0]["painting"]["id"] == harbour.pk
    weighted = visitor.get(f"/api/v1/paintings/?like={harbour.pk}&weight.copy128=2&weight.palette=1")
    assert weighted.status_code == 200
