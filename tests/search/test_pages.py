"""The wall: the whole collection, and what words, filters, orders and pages leave of it."""

import re
from html import unescape
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gallery import publishing
from gallery.models import Painting
from tests.factories import make_painting, unit
from vectorizer.models import EncoderModel

pytestmark = pytest.mark.django_db


def page(client: Client, path: str, status: int = 200) -> str:
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def titles(html: str) -> list[str]:
    wall = html.partition('<ul class="wall"')[2].partition("</ul>")[0]
    return [unescape(title) for title in re.findall(r"<cite>(.*?)</cite>", wall)]


def count(html: str) -> str:
    return " ".join(re.search(r'id="count"[^>]*>(.*?)</p>', html, re.S).group(1).split())  # type: ignore[union-attr]


def chips(html: str) -> dict[str, str]:
    """The parts of the question by their labels, with the addresses of the question without them."""
    found = re.findall(r'<a class="chip" href="(.*?)">(.*?)<svg class="icon"', html, re.S)
    return {re.sub(r"<span.*?</span>|<svg.*?</svg>", "", label).strip(): unescape(url) for url, label in found}


@pytest.fixture
def three(db: None) -> list[Painting]:
    return [
        make_painting("Été à Düsseldorf", artist="Anna Blüm", style="Cubism", genre="landscape", display_date="1900"),
        make_painting(
            "Winter", artist="Bert", style="Cubism", genre="portrait", display_date="1910", collection="Aa & Bb"
        ),
        make_painting("A boat", artist="Cleo", style="Fauvism", display_date="17th century"),
    ]


class TestCollection:
    def test_it_shows_everything_public_newest_first(self, client: Client, three: list[Painting]) -> None:
        html = page(client, "/")
        assert titles(html) == ["A boat", "Winter", "Été à Düsseldorf"]
        assert count(html) == "3 paintings"
        assert "Cleo" in html
        assert "17th century" in html

    def test_an_empty_collection_says_so(self, client: Client) -> None:
        assert "The walls are still bare" in page(client, "/")

    @pytest.mark.parametrize("state", [Painting.State.DRAFT, Painting.State.REVIEW, Painting.State.WITHDRAWN])
    def test_what_is_not_published_is_not_there_even_in_the_counts(self, client: Client, state: str) -> None:
        make_painting("Secret", artist="Nobody", style="Hidden", state=state)
        html = page(client, "/?q=secret")
        assert titles(html) == []
        assert "Hidden" not in html + page(client, "/")

    def test_a_withdrawn_painting_is_gone_from_the_next_page(self, client: Client, three: list[Painting]) -> None:
        page(client, "/")
        publishing.withdraw([three[1]], by=None)
        assert titles(page(client, "/")) == ["A boat", "Été à Düsseldorf"]

    @pytest.mark.parametrize("words", ["ete", "ÉTÉ", "dusseldorf", "blum ete", "DÜSS"])
    def test_words_find_titles_and_artists_without_accents_and_case(
        self, client: Client, three: list[Painting], words: str
    ) -> None:
        html = page(client, f"/?q={words}")
        assert titles(html) == ["Été à Düsseldorf"]
        assert f"Paintings for “{words}”" in html

    @pytest.mark.parametrize(
        ("question", "found"),
        [
            ("style=cubism", ["Winter", "Été à Düsseldorf"]),
            ("style=cubism&style=fauvism", ["A boat", "Winter", "Été à Düsseldorf"]),
            ("style=cubism&genre=portrait", ["Winter"]),
            ("artist=cleo", ["A boat"]),
            ("collection=Aa+%26+Bb", ["Winter"]),
            ("from=1905", ["Winter"]),
            ("to=1700", ["A boat"]),
            ("from=1650&to=1905", ["A boat", "Été à Düsseldorf"]),
            ("style=nothing", []),
        ],
    )
    def test_filters_narrow_it(self, client: Client, three: list[Painting], question: str, found: list[str]) -> None:
        assert titles(page(client, f"/?{question}")) == found

    def test_filters_are_offered_with_their_counts_and_those_chosen_are_ticked(
        self, client: Client, three: list[Painting]
    ) -> None:
        html = page(client, "/?style=cubism")
        boxes = dict(re.findall(r'name="style" value="(\w+)"( checked)?', html))
        assert boxes == {"cubism": " checked", "fauvism": ""}
        assert re.search(r'<span>Cubism</span> <span class="number">2</span>', html)

    def test_each_part_of_the_question_can_be_removed(self, client: Client, three: list[Painting]) -> None:
        html = page(client, "/?q=winter&style=cubism&from=1905&to=1950&sort=title")
        assert chips(html) == {
            "“winter”": "/?style=cubism&from=1905&to=1950&sort=title",
            "Cubism": "/?q=winter&from=1905&to=1950&sort=title",
            "1905–1950": "/?q=winter&style=cubism&sort=title",
        }
        assert 'href="/?sort=title">Remove all' in html

    @pytest.mark.parametrize(
        ("years", "label"),
        [
            ("from=1900", "from 1900"),
            ("to=1900", "until 1900"),
            ("from=1900&to=1900", "1900"),
            ("from=-500", "from 500 BC"),
            ("from=-500&to=-401", "500–401 BC"),
            ("from=-50&to=49", "50 BC to AD 49"),
        ],
    )
    def test_open_years_are_put_into_words(self, client: Client, three: list[Painting], years: str, label: str) -> None:
        assert label in chips(page(client, f"/?{years}"))

    @pytest.mark.parametrize(
        ("sort", "first"),
        [("title", "A boat"), ("artist", "Été à Düsseldorf"), ("oldest", "A boat"), ("latest", "Winter")],
    )
    def test_it_can_be_sorted(self, client: Client, three: list[Painting], sort: str, first: str) -> None:
        html = page(client, f"/?sort={sort}")
        assert titles(html)[0] == first
        assert f'<option value="{sort}" selected>' in html
        assert 'value="similarity"' not in html

    def test_nothing_found_leads_on(self, client: Client, three: list[Painting]) -> None:
        html = page(client, "/?q=zzzz&style=cubism")
        assert count(html) == "No painting"
        assert "Nothing here matches" in html
        assert 'href="/">remove them all' in html


