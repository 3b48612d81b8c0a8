"""The question as it stands on its page: every part of it is seen, can be changed, and can be taken back."""

import re
from html import unescape
from typing import Any

import numpy as np
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gallery.models import Painting
from search import wall
from search.query import Example, Question
from search.wall.likeness import plain
from tests.factories import make_painting, unit
from tests.search.test_pages import chips, count, page, titles
from vectorizer.features import palette_of_colours
from vectorizer.models import EncoderModel

pytestmark = pytest.mark.django_db

RED, BLUE = "c02020", "2030c0"


def in_colour(title: str, colour: str, **fields: Any) -> Painting:
    rgb = tuple(bytes.fromhex(colour))
    return make_painting(title, vectors={"palette": palette_of_colours([((rgb[0], rgb[1], rgb[2]), 1.0)])}, **fields)


def near(vector: Any, distance: float) -> Any:
    """A unit vector at about this distance from another."""
    moved = vector + distance * unit(7, len(vector))
    return (moved / np.linalg.norm(moved)).astype(np.float32)


def links(html: str) -> dict[str, str]:
    """The name of each link, and where it leads."""
    found = re.findall(r'<a\b([^>]*)href="([^"]*)"([^>]*)>(.*?)</a>', html, re.S)
    return {_name(before + after, inside): unescape(url) for before, url, after, inside in found}


def _name(attributes: str, inside: str) -> str:
    label = re.search(r'aria-label="([^"]*)"', attributes)
    return label[1] if label else re.sub(r"<[^>]+>", " ", inside).strip()


def example(html: str, title: str) -> dict[str, str]:
    """The links of the card of an example."""
    cards = re.findall(r'<li class="card.*?</li>', html, re.S)
    return links(next(card for card in cards if title in card))


class TestExamples:
    @pytest.fixture
    def four(self) -> list[Painting]:
        return [make_painting(name, artist=f"Painter of {name}") for name in ("Oak", "Elm", "Ash", "Yew")]

    def test_each_tile_adds_its_painting_for_or_against(self, client: Client, four: list[Painting]) -> None:
        oak, elm, ash, _ = four
        html = page(client, f"/search/?like={oak.pk}&unlike={elm.pk}&q=e&style=x&size=90&sort=title")
        assert titles(html) == []
        found = links(page(client, f"/search/?like={oak.pk}&unlike={elm.pk}&size=90&sort=title"))
        assert found["More like Ash"] == f"/search/?like={oak.pk}&like={ash.pk}&unlike={elm.pk}&sort=title"
        assert found["Less like Ash"] == f"/search/?like={oak.pk}&unlike={elm.pk}&unlike={ash.pk}&sort=title"

    def test_on_the_first_page_too_words_and_filters_stay(self, client: Client, four: list[Painting]) -> None:
        found = links(page(client, "/?q=ash"))
        assert found["More like Ash"] == f"/search/?like={four[2].pk}&q=ash"

    def test_each_example_can_be_switched_removed_and_cut(self, client: Client, four: list[Painting]) -> None:
        oak, elm, *_ = four
        html = page(client, f"/search/?like={oak.pk}~100,100,600,600&unlike={elm.pk}")
        liked, disliked = example(html, "Oak"), example(html, "Elm")
        assert liked["Less like Oak instead"] == f"/search/?unlike={elm.pk}&unlike={oak.pk}~100,100,600,600"
        assert liked["Remove Oak"] == f"/search/?unlike={elm.pk}"
        assert liked["Change the part  of Oak"].startswith(f"/search/part/?example={oak.pk}~100,100,600,600&like=")
        assert disliked["More like Elm instead"] == f"/search/?like={oak.pk}~100,100,600,600&like={elm.pk}"
        assert disliked["Choose a part  of Elm"].startswith(f"/search/part/?example={elm.pk}&like=")
        assert "A part of <cite>Oak</cite>" in html
        assert '<polygon points="0.1000,0.1000' in html

    def test_with_twenty_of_them_there_is_no_room_for_more(self, client: Client) -> None:
        made = [make_painting(f"Number {number}") for number in range(21)]
        some = "&".join(f"like={painting.pk}" for painting in made[:20])
        assert titles(page(client, f"/search/?{some}")) == ["Number 20"]
        assert "More like Number 20" not in links(page(client, f"/search/?{some}"))

    def test_only_against_is_a_question_too(self, client: Client, four: list[Painting]) -> None:
        html = page(client, f"/search/?unlike={four[0].pk}")
        assert "Paintings unlike <cite>Oak</cite>" in html
        assert len(titles(html)) == 3

    def test_no_part_of_a_question_is_invisible(self, client: Client, four: list[Painting]) -> None:
        oak, elm, *_ = four
        for number in range(3):
            make_painting(f"More {number}", style="Cubism", collection="Tate", medium="oil", display_date="1900")
        wishes = "style=cubism&collection=Tate&medium=oil&from=1890&to=1910&weight.palette=2&per_artist=3&once=1"
        html = page(client, f"/search/?like={oak.pk}&like={elm.pk}&q=more&{wishes}")
        assert set(chips(html)) == {
            "“more”", "Cubism", "Tate", "oil", "1890–1910", "by colours", "at most 3 of one artist",
            "near-duplicates once",
        }  # fmt: skip
        for label, url in chips(html).items():
            assert label not in chips(page(client, url)), label

    def test_nearness_can_be_taken_back(self, client: Client, four: list[Painting]) -> None:
        html = page(client, f"/search/?like={four[0].pk}&nearness=related")
        assert chips(html) == {"what is related": f"/search/?like={four[0].pk}"}
        assert '<option value="related" selected>' in html


