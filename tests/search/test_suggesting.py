"""Suggestions while somebody types: what they are, on the page and in the API."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gallery import publishing
from search import suggesting
from search.suggesting import Name, Suggestions
from tests.factories import make_painting

pytestmark = pytest.mark.django_db


@pytest.fixture
def collection() -> None:
    make_painting("Starry night", artist="Vincent van Gogh", style="Post-Impressionism", genre="landscape")
    make_painting("Night café", artist="Vincent van Gogh", style="Post-Impressionism", genre="interior")
    make_painting("Impression, sunrise", artist="Claude Monet", style="Impressionism", genre="landscape")
    make_painting("The mill", artist="Nightingale Smith", medium="Night-black ink")
    make_painting("Nightmare", artist="Nobody Known", style="Nightism", state="draft")


def titles(found: Suggestions) -> list[str]:
    return [painting.title for painting in found.paintings]


def labels(names: tuple[Name, ...]) -> list[tuple[str, int]]:
    return [(name.label, name.count) for name in names]


def test_paintings_and_artists_are_found_by_the_beginnings_of_their_names(collection: None) -> None:
    found = suggesting.suggest("nigh")
    assert titles(found) == ["The mill", "Night café", "Starry night"]  # the newest first
    assert labels(found.artists) == [("Nightingale Smith", 1)]
    assert (found.styles, found.genres) == ((), ())
    assert titles(suggesting.suggest("night gogh")) == ["Night café", "Starry night"]
    assert labels(suggesting.suggest("van go").artists) == [("Vincent van Gogh", 2)]


def test_what_only_stands_in_other_fields_is_no_name(collection: None) -> None:
    found = suggesting.suggest("ink")
    assert (found, bool(found)) == (Suggestions(), False)


def test_styles_and_genres_come_with_the_most_frequent_first(collection: None) -> None:
    found = suggesting.suggest("impressionism")
    assert labels(found.styles) == [("Post-Impressionism", 2), ("Impressionism", 1)]
    assert labels(suggesting.suggest("landsc").genres) == [("landscape", 2)]


def test_typing_errors_are_forgiven(collection: None) -> None:
    found = suggesting.suggest("vincnet")
    assert labels(found.artists) == [("Vincent van Gogh", 2)]
    assert dict(found.corrections) == {"vincnet": ("vincent",)}


def test_there_are_only_a_few_of_each() -> None:
    for number in range(7):
        make_painting(f"Rose {number}", artist=f"Rose Painter {number}", style=f"Rose style {number}", genre="rosette")
    found = suggesting.suggest("rose")
    assert (len(found.paintings), len(found.artists)) == (5, 4)
    assert len(found.styles) + len(found.genres) == 3
    assert labels(found.genres) == [("rosette", 7)]


def test_nothing_typed_is_nothing_suggested(collection: None) -> None:
    assert suggesting.suggest(" … ") == Suggestions()


def test_what_is_not_public_is_not_suggested(collection: None) -> None:
    assert "Nightmare" not in titles(suggesting.suggest("nightmare"))
    assert not suggesting.suggest("nobody")
    shown = suggesting.suggest("starry").paintings
    publishing.withdraw(shown, by=None)
    assert not suggesting.suggest("starry")


def test_however_much_is_suggested_it_takes_as_many_queries() -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert suggesting.suggest("rose")
        return len(queries)

    make_painting("Rose", artist="Rose Painter", style="Rose style")
    few = asked()
    for number in range(4):
        make_painting(f"Rose {number}", artist=("Anna Rose", f"Rose Painter {number}"), style=f"Rose style {number}")
    assert asked() == few


def test_the_fragment_has_options_that_say_where_they_lead(client: Client, collection: None) -> None:
    page = client.get("/suggest/", {"q": "van gogh"}).content.decode()
    assert page.count('role="option"') == 3
    assert 'data-url="/?artist=vincent-van-gogh"' in page
    assert "2 paintings" in page
    assert "<cite" not in page
    assert " style=" not in page
    assert client.get("/suggest/", {"q": ""}).content.strip() == b""
    assert client.get("/suggest/", {"q": "x" * 201}).status_code == 400
    assert client.post("/suggest/").status_code == 405


def test_a_title_is_no_markup(client: Client) -> None:
    make_painting("<script>alert(1)</script> harbour", artist='"Quoted" <b>')
    page = client.get("/suggest/", {"q": "harbour"}).content.decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_the_api_gives_the_same(client: Client, collection: None) -> None:
    found = client.get("/api/v1/suggest/", {"q": "monte"}).json()
    assert [painting["title"] for painting in found["paintings"]] == ["Impression, sunrise"]
    assert found["artists"] == [{"slug": "claude-monet", "name": "Claude Monet", "count": 1}]
    assert found["corrections"] == {"monte": ["monet"]}
    assert client.get("/api/v1/suggest/", {"q": "x" * 201}).json() == {
        "q": ["This is too long: 201 characters, and at most 200 are accepted."]
    }
    assert client.get("/api/v1/suggest/", {"query": "x"}).status_code == 400
