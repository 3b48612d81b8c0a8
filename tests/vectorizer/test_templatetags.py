"""“What the network sees” on a painting's page: a guess in words, beside the catalogue, or nothing at all."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gallery.models import Painting
from tests.factories import make_painting
from tests.suggested import activate_labelled_model, suggest
from vectorizer.models import EncoderModel, Vectors

pytestmark = pytest.mark.django_db
SECTION = re.compile(r'<section class="guesses".*?</section>', re.DOTALL)


def said(painting: Painting, client: Client | None = None) -> str:
    """The section's text on the painting's page; "" where there is none."""
    page = (client or Client()).get(painting.get_absolute_url())
    assert page.status_code == 200
    found = SECTION.search(page.text)
    return " ".join(re.sub(r"<[^>]+>", " ", found[0]).split()) if found else ""


@pytest.fixture
def model() -> EncoderModel:
    return activate_labelled_model()


def test_guesses_are_words_with_a_percentage(model: EncoderModel) -> None:
    painting = make_painting()
    suggest(painting.image, style={"Impressionism": 0.62, "Realism": 0.31}, genre={"landscape": 0.95})
    text = said(painting)
    assert text.startswith("What the network sees")
    assert "Style probably Impressionism , 62 % or Realism , 31 % The catalogue names no style." in text
    assert "Genre very likely landscape , 95 % The catalogue names no genre." in text
    assert "It may be wrong, and is no part of the catalogue." in text


def test_what_the_catalogue_says_stands_beside_it(model: EncoderModel) -> None:
    painting = make_painting(style="Baroque", genre="Landscape")
    suggest(painting.image, style={"Realism": 0.3, "Baroque": 0.25}, genre={"landscape": 0.7})
    text = said(painting)
    assert "perhaps Realism , 30 %" in text
    assert "The catalogue says Baroque." in text
    assert "The catalogue says the same." in text


def test_a_network_that_does_not_know_says_so() -> None:
    activate_labelled_model(style=tuple(f"Style {number}" for number in range(9)), genre=("a", "b"))
    painting = make_painting()
    suggest(painting.image, style={"Style 3": 0.22, "Style 5": 0.2})
    assert "Style undecided; at best Style 3 , 22 % or Style 5 , 20 % The catalogue" in said(painting)


def test_a_kind_that_the_model_is_never_sure_of_is_guessed_in_careful_words_and_without_figures() -> None:
    activate_labelled_model(sure={"genre": 0.8})
    painting = make_painting()
    suggest(painting.image, style={"Impressionism": 0.93}, genre={"landscape": 0.85})
    text = said(painting)
    assert "Style perhaps Impressionism The catalogue names no style." in text
    assert "Genre very likely landscape , 85 % The catalogue names no genre." in text
    suggest(painting.image, style={"Impressionism": 0.6, "Realism": 0.3})
    assert "Style perhaps Impressionism or Realism The catalogue" in said(painting)


def test_what_is_hardly_likely_is_left_out_behind_the_first(model: EncoderModel) -> None:
    painting = make_painting()
    suggest(painting.image, style={"Impressionism": 0.95})
    assert "Impressionism , 95 % The catalogue" in said(painting)


def test_guesses_are_no_data_about_the_painting_for_machines(model: EncoderModel) -> None:
    painting = make_painting()
    suggest(painting.image, style={"Impressionism": 0.62})
    found = SECTION.search(Client().get(painting.get_absolute_url()).text)
    assert found
    assert "itemprop" not in found[0]
    assert "data-nosnippet" in found[0]


def test_a_model_without_labels_says_nothing() -> None:
    assert said(make_painting()) == ""


@pytest.mark.parametrize("packed", [b"", b"garbled"])
def test_without_probabilities_nothing_is_said(packed: bytes, model: EncoderModel) -> None:
    painting = make_painting()
    Vectors.objects.update(probabilities=packed)
    assert said(painting) == ""


def test_a_draft_shows_its_guesses_to_those_who_see_it(model: EncoderModel, curator: User) -> None:
    painting = make_painting(state="draft")
    suggest(painting.image, style={"Impressionism": 0.62})
    client = Client()
    assert client.get(painting.get_absolute_url()).status_code == 404
    client.force_login(curator)
    assert "probably Impressionism" in said(painting, client)


def test_a_label_can_put_no_markup_into_the_page() -> None:
    activate_labelled_model(style=("<script>alert(1)</script>", "Realism"), genre=("a", "b"))
    painting = make_painting()
    suggest(painting.image, style={"<script>alert(1)</script>": 0.9})
    assert "<script>alert" not in Client().get(painting.get_absolute_url()).text


def test_guesses_take_two_queries_of_the_page(model: EncoderModel) -> None:
    painting = make_painting()
    suggest(painting.image, style={"Impressionism": 0.62})
    Client().get(painting.get_absolute_url())  # the index is built once
    with CaptureQueriesContext(connection) as captured:
        Client().get(painting.get_absolute_url())
    asked: list[Any] = [query for query in captured.captured_queries if "probabilities" in query["sql"]]
    assert len(asked) == 1