class TestLikeness:
    def test_sliders_show_how_much_each_feature_counts(self, client: Client) -> None:
        pk = make_painting("Oak").pk
        html = page(client, f"/search/?like={pk}&weight.common512=1&weight.palette=3")
        shown = dict(re.findall(r'name="weight\.(\w+)" min="\d+" max="100" value="(\d+)"', html))
        assert shown == {"common512": "33", "style512": "0", "genre512": "0", "palette": "100"}

    def test_without_examples_there_are_none(self, client: Client) -> None:
        make_painting("Oak")
        assert 'type="range" id="weight' not in page(client, "/")

    def test_what_the_sliders_send_is_written_as_shortly_as_it_can_be(self, client: Client) -> None:
        pk = make_painting("Oak").pk
        sent = {"style512": 0, "genre512": 0, "palette": 0}
        zeros = "&".join(f"weight.{name}={value}" for name, value in sent.items())
        htmx = {"hx-request": "true"}
        usual = client.get(f"/search/?like={pk}&weight.common512=100&{zeros}", headers=htmx)
        assert usual.headers["HX-Push-Url"] == f"/search/?like={pk}"
        both = client.get(f"/search/?like={pk}&weight.common512=70&weight.palette=70", headers=htmx)
        assert both.headers["HX-Push-Url"] == f"/search/?like={pk}&weight.common512=1&weight.palette=1"

    def test_weights_without_examples_are_no_part_of_the_address(self) -> None:
        card = EncoderModel.current().card
        question = Question(weights=(("palette", 2.0),), page=3)
        assert plain(question, card) == Question(page=3)
        uneven = Question(like=(Example(painting=1),), weights=(("palette", 2.0), ("style512", 1.0)))
        assert plain(uneven, card) == uneven


