"""Questions over HTTP: the list of paintings and what is like one of them."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from gallery.models import Painting, Style
from search import indexes
from tests.clients import signed_in
from tests.factories import make_painting, unit
from vectorizer.models import EncoderModel, Vectors

pytestmark = pytest.mark.django_db
PAINTINGS = "/api/v1/paintings/"


@pytest.fixture
def visitor() -> APIClient:
    return APIClient()


def usual() -> tuple[str, int]:
    """The model's first feature and its dimensions."""
    feature = EncoderModel.current().card.features[0]
    return feature.name, feature.dimensions


def titles(client: APIClient, query: str = "") -> list[str]:
    response = client.get(PAINTINGS + query)
    assert response.status_code == 200, response.json()
    return [painting["title"] for painting in response.json()["results"]]


def similar(client: APIClient, painting: Painting, query: str = "") -> Any:
    return client.get(f"{PAINTINGS}{painting.pk}/similar/{query}")


def test_the_list_has_what_is_public_newest_first(visitor: APIClient) -> None:
    for title in ("Harbour", "Evening"):
        make_painting(title)
    make_painting("Draft", state="draft")
    make_painting("Withdrawn", state="withdrawn")
    make_painting("Waiting", live=False)
    assert titles(visitor) == ["Evening", "Harbour"]
    assert visitor.get(PAINTINGS).json()["count"] == 2


def test_the_list_is_the_same_with_a_curators_token(visitor: APIClient, curator: User) -> None:
    make_painting("Harbour", notes="secret")
    make_painting("Draft", state="draft")
    assert signed_in(curator).get(PAINTINGS).json() == visitor.get(PAINTINGS).json()


def test_words_filters_and_years_narrow_the_list_down(visitor: APIClient) -> None:
    make_painting(
        "Harbour", style="Cubism", genre="Landscape", artist="Ines Quill", display_date="1910", collection="A"
    )
    make_painting(
        "Évening", style="Op Art", genre="Portrait", artist="Otto Brandt", display_date="1960", collection="B"
    )
    for query in (
        "?q=EVENING",
        "?style=op-art",
        "?genre=portrait",
        "?artist=otto-brandt",
        "?collection=B",
        "?from=1911",
    ):
        assert titles(visitor, query) == ["Évening"], query
    assert titles(visitor, "?to=1911") == ["Harbour"]
    assert titles(visitor, "?style=op-art&style=cubism&sort=title") == ["Évening", "Harbour"]
    assert titles(visitor, "?style=op-art&genre=landscape") == []


def test_pages_of_a_question_lead_to_each_other(visitor: APIClient) -> None:
    for number in range(5):
        make_painting(f"Painting {number}", style="Cubism")
    first = visitor.get(f"{PAINTINGS}?size=2&sort=title&style=cubism").json()
    second = visitor.get(first["next"]).json()
    third = visitor.get(second["next"]).json()
    found = [painting["title"] for page in (first, second, third) for painting in page["results"]]
    assert found == [f"Painting {number}" for number in range(5)]
    assert (first["count"], first["previous"], third["next"]) == (5, None, None)
    assert visitor.get(second["previous"]).json() == first


def test_a_page_beyond_the_end_is_not_found(visitor: APIClient) -> None:
    make_painting()
    assert visitor.get(f"{PAINTINGS}?page=2").status_code == 404
    assert visitor.get(f"{PAINTINGS}?page=2").json() == {"detail": "There is only one page of results."}


@pytest.mark.parametrize(
    ("query", "field", "words"),
    [
        ("?styl=cubism", "styl", "There is no such parameter"),
        ("?weight.=1", "weight.", "There is no such parameter"),
        ("?style=kubism", "style", "no paintings with the style “kubism”"),
        ("?genre=hidden", "genre", "no paintings with the genre “hidden”"),
        ("?artist=nobody&artist=no+one", "artist", "nobody"),
        ("?collection=None", "collection", "no paintings with the collection “None”"),
        ("?style=%00", "style", "NUL"),
        ("?style=%ff%fe", "style", "no paintings"),
        ("?from=soon", "from", "no whole number"),
        ("?from=1900&to=1800", "from", "after the last"),
        ("?like=99", "like", "no painting 99"),
        ("?like=" + "9" * 25, "like", "between"),
        ("?sort=best", "sort", "no order"),
        ("?size=201", "size", "between 1 and 200"),
        ("?page=0", "page", "between"),
        ("?photo=" + "0" * 32, "photo", "no longer here"),
        ("?weight.taste=1", "weight.taste", "no feature “taste”"),
        ("?q=" + "x" * 201, "q", "too long"),
    ],
)
def test_a_wrong_parameter_is_named(visitor: APIClient, query: str, field: str, words: str) -> None:
    make_painting(style="Cubism")
    make_painting(genre="Hidden", state="draft")
    response = visitor.get(PAINTINGS + query)
    assert response.status_code == 400
    assert list(response.json()) == [field]
    assert words in response.json()[field][0]


