"""The page that holds two paintings against each other, the reasons beside a result, and the parts that count."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from PIL import Image as Pillow

from gallery import publishing, rendering
from gallery.models import Painting
from tests.factories import make_painting
from tests.search.pairs import SIDE, alike, guessed, with_a_spot_in_common
from vectorizer.features import palette_of_colours
from vectorizer.models import Vectors

pytestmark = pytest.mark.django_db
ADDRESSES = ("/compare/{}/{}/", "/why/{}/{}/", "/why/{}/{}/regions.json", "/why/{}/{}/regions.webp")
PAGES = ADDRESSES[:2]
RED, BLUE = ((200, 40, 30), 1.0), ((30, 60, 180), 1.0)


@pytest.fixture
def spots(eye: object) -> tuple[Painting, Painting]:
    return with_a_spot_in_common()


def at(client: Client, address: str, first: Painting, second: Painting, query: str = "") -> Any:
    return client.get(address.format(first.pk, second.pk) + query)


def text(response: Any) -> str:
    assert response.status_code == 200, response.content
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("address", PAGES)
def test_both_pages_tell_how_near_the_two_are_what_they_share_and_what_is_seen_in_both(
    client: Client, address: str
) -> None:
    first, second = alike({"common512": 0.6}, colours=([RED], [RED]))
    for painting in (first, second):
        guessed(painting, genre={"portrait": 0.9}, style={"Rococo": 0.97})
    html = text(at(client, address, first, second))
    assert "Very close" in html
    assert "53 % alike" in html
    assert 'fill="#' in html
    assert ">red</span>" in html
    assert "very likely <em>portrait</em> <span" in html
    assert "90 %" in html
    assert "perhaps <em>Rococo</em></dd>" in html
    assert "97 %" not in html


def test_the_page_links_to_both_paintings_and_to_itself_the_other_way_round(client: Client) -> None:
    first, second = alike({})
    html = text(at(client, PAGES[0], first, second))
    assert f'href="{first.get_absolute_url()}"' in html
    assert f'href="{second.get_absolute_url()}"' in html
    assert f'href="/compare/{second.pk}/{first.pk}/"' in html
    assert '<meta name="robots" content="noindex">' in html


def test_the_reasons_lead_to_the_page(client: Client) -> None:
    first, second = alike({})
    html = text(at(client, PAGES[1], first, second, "?weight.palette=1"))
    assert f'href="/compare/{first.pk}/{second.pk}/?weight.palette=1"' in html
    assert "<html" not in html


def test_weights_decide_what_is_compared_and_each_share_is_told(client: Client) -> None:
    first, second = alike({"common512": 0.6, "style512": 0.6})
    html = text(at(client, PAGES[0], first, second, "?weight.common512=1&weight.style512=3"))
    assert "Of the likeness" in html
    assert "Overall look <span>25&nbsp;%</span>" in html
    assert "Style <span>75&nbsp;%</span>" in html
    assert f"/compare/{second.pk}/{first.pk}/?weight.common512=1&amp;weight.style512=3" in html
    alone = text(at(client, PAGES[0], first, second))
    assert "Of the likeness" not in alone
    assert "Compared by overall look alone" in alone


def test_the_usual_weights_stand_in_no_address(client: Client) -> None:
    first, second = alike({})
    html = text(at(client, PAGES[0], first, second, "?weight.common512=1&unknown=1"))
    assert f'href="/compare/{second.pk}/{first.pk}/"' in html
    assert f'href="/compare/{first.pk}/{second.pk}/?weight.style512=1"' in html


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("query", ["?weight.nothing=1", "?weight.common512=lots"])
def test_weights_that_make_no_sense_are_refused_with_a_sentence(client: Client, address: str, query: str) -> None:
    response = at(client, address, *alike({}), query)
    assert response.status_code == 400
    assert "There is no feature" in response.content.decode() or "is no number" in response.content.decode()


@pytest.mark.parametrize("address", ADDRESSES)
def test_what_is_not_public_is_as_if_it_were_not_there(client: Client, curator: Any, address: str) -> None:
    first, second = alike({})
    draft, waiting = make_painting("Draft", state="draft"), make_painting("Waiting", live=False)
    client.force_login(curator)
    for other in (draft, waiting):
        assert at(client, address, first, other).status_code == 404
        assert at(client, address, other, second).status_code == 404
    publishing.withdraw([second], by=curator)
    assert at(client, address, first, second).status_code == 404
    assert client.get(address.format(first.pk, 2**70)).status_code == 404


@pytest.mark.parametrize("address", PAGES)
def test_while_one_has_no_vectors_that_is_said(client: Client, address: str) -> None:
    first, second = alike({})
    Vectors.objects.filter(image=second.live_image).delete()
    html = text(at(client, address, first, second))
    assert "one of them is still being prepared" in html
    assert "alike</button>" not in html
    for picture in ADDRESSES[2:]:
        assert at(client, picture, first, second).status_code == 404


def test_the_page_takes_as_many_queries_whatever_it_shows(client: Client, django_assert_num_queries: Any) -> None:
    first, second = alike({})
    third = make_painting("Night", artist=("Anna Berg", "Carl Dahl", "Eva Falk"), style="Rococo", genre="Portrait")
    at(client, PAGES[0], first, second)
    for other in (second, third):
        with django_assert_num_queries(5):
            at(client, PAGES[0], first, other, "?weight.style512=1&weight.palette=2")


def test_the_parts_that_count_are_told_in_a_sentence_and_shown_in_a_picture(
    client: Client, spots: tuple[Painting, Painting]
) -> None:
    told = at(client, ADDRESSES[2], *spots).json()
    assert "Without its brightest part, this would be" in told["sentence"]
    picture = client.get(told["overlay"])
    assert picture.headers["Content-Type"] == "image/webp"
    assert picture.headers["Cache-Control"] == "private, max-age=3600"
    assert Pillow.open(BytesIO(picture.content)).size == (800, 800)


def test_where_no_part_stands_out_that_is_said_and_nothing_laid_over(
    client: Client, spots: tuple[Painting, Painting], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.heat.LEAST_FALL", 1.0)
    assert at(client, ADDRESSES[2], *spots).json() == {
        "overlay": None,
        "sentence": "No part stands out: the likeness is in the whole.",
    }


def test_a_small_difference_is_not_told_as_two_equal_numbers(
    client: Client, spots: tuple[Painting, Painting], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.heat.LEAST_FALL", 0.0)
    monkeypatch.setattr("search.heat.BLUR", 0.01)
    assert "no single one makes much of it" in at(client, ADDRESSES[2], *spots).json()["sentence"]


def test_without_scripts_the_page_itself_shows_the_parts(client: Client) -> None:
    first, second = alike({})
    html = text(at(client, PAGES[0], first, second, "?regions=1&weight.style512=1"))
    for one, other in ((first, second), (second, first)):
        assert f'src="/why/{one.pk}/{other.pk}/regions.webp?weight.style512=1"' in html
    assert f'href="/compare/{second.pk}/{first.pk}/?weight.style512=1&amp;regions=1"' in html
    assert "regions.webp" not in text(at(client, PAGES[0], first, second))


def test_whoever_asks_for_many_is_told_when_to_come_back_but_is_shown_what_is_known(
    client: Client, spots: tuple[Painting, Painting], settings: Any
) -> None:
    rates = {**settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"], "photo": "1/min"}
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": rates}
    first, second = spots
    assert at(client, ADDRESSES[2], first, second).status_code == 200
    refused = at(client, ADDRESSES[2], second, first)
    assert refused.status_code == 429
    assert int(refused.headers["Retry-After"]) > 0
    assert "Please wait" in refused.json()["sentence"]
    assert at(client, ADDRESSES[3], first, second).status_code == 200


@pytest.mark.parametrize("address", ADDRESSES[2:])
def test_a_picture_that_is_lost_is_told_of(client: Client, spots: tuple[Painting, Painting], address: str) -> None:
    first, second = spots
    assert first.live_image
    rendering.storage().delete(first.live_image.rendition_path(SIDE, "jpg"))
    response = at(client, address, first, second)
    assert response.status_code == 503
    assert "can’t be looked at" in response.json()["sentence"]


def test_nothing_can_be_sent_there(client: Client) -> None:
    first, second = alike({})
    for address in ADDRESSES:
        assert client.post(address.format(first.pk, second.pk)).status_code == 405


def links(client: Client, path: str) -> list[str]:
    return re.findall(r'class="whylink" rel="nofollow" href="([^"]+)" data-why="([^"]+)"', text(client.get(path)))


def test_beside_each_look_alike_of_a_painting_it_is_said_where_the_reasons_are(client: Client) -> None:
    first, second = alike({})
    path = f"/search/?like={first.pk}"
    assert links(client, path) == [(f"/compare/{first.pk}/{second.pk}/", f"/why/{first.pk}/{second.pk}/")]
    (page, part), *none = links(client, f"{path}&weight.palette=1")
    assert (page.split("?")[1], part.split("?")[1], none) == ("weight.palette=1", "weight.palette=1", [])
    assert client.get(page).status_code == client.get(part).status_code == 200


def test_no_reasons_are_offered_where_results_are_not_like_whole_paintings(client: Client) -> None:
    first, second = alike({})
    third = make_painting("Night")
    for query in (
        f"like={first.pk}&like={second.pk}~0,0,500,500",
        f"like={first.pk}&like={second.pk}&unlike={third.pk}",
        f"like={first.pk}&unlike={second.pk}",
        f"like={first.pk}&colour=8c2f1b",
        f"unlike={third.pk}",
        "colour=8c2f1b",
    ):
        assert links(client, f"/search/?{query}") == [], query
    assert links(client, "/") == []


class TestOfSeveral:
    """The example that a result is most like says most of why it is one."""

    @pytest.fixture
    def three(self) -> tuple[Painting, Painting, Painting]:
        first, second = alike({"common512": 0.9}, colours=([RED], [BLUE]))
        far = make_painting("Far", vectors={"palette": palette_of_colours([BLUE])})
        return far, first, second

    def test_beside_each_result_it_is_said_where_that_is_found(
        self, client: Client, three: tuple[Painting, Painting, Painting]
    ) -> None:
        far, first, second = three
        query = f"of={far.pk},{first.pk}"
        assert links(client, f"/search/?like={far.pk}&like={first.pk}") == [
            (f"/compare/nearest/{second.pk}/?{query}", f"/why/nearest/{second.pk}/?{query}")
        ]
        ((page, part),) = links(client, f"/search/?like={far.pk}&like={first.pk}&weight.palette=1")
        assert page.endswith(f"?{query}&amp;weight.palette=1")
        assert part.endswith(f"?{query}&amp;weight.palette=1")

    def test_it_leads_on_to_the_nearest_by_what_counts(
        self, client: Client, three: tuple[Painting, Painting, Painting]
    ) -> None:
        far, first, second = three
        for name in ("compare", "why"):
            address = f"/{name}/nearest/{second.pk}/?of={far.pk},{first.pk}"
            assert client.get(address).headers["Location"] == f"/{name}/{first.pk}/{second.pk}/"
            by_colour = client.get(f"{address}&weight.palette=1").headers["Location"]
            assert by_colour == f"/{name}/{far.pk}/{second.pk}/?weight.palette=1"

    def test_what_is_not_public_is_no_such_example(
        self, client: Client, three: tuple[Painting, Painting, Painting], curator: Any
    ) -> None:
        far, first, second = three
        publishing.withdraw([first], by=curator)
        address = f"/compare/nearest/{second.pk}/"
        assert client.get(f"{address}?of={far.pk},{first.pk}").headers["Location"].startswith(f"/compare/{far.pk}/")
        assert client.get(f"{address}?of={first.pk}").status_code == 404
        assert client.get(f"{address}?of={second.pk}").status_code == 404
        assert client.get(address).status_code == 404
        assert client.get(f"/compare/nearest/{first.pk}/?of={far.pk}").status_code == 404
        assert client.get(f"/compare/nearest/{2**70}/?of={first.pk}").status_code == 404

    def test_one_without_vectors_is_compared_all_the_same(self, client: Client) -> None:
        first, second = alike({})
        Vectors.objects.all().delete()
        where = client.get(f"/why/nearest/{second.pk}/?of={first.pk}").headers["Location"]
        assert where == f"/why/{first.pk}/{second.pk}/"

    @pytest.mark.parametrize("query", ["of=x", "of=1&weight.taste=1"])
    @pytest.mark.parametrize("name", ["compare", "why"])
    def test_mistakes_are_a_sentence(self, client: Client, name: str, query: str) -> None:
        first, second = alike({})
        response = client.get(f"/{name}/nearest/{second.pk}/?{query}".replace("of=1", f"of={first.pk}"))
        assert response.status_code == 400
        assert "." in response.content.decode()


def test_a_paintings_own_page_says_why_beside_each_of_its_look_alikes(client: Client) -> None:
    first, second = alike({})
    found = links(client, first.get_absolute_url())
    assert (
        f"/compare/{first.pk}/{second.pk}/?weight.style512=1",
        f"/why/{first.pk}/{second.pk}/?weight.style512=1",
    ) in (found)
    assert len(found) == 4
