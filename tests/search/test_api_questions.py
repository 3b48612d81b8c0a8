"""The whole question over HTTP: the same words for the list of paintings, for look-alikes, and for a search."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from gallery.models import Painting
from search.models import Photo
from search.nearness import Nearness
from search.throttle import PhotoThrottle
from tests.factories import make_image, make_painting, picture_bytes
from tests.search.gallery_wall import SmallEye, drawn, saved
from tests.search.test_shaping import CENTRE, at
from vectorizer.models import EncoderModel

pytestmark = pytest.mark.django_db
API = "/api/v1"


@pytest.fixture
def visitor() -> APIClient:
    return APIClient()


@pytest.fixture
def wall() -> dict[str, Painting]:
    """The example, and four paintings further and further from it; the near ones are one artist's."""
    makers = {"Example": (), "Near": "A", "Nearer to far": "A", "Far": "B", "Farthest": "C"}
    distances = {"Near": 0.4, "Nearer to far": 0.9, "Far": 1.1, "Farthest": 1.4}
    return {
        title: make_painting(
            title, artist=artist, vectors=at(distances[title]) if title in distances else {"common512": CENTRE}
        )
        for title, artist in makers.items()
    }


def found(client: APIClient, path: str) -> list[str]:
    response = client.get(API + path)
    assert response.status_code == 200, response.json()
    results = response.json()["results"]
    return [(each.get("painting") or each)["title"] for each in results]


WAYS = ("/paintings/?like={}&", "/paintings/{}/similar/?", "/search/?painting={}&", "/search/?like={}&")


@pytest.mark.parametrize("way", WAYS)
def test_every_way_to_look_alikes_takes_the_same_words(visitor: APIClient, wall: dict[str, Painting], way: str) -> None:
    path = way.format(wall["Example"].pk)
    far = wall["Far"].pk
    assert found(visitor, path) == ["Near", "Nearer to far", "Far", "Farthest"]
    assert found(visitor, path + "nearness=copy") == ["Near"]
    assert found(visitor, path + "per_artist=1") == ["Near", "Far", "Farthest"]
    assert found(visitor, path + "sort=title&once=1") == ["Far", "Farthest", "Near", "Nearer to far"]
    assert found(visitor, path + f"unlike={far}") == ["Near", "Nearer to far", "Farthest"]
    assert found(visitor, path + f"like={wall['Farthest'].pk}")[0] == "Nearer to far"
    assert len(found(visitor, path + "colour=8c2f1b:30&colour=e8d9b0")) == 4
    assert found(visitor, path + "weight.palette=1&weight.common512=1000")[0] == "Near"


@pytest.mark.parametrize("path", ["/paintings/?", "/search/?"])
def test_colours_and_examples_against_need_no_other_example(
    visitor: APIClient, wall: dict[str, Painting], path: str
) -> None:
    assert found(visitor, f"{path}unlike={wall['Example'].pk}")[0] == "Farthest"
    assert len(found(visitor, f"{path}colour=ff0000")) == 5


def test_each_look_alike_is_said_to_be_near_in_a_word(visitor: APIClient, wall: dict[str, Painting]) -> None:
    thresholds = EncoderModel.current().card.thresholds["common512"]
    page = visitor.get(f"{API}/search/?like={wall['Example'].pk}").json()
    for match in page["results"]:
        words = [word for word in list(Nearness)[:3] if match["similarity"] >= thresholds[word]]
        assert match["nearness"] == (words[0] if words else "distant")
    against = visitor.get(f"{API}/search/?like={wall['Example'].pk}&unlike={wall['Far'].pk}").json()
    assert {match["nearness"] for match in against["results"]} == {None}


@pytest.mark.parametrize("way", WAYS)
def test_the_next_page_is_of_the_same_question(visitor: APIClient, wall: dict[str, Painting], way: str) -> None:
    size = "size" if way.startswith("/paintings/?") else "limit"
    question = f"unlike={wall['Far'].pk}&weight.common512=2&weight.palette=0.001&once=1&per_artist=3&{size}=1"
    path = way.format(wall["Example"].pk) + question
    titles = []
    address: str | None = API + path
    while address:
        page = visitor.get(address).json()
        titles += [(each.get("painting") or each)["title"] for each in page["results"]]
        address = page["next"]
    assert titles == ["Near", "Nearer to far", "Farthest"]
    assert page["count"] == 3