class TestPages:
    def test_pages_are_links_that_keep_the_question(self, client: Client) -> None:
        for number in range(5):
            make_painting(f"Number {number}", style="Cubism")
        html = page(client, "/?style=cubism&size=2&page=2")

        assert titles(html) == ["Number 2", "Number 1"]
        assert count(html) == "5 paintings, page 2 of 3"
        assert '<link rel="prev" href="/?style=cubism&amp;size=2">' in html
        assert '<link rel="next" href="/?style=cubism&amp;page=3&amp;size=2">' in html
        assert re.search(r'page=2&amp;size=2" aria-current="page"', html)

    def test_many_pages_are_abridged(self, client: Client) -> None:
        for number in range(12):
            make_painting(f"Number {number}")
        html = page(client, "/?size=1&page=6")
        numbers = re.findall(r"</span>(\d+)</a></li>|(…)", html)
        assert [number or gap for number, gap in numbers] == ["1", "…", "4", "5", "6", "7", "8", "…", "12"]

    def test_a_page_beyond_the_last_is_refused_with_a_sentence(self, client: Client) -> None:
        make_painting("Only one")
        assert "There is only one page" in page(client, "/?page=9", status=400)


class TestRefusals:
    @pytest.mark.parametrize(
        ("question", "sentence"),
        [
            ("from=abc", "<strong>First year:</strong> “abc” is no whole number."),
            ("from=1900&to=1800", "The first year (1900) is after the last (1800)."),
            ("sort=beauty", "<strong>Order:</strong> “beauty” is no order."),
            ("page=0", "<strong>Page:</strong>"),
            ("page=-1", "<strong>Page:</strong>"),
            ("size=9999999999999999999999", "<strong>Paintings a page:</strong>"),
            ("q=%00", "<strong>Words:</strong>"),
            ("q=" + "a" * 300, "This is too long"),
            ("like=x", "<strong>Example:</strong>"),
            ("weight.palette=much", "<strong>Weight:</strong>"),
        ],
    )
    @pytest.mark.parametrize("path", ["/", "/search/"])
    def test_what_can_not_be_answered_is_refused_with_a_sentence(
        self, client: Client, path: str, question: str, sentence: str
    ) -> None:
        html = page(client, f"{path}?{question}", status=400)
        assert sentence in html
        assert "Begin anew" in html

    def test_words_are_kept_while_something_else_is_refused(self, client: Client) -> None:
        assert 'name="q" value="boat"' in page(client, "/?q=boat&from=x", status=400)

    def test_odd_bytes_and_repeated_parameters_are_no_fault_of_ours(self, client: Client) -> None:
        for question in (
            "q=%ff%fe",
            "style=%ff",
            "q=a&q=b",
            "style=" + "&style=".join(map(str, range(60))),
            "=",
            "from=",
        ):
            assert client.get(f"/?{question}").status_code in (200, 302, 400), question