class TestColours:
    def test_they_are_shown_with_their_shares(self, client: Client) -> None:
        in_colour("Sunset", RED)
        in_colour("Sea", BLUE)
        html = page(client, f"/search/?colour={RED}:25&colour={BLUE}:75")
        assert "Paintings in these colours" in html
        assert chips(html) == {
            "Red 25\u00a0%": f"/search/?colour={BLUE}:75",
            "Dark blue 75\u00a0%": f"/search/?colour={RED}:25",
        }
        assert titles(html)[0] == "Sea"
        found = links(html)
        assert found["more  Red"] == f"/search/?colour={RED}:50&colour={BLUE}:75"
        assert found["less  Red"] == f"/search/?colour={RED}:12&colour={BLUE}:75"
        assert re.search(rf'<rect x="25\.00" width="75\.00" height="100" fill="#{BLUE}"/>', html)

    def test_pigments_are_offered_while_there_is_room(self, client: Client) -> None:
        in_colour("Sunset", RED)
        assert links(page(client, "/"))["Vermilion"] == "/search/?colour=cf3f26"
        five = "&".join(f"colour=00000{digit}" for digit in range(5))
        html = page(client, f"/search/?{five}")
        assert "Vermilion" not in links(html)
        assert "Five colours are as many as there can be" in html

    def test_those_of_an_example_can_be_used_instead_of_its_own(self, client: Client) -> None:
        sunset = in_colour("Sunset", RED)
        in_colour("Sea", BLUE)
        url = links(page(client, f"/search/?like={sunset.pk}"))["Use the colours of  Sunset"]
        assert url.startswith(f"/search/?like={sunset.pk}&colour=")
        assert "these colours" in page(client, url) or "this colour" in page(client, url)

    def test_a_painting_lends_its_colours_on_its_own_page(self, client: Client) -> None:
        sunset = in_colour("Sunset", RED)
        in_colour("Sea", BLUE)
        in_colour("Dusk", RED)
        url = links(page(client, sunset.get_absolute_url()))["Use these colours"]
        assert url.startswith("/search/?colour=")
        assert {*titles(page(client, url))[:2]} == {"Sunset", "Dusk"}

    def test_with_colours_the_palette_counts_and_cannot_be_switched_off(self, client: Client) -> None:
        pk = make_painting("Oak").pk
        html = page(client, f"/search/?like={pk}&colour={RED}")
        assert re.search(r'name="weight\.palette" min="1" max="100" value="100"', html)


class TestYears:
    def test_the_histogram_has_a_bar_a_bin_and_marks_what_is_asked_for(self, client: Client) -> None:
        for year in (1800, 1801, 1850, 1899):
            make_painting(f"Of {year}", display_date=str(year))
        html = page(client, "/?from=1850")
        drawing = html.split('class="histogram')[1].split("</svg>")[0]
        assert drawing.count("<rect") == len(re.findall("<rect", drawing)) > 10
        assert drawing.count('class="in"') < drawing.count("<rect")
        assert re.search(r'id="years-from"[^>]*value="1850"', html)

    def test_a_collection_without_years_has_none(self, client: Client) -> None:
        make_painting("Oak")
        html = page(client, "/")
        assert "histogram" not in html
        assert re.search(r'id="filter-years" hidden', html)


class TestNearness:
    @pytest.fixture
    def three(self) -> Painting:
        vector = unit(1, 512)
        example = make_painting("Example", vectors={"common512": vector})
        make_painting("Twin", vectors={"common512": vector})
        make_painting("Cousin", vectors={"common512": near(vector, 0.9)})
        make_painting("Stranger", vectors={"common512": unit(99, 512)})
        return example

    def test_a_word_stands_beside_the_number_and_a_line_above_what_is_distant(
        self, client: Client, three: Painting
    ) -> None:
        html = page(client, f"/search/?like={three.pk}")
        assert titles(html) == ["Twin", "Cousin", "Stranger"]
        assert re.search(r'class="likeness">a copy, 100\u00a0%', html)
        above, below = html.split("Less alike from here")
        assert "Stranger" in below
        assert "Twin" in above
        assert "distant" not in html.split('id="wall"')[1]

    def test_where_nothing_is_near_it_is_said_once(self, client: Client, three: Painting) -> None:
        stranger = Painting.objects.get(title="Stranger")
        html = page(client, f"/search/?like={stranger.pk}")
        assert "Nothing here is really alike" in html
        assert "Less alike from here" not in html

    def test_other_orders_draw_no_line(self, client: Client, three: Painting) -> None:
        assert "Less alike" not in page(client, f"/search/?like={three.pk}&sort=title")


