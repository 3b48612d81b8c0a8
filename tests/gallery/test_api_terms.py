"""Artists, styles and genres over HTTP."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from gallery.models import Artist, Change, Painting, Style
from tests.clients import signed_in
from tests.factories import make_painting

pytestmark = pytest.mark.django_db
API = "/api/v1/"


@pytest.fixture
def visitor() -> APIClient:
    return APIClient()


@pytest.fixture
def desk(curator: User) -> APIClient:
    return signed_in(curator)


def names(client: APIClient, path: str) -> list[str]:
    response = client.get(API + path)
    assert response.status_code == 200, response.json()
    return [term["name"] for term in response.json()["results"]]


def test_the_lists_count_public_paintings(visitor: APIClient) -> None:
    for _ in range(2):
        make_painting(style="Cubism", genre="Still life", artist=("Ines Quill", "Otto Brandt"))
    make_painting(style="Cubism", genre="Portrait", artist="Ines Quill", state="draft")
    make_painting(style="Cubism", genre="Portrait", artist="Ines Quill", live=False)

    def counts(kind: str) -> dict[str, int]:
        return {term["name"]: term["paintings"] for term in visitor.get(f"{API}{kind}/").json()["results"]}

    assert counts("styles") == {"Cubism": 2}
    assert counts("genres") == {"Still life": 2}
    assert counts("artists") == {"Ines Quill": 2, "Otto Brandt": 2}


def test_what_only_drafts_have_is_hidden_from_visitors_and_shown_to_curators(
    visitor: APIClient, desk: APIClient
) -> None:
    make_painting(artist="Ines Quill", state="draft")
    assert names(visitor, "artists/") == []
    assert visitor.get(f"{API}artists/ines-quill/").status_code == 404
    assert names(desk, "artists/") == ["Ines Quill"]
    assert desk.get(f"{API}artists/ines-quill/").json()["paintings"] == 0


def test_an_artist_in_two_roles_of_one_painting_counts_once(visitor: APIClient, desk: APIClient) -> None:
    painting = make_painting(artist="Ines Quill")
    attributions = [{"artist": "ines-quill"}, {"artist": "ines-quill", "role": "restorer"}]
    desk.patch(f"{API}paintings/{painting.pk}/", {"attributions": attributions})
    assert visitor.get(f"{API}artists/ines-quill/").json()["paintings"] == 1


def test_words_find_names_whatever_their_accents_and_case(visitor: APIClient) -> None:
    make_painting(artist=("Élodie Brûlé", "Ines Quill"), style="Ukiyo-e")
    make_painting(style="Op Art")
    assert names(visitor, "artists/?q=brule+ELODIE") == ["Élodie Brûlé"]
    assert names(visitor, "artists/?q=quill+brule") == []
    assert names(visitor, "styles/?q=UKIYO") == ["Ukiyo-e"]
    assert names(visitor, "styles/") == ["Op Art", "Ukiyo-e"]


def test_artists_stand_in_the_order_of_their_sort_names(visitor: APIClient) -> None:
    make_painting(artist=("Ines Quill", "Otto Brandt"))
    assert names(visitor, "artists/") == ["Ines Quill", "Otto Brandt"]
    artist = Artist.objects.get(slug="ines-quill")
    artist.sort_name = "Quill, Ines"
    artist.save()
    assert names(visitor, "artists/") == ["Otto Brandt", "Ines Quill"]


def test_pages_lead_to_each_other(visitor: APIClient) -> None:
    make_painting(artist=tuple(f"Painter {number}" for number in range(5)))
    first = visitor.get(f"{API}artists/?size=2&q=painter").json()
    second = visitor.get(first["next"]).json()
    third = visitor.get(second["next"]).json()
    found = [term["name"] for page in (first, second, third) for term in page["results"]]
    assert found == [f"Painter {number}" for number in range(5)]
    assert (first["count"], first["previous"], third["next"]) == (5, None, None)
    assert visitor.get(second["previous"]).json() == first


def test_a_page_beyond_the_end_is_not_found(visitor: APIClient) -> None:
    response = visitor.get(f"{API}artists/?page=2")
    assert (response.status_code, response.json()) == (404, {"detail": "There is no page 2: the last is page 1."})


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ("page=0", "page", "from 1"),
        ("page=-1", "page", "from 1"),
        ("page=" + "9" * 5000, "page", "from 1"),
        ("page=two", "page", "from 1"),
        ("size=201", "size", "from 1 to 200"),
        ("q=%00", "q", "Write words"),
        ("q=" + "x" * 201, "q", "at most 200"),
        ("words=blue", "words", "There is no such parameter. Known are page, q, size."),
        ("format=json", "format", "There is no such parameter"),
    ],
)
def test_a_wrong_parameter_is_named(visitor: APIClient, query: str, field: str, words: str) -> None:
    response = visitor.get(f"{API}styles/?{query}")
    assert response.status_code == 400
    assert list(response.json()) == [field]
    assert words in response.json()[field][0]


@pytest.mark.parametrize("kind", ["artists", "styles", "genres"])
def test_a_list_takes_the_same_number_of_queries_however_long_it_is(
    visitor: APIClient, kind: str, django_assert_num_queries: Any
) -> None:
    for number in range(3):
        make_painting(artist=f"Painter {number}", style=f"Style {number}", genre=f"Genre {number}")
    with django_assert_num_queries(2):
        assert len(names(visitor, f"{kind}/")) == 3
    for number in range(3, 9):
        make_painting(artist=f"Painter {number}", style=f"Style {number}", genre=f"Genre {number}")
    with django_assert_num_queries(2):
        assert len(names(visitor, f"{kind}/")) == 9


def test_a_curator_adds_an_artist(desk: APIClient, curator: User) -> None:
    response = desk.post(
        f"{API}artists/",
        {
            "name": "Ines Quill",
            "sort_name": "Quill, Ines",
            "birth_year": 1850,
            "authority_uris": ["https://a.example/"],
        },
    )
    assert response.status_code == 201
    assert response.json() == {
        "name": "Ines Quill",
        "slug": "ines-quill",
        "authority_uris": ["https://a.example/"],
        "paintings": 0,
        "sort_name": "Quill, Ines",
        "birth_year": 1850,
        "death_year": None,
    }
    assert Artist.objects.get().history.get().history_user == curator


def test_renaming_a_style_changes_its_paintings_and_leaves_its_slug(desk: APIClient, curator: User) -> None:
    painting = make_painting(style="Cubism")
    response = desk.patch(f"{API}styles/cubism/", {"name": "Analytic Cubism"})
    assert (response.json()["slug"], response.json()["paintings"]) == ("cubism", 1)
    last = Change.objects.latest("id")
    assert (last.painting_id, last.user) == (painting.pk, curator)


def test_put_empties_what_is_left_out(desk: APIClient) -> None:
    Artist.objects.create(name="Ines Quill", birth_year=1850, authority_uris="https://a.example/")
    shown = desk.put(f"{API}artists/ines-quill/", {"name": "Ines Quill"}).json()
    assert (shown["slug"], shown["birth_year"], shown["authority_uris"]) == ("ines-quill", None, [])


def test_deleting_a_style_leaves_its_paintings(desk: APIClient) -> None:
    painting = make_painting(style="Cubism")
    assert desk.delete(f"{API}styles/cubism/").status_code == 204
    painting.refresh_from_db()
    assert painting.style is None
    assert Painting.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"name": "Cubism"}, "name", "already exists"),
        ({"name": ""}, "name", "blank"),
        ({"name": "x" * 201}, "name", "200"),
        ({"name": "New", "slug": "no slug"}, "slug", "slug"),
        ({"name": "New", "slug": "cubism"}, "slug", "already exists"),
        ({"name": "New", "authority_uris": ["mailto:a@b.example"]}, "authority_uris", "no web address"),
        ({"name": "New", "authority_uris": ["https://a.example/"] * 101}, "authority_uris", "100"),
        ({"name": "New", "colour": "red"}, "colour", "There is no such field"),
        ([1, 2], "detail", "dictionary"),
        ("name", "detail", "dictionary"),
    ],
)
def test_a_wrong_field_is_named(desk: APIClient, fields: Any, field: str, words: str) -> None:
    Style.objects.create(name="Cubism")
    response = desk.generic("POST", f"{API}styles/", json.dumps(fields), content_type="application/json")
    assert response.status_code == 400
    assert list(response.json()) == [field]
    assert words in str(response.json()[field])
    assert Style.objects.count() == 1


def test_nobody_dies_before_birth(desk: APIClient) -> None:
    Artist.objects.create(name="Ines Quill", birth_year=1850)
    response = desk.patch(f"{API}artists/ines-quill/", {"death_year": 1849})
    assert list(response.json()) == ["death_year"]


def test_what_another_deletes_while_it_is_changed_is_not_found(desk: APIClient, monkeypatch: Any) -> None:
    from gallery.api.term_writing import StyleWriteSerializer

    style = Style.objects.create(name="Cubism")
    monkeypatch.setattr(StyleWriteSerializer, "validate", lambda self, attrs: (style.delete(), attrs)[1])
    assert desk.patch(f"{API}styles/cubism/", {"name": "New"}).status_code == 404


def test_what_another_wrote_at_the_same_time_is_a_sentence_not_a_fault(desk: APIClient, monkeypatch: Any) -> None:
    from gallery.api.term_writing import StyleWriteSerializer

    validate = StyleWriteSerializer.validate

    def slowly(self: Any, attrs: Any) -> Any:
        Style.objects.create(name="Cubism")
        return validate(self, attrs)

    monkeypatch.setattr(StyleWriteSerializer, "validate", slowly)
    response = desk.post(f"{API}styles/", {"name": "Cubism", "slug": "cubism"})
    assert response.status_code == 400
    assert "at the same time" in response.json()["detail"]


def test_who_has_no_permission_writes_no_style(contributor: User, visitor: APIClient) -> None:
    assert visitor.post(f"{API}styles/", {"name": "Mine"}).status_code == 401
    assert signed_in(contributor).post(f"{API}styles/", {"name": "Mine"}).status_code == 403
    assert signed_in(contributor).post(f"{API}artists/", {"name": "Mine"}).status_code == 201