def test_like_orders_by_similarity(visitor: APIClient) -> None:
    name, dimensions = usual()
    near, far = unit(1, dimensions), unit(2, dimensions)
    example = make_painting("Example", vectors={name: near})
    make_painting("Far", vectors={name: far})
    make_painting("Near", vectors={name: near})
    assert titles(visitor, f"?like={example.pk}") == ["Near", "Far"]
    assert titles(visitor, f"?like={example.pk}&weight.{name}=2&weight.palette=0.5")[0] == "Near"


def test_a_list_takes_the_same_number_of_queries_however_long_it_is(
    visitor: APIClient, django_assert_max_num_queries: Any, django_assert_num_queries: Any
) -> None:
    def ask(query: str) -> int:
        indexes.index()
        with django_assert_max_num_queries(15) as captured:
            visitor.get(PAINTINGS + query)
        return len(captured)

    terms = {"artist": ("Ines Quill", "Otto Brandt"), "style": "Cubism", "genre": "Portrait"}
    example = make_painting(**terms)
    for _ in range(2):
        make_painting(**terms)
    questions = ("", "?style=cubism", f"{example.pk}/similar/?limit=50")
    for query in questions:
        ask(query)  # the index reads what is new once
    few = [ask(query) for query in questions]
    for _ in range(8):
        make_painting(**terms)
    for query in questions:
        ask(query)
    assert [ask(query) for query in questions] == few


# What is like a painting


def test_look_alikes_come_with_similarity_and_distance(visitor: APIClient) -> None:
    name, dimensions = usual()
    asked = make_painting("Asked", vectors={name: unit(1, dimensions)})
    make_painting("Twin", vectors={name: unit(1, dimensions)})
    make_painting("Other", vectors={name: unit(2, dimensions)})
    page = similar(visitor, asked).json()
    assert [match["painting"]["title"] for match in page["results"]] == ["Twin", "Other"]
    assert (page["results"][0]["similarity"], page["results"][0]["distance"]) == (1.0, 0.0)
    other = page["results"][1]
    assert other["similarity"] == pytest.approx(1 / (1 + other["distance"]), abs=1e-6)
    assert list(page) == ["count", "next", "previous", "results"]
    assert list(other) == ["painting", "similarity", "distance", "nearness"]
    assert (page["results"][0]["nearness"], other["nearness"]) == ("copy", "distant")
    assert "notes" not in other["painting"]


def test_look_alikes_are_sixteen_a_page_in_pages_of_their_own(visitor: APIClient) -> None:
    asked = make_painting("Asked")
    for number in range(18):
        make_painting(f"Painting {number}", style="Cubism")
    first = similar(visitor, asked).json()
    assert (first["count"], len(first["results"])) == (18, 16)
    second = visitor.get(first["next"]).json()
    assert (len(second["results"]), second["next"]) == (2, None)
    limited = similar(visitor, asked, "?limit=10&style=cubism&feature=palette&q=painting&from=").json()
    assert limited["next"].endswith("/similar/?q=painting&style=cubism&feature=palette&limit=10&page=2")
    assert len(visitor.get(limited["next"]).json()["results"]) == 8


def test_look_alikes_are_filtered_exactly(visitor: APIClient) -> None:
    asked = make_painting("Asked", style="Cubism")
    for number in range(4):
        make_painting(f"Painting {number}", style="Op Art" if number else "Cubism")
    found = similar(visitor, asked, "?style=op-art").json()
    assert found["count"] == 3
    assert {match["painting"]["style"]["slug"] for match in found["results"]} == {"op-art"}


def test_the_feature_that_is_named_is_compared(visitor: APIClient) -> None:
    name, dimensions = usual()
    sizes = {feature.name: feature.dimensions for feature in EncoderModel.current().card.features}
    colours = sizes["palette"]
    asked = make_painting("Asked", vectors={name: unit(1, dimensions), "palette": unit(1, colours)})
    make_painting("Alike", vectors={name: unit(1, dimensions), "palette": unit(2, colours)})
    make_painting("Coloured", vectors={name: unit(2, dimensions), "palette": unit(1, colours)})
    assert similar(visitor, asked).json()["results"][0]["painting"]["title"] == "Alike"
    assert similar(visitor, asked, "?feature=palette").json()["results"][0]["painting"]["title"] == "Coloured"


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("?limit=0", "limit"),
        ("?limit=101", "limit"),
        ("?limit=many", "limit"),
        ("?feature=taste", "feature"),
        ("?size=3", "size"),
        ("?page=none", "page"),
        ("?style=kubism", "style"),
    ],
)
def test_a_wrong_parameter_of_look_alikes_is_named(visitor: APIClient, query: str, field: str) -> None:
    response = similar(visitor, make_painting(), query)
    assert (response.status_code, list(response.json())) == (400, [field])