class TestAddresses:
    def test_what_a_form_without_script_leaves_empty_is_no_part_of_the_address(self, client: Client) -> None:
        response = client.get("/?q=&style=cubism&from=&to=&sort=newest")
        assert response.headers["Location"] == "/?style=cubism"

    def test_htmx_is_told_the_short_address_and_none_for_a_refusal(self, client: Client) -> None:
        htmx = {"hx-request": "true"}
        answered = client.get("/?q=&style=cubism&from=&sort=newest", headers=htmx)
        assert answered.headers["HX-Push-Url"] == "/?style=cubism"
        assert client.get("/?from=x", headers=htmx).headers["HX-Push-Url"] == "false"

    def test_examples_belong_to_the_search_page(self, client: Client) -> None:
        assert client.get("/?like=3&style=cubism").headers["Location"] == "/search/?like=3&style=cubism"


class TestLikeAPainting:
    def test_its_look_alikes_stand_beside_it_the_most_alike_first(self, client: Client) -> None:
        example = make_painting("Example", vectors={"common512": unit(1, 512)})
        make_painting("Other")
        make_painting("Its twin", vectors={"common512": unit(1, 512)})

        html = page(client, f"/search/?like={example.pk}")

        assert titles(html) == ["Its twin", "Other"]
        assert "Paintings like <cite>Example</cite>" in html
        assert count(html) == "2 paintings, the most alike first"
        assert f'<input type="hidden" name="like" value="{example.pk}">' in html

    def test_it_can_be_compared_by_another_feature_or_by_all(self, client: Client) -> None:
        example = make_painting("Example")
        make_painting("Same colours", vectors={"palette": features(example)["palette"]})
        make_painting("Other")
        html = page(client, f"/search/?like={example.pk}&weight.palette=1")
        ways = html.partition('aria-label="Compare by"')[2].partition("</ul>")[0]

        assert titles(html)[0] == "Same colours"
        links = {
            label: (unescape(url), bool(current))
            for url, current, label in re.findall(r'href="(.*?)"( aria-current="true")?>(.*?)<', ways)
        }
        usual, *others = [feature.name for feature in EncoderModel.current().card.likenesses]
        together = "".join(f"&weight.{name}=1" for name in sorted((usual, *others)))
        assert list(links.values()) == [
            (f"/search/?like={example.pk}{together}", False),
            (f"/search/?like={example.pk}", False),
            *[(f"/search/?like={example.pk}&weight.{name}=1", name == "palette") for name in others],
        ]

    @pytest.mark.parametrize("state", [Painting.State.DRAFT, Painting.State.WITHDRAWN])
    def test_a_painting_that_is_not_public_is_no_example_not_even_for_the_staff(
        self, client: Client, curator: Any, state: str
    ) -> None:
        secret = make_painting("Secret", state=state)
        assert "Secret" not in page(client, f"/search/?like={secret.pk}", status=400)
        client.force_login(curator)
        assert "Secret" not in page(client, f"/search/?like={secret.pk}", status=400)


@pytest.mark.parametrize("path", ["/", "/?q=number&style=style-0", "/search/?like={pk}"])
def test_pages_take_as_many_queries_however_many_paintings(client: Client, path: str) -> None:
    counts = []
    for numbers in (range(2), range(2, 15)):
        made = [make_painting(f"Number {n}", artist=f"Artist {n}", style=f"Style {n}") for n in numbers]
        client.get("/")  # the index is built by whoever comes first
        with CaptureQueriesContext(connection) as queries:
            page(client, path.format(pk=made[0].pk))
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 14


def test_health_is_the_databases(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert (client.get("/healthz").status_code, client.get("/healthz").content) == (200, b"ok\n")

    def broken(*args: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", broken)
    assert client.get("/healthz").status_code == 503


def features(painting: Painting) -> Any:
    return painting.image.vectors.get().features()
