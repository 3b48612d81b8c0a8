"""A selection as a table and as JSON, with titles that nobody wishes for."""

import csv
import json
from io import StringIO

import pytest
from django.utils import translation

from gallery.models import Painting
from search import selection_files
from tests.factories import make_painting

SITE = "https://museum.example"
HOSTILE = (
    "=HYPERLINK(\"http://evil.example\",\"Click\")",
    "+1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "\t=1+1",
    "  =1+1",
    "＝1+1",
)  # fmt: skip
HARMLESS = ("Crépuscule", "3 = 3", "a@b.example", "“Untitled” (1965)", "Sunrise, with boats; and more", "夕暮れ", "")

pytestmark = pytest.mark.django_db


def rows(text: str, delimiter: str = ",") -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text[1:], newline=""), delimiter=delimiter))


def table(*paintings: Painting) -> list[dict[str, str]]:
    heading, *found = rows(selection_files.as_csv(selection_files.records(paintings, SITE)))
    return [dict(zip(heading, row, strict=True)) for row in found]


@pytest.fixture
def painting() -> Painting:
    return make_painting(
        "Crépuscule",
        artist=("Åsa Lind", "Workshop of Nobody"),
        style="Cubism",
        genre="Landscape",
        display_date="c. 1889",
        medium="Oil on canvas",
        dimensions="73 × 92 cm",
        collection="City Museum",
        object_number="1923.17",
        rights="https://creativecommons.org/publicdomain/mark/1.0/",
        credit_line="Gift of the Friends, 1923",
    )


def test_the_table_says_all_of_a_painting(painting: Painting) -> None:
    (row,) = table(painting)
    picture = row.pop("Picture")
    assert row == {
        "Title": "Crépuscule",
        "Artists": "Åsa Lind; Workshop of Nobody",
        "Date": "c. 1889",
        "Style": "Cubism",
        "Genre": "Landscape",
        "Medium": "Oil on canvas",
        "Dimensions": "73 × 92 cm",
        "Collection": "City Museum",
        "Object number": "1923.17",
        "Rights": "Public Domain Mark 1.0",
        "Address of the rights statement": "https://creativecommons.org/publicdomain/mark/1.0/",
        "Credit line": "Gift of the Friends, 1923",
        "Page": SITE + painting.get_absolute_url(),
    }
    assert picture.startswith(f"{SITE}/paintings/{painting.pk}/images/")
    assert picture.endswith(".jpg")


def test_json_says_the_same_under_names_that_stay(painting: Painting) -> None:
    found = selection_files.records((painting,), SITE)
    with translation.override("de"):
        document = json.loads(selection_files.as_json(found, missing=2))
    assert (document["count"], document["missing"]) == (1, 2)
    (told,) = document["paintings"]
    assert told["id"] == painting.pk
    assert told["artists"] == ["Åsa Lind", "Workshop of Nobody"]
    assert told["credit_line"] == "Gift of the Friends, 1923"
    assert told["page"] == SITE + painting.get_absolute_url()


@pytest.mark.parametrize("title", HOSTILE)
def test_no_cell_begins_a_formula(title: str) -> None:
    painting = make_painting(title, artist=title, medium=title, collection=title)
    (row,) = table(painting)
    for name in ("Title", "Artists", "Medium", "Collection"):
        assert row[name] == f"'{title}"
    assert (
        json.loads(selection_files.as_json(selection_files.records((painting,), SITE), missing=0))["paintings"][0][
            "title"
        ]
        == title
    ), "JSON is read by programs, which run no formulas"


@pytest.mark.parametrize("title", HARMLESS)
def test_what_is_no_formula_stays_as_it_is(title: str) -> None:
    assert table(make_painting(title))[0]["Title"] == title


def test_quotes_and_new_lines_stay_in_their_cell() -> None:
    hostile = 'He said "no",\r\nand; left\n=1+1'
    first, second = table(make_painting(hostile), make_painting("Second"))
    assert first["Title"] == hostile
    assert second["Title"] == "Second"


def test_what_is_unknown_is_empty() -> None:
    (row,) = table(make_painting("Untitled"))
    assert {name for name, cell in row.items() if cell} == {"Title", "Page", "Picture"}


def test_where_the_comma_stands_before_decimals_semicolons_part_the_cells(painting: Painting) -> None:
    found = selection_files.records((painting,), SITE)
    with translation.override("de"):
        heading, row = rows(selection_files.as_csv(found), ";")
    assert len(heading) == len(row) == 14
    assert row[7] == "City Museum"


def test_an_empty_selection_is_a_table_of_headings() -> None:
    assert len(rows(selection_files.as_csv([]))) == 1
