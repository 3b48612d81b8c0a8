"""The page of a selection and its files, over HTTP."""

import json
import re
from typing import Any

import pytest
from django.test import Client

from gallery import publishing
from gallery.models import Painting
from tests.factories import make_painting

pytestmark = pytest.mark.django_db

FILES = ("/selection.csv", "/selection.json")
EVERYWHERE = ("/selection/", *FILES)


@pytest.fixture
def two() -> list[Painting]:
    return [make_painting("Oak", artist="Åsa Lind"), make_painting("Elm")]


def address(paintings: list[Painting], path: str = "/selection/") -> str:
    return f"{path}?paintings={','.join(str(painting.pk) for painting in paintings)}"


def page(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def titles(html: str) -> list[str]:
    return re.findall(r'id="caption-\d+"><cite>(.*?)</cite>', html)


class TestPage:
    def test_paintings_hang_in_the_order_of_the_address(self, client: Client, two: list[Painting]) -> None:
        assert titles(page(client, address(two))) == ["Oak", "Elm"]
        assert titles(page(client, address(two[::-1]))) == ["Elm", "Oak"]

    def test_it_leads_on_to_more_like_them_and_to_the_files(self, client: Client, two: list[Painting]) -> None:
        oak, elm = two
        html = page(client, address(two))
        assert f'href="/search/?like={oak.pk}&amp;like={elm.pk}"' in html
        for path in FILES:
            assert f'href="{address(two, path)}"' in html
        assert client.get(f"/search/?like={oak.pk}&like={elm.pk}").status_code == 200

    def test_it_leads_to_the_walk_between_the_first_and_the_last(self, client: Client, two: list[Painting]) -> None:
        oak, elm = two
        html = page(client, address(two))
        assert f'href="/walk/{oak.pk}/{elm.pk}/">Walk from one to the other</a>' in html
        ash = make_painting("Ash")
        html = page(client, address([ash, *two]))
        assert f'href="/walk/{ash.pk}/{elm.pk}/">Walk from the first to the last</a>' in html
        assert 'href="" hidden>' in page(client, address(two[:1]))

    def test_more_than_a_question_has_room_for_it_says_so(self, client: Client) -> None:
        many = [make_painting(f"Number {number}") for number in range(21)]
        sentence = '<p class="remark" data-part="first" data-most="20">'
        assert sentence in page(client, address(many))
        assert sentence not in page(client, address(many[:20]))

    def test_what_is_no_longer_shown_is_counted_and_not_named(self, client: Client, two: list[Painting]) -> None:
        draft = make_painting("Secret", state=Painting.State.DRAFT)
        html = page(client, address([draft, *two]) + ",999999")
        assert titles(html) == ["Oak", "Elm"]
        assert "2 paintings of this selection are no longer shown." in html
        assert "Secret" not in html
        assert "no longer shown.</span>" in page(client, address([draft]))

    def test_a_painting_that_is_withdrawn_is_gone_at_once(
        self, client: Client, two: list[Painting], curator: Any
    ) -> None:
        publishing.withdraw(two[:1], by=curator)
        html = page(client, address(two))
        assert titles(html) == ["Elm"]
        assert "1 painting of this selection is no longer shown." in html

    def test_alone_it_says_what_a_selection_is(self, client: Client) -> None:
        for path in ("/selection/", "/selection/?paintings="):
            html = page(client, path)
            assert "My selection" in html
            assert "No account is needed" in html
            assert titles(html) == []

    def test_every_tile_and_every_painting_can_be_kept(self, client: Client, two: list[Painting]) -> None:
        sign = f'data-keep="{two[0].pk}" aria-pressed="false"'
        for path in ("/", address(two), two[0].get_absolute_url()):
            assert sign in page(client, path)

    def test_a_draft_can_not_be_kept(self, client: Client, curator: Any) -> None:
        draft = make_painting("Draft", state=Painting.State.DRAFT)
        client.force_login(curator)
        assert f'data-keep="{draft.pk}"' not in page(client, draft.get_absolute_url())


class TestEverywhere:
    @pytest.mark.parametrize("path", EVERYWHERE)
    def test_search_engines_leave_it_alone(self, client: Client, path: str) -> None:
        assert client.get(path).headers["X-Robots-Tag"] == "noindex"

    @pytest.mark.parametrize("path", EVERYWHERE)
    @pytest.mark.parametrize("query", ["paintings=x", "paintings=1,0", "paintings=%00", f"paintings={'1,' * 9000}2x"])
    def test_mistakes_are_a_sentence(self, client: Client, path: str, query: str) -> None:
        response = client.get(f"{path}?{query}")
        assert response.status_code == 400
        assert "That could not be understood" in response.content.decode()

    @pytest.mark.parametrize("path", EVERYWHERE)
    def test_it_is_only_read(self, client: Client, path: str) -> None:
        assert client.post(path).status_code == 405


class TestFiles:
    def test_they_are_saved_under_a_name(self, client: Client, two: list[Painting]) -> None:
        for path, kind in zip(FILES, ("text/csv", "application/json"), strict=True):
            response = client.get(address(two, path))
            assert response.headers["Content-Type"] == f"{kind}; charset=utf-8"
            assert response.headers["Content-Disposition"] == f'attachment; filename="{path[1:]}"'

    def test_they_name_whole_addresses(self, client: Client, two: list[Painting]) -> None:
        document = json.loads(client.get(address(two, "/selection.json")).content)
        assert [each["title"] for each in document["paintings"]] == ["Oak", "Elm"]
        for told in document["paintings"]:
            assert told["page"].startswith("http://testserver/paintings/")
            assert client.get(told["page"].removeprefix("http://testserver")).status_code == 200

    def test_of_what_is_not_shown_they_say_how_many(self, client: Client, two: list[Painting]) -> None:
        document = json.loads(client.get(address(two, "/selection.json") + ",999999").content)
        assert (document["count"], document["missing"]) == (2, 1)

    @pytest.mark.parametrize("path", FILES)
    def test_they_are_sent_again_only_where_they_have_changed(
        self, client: Client, two: list[Painting], path: str, curator: Any
    ) -> None:
        first = client.get(address(two, path))
        assert first.headers["Cache-Control"] == "private, no-cache"
        again = client.get(address(two, path), headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        publishing.withdraw(two[:1], by=curator)
        changed = client.get(address(two, path), headers={"If-None-Match": first.headers["ETag"]})
        assert changed.status_code == 200
        assert b"Oak" not in changed.content
