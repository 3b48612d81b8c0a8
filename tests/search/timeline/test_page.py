"""The page and the API of the timeline."""

import re
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from gallery import publishing
from gallery.models import Painting
from search import timeline
from search.query import Question
from search.timeline import counting
from tests.factories import make_painting

pytestmark = pytest.mark.django_db


def dated(first: int, last: int | None = None, **fields: Any) -> Painting:
    return make_painting(f"Of {first}", first_year=first, last_year=first if last is None else last, **fields)


def text(response: Any) -> str:
    assert response.status_code == 200, response.content
    return " ".join(response.content.decode().split())


def titles(html: str) -> list[str]:
    return re.findall(r"<cite>(.*?)</cite>", html)


def told(query: str = "") -> Any:
    return APIClient().get(f"/api/v1/timeline/{query}")


def counted(**params: Any) -> timeline.Timeline:
    return timeline.of(Question.from_params(params))


@pytest.fixture
def hung() -> None:
    """Cubism of 1910 to 1912, Rococo of the 1760s, one of neither style, one without a date."""
    for year in (1910, 1911, 1912):
        dated(year, style="Cubism", genre="portrait")
    for year in (1761, 1765):
        dated(year, style="Rococo", genre="landscape")
    dated(1830, 1850, genre="landscape")
    make_painting("Undated", style="Rococo")


@pytest.mark.usefixtures("hung")
def test_paintings_count_in_the_middle_of_their_span_by_style() -> None:
    found = counted()
    assert [style.label for style in found.styles] == ["Rococo", "Cubism", ""]
    assert [style.total for style in found.styles] == [2, 3, 1]
    rest = found.styles[-1]
    middle = rest.counts.index(1)
    assert found.bins[middle].first <= 1840 <= found.bins[middle].last
    assert sum(each.count for each in found.bins) == found.total == 6
    assert found.undated == 1


@pytest.mark.usefixtures("hung")
def test_years_are_left_aside_and_other_filters_count() -> None:
    assert counted(**{"from": "1900"}) == counted()
    found = counted(genre="landscape")
    assert [style.label for style in found.styles] == ["Rococo", ""]
    assert found.undated == 0
    assert counted(q="1910").total == 1


def test_only_the_commonest_styles_are_told_apart_and_those_asked_for() -> None:
    for number in range(counting.MOST_STYLES + 2):
        for year in range(number, 2 * number + 1):
            dated(1800 + year, style=f"Style {number}")
    found = counted()
    assert len(found.styles) == counting.MOST_STYLES + 1
    assert {style.label for style in found.styles} & {"Style 0", "Style 1"} == set()
    assert found.styles[-1].total == 3
    asked = counted(style="style-0")
    assert "Style 0" in {style.label for style in asked.styles}
    assert len(asked.styles) == counting.MOST_STYLES + 1


def test_what_is_not_public_does_not_count(curator: Any) -> None:
    painting = dated(1900, style="Cubism")
    dated(1800, style="Rococo")
    dated(1700, style="Rococo", state="draft")
    assert counted().total == 2
    publishing.withdraw([painting], by=curator)
    assert [style.label for style in counted().styles] == ["Rococo"]


@pytest.mark.usefixtures("hung")
def test_it_is_counted_once_until_something_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Any] = []
    ask = counting._asked
    monkeypatch.setattr(counting, "_asked", lambda *args: asked.append(args) or ask(*args))
    first = counted(genre="portrait")
    once = len(asked)
    assert once > 0
    assert counted(genre="portrait", page="2") == first
    assert len(asked) == once
    dated(1920, genre="portrait")
    assert counted(genre="portrait").total == first.total + 1


@pytest.mark.usefixtures("hung")
def test_the_page_draws_the_styles_and_hangs_the_paintings_the_oldest_first(client: Client) -> None:
    html = text(client.get("/timeline/"))
    assert titles(html) == ["Of 1761", "Of 1765", "Of 1830", "Of 1910", "Of 1911", "Of 1912", "Undated"]
    assert html.count('<path d="M0 ') == 3
    assert 'href="/timeline/?style=cubism"' in html
    assert "1 painting has no date" in html
    assert "All others" in html
    assert "style=" not in re.sub(r'href="[^"]*"', "", html)


@pytest.mark.usefixtures("hung")
def test_years_and_style_narrow_the_wall_down_and_stay_in_the_addresses(client: Client) -> None:
    html = text(client.get("/timeline/?from=1911&to=1920&style=cubism&genre=portrait"))
    assert titles(html) == ["Of 1911", "Of 1912"]
    assert 'href="/timeline/?genre=portrait&amp;from=1911&amp;to=1920" aria-current="true"' in html
    assert 'href="/?style=cubism&amp;genre=portrait&amp;from=1911&amp;to=1920&amp;sort=oldest"' in html
    assert '<input type="hidden" name="genre" value="portrait">' in html
    assert 'href="/timeline/?genre=portrait&amp;from=1911&amp;to=1920"' in html
    assert 'class="chip" href="/timeline/?style=cubism&amp;genre=portrait"' in html


@pytest.mark.usefixtures("hung")
def test_the_table_says_what_the_drawing_shows(client: Client) -> None:
    html = text(client.get("/timeline/"))
    table = html[html.index("<table>") : html.index("</table>")]
    assert re.findall(r'<th scope="col">(.*?)</th>', table) == ["Years", "All", "Rococo", "Cubism", "All others"]
    found = counted()
    assert len(re.findall(r'<th scope="row">', table)) == sum(each.count > 0 for each in found.bins)


