"""The page of help: it can be read by task, and its examples do what they say in the collection as it is."""

import re
from html import unescape
from typing import Any, NoReturn

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from search import indexes
from search.indexes.base import IndexUnavailable
from tests.factories import make_painting

pytestmark = pytest.mark.django_db


def page(client: Client) -> str:
    response = client.get("/help/")
    assert response.status_code == 200
    return response.content.decode()


def examples(html: str) -> dict[str, str]:
    """The questions to try, by what their links say."""
    return {
        unescape(label): unescape(url) for url, label in re.findall(r'<a class="pill".*?href="(.*?)">(.*?)</a>', html)
    }


@pytest.fixture
def collection() -> None:
    for number, year in enumerate((1700, 1800, 1900)):
        make_painting(
            f"Harbour {number}", artist="Ines Quill", style="Impressionism", genre="landscape", display_date=str(year),
            first_year=year, last_year=year,
        )  # fmt: skip


def test_each_topic_that_is_listed_is_on_the_page(client: Client) -> None:
    html = page(client)
    listed = re.findall(r'<li><a href="#(\w+)">', html)
    assert len(listed) >= 11
    assert listed == re.findall(r'<h2 id="(\w+)">', html)


def test_every_example_finds_something(client: Client, collection: None) -> None:
    tried = examples(page(client))
    assert len(tried) == 20
    for label, url in tried.items():
        answer = client.get(url, follow=True)
        assert answer.status_code == 200, (label, url)
        if "nearness" not in url:  # what is near in a collection of random vectors?
            assert "Nothing here matches" not in answer.content.decode(), (label, url)


def test_the_typing_error_is_one_and_is_forgiven(client: Client, collection: None) -> None:
    tried = examples(page(client))
    assert tried["Impessionism"] == "/?q=Impessionism"
    assert "shown for “impressionism”" in client.get("/?q=Impessionism").content.decode()


def test_years_before_our_era_are_written_as_people_write_them(client: Client) -> None:
    make_painting("Old", first_year=-500)
    make_painting("Older", first_year=-700)
    assert examples(page(client))["600–500 BC"] == "/?from=-600&to=-500"


def test_paintings_that_are_not_public_are_no_examples(client: Client) -> None:
    make_painting("Secret", state="draft", style="Hidden")
    html = page(client)
    assert "Secret" not in html
    assert "Hidden" not in html


def test_an_empty_collection_and_one_without_terms_can_be_told_about(client: Client) -> None:
    assert {"Ultramarine", "The map"} <= examples(page(client)).keys()
    make_painting("Alone")
    assert "Like “Alone”" in examples(page(client))


def test_help_is_there_while_the_index_is_not(
    client: Client, collection: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*args: Any, **others: Any) -> NoReturn:
        raise IndexUnavailable("It is being repaired.")

    monkeypatch.setattr(indexes, "index", gone)
    html = page(client)
    assert examples(html).keys() == {"The map", "The timeline", "My selection"}
    assert "Accents and capitals don’t matter" in html


def test_it_says_how_long_photos_are_kept(client: Client, settings: Any) -> None:
    settings.PHOTO_LIFETIME *= 2
    assert "is deleted after 120 minutes" in page(client)


def test_it_takes_few_queries(client: Client, collection: None) -> None:
    page(client)  # the index is built by whoever comes first
    with CaptureQueriesContext(connection) as queries:
        page(client)
    assert len(queries) <= 8


@pytest.mark.parametrize("path", ["/", "/search/"])
def test_help_is_linked_from_every_page(client: Client, path: str) -> None:
    html = client.get(path).content.decode()
    assert 'href="/help/"' in html
    assert 'href="/help/#privacy"' in html
