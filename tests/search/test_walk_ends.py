"""The page on which somebody chooses where a walk leads."""

import re
from typing import Any

import pytest
from django.test import Client

from gallery import publishing
from gallery.models import Painting
from search import walk_ends
from tests.factories import make_painting, unit
from tests.search.pairs import near
from vectorizer.models import Vectors

pytestmark = pytest.mark.django_db
START = unit(1, 512)


def hung(title: str, cosine: float, artist: str = "") -> Painting:
    """A public painting whose overall look is at this cosine from the start's."""
    return make_painting(title, artist=artist or title, vectors={"common512": near(START, cosine)})


@pytest.fixture
def start() -> Painting:
    return make_painting("Harbour", artist="Anna Berg", vectors={"common512": START})


def asked(client: Client, start: Painting, query: str = "") -> str:
    response = client.get(f"/walk/{start.pk}/{query}")
    assert response.status_code == 200, response.content
    return " ".join(response.content.decode().split())


def offered(html: str) -> list[str]:
    wall = html[html.index('<ul class="wall"') :] if '<ul class="wall"' in html else ""
    return re.findall(r"<cite>(.*?)</cite>", wall)


def test_what_is_least_like_the_start_is_offered_first_and_one_of_each_artist(client: Client, start: Painting) -> None:
    hung("Near", 0.9)
    hung("Far", -0.5, "Ben Holm")
    hung("Farther than most", -0.3, "Ben Holm")
    hung("Between", 0.2)
    html = asked(client, start)
    assert "A walk from <a" in html
    assert offered(html) == ["Far", "Between", "Near"]


def test_each_of_them_leads_to_the_walk(client: Client, start: Painting) -> None:
    end = hung("Evening", 0.1)
    html = asked(client, start)
    assert f'href="/walk/{start.pk}/{end.pk}/"' in html
    assert client.get(f"/walk/{start.pk}/{end.pk}/").status_code == 200


def test_words_find_another_end_and_never_the_start_itself(client: Client, start: Painting) -> None:
    hung("Harbour at night", 0.5)
    hung("Evening", 0.1)
    html = asked(client, start, "?q=harbour")
    assert offered(html) == ["Harbour at night"]
    assert 'value="harbour"' in html
    assert f'href="/walk/{start.pk}/"' in html, "back to what is offered at first"


def test_where_more_match_than_are_offered_that_is_said(client: Client, start: Painting) -> None:
    for number in range(walk_ends.OFFERED):
        make_painting(f"Harbour {number}")
    sentence = "These match best; more words find others."
    html = asked(client, start, "?q=harbour")
    assert len(offered(html)) == walk_ends.OFFERED
    assert sentence not in html
    make_painting("One more harbour")
    html = asked(client, start, "?q=harbour")
    assert len(offered(html)) == walk_ends.OFFERED
    assert sentence in html


def test_words_that_nothing_matches_are_answered_with_a_sentence(client: Client, start: Painting) -> None:
    hung("Evening", 0.1)
    html = asked(client, start, "?q=zeppelin")
    assert offered(html) == []
    assert "Nothing here matches." in html


@pytest.mark.parametrize("words", ["x" * 300, "%00"])
def test_words_that_make_no_sense_are_refused_with_a_sentence(client: Client, start: Painting, words: str) -> None:
    response = client.get(f"/walk/{start.pk}/?q={words}")
    assert response.status_code == 400
    html = response.content.decode()
    assert "That could not be understood" in html
    assert f'<a href="/walk/{start.pk}/">A walk from Harbour</a>' in html


def test_a_start_without_vectors_or_without_others_has_nowhere_to_lead(client: Client, start: Painting) -> None:
    sentence = "There is no painting to walk to just now."
    assert sentence in asked(client, start)
    hung("Evening", 0.1)
    assert sentence not in asked(client, start)
    Vectors.objects.filter(image=start.live_image).delete()
    assert sentence in asked(client, start)


def test_what_is_not_public_is_neither_start_nor_end(client: Client, start: Painting, curator: Any) -> None:
    draft = make_painting("Draft", state="draft", vectors={"common512": near(START, 0.3)})
    gone = hung("Gone", 0.2)
    hung("Evening", 0.1)
    publishing.withdraw([gone], by=curator)
    client.force_login(curator)
    assert client.get(f"/walk/{draft.pk}/").status_code == client.get(f"/walk/{gone.pk}/").status_code == 404
    assert client.get(f"/walk/{2**70}/").status_code == 404
    assert offered(asked(client, start)) == ["Evening"]
    assert offered(asked(client, start, "?q=draft")) == []


def test_the_number_of_queries_does_not_grow_with_the_offers(
    client: Client, start: Painting, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        hung(f"Evening {number}", number / 40)
    asked(client, start)
    with django_assert_max_num_queries(20):
        assert len(offered(asked(client, start))) == 20


def test_a_painting_that_is_public_leads_there(client: Client, start: Painting, curator: Any) -> None:
    link = f'href="/walk/{start.pk}/"'
    assert link in client.get(start.get_absolute_url()).content.decode()
    publishing.withdraw([start], by=curator)
    client.force_login(curator)
    assert link not in client.get(start.get_absolute_url()).content.decode()