@pytest.mark.usefixtures("hung")
def test_the_wall_grows_on_the_timeline(client: Client) -> None:
    html = text(client.get("/timeline/?size=3"))
    assert 'href="/timeline/?page=2&amp;size=3"' in html
    assert 'data-here="/timeline/?size=3"' in html
    part = text(client.get("/timeline/?page=2&size=3&part=1"))
    assert titles(part) == ["Of 1910", "Of 1911", "Of 1912"]
    assert 'data-here="/timeline/?size=6"' in part
    assert "<html" not in part


@pytest.mark.usefixtures("hung")
def test_examples_and_orders_are_no_matter_of_the_timeline(client: Client) -> None:
    html = text(client.get("/timeline/?like=1&sort=newest&colour=8c2f1b&from=1900"))
    assert titles(html) == ["Of 1910", "Of 1911", "Of 1912"]


@pytest.mark.usefixtures("hung")
def test_what_a_form_leaves_empty_stands_in_no_address(client: Client) -> None:
    response = client.get("/timeline/?from=&to=1900&genre=landscape")
    assert response.status_code == 302
    assert response.headers["Location"] == "/timeline/?genre=landscape&to=1900"
    asked = client.get("/timeline/?from=&to=1900", headers={"HX-Request": "true"})
    assert asked.headers["HX-Push-Url"] == "/timeline/?to=1900"


@pytest.mark.usefixtures("hung")
def test_years_in_which_nothing_was_painted_say_so_and_lead_out(client: Client) -> None:
    html = text(client.get("/timeline/?from=1770&to=1790"))
    assert "No painting of these years" in html
    assert 'href="/timeline/"' in html


@pytest.mark.parametrize("query", ["from=yesterday", "from=1900&to=1800", "page=99", f"q={'x' * 300}"])
@pytest.mark.usefixtures("hung")
def test_what_makes_no_sense_is_refused_with_a_sentence(client: Client, query: str) -> None:
    response = client.get(f"/timeline/?{query}")
    assert response.status_code == 400
    assert 'role="alert"' in response.content.decode()


def test_a_collection_without_dates_or_without_anything_says_so(client: Client) -> None:
    assert "The walls are still bare" in text(client.get("/timeline/"))
    make_painting("Undated")
    assert "No painting here is dated" in text(client.get("/timeline/"))
    assert told().json() == {"undated": 1, "bins": [], "styles": [], "others": []}


def test_a_collection_of_one_year_is_shown_without_anything_to_choose(client: Client) -> None:
    dated(1889, style="Cubism")
    html = text(client.get("/timeline/"))
    assert titles(html) == ["Of 1889"]
    assert "years-from" not in html


@pytest.mark.usefixtures("hung")
def test_a_style_that_nobody_has_is_flat_on_the_page_and_refused_by_the_api(client: Client) -> None:
    assert "No painting of these years" in text(client.get("/timeline/?style=nothing"))
    assert told("?style=nothing").status_code == 400


@pytest.mark.usefixtures("hung")
def test_the_page_takes_as_many_queries_however_many_paintings(
    client: Client, django_assert_max_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counting, "KEPT_SECONDS", 10**9)  # else a minute may end between two requests
    client.get("/timeline/")
    with django_assert_max_num_queries(12):
        client.get("/timeline/?from=1700")
    for year in range(1850, 1870):
        dated(year, style="Realism")
    client.get("/timeline/")
    with django_assert_max_num_queries(12):
        client.get("/timeline/?from=1700")


@pytest.mark.usefixtures("hung")
def test_the_api_tells_bins_and_styles() -> None:
    said = told("?genre=portrait&genre=landscape").json()
    assert said["undated"] == 0
    assert [style["slug"] for style in said["styles"]] == ["rococo", "cubism"]
    assert said["styles"][1]["count"] == sum(said["styles"][1]["counts"]) == 3
    assert len(said["bins"]) == len(said["others"]) == len(said["styles"][0]["counts"])
    assert sum(said["others"]) == 1
    assert sum(each["count"] for each in said["bins"]) == 6


@pytest.mark.parametrize("query", ["?from=1900", "?page=2", "?like=1", "?genre=nothing"])
@pytest.mark.usefixtures("hung")
def test_what_the_api_does_not_know_is_refused(query: str) -> None:
    response = told(query)
    assert response.status_code == 400
    assert query[1:].split("=")[0] in response.json()


def test_nothing_can_be_sent_there(client: Client) -> None:
    assert client.post("/timeline/").status_code == 405


def test_years_before_our_era_are_written_as_people_write_them(client: Client) -> None:
    dated(-480, style="Red-figure")
    dated(20, style="Fayum")
    dated(150, style="Fayum")
    html = text(client.get("/timeline/"))
    table = html[html.index("<table>") : html.index("</table>")]
    assert re.findall(r'<th scope="row">(.*?)</th>', table) == ["480–461 BC", "20–39", "140–159"]
    assert ">1</text>" in html
    assert re.search(r'text-anchor="\w+"[^>]*>400 BC</text>', html)
    assert titles(text(client.get("/timeline/?from=-500&to=-1"))) == ["Of -480"]


@pytest.mark.usefixtures("hung")
def test_where_nothing_matches_that_is_said_and_not_that_dates_lack(client: Client) -> None:
    html = text(client.get("/timeline/?q=zzzz"))
    assert "No painting here is dated" not in html
    assert '<h2>No painting</h2><p><a href="/timeline/">Everything</a></p>' in html