class TestParts:
    @pytest.fixture
    def drawings(self, eye: SmallEye) -> Iterator[list[Painting]]:
        """Two drawn paintings; the second is a part of the first."""
        whole = drawn(1)
        height, width = whole.shape[:2]
        part = np.ascontiguousarray(whole[: height // 2, : width // 2])
        yield [
            make_painting(title, image=make_image(saved(picture)), vectors=dict(eye.see(picture)))
            for title, picture in (("Whole", whole), ("Part", part), ("Other", drawn(2)))
        ]

    def test_a_part_of_a_painting_finds_what_is_like_that_part(
        self, visitor: APIClient, drawings: list[Painting]
    ) -> None:
        pk = drawings[0].pk
        for path in (
            f"/paintings/{pk}/similar/?part=0,0,500,500",
            f"/search/?painting={pk}&part=0,0,500,500",
            f"/search/?like={pk}~0,0,500,500",
            f"/paintings/?like={pk}~0,0,500,500",
        ):
            assert found(visitor, path)[0] == "Part", path
        page = visitor.get(f"{API}/search/?like={pk}~0,0,500,500").json()
        assert page["results"][0]["similarity"] > 0.9

    def test_a_part_is_kept_by_the_next_page(self, visitor: APIClient, drawings: list[Painting]) -> None:
        pk = drawings[0].pk
        first = visitor.get(f"{API}/paintings/{pk}/similar/?part=0,0,500,500&limit=1").json()
        assert first["next"].endswith(f"/paintings/{pk}/similar/?part=0,0,500,500&limit=1&page=2")
        first = visitor.get(f"{API}/search/?painting={pk}&part=0,0,500,500&limit=1").json()
        assert first["next"].endswith(f"/search/?like={pk}~0,0,500,500&limit=1&page=2")

    @pytest.mark.parametrize("format", ["json", "multipart"])
    def test_it_may_be_sent(self, visitor: APIClient, drawings: list[Painting], format: str) -> None:
        body = {"painting": drawings[0].pk, "part": "0,0,500,500", "unlike": [drawings[2].pk], "once": 1}
        response = visitor.post(f"{API}/search/", body, format=format)
        assert [match["painting"]["title"] for match in response.json()["results"]] == ["Part"]

    def test_a_part_of_an_image_that_is_sent_is_compared(self, visitor: APIClient, drawings: list[Painting]) -> None:
        image = SimpleUploadedFile("photo.png", saved(drawn(1)))
        body = {"image": image, "part": "0,0,500,500"}
        page = visitor.post(f"{API}/search/", body, format="multipart").json()
        assert page["photo"] == Photo.objects.get().token
        assert page["results"][0]["painting"]["title"] == "Part"
        assert page["results"][0]["similarity"] > 0.9
        assert page["next"] is None

    def test_parts_that_have_to_be_encoded_are_counted_like_photos(
        self, visitor: APIClient, drawings: list[Painting], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(PhotoThrottle, "get_rate", lambda self: "1/min")
        path = f"{API}/paintings/{drawings[0].pk}/similar/?part=0,0,500,500"
        assert visitor.get(path).status_code == 200
        assert visitor.get(path).status_code == 200  # it is known now
        response = visitor.get(path.replace("500,500", "500,501"))
        assert (response.status_code, list(response.json())) == (429, ["detail"])
        assert 0 < int(response["Retry-After"]) <= 60


def test_several_photos_are_examples_together_and_none_is_kept_on_the_way(visitor: APIClient) -> None:
    make_painting("Some painting")
    tokens = []
    for number in range(2):
        image = SimpleUploadedFile("photo.png", picture_bytes(number, size=(90, 60)))
        tokens.append(visitor.post(f"{API}/search/", {"image": image}, format="multipart").json()["photo"])
    for path in (
        f"/search/?photo={tokens[0]}&photo={tokens[1]}",
        f"/paintings/?photo={tokens[0]}&unlike_photo={tokens[1]}",
        f"/paintings/{Painting.objects.get().pk}/similar/?unlike_photo={tokens[1]}",
    ):
        response = visitor.get(API + path)
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]


def test_what_is_less_near_to_an_image_that_is_sent_than_asked_is_left_out(visitor: APIClient) -> None:
    make_painting("Some painting")
    body = {"image": SimpleUploadedFile("photo.png", picture_bytes(5, size=(90, 60)))}
    count = visitor.post(f"{API}/search/", body, format="multipart").json()["count"]
    body = {"image": SimpleUploadedFile("photo.png", picture_bytes(5, size=(90, 60))), "nearness": "copy"}
    page = visitor.post(f"{API}/search/", body, format="multipart").json()
    assert (count, page["count"], page["results"]) == (1, 0, [])


def test_a_photo_and_other_examples_can_be_sent_at_once(visitor: APIClient, wall: dict[str, Painting]) -> None:
    image = SimpleUploadedFile("photo.png", picture_bytes(5, size=(90, 60)))
    body: dict[str, Any] = {"image": image, "like": [wall["Near"].pk], "unlike": [wall["Far"].pk], "sort": "title"}
    page = visitor.post(f"{API}/search/", body, format="multipart").json()
    assert [match["painting"]["title"] for match in page["results"]] == ["Example", "Farthest", "Nearer to far"]


def test_a_painting_that_is_there_and_another_that_is_not_are_told_apart(visitor: APIClient) -> None:
    painting = make_painting()
    response = visitor.get(f"{API}/paintings/{painting.pk}/similar/?like=999")
    assert (response.status_code, response.json()) == (
        400,
        {"like": ["There is no painting 999 in the collection to compare with."]},
    )


def test_more_examples_than_there_may_be_are_refused_with_the_one_in_the_path(visitor: APIClient) -> None:
    painting = make_painting()
    more = "&".join(f"like={number}" for number in range(1000, 1020))
    response = visitor.get(f"{API}/paintings/{painting.pk}/similar/?{more}")
    assert response.status_code == 400
    assert "At most 20 examples" in response.json()["like"][0]
