"""`GET paintings/<id>/suggestions/`: the guesses beside the catalogue, to whoever may see the painting."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from rest_framework.test import APIClient

from gallery.models import Painting
from tests.clients import signed_in
from tests.factories import make_painting
from tests.suggested import activate_labelled_model, suggest
from vectorizer.models import EncoderModel, Vectors

pytestmark = pytest.mark.django_db


@pytest.fixture
def model() -> EncoderModel:
    return activate_labelled_model()


def ask(painting: Painting, client: APIClient | None = None, query: str = "") -> Any:
    return (client or APIClient()).get(f"/api/v1/paintings/{painting.pk}/suggestions/{query}")


def test_the_first_three_of_each_kind_come_beside_the_catalogue(model: EncoderModel) -> None:
    painting = make_painting(genre="Landscape")
    suggest(painting.image, style={"Impressionism": 0.6214, "Realism": 0.3}, genre={"landscape": 0.95})
    answer = ask(painting).json()
    assert list(answer) == ["model", "style", "genre"]
    assert answer["model"] == "knows-styles"
    assert answer["style"]["catalogue"] is None
    assert answer["genre"]["catalogue"] == {"name": "Landscape", "slug": "landscape"}
    assert [guess["label"] for guess in answer["style"]["suggestions"]][:2] == ["Impressionism", "Realism"]
    assert len(answer["style"]["suggestions"]) == 3
    assert answer["style"]["suggestions"][0] == {
        "label": "Impressionism",
        "confidence": 0.6214,
        "likelihood": "probably",
    }


def test_the_words_promise_no_more_than_the_model_keeps() -> None:
    activate_labelled_model(sure={"genre": 0.8})
    painting = make_painting()
    suggest(painting.image, style={"Impressionism": 0.99}, genre={"landscape": 0.85})
    answer = ask(painting).json()
    assert answer["style"]["suggestions"][0]["likelihood"] == "perhaps"
    assert answer["genre"]["suggestions"][0]["likelihood"] == "very likely"


def test_a_model_without_labels_has_no_guesses() -> None:
    answer = ask(make_painting(style="Realism"))
    assert answer.status_code == 200
    assert answer.json()["style"] == {"catalogue": {"name": "Realism", "slug": "realism"}, "suggestions": []}


@pytest.mark.parametrize("packed", [b"", b"garbled"])
def test_missing_probabilities_are_no_error(packed: bytes, model: EncoderModel) -> None:
    painting = make_painting()
    Vectors.objects.update(probabilities=packed)
    answer = ask(painting)
    assert (answer.status_code, answer.json()["style"]["suggestions"]) == (200, [])


@pytest.mark.parametrize("state", ["draft", "review", "withdrawn"])
def test_what_is_not_public_is_for_those_who_work_on_it(
    state: str, model: EncoderModel, curator: User, contributor: User
) -> None:
    hidden = make_painting(state=state)
    suggest(hidden.image, style={"Realism": 0.9})
    outsider = User.objects.create_user("outsider")
    assert ask(hidden).status_code == 404
    assert ask(hidden, signed_in(outsider)).status_code == 404
    for member in (curator, contributor):
        assert ask(hidden, signed_in(member)).json()["style"]["suggestions"][0]["label"] == "Realism"


def test_a_wrong_token_and_an_unknown_parameter_are_refused(model: EncoderModel) -> None:
    painting = make_painting()
    stranger = APIClient(HTTP_AUTHORIZATION="Token nobody")
    assert ask(painting, stranger).status_code == 401
    assert list(ask(painting, query="?first=5").json()) == ["first"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_suggestions_are_only_read(method: str, model: EncoderModel, curator: User) -> None:
    address = f"/api/v1/paintings/{make_painting().pk}/suggestions/"
    assert getattr(signed_in(curator), method)(address).status_code == 405


def test_a_damaged_model_is_an_outage_not_an_error_of_ours(model: EncoderModel) -> None:
    painting = make_painting()
    EncoderModel.objects.update(checksum="0" * 64)
    answer = ask(painting)
    assert answer.status_code == 503
    assert answer["Retry-After"]


def test_the_number_of_queries_is_constant(model: EncoderModel, django_assert_max_num_queries: Any) -> None:
    painting = make_painting(artist=("Ines Quill", "Otto Brandt"), style="Realism", genre="portrait")
    suggest(painting.image, style={"Realism": 0.9})
    with django_assert_max_num_queries(4):  # the painting, its makers, the model, the probabilities
        ask(painting)
