"""The page and the API of a walk from one painting to another."""

import re
from collections.abc import Sequence
from typing import Any

import pytest
from django.test import Client
from rest_framework.test import APIClient

from gallery import publishing
from gallery.models import Painting
from search import indexes
from search.indexes.base import Found, Query
from search.walk import between
from search.walking import MOST_STEPS
from tests.factories import make_painting, unit
from vectorizer.models import Vectors

pytestmark = pytest.mark.django_db
FEATURE = "common512"
ENDS = unit(1, 512), unit(2, 512)


def on_the_way(*shares: float, feature: str = FEATURE) -> list[Painting]:
    """Public paintings at these shares of the way between two that are nothing like each other."""
    return [
        make_painting(f"At {share}", artist="Anna Berg", vectors={feature: between(*ENDS, share)}) for share in shares
    ]


def at(client: Client, first: Painting, second: Painting, query: str = "") -> Any:
    return client.get(f"/walk/{first.pk}/{second.pk}/{query}")


def text(response: Any) -> str:
    assert response.status_code == 200, response.content
    return " ".join(response.content.decode().split())


def titles(html: str) -> list[str]:
    path = html[html.index('<ol class="path">') :]
    return re.findall(r"<cite>(.*?)</cite>", path[: path.index("</ol>")])


def asked(first: Painting, second: Painting, query: str = "") -> Any:
    return APIClient().get(f"/api/v1/paintings/{first.pk}/walk/{second.pk}/{query}")


def test_the_page_shows_the_chain_in_its_order_with_the_nearness_of_each_step(client: Client) -> None:
    start, later, early, end = on_the_way(0, 0.7, 0.3, 1)
    make_painting("Elsewhere")
    html = text(at(client, start, end, "?steps=3"))
    assert titles(html) == ["At 0", "At 0.3", "At 0.7", "At 1"]
    assert "In 3 steps, each to a look-alike of the last" in html
    assert "The percentage says" in html
    assert "leap" not in html
    assert html.count('class="leg"') == html.count('class="word"') == 3
    assert len(re.findall(r"class=\"figure\">\d\d.%", html)) == 3
    assert f'href="/compare/{start.pk}/{early.pk}/" data-why="/why/{start.pk}/{early.pk}/"' in html
    assert f'href="/compare/{later.pk}/{end.pk}/"' in html


def test_it_leads_back_to_both_side_by_side_and_to_other_ways(client: Client) -> None:
    start, end, _ = on_the_way(0, 1, 0.5)
    html = text(at(client, start, end, "?steps=4&weight.palette=1"))
    assert f'href="/walk/{end.pk}/{start.pk}/?steps=4&amp;weight.palette=1"' in html
    assert f'href="/compare/{start.pk}/{end.pk}/?weight.palette=1"' in html
    assert f'href="/walk/{start.pk}/{end.pk}/?steps=4"' in html
    assert '<input type="hidden" name="weight.palette" value="1">' in html
    assert "<option selected>4</option>" in html


def test_both_paintings_side_by_side_lead_to_the_walk(client: Client) -> None:
    start, end = on_the_way(0, 1)
    html = text(client.get(f"/compare/{start.pk}/{end.pk}/?weight.style512=1"))
    assert f'href="/walk/{start.pk}/{end.pk}/?weight.style512=1"' in html


def test_the_way_back_is_the_same(client: Client) -> None:
    start, end, *_ = on_the_way(0, 1, 0.2, 0.35, 0.5, 0.75, 0.8)
    there, back = (titles(text(at(client, *pair, "?steps=4"))) for pair in ((start, end), (end, start)))
    assert there == back[::-1]
    assert len(set(there)) == 5


def test_the_features_that_are_weighed_choose_the_way(client: Client) -> None:
    start, end = (make_painting(name, vectors={"style512": ENDS[place]}) for place, name in enumerate("AB"))
    make_painting("Like both in style", vectors={"style512": between(*ENDS, 0.5)})
    for share in (0.4, 0.5, 0.6):
        make_painting("No", vectors={FEATURE: between(*ENDS, share)})
    html = text(at(client, start, end, "?steps=2&weight.style512=1"))
    assert titles(html) == ["A", "Like both in style", "B"]


def test_a_step_between_paintings_that_are_not_alike_is_told_as_a_leap(client: Client) -> None:
    start, end, _ = on_the_way(0, 1, 0.02)
    html = text(at(client, start, end, "?steps=2"))
    assert html.count('class="leg leap"') == 1
    assert "distant" in html
    assert "In 2 steps, one of them a leap" in html
    assert "A dashed line is a leap" in html


def test_a_small_collection_has_a_shorter_walk_and_says_so(client: Client) -> None:
    start, end = on_the_way(0, 1)
    alone = text(at(client, start, end))
    assert titles(alone) == ["At 0", "At 1"]
    assert "no other painting to walk by" in alone
    assert "In 1 step" in alone
    on_the_way(0.5)
    few = text(at(client, start, end))
    assert titles(few) == ["At 0", "At 0.5", "At 1"]
    assert "too few paintings" in few


