"""The list of paintings: what it shows, finds and does, and that it stays quick."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gallery.admin import moves
from gallery.models import Change, Painting
from tests.factories import make_painting
from tests.gallery.desk import LIST, action, address, messages, signed_in

pytestmark = pytest.mark.django_db


def titles(response: Any) -> list[str]:
    return [painting.title for painting in response.context["cl"].result_list]


def test_a_row_shows_thumbnail_artist_date_and_state(curator: User) -> None:
    painting = make_painting("Bridge", artist="Anna Beispiel", display_date="c. 1665")
    text = signed_in(curator).get(address(LIST)).text
    assert address("rendition", painting.pk, painting.image.sha256[:16], painting.image.width, "jpg") in text
    assert "Anna Beispiel" in text
    assert "c. 1665" in text
    assert '<span class="badge state-published">published</span>' in text


@pytest.mark.parametrize("words", ["Düsseldorf", "dusseldorf", "DÜSSELDORF eté", "beispiel", "änna", "sk-a-17", "SK-A"])
def test_the_search_finds_title_artist_and_object_number_whatever_case_and_accents(words: str, curator: User) -> None:
    make_painting("L’Été à Düsseldorf", artist="Anna Beispiel", object_number="SK-A-17")
    make_painting("Something else", artist="Berta Muster", object_number="SK-B-18")
    response = signed_in(curator).get(address(LIST), {"q": words})
    assert titles(response) == ["L’Été à Düsseldorf"]


def test_an_artist_is_found_by_the_name_though_sorted_by_another(curator: User) -> None:
    painting = make_painting("Bridge", artist="Rembrandt van Rijn")
    artist = painting.artists.get()
    artist.sort_name = "Rijn"
    artist.save()
    assert titles(signed_in(curator).get(address(LIST), {"q": "rembrandt"})) == ["Bridge"]


@pytest.mark.parametrize("words", ["\0", "%", "'", "’", "a" * 500])
def test_odd_words_find_nothing_and_break_nothing(words: str, curator: User) -> None:
    make_painting("Bridge")
    assert signed_in(curator).get(address(LIST), {"q": words}).status_code == 200


@pytest.mark.parametrize(
    "question", [{"state__exact": "draft"}, {"collection": "Mauritshuis"}, {"style__id__exact": 1}, {"o": "4"}]
)
def test_filters_and_order(question: dict[str, str], curator: User) -> None:
    make_painting("A", state="published", display_date="1900")
    first = make_painting("B", state="draft", collection="Mauritshuis", style="Baroque", display_date="1600")
    if "style__id__exact" in question:
        question = {"style__id__exact": str(first.style_id)}
    assert titles(signed_in(curator).get(address(LIST), question))[0] == "B"


def test_paintings_of_no_collection_have_a_filter_with_a_name(curator: User) -> None:
    make_painting("A", collection="Mauritshuis")
    make_painting("B", collection="")
    client = signed_in(curator)
    assert '<a href="?collection=">none</a>' in client.get(address(LIST)).text
    assert titles(client.get(address(LIST), {"collection": ""})) == ["B"]


def test_the_paintings_of_an_artist_are_linked_from_the_artist(curator: User) -> None:
    painting = make_painting("Bridge", artist="Anna Beispiel")
    make_painting("Other", artist="Berta Muster")
    question = {"attributions__artist__id__exact": painting.artists.get().pk}
    assert titles(signed_in(curator).get(address(LIST), question)) == ["Bridge"]


def test_more_paintings_need_no_more_queries(curator: User) -> None:
    client = signed_in(curator)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address(LIST)).status_code == 200
        return len(captured)

    make_painting("A", artist="Anna Beispiel", style="Baroque", genre="portrait")
    queries()
    few = queries()
    for number in range(12):
        make_painting(f"B{number}", artist=(f"C{number}", f"D{number}"), style="Baroque", genre="portrait")
    assert queries() == few


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("publish", "3 published, 1 was already published."),
        ("submit", "1 submitted for review, 1 was already in review, 2 were left as they are."),
        ("withdraw", "1 withdrawn, 1 was already withdrawn, 2 were left as they are."),
        ("return_to_draft", "2 returned to draft, 1 was already draft, 1 was left as it is."),
    ],
)
def test_actions_say_what_became_of_each(name: str, said: str, curator: User) -> None:
    states = ("draft", "review", "withdrawn", "published")
    paintings = [make_painting(state, state=state) for state in states]
    before = Change.objects.count()
    response = signed_in(curator).post(address(LIST), action(name, *paintings), follow=True)
    assert messages(response) == [said]
    moved = sum(painting.state != Painting.objects.get(pk=painting.pk).state for painting in paintings)
    entries = Change.objects.all()[before:]
    assert [entry.user for entry in entries] == [curator] * moved


def test_an_action_on_all_pages_takes_all(curator: User) -> None:
    for number in range(3):
        make_painting(f"P{number}", state="draft", live=False)
    data = action("publish", Painting.objects.first()) | {"select_across": "1"}
    response = signed_in(curator).post(address(LIST), data, follow=True)
    assert messages(response) == ["3 published."]


def test_deleting_several_asks_first_and_is_journaled(curator: User) -> None:
    paintings = [make_painting(f"P{number}") for number in range(2)]
    data = action("delete_selected", *paintings)
    assert "Are you sure" in signed_in(curator).post(address(LIST), data).text
    assert Painting.objects.count() == 2
    signed_in(curator).post(address(LIST), data | {"post": "yes"})
    assert not Painting.objects.exists()
    deleted = Change.objects.filter(kind="deleted", user=curator)
    assert {entry.painting_id for entry in deleted} == {painting.pk for painting in paintings}


def test_the_first_page_counts_the_states(curator: User) -> None:
    make_painting(state="review")
    text = signed_in(curator).get("/admin/").text
    assert '?state__exact=review"><strong>1</strong>' in text
    assert '?state__exact=draft"><strong>0</strong>' in text


def test_a_number_that_no_database_holds_is_not_found(curator: User) -> None:
    client, beyond = signed_in(curator), "9" * 30
    chosen = {"action": "publish", "_selected_action": [beyond]}
    make_painting()
    # SQLite refuses to look for such a number; PostgreSQL looks, and finds nothing.
    published, listed = (404, 404) if connection.vendor == "sqlite" else (302, 200)
    assert client.post(address(LIST), chosen).status_code == published
    assert client.get(address(LIST), {"id__in": beyond}).status_code == listed


def test_others_may_write_between_the_parts_of_a_long_action(
    curator: User, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    paintings = [make_painting(f"P{number}", state="draft") for number in range(3)]
    monkeypatch.setattr(moves, "PAINTINGS_AT_ONCE", 1)
    with django_capture_on_commit_callbacks() as bells:
        signed_in(curator).post(address(LIST), action("publish", *paintings))
    assert len(bells) == len(paintings)  # each in a transaction of its own
    assert {change.user for change in Change.objects.order_by("-id")[:3]} == {curator}
