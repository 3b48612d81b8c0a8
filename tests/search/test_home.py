"""The first page of all: four ways in above the wall, and nothing of them once somebody has asked for something."""

import re
from html import unescape

import pytest
from django.test import Client

from gallery.models import Painting
from search.wall.colours import PIGMENTS
from search.wall.invitation import COLOURS
from tests.factories import make_painting
from vectorizer.models import EncoderModel

pytestmark = pytest.mark.django_db


def page(client: Client, path: str = "/") -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def way(html: str, heading: str) -> str:
    """What stands below this heading."""
    return html.partition(f"<h2>{heading}</h2>")[2].partition("</section>")[0]


def links(part: str) -> list[str]:
    return [unescape(url) for url in re.findall(r'<a href="(.*?)"', part)]


@pytest.fixture
def paintings() -> list[Painting]:
    terms = [("Fauvism", "landscape")] * 3 + [("Cubism", "portrait")] * 2 + [("Rococo", "landscape")]
    return [make_painting(f"Number {n}", style=style, genre=genre) for n, (style, genre) in enumerate(terms)]


def test_a_painting_of_the_wall_is_one_to_begin_with(client: Client, paintings: list[Painting]) -> None:
    assert links(way(page(client), "From a painting")) == [paintings[-1].get_absolute_url()]


def test_a_photo_can_be_chosen_right_there(client: Client, paintings: list[Painting]) -> None:
    html = page(client)
    assert 'capture="environment"' in way(html, "From a photo")
    assert 'form="upload"' in way(html, "From a photo")
    form = html.partition('<form id="upload"')[2].partition("</form>")[0]
    assert 'action="/search/" method="post" enctype="multipart/form-data"' in form
    assert "csrfmiddlewaretoken" in form


def test_each_colour_leads_to_the_paintings_in_it(client: Client, paintings: list[Painting]) -> None:
    offered = links(way(page(client), "By colour"))
    assert offered == [f"/search/?colour={PIGMENTS[name]}" for name in COLOURS]
    assert "Number 0" in page(client, offered[0])


def test_words_to_try_are_those_that_most_paintings_have(client: Client, paintings: list[Painting]) -> None:
    offered = links(way(page(client), "By words"))
    assert offered == ["/?q=Fauvism", "/?q=Cubism", "/?q=landscape"]
    assert [page(client, url).count('class="tile ') for url in offered] == [3, 2, 4]


@pytest.mark.parametrize(
    "path", ["/?style=cubism", "/?q=number", "/?size=2&page=2", "/search/?colour=24388c", "/search/"]
)
def test_who_has_asked_for_something_is_not_invited_again(client: Client, paintings: list[Painting], path: str) -> None:
    assert "From a painting" not in page(client, path)


def test_one_can_wander_over_the_map_along_the_years_and_from_painting_to_painting(
    client: Client, paintings: list[Painting]
) -> None:
    first, last = paintings[-1].pk, paintings[0].pk
    assert links(way(page(client), "To wander")) == ["/map/", "/timeline/", f"/walk/{first}/{last}/"]


def test_who_is_alone_has_nowhere_to_walk_to(client: Client) -> None:
    make_painting("Alone")
    assert links(way(page(client), "To wander")) == ["/map/", "/timeline/"]


@pytest.mark.parametrize("path", ["/?sort=title", "/?size=4"])
def test_another_order_asks_for_nothing_yet(client: Client, paintings: list[Painting], path: str) -> None:
    assert "From a painting" in page(client, path)


def test_bare_walls_invite_nobody(client: Client) -> None:
    html = page(client)
    assert "The walls are still bare" in html
    assert "From a painting" not in html


def test_a_model_without_colours_offers_none(
    client: Client, paintings: list[Painting], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.wall.colours.palette_name", lambda card: None)
    assert EncoderModel.current()
    html = page(client)
    assert "By colour" not in html
    assert "From a painting" in html


def test_a_collection_without_styles_and_genres_offers_no_words(client: Client) -> None:
    make_painting("Untold")
    assert "By words" not in page(client)