def test_copies_of_one_picture_are_walked_by_too(client: Client) -> None:
    start, end, *_ = on_the_way(0, 0, 0, 0)
    assert len(titles(text(at(client, start, end, "?steps=3")))) == 4


def test_what_is_not_public_is_neither_an_end_nor_on_the_way(client: Client, curator: Any) -> None:
    start, middle, end = on_the_way(0, 0.5, 1)
    draft = make_painting("Draft", state="draft", vectors={FEATURE: between(*ENDS, 0.4)})
    client.force_login(curator)
    assert at(client, draft, end).status_code == at(client, start, draft).status_code == 404
    assert client.get(f"/walk/{start.pk}/{2**70}/").status_code == 404
    assert client.get(f"/walk/{2**70}/{2**70}/").status_code == 404
    assert titles(text(at(client, start, end))) == ["At 0", "At 0.5", "At 1"]
    publishing.withdraw([middle], by=curator)
    assert titles(text(at(client, start, end))) == ["At 0", "At 1"]


@pytest.mark.parametrize("change", ["withdrawn", "damaged"])
def test_what_is_lost_while_the_index_answers_is_left_out(
    client: Client, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    start, early, _, end = on_the_way(0, 0.3, 0.7, 1)
    ask = indexes.index().find_each

    def answered_late(queries: Sequence[Query]) -> list[Found]:
        found = ask(queries)
        if change == "withdrawn":
            Painting.objects.filter(pk=early.pk).update(state="withdrawn")
        else:
            Vectors.objects.filter(image=early.live_image).update(data=b"short")
        return found

    monkeypatch.setattr(indexes.index(), "find_each", answered_late)
    assert titles(text(at(client, start, end))) == ["At 0", "At 0.7", "At 1"]


def test_while_one_end_has_no_vectors_that_is_said(client: Client) -> None:
    start, end = on_the_way(0, 1)
    Vectors.objects.filter(image=end.live_image).delete()
    assert "still being prepared" in text(at(client, start, end))
    response = asked(start, end)
    assert response.status_code == 404
    assert "no vectors" in response.json()["detail"]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?steps=1", "between 2 and 12"),
        ("?steps=13", "between 2 and 12"),
        ("?steps=many", "no whole number"),
        ("?weight.nothing=1", "There is no feature"),
        ("?weight.palette=lots", "no number"),
    ],
)
def test_what_makes_no_sense_is_refused_with_a_sentence(client: Client, query: str, sentence: str) -> None:
    start, end = on_the_way(0, 1)
    page = at(client, start, end, query)
    assert page.status_code == 400
    assert sentence in page.content.decode()
    answer = asked(start, end, query)
    assert answer.status_code == 400
    assert sentence in str(answer.json()[query[1:].split("=")[0]])


def test_one_painting_is_no_walk(client: Client) -> None:
    (start,) = on_the_way(0)
    page = at(client, start, start)
    assert page.status_code == 400
    assert "these are the same" in page.content.decode()
    assert '<a href="/">Look around' in page.content.decode()
    assert "second" in asked(start, start).json()


def test_nothing_can_be_sent_there(client: Client) -> None:
    start, end = on_the_way(0, 1)
    assert client.post(f"/walk/{start.pk}/{end.pk}/").status_code == 405


def test_the_page_takes_as_many_queries_however_many_steps(client: Client, django_assert_num_queries: Any) -> None:
    start, end, *_ = on_the_way(0, 1, *(number / 20 for number in range(1, 20)))
    at(client, start, end)
    for steps in (2, MOST_STEPS):
        with django_assert_num_queries(12):  # four of them to make the index: inside a transaction it is not kept
            at(client, start, end, f"?steps={steps}&weight.common512=1&weight.palette=2")


def test_the_api_tells_the_same_walk() -> None:
    start, middle, end = on_the_way(0, 0.5, 1)
    said = asked(start, end, "?steps=2&weight.common512=2").json()
    assert said["steps"] == 2
    assert [stop["painting"]["id"] for stop in said["stops"]] == [start.pk, middle.pk, end.pk]
    assert said["stops"][0]["similarity"] is None
    assert [stop["nearness"] for stop in said["stops"]] == [None, "very_close", "very_close"]
    assert 0.5 < said["stops"][1]["similarity"] < 0.6


def test_the_api_finds_nothing_that_is_not_public_and_refuses_what_it_does_not_know() -> None:
    (start,) = on_the_way(0)
    assert asked(start, make_painting("Draft", state="draft")).status_code == 404
    assert asked(start, make_painting("Waiting", live=False)).status_code == 404
    assert "other" in asked(*on_the_way(0, 1), "?other=1").json()
