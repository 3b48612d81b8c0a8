"""Medium, orientation and rights as filters: in addresses, on the page, and in the API."""

import pytest
from django.http import QueryDict
from django.test import Client

from search.filters import FACETS, Filters
from search.query import Question
from tests.factories import make_image, make_painting, picture_bytes

CC0 = "https://creativecommons.org/publicdomain/zero/1.0/"
API = "/api/v1/paintings/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def paintings() -> None:
    upright = make_image(picture_bytes(7, size=(30, 60)), name="upright.png")
    make_painting("Egg and plaster", medium="Tempera on panel", rights=CC0, image=upright)
    make_painting("Oil and linen", medium="Oil on canvas")
    make_painting("A secret", medium="Blood on paper", state="draft")


def titles(client: Client, **parameters: str) -> list[str]:
    return [found["title"] for found in client.get(API, parameters).json()["results"]]


def test_every_filter_is_read_from_an_address_and_written_into_it() -> None:
    chosen = Filters(mediums=("Oil on canvas", "Gouache"), orientations=("square",), rights=(CC0,))
    assert Question.from_params(QueryDict(Question(filters=chosen).to_params())).filters == chosen
    assert [name for name, _ in chosen.pairs()] == ["medium", "medium", "orientation", "rights"]
    assert all(Filters(**{field: ("a",)}).values(name) == ("a",) for name, field in zip(FACETS, _fields(), strict=True))


def _fields() -> list[str]:
    return ["styles", "genres", "artists", "collections", "mediums", "orientations", "rights"]


def test_the_api_narrows_down_by_them(client: Client, paintings: None) -> None:
    assert titles(client, medium="Oil on canvas") == ["Oil and linen"]
    assert titles(client, orientation="portrait") == ["Egg and plaster"]
    assert titles(client, rights=CC0) == ["Egg and plaster"]
    assert titles(client, orientation="square") == []


@pytest.mark.parametrize(
    "wrong", [{"medium": "Blood on paper"}, {"orientation": "oval"}, {"rights": "https://example.org/mine"}]
)
def test_the_api_refuses_a_value_that_no_public_painting_has(
    client: Client, paintings: None, wrong: dict[str, str]
) -> None:
    response = client.get(API, wrong)
    assert response.status_code == 400
    ((name, value),) = wrong.items()
    assert response.json() == {name: [f"There are no paintings with the {name} “{value}”."]}


def test_the_page_offers_them_in_people_s_words(client: Client, paintings: None) -> None:
    page = client.get("/", {"orientation": "portrait"}).content.decode()
    assert "<span>Upright</span>" in page
    assert "<span>Tempera on panel</span>" in page
    assert "<span>CC0 1.0 (public domain dedication)</span>" in page
    assert "Egg and plaster" in page
    assert "Oil and linen" not in page