class TestWords:
    def test_what_was_misspelled_is_said(self, client: Client) -> None:
        make_painting("Harbour")
        html = page(client, "/?q=harbuor")
        assert titles(html) == ["Harbour"]
        assert "No “harbuor”: shown for “harbour”." in count(html)

    def test_with_examples_it_is_said_how_many_match_the_words(self, client: Client) -> None:
        oak = make_painting("Oak")
        for name in ("Elm", "Ash", "Old ash"):
            make_painting(name)
        assert "3 paintings, 2 of them with these words" in count(page(client, f"/search/?like={oak.pk}&q=ash"))


class TestGrowing:
    @pytest.fixture
    def nine(self) -> None:
        for number in range(9):
            make_painting(f"Number {number}")

    def test_a_part_has_the_next_pictures_and_the_address_of_all(self, client: Client, nine: None) -> None:
        html = page(client, "/?size=4")
        assert 'data-more="/?page=2&amp;size=4"' in html
        part = page(client, "/?page=2&size=4&part=1")
        assert "<html" not in part
        assert titles(part) == [f"Number {number}" for number in (4, 3, 2, 1)]
        assert 'data-here="/?size=8"' in part
        assert "8 of 9" in part
        assert titles(page(client, "/?size=8")) == titles(html) + titles(part)

    def test_the_last_page_has_no_more(self, client: Client, nine: None) -> None:
        assert 'id="more"' not in page(client, "/?page=2&size=8")

    def test_a_later_page_and_the_longest_lead_on_to_the_next(self, client: Client, nine: None) -> None:
        assert "data-more" not in page(client, "/?page=2&size=2")
        question = Question(page_size=192)
        results = type("Results", (), {"reach": 1000})()
        paging = wall.paging.of(question, results)
        assert paging.more == ""
        assert paging.next and paging.next.url == "/?page=2&size=192"
        assert wall.paging.of(Question(page_size=96), results).more == "/?page=3"


class TestEmpty:
    def test_each_condition_that_stands_in_the_way_is_named_with_what_there_is_without_it(self, client: Client) -> None:
        make_painting("Harbour", style="Cubism", display_date="1900")
        make_painting("Orchard", style="Fauvism", display_date="1900")
        make_painting("Old orchard", style="Fauvism", display_date="1920")
        html = page(client, "/?q=orchard&style=cubism&to=1950")
        ways = re.findall(r'<li><a href="([^"]*)">(Without [^<]*)</a> <span class="remark">([^<]*)<', html)
        assert [(unescape(url), label, number) for url, label, number in ways] == [
            ("/?style=cubism&to=1950", "Without “orchard”", "1 painting"),
            ("/?q=orchard&to=1950", "Without the style", "2 paintings"),
        ]

    def test_it_tells_what_there_is_much_of(self, client: Client) -> None:
        make_painting("Harbour", style="Cubism", artist="Anna")
        found = links(page(client, "/?q=zzzz"))
        assert found["Cubism"] == "/?style=cubism"
        assert found["Anna"] == "/?artist=anna"

    def test_what_is_too_far_can_be_let_in(self, client: Client) -> None:
        oak = make_painting("Oak")
        make_painting("Elm")
        html = page(client, f"/search/?like={oak.pk}&nearness=copy")
        assert links(html)["Show what is less near, too"] == f"/search/?like={oak.pk}"

    def test_it_costs_the_same_however_much_there_is(self, client: Client) -> None:
        counts = []
        for numbers in (range(2), range(2, 12)):
            for number in numbers:
                make_painting(f"Number {number}", style=f"Style {number}")
            client.get("/")
            with CaptureQueriesContext(connection) as queries:
                page(client, "/?q=zzzz&style=style-1&to=1900&medium=oil")
            counts.append(len(queries))
        assert counts[0] == counts[1]
