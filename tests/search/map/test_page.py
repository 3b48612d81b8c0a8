"""The map's page: what is there without a script, and what its script asks for."""

import gzip
import re
from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from gallery import publishing
from gallery.models import Painting
from search import similar
from search.details import NotYet
from search.map import atlas, highlighting
from search.query import Example, Question
from search.templatetags.maps import on_map
from tests.factories import make_painting
from tests.search.map.mapped import collection, hang, mapped, near, read, shown

pytestmark = pytest.mark.django_db


def page(client: Client, address: str = "/map/", status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def bright(html: str) -> list[int] | None:
    found = re.search(r'data-bright="([^"]*)"', html)
    return None if found is None else [int(id_) for id_ in found[1].split()]


def names(html: str) -> list[str]:
    return re.findall(r'<h3 class="name"[^>]*>(.*?)</h3>', html)


class TestPage:
    def test_without_a_map_it_says_so_and_leads_to_the_collection(self, client: Client) -> None:
        html = page(client)
        assert "The map is not there yet" in html
        assert "map_collection" not in html
        assert "map.js" not in html

    def test_those_who_run_it_are_told_how_to_make_it(self, client: Client, curator: User) -> None:
        client.force_login(curator)
        assert "manage.py map_collection" in page(client)

    def test_the_map_is_a_list_too(self, client: Client) -> None:
        paintings = mapped(4, style="Pointillism")
        html = page(client)
        assert names(html) == ["Pointillism"]
        for painting in paintings:
            assert f'href="{painting.get_absolute_url()}"' in html
        assert "4 paintings" in html
        assert bright(html) is None

    def test_regions_are_called_by_what_is_commonest(self, client: Client) -> None:
        for number, style in enumerate(["Fauvism"] * 2 + ["Cubism"] * 2 + ["Op Art"]):
            hang(f"Work {number}", near(1, number + 1), style=style)
        mapped(0)
        assert names(page(client)) == ["Fauvism and Cubism"]

    def test_regions_of_one_style_are_told_apart_by_their_genres(self, client: Client) -> None:
        for number in range(40):
            genre = "portrait" if number % 2 else "landscape"
            hang(f"Work {number}", near(number % 2, number + 1), style="Realism", genre=genre)
        mapped(0)
        regions = atlas.current()
        assert regions
        found = names(page(client))
        assert len(found) == len(regions.regions)
        assert len(found) == 1 or {"Realism: portrait", "Realism: landscape"} >= set(found)

    def test_paintings_without_a_style_have_a_name_too(self, client: Client) -> None:
        mapped(2)
        assert names(page(client)) == ["Without a style"]

    def test_it_takes_a_constant_number_of_queries(self, client: Client, django_assert_max_num_queries: Any) -> None:
        mapped(3, style="Cubism", genre="portrait")
        with django_assert_max_num_queries(12):
            page(client)
        collection(9, style="Fauvism", artist="Somebody")
        mapped(0)
        with django_assert_max_num_queries(12):
            page(client)

    def test_a_withdrawn_painting_is_no_example(self, client: Client) -> None:
        gone, *_ = mapped(3)
        publishing.withdraw([gone], by=None)
        html = page(client)
        assert gone.get_absolute_url() not in html
        assert "2 paintings" in html


class TestAnswer:
    def test_results_are_bright(self, client: Client) -> None:
        paintings = mapped(4)
        html = page(client, "/map/?q=work+1")
        assert bright(html) == [paintings[1].pk]
        assert "1 of 4 paintings is bright." in html
        assert 'value="work 1"' in html
        assert 'href="/?q=work+1"' in html

    def test_filters_are_kept_by_the_search_box(self, client: Client) -> None:
        mapped(2, style="Cubism")
        html = page(client, "/map/?style=cubism&size=9&page=1")
        assert len(bright(html) or ()) == 2
        assert '<input type="hidden" name="style" value="cubism">' in html
        assert 'name="size"' not in html
        assert 'href="/map/"' in html  # without the style

    def test_only_what_is_on_the_map_is_bright_and_counted(
        self, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        gone, here = mapped(2)
        hang("Work that came later")
        publishing.withdraw([gone], by=None)
        late = highlighting.highlighted(Question(words="work"))  # as an index says that has not heard of it yet
        late = replace(late, ids=(gone.pk, *late.ids))
        monkeypatch.setattr("search.map.page.highlighted", lambda *_, **__: late)
        html = page(client, "/map/?q=work")
        assert bright(html) == [here.pk]
        assert "1 of 1 paintings is bright." in html

    def test_what_was_found_and_hangs_nowhere_yet_is_told_apart_from_nothing(self, client: Client) -> None:
        mapped(2)
        hang("Latecomer")
        html = page(client, "/map/?q=latecomer")
        assert bright(html) == []
        assert "What matches has no place on the map yet." in html

    def test_nothing_found_leaves_all_dim(self, client: Client) -> None:
        mapped(2)
        html = page(client, "/map/?q=zzzz")
        assert bright(html) == []
        assert "Nothing here matches." in html

    def test_what_is_like_a_painting_is_bright_and_so_is_that_painting(self, client: Client) -> None:
        one, *_ = mapped(4)
        found = bright(page(client, f"/map/?like={one.pk}"))
        assert found
        assert one.pk in found

    def test_what_is_distant_is_dim(self, client: Client) -> None:
        paintings = mapped(6)
        found = bright(page(client, f"/map/?like={paintings[0].pk}"))
        assert found == [painting.pk for painting in paintings[0::2]]

    def test_where_nothing_is_near_the_nearest_are_bright(self, client: Client) -> None:
        one, other, *_ = mapped(3)
        found = bright(page(client, f"/map/?like={one.pk}&unlike={other.pk}"))
        assert len(found or ()) == 2

    def test_at_most_one_of_an_artist(self, client: Client) -> None:
        mapped(3, artist="Somebody")
        assert len(bright(page(client, "/map/?per_artist=1")) or ()) == 1

    def test_a_question_that_is_wrong_gets_a_sentence(self, client: Client) -> None:
        assert "That could not be understood" in page(client, "/map/?from=yesterday", status=400)
        assert "That could not be understood" in page(client, "/map/?like=99999", status=400)

    def test_many_parts_of_pictures_have_to_wait(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: Any, **__: Any) -> None:
            raise NotYet(9)

        monkeypatch.setattr(similar, "answer", refuse)
        response = client.get("/map/?like=1")
        assert (response.status_code, response["Retry-After"]) == (429, "9")

    def test_a_photo_is_kept_by_nobody_on_the_way(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        (one,) = mapped(1)
        answer = similar.answer
        monkeypatch.setattr(similar, "answer", lambda question, **_: answer(Question(like=(Example(painting=one.pk),))))
        response = client.get(f"/map/?photo={'0' * 32}")
        assert "no-store" in response["Cache-Control"]

    def test_the_results_lead_to_the_map_with_their_question(self, client: Client) -> None:
        mapped(2)
        assert on_map(Question(words="sea", page=3, page_size=120)) == "/map/?q=sea"
        assert on_map(Question()) == "/map/"
        assert 'href="/map/?q=work"' in page(client, "/?q=work")


class TestData:
    def test_it_says_where_everything_hangs_and_in_which_colour(self, client: Client) -> None:
        paintings = mapped(5)
        found = read(client)
        assert sorted(found.ids) == [painting.pk for painting in paintings]
        assert found.side == shown().side
        assert max(found.columns + found.rows) < found.side
        assert sorted(found.cells) == list(range(5))

    def test_it_travels_compressed(self, client: Client) -> None:
        mapped(3)
        plain = client.get("/map/places.bin")
        small = client.get("/map/places.bin", headers={"Accept-Encoding": "gzip, br"})
        assert small["Content-Encoding"] == "gzip"
        assert gzip.decompress(small.content) == plain.content
        assert small["Vary"] == "Accept-Encoding"

    def test_it_is_fetched_once_until_it_changes(self, client: Client) -> None:
        one, _ = mapped(2)
        etag = client.get("/map/places.bin")["ETag"]
        again = client.get("/map/places.bin", headers={"If-None-Match": etag})
        assert (again.status_code, again.content) == (304, b"")
        publishing.withdraw([one], by=None)
        assert client.get("/map/places.bin", headers={"If-None-Match": etag}).status_code == 200

    def test_without_a_map_there_is_none(self, client: Client) -> None:
        assert client.get("/map/places.bin").status_code == 404

    def test_a_second_reader_costs_two_queries(self, client: Client, django_assert_num_queries: Any) -> None:
        mapped(3)
        read(client)
        with django_assert_num_queries(2):
            read(client)

    @pytest.mark.parametrize("address", ["/map/sheets/unknown-64.webp", "/map/sheets/..-64.webp"])
    def test_other_sheets_there_are_none(self, client: Client, address: str) -> None:
        mapped(1)
        assert client.get(address).status_code == 404
        assert client.get(f"/map/sheets/{read(client).sheets[0]}-99.webp").status_code == 404

    def test_a_sheet_that_the_browser_has_is_not_sent_again(self, client: Client) -> None:
        mapped(1)
        address = f"/map/sheets/{read(client).sheets[0]}-16.webp"
        first = client.get(address)
        assert first["Content-Type"] == "image/webp"
        assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304


class TestLabels:
    def test_what_paintings_are_called(self, client: Client, django_assert_num_queries: Any) -> None:
        one, other = mapped(2, artist="Ada", display_date="1889")
        with django_assert_num_queries(2):
            found = client.get(f"/map/labels.json?ids={one.pk},{other.pk}").json()
        label = found[str(one.pk)]
        assert (label["title"], label["by"], label["date"]) == ("Work 0", "Ada", "1889")
        assert label["url"] == one.get_absolute_url()
        assert [width for width, _ in label["pictures"]] == [64]

    def test_of_drafts_nothing_is_said(self, client: Client) -> None:
        draft = make_painting(state=Painting.State.DRAFT)
        assert client.get(f"/map/labels.json?ids={draft.pk}").json() == {}
        assert client.get("/map/labels.json").json() == {}

    @pytest.mark.parametrize("ids", ["x", "1,,x", "-1", ",".join(map(str, range(61)))])
    def test_what_is_no_list_of_ids_is_refused(self, client: Client, ids: str) -> None:
        assert client.get(f"/map/labels.json?ids={ids}").status_code == 400


class TestFromAPainting:
    def test_its_page_leads_to_its_place_on_the_map(self, client: Client) -> None:
        one, _ = mapped(2)
        link = f'href="/map/#painting={one.pk}">Show on the map</a>'
        assert link in page(client, one.get_absolute_url())

    def test_what_has_no_place_yet_leads_nowhere(self, client: Client) -> None:
        assert "/map/#painting" not in page(client, hang("Before any map").get_absolute_url())
        mapped(1)
        assert "/map/#painting" not in page(client, hang("After it").get_absolute_url())