def test_a_page_of_look_alikes_beyond_the_end_is_not_found(visitor: APIClient) -> None:
    assert similar(visitor, make_painting(), "?page=2").status_code == 404


@pytest.mark.parametrize("state", ["draft", "review", "withdrawn"])
def test_a_painting_that_is_not_public_has_no_look_alikes_and_is_none(visitor: APIClient, state: str) -> None:
    hidden = make_painting("Hidden", state=state)
    shown = make_painting("Shown")
    assert similar(visitor, hidden).status_code == 404
    assert similar(visitor, shown).json()["results"] == []


def test_a_curator_sees_what_is_like_a_draft(curator: User) -> None:
    draft, shown = make_painting("Draft", state="draft"), make_painting("Shown", style="Cubism")
    desk = signed_in(curator)
    found = similar(desk, draft, "?feature=palette&style=cubism&limit=3").json()
    assert [match["painting"]["id"] for match in found["results"]] == [shown.pk]
    assert (found["count"], found["next"], found["previous"]) == (1, None, None)
    assert similar(desk, draft, "?page=2").status_code == 404
    assert list(similar(desk, draft, "?q=shown").json()) == ["q"]
    odd = f"?part=0,0,500,500&like={shown.pk}&colour=ff0000&once=1&weight.palette=1&weight.common512=1"
    assert set(similar(desk, draft, odd).json()) == {"part", "like", "colour", "once", "weight.common512"}


def test_a_public_painting_without_vectors_has_no_look_alikes_yet(visitor: APIClient) -> None:
    asked = make_painting()
    make_painting()
    Vectors.objects.filter(image=asked.image).delete()
    response = similar(visitor, asked)
    assert (response.status_code, response.json()["results"]) == (200, [])


def test_what_nothing_public_has_is_as_unknown_as_what_is_not_there(visitor: APIClient) -> None:
    Style.objects.create(name="Empty")
    empty, none = (visitor.get(f"{PAINTINGS}?style={slug}").json() for slug in ("empty", "none"))
    assert str(empty).replace("empty", "none") == str(none)


# Features


def test_the_features_are_those_of_the_model(visitor: APIClient) -> None:
    page = visitor.get("/api/v1/features/").json()
    card = EncoderModel.current().card
    assert [feature["name"] for feature in page["results"]] == [feature.name for feature in card.features]
    assert page["results"][0]["dimensions"] == card.features[0].dimensions
    assert all(feature["label"] and feature["description"] for feature in page["results"])
    assert (page["count"], page["next"], page["previous"]) == (len(card.features), None, None)


class TestByIds:
    def test_several_come_in_one_answer_in_the_order_asked_for(self) -> None:
        oak, elm = make_painting("Oak"), make_painting("Elm")
        draft = make_painting("Draft", state=Painting.State.DRAFT)
        answer = APIClient().get("/api/v1/paintings/", {"id": f"{elm.pk},{draft.pk},999999,{oak.pk}"})
        assert answer.status_code == 200
        assert [each["title"] for each in answer.data["results"]] == ["Elm", "Oak"]
        assert (answer.data["count"], answer.data["next"], answer.data["previous"]) == (2, None, None)

    def test_they_may_be_repeated_parameters_too(self) -> None:
        oak, elm = make_painting("Oak"), make_painting("Elm")
        answer = APIClient().get(f"/api/v1/paintings/?id={elm.pk}&id={oak.pk}")
        assert [each["title"] for each in answer.data["results"]] == ["Elm", "Oak"]

    @pytest.mark.parametrize("query", ["id=x", "id=0", "id=" + ",".join(map(str, range(1, 202)))])
    def test_what_is_no_id_or_too_many_is_refused_by_name(self, query: str) -> None:
        answer = APIClient().get(f"/api/v1/paintings/?{query}")
        assert answer.status_code == 400
        assert set(answer.data) == {"id"}

    def test_they_are_asked_for_alone(self) -> None:
        answer = APIClient().get("/api/v1/paintings/?id=1&style=cubism&page=2")
        assert answer.status_code == 400
        assert set(answer.data) == {"style", "page"}
