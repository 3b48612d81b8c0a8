"""What the model suggests: ranked, in words, and nothing where there is nothing to go by."""

import logging
from typing import Any

import numpy as np
import pytest

from gallery.models import Painting
from tests.factories import make_image, make_painting, picture_bytes
from tests.suggested import LABELS, activate_labelled_model, suggest
from vectorizer import preparing, suggestions
from vectorizer.models import EncoderModel, Vectors
from vectorizer.suggestions import Suggestion

pytestmark = pytest.mark.django_db


@pytest.fixture
def model() -> EncoderModel:
    return activate_labelled_model()


def test_the_likeliest_three_come_first() -> None:
    model = activate_labelled_model(sure={"genre": 0.8})
    painting = make_painting()
    suggest(painting.image, style={"Baroque": 0.1, "Realism": 0.6, "Impressionism": 0.25}, genre={"portrait": 0.9})
    found = suggestions.of(painting.image)
    assert [(each.label, round(each.confidence, 2)) for each in found["style"]] == [
        ("Realism", 0.6),
        ("Impressionism", 0.25),
        ("Baroque", 0.1),
    ]
    assert found["genre"][0] == Suggestion(kind="genre", label="portrait", confidence=pytest.approx(0.9), sure_from=0.8)
    assert len(suggestions.of(painting.image, model, first=1)["style"]) == 1


def test_equals_keep_the_order_of_the_card(model: EncoderModel) -> None:
    painting = make_painting()
    suggest(painting.image)
    assert [each.label for each in suggestions.of(painting.image)["genre"]] == list(LABELS["genre"])


@pytest.mark.parametrize(
    ("confidence", "word", "percent"),
    [
        (1.0, "very likely", "99\u00a0%"),
        (0.9, "very likely", "90\u00a0%"),
        (0.62, "probably", "62\u00a0%"),
        (0.25, "perhaps", "25\u00a0%"),
        (0.1, "unlikely", "10\u00a0%"),
        (0.001, "unlikely", "under 1\u00a0%"),
    ],
)
def test_a_confidence_is_a_word_and_a_percentage(confidence: float, word: str, percent: str) -> None:
    suggestion = Suggestion(kind="style", label="Cubism", confidence=confidence, sure_from=0.9)
    assert (suggestion.likelihood, suggestion.percent) == (word, percent)
    assert suggestion.sure == (word == "very likely")


@pytest.mark.parametrize(
    ("sure_from", "confidence", "word"),
    [
        (None, 1.0, "perhaps"),
        (None, 0.62, "perhaps"),
        (None, 0.25, "perhaps"),
        (None, 0.24, "unlikely"),
        (0.75, 0.76, "very likely"),
        (0.75, 0.74, "probably"),
        (0.4, 0.4, "very likely"),
        (0.4, 0.39, "perhaps"),
        (0.97, 0.96, "probably"),
    ],
)
def test_words_promise_no_more_than_the_model_was_seen_to_keep(
    sure_from: float | None, confidence: float, word: str
) -> None:
    suggestion = Suggestion(kind="style", label="Cubism", confidence=confidence, sure_from=sure_from)
    assert suggestion.likelihood == word
    assert suggestion.sure == (word == "very likely")


@pytest.mark.parametrize(
    ("sure", "sentence"),
    [
        ({"genre": 0.8}, "This model is never sure enough of a style; look at each one."),
        ({}, "This model is never sure enough of a style or a genre; look at each one."),
        ({"style": 0.9, "genre": 0.8}, ""),
    ],
)
def test_what_a_model_is_never_sure_of_is_said(sure: dict[str, float], sentence: str) -> None:
    assert suggestions.never_sure(activate_labelled_model(sure=sure).card) == sentence


def test_nothing_is_said_of_kinds_that_the_model_does_not_know() -> None:
    assert suggestions.never_sure(activate_labelled_model(sure={}, school=("Delft", "Siena")).card) == ""


def test_a_model_without_labels_suggests_nothing() -> None:
    assert suggestions.of(make_painting().image) == {}


def test_an_image_without_vectors_has_no_suggestions(model: EncoderModel) -> None:
    assert suggestions.of(make_image()) == {}


def test_the_former_models_vectors_say_nothing_about_the_new_ones(model: EncoderModel) -> None:
    painting = make_painting()
    suggest(painting.image, style={"Realism": 0.9})
    former = EncoderModel.objects.create(name="former", checksum="0" * 64)
    Vectors.objects.update(model=former)
    assert suggestions.of(painting.image) == {}


@pytest.mark.parametrize("packed", [b"", b"1234", b"\0" * 400])
def test_missing_or_garbled_probabilities_are_no_suggestions(
    packed: bytes, model: EncoderModel, caplog: pytest.LogCaptureFixture
) -> None:
    painting = make_painting()
    Vectors.objects.update(probabilities=packed)
    with caplog.at_level(logging.WARNING):
        assert suggestions.of(painting.image) == {}
    assert ("without suggestions" in caplog.text) == bool(packed)


def test_a_probability_that_is_no_number_is_no_suggestion(model: EncoderModel) -> None:
    painting = make_painting()
    values = np.full(sum(map(len, LABELS.values())), 0.25, "<f4")
    values[1] = np.nan
    Vectors.objects.update(probabilities=values.tobytes())
    assert list(suggestions.of(painting.image)) == ["genre"]


def test_only_kinds_that_paintings_have_are_suggested() -> None:
    activate_labelled_model(style=("Cubism", "Realism"), school=("Delft", "Siena"))
    painting = make_painting()
    suggest(painting.image, style={"Cubism": 0.7}, school={"Delft": 0.9})
    assert list(suggestions.of(painting.image)) == ["style"]


def test_more_images_need_no_more_queries(model: EncoderModel, django_assert_num_queries: Any) -> None:
    paintings = [make_painting() for _ in range(4)]
    for painting in paintings:
        suggest(painting.image, style={"Realism": 0.9})
    with django_assert_num_queries(1):
        found = suggestions.of_images([painting.image_id for painting in paintings], model)
    assert len(found) == len(paintings)


def test_visitors_see_what_is_said_of_the_picture_that_they_see(model: EncoderModel) -> None:
    painting = make_painting()
    newer = make_image(picture_bytes(77))
    Painting.objects.filter(pk=painting.pk).update(image=newer)
    painting.refresh_from_db()
    assert suggestions.shown_image(painting) == painting.live_image
    painting.state = Painting.State.DRAFT
    assert suggestions.shown_image(painting) == newer


def test_the_worker_keeps_the_confidences_that_lists_are_filtered_by() -> None:
    model = activate_labelled_model(style=("Impressionism", "Baroque", "Cubism"), genre=("landscape", "portrait"))
    painting = make_painting(live=False)
    assert preparing.prepare([painting.image], model=model).done == 1
    row = Vectors.objects.get()
    first = suggestions.of(painting.image)
    assert row.style_confidence == pytest.approx(first["style"][0].confidence)
    assert row.genre_confidence == pytest.approx(first["genre"][0].confidence)


def test_paintings_that_lack_a_style_of_which_the_model_is_sure(model: EncoderModel) -> None:
    sure, unsure, named = make_painting("Sure"), make_painting("Unsure"), make_painting("Named", style="Realism")
    for painting, confidence in ((sure, 0.95), (unsure, 0.6), (named, 0.95)):
        suggest(painting.image, style={"Realism": confidence}, genre={"portrait": 0.5})
    every = Painting.objects.all()
    assert list(suggestions.lacking(every, "style", model)) == [sure]
    assert not suggestions.lacking(every, "genre", model)


def test_no_painting_lacks_a_style_surely_where_the_model_is_never_sure_of_one() -> None:
    model = activate_labelled_model(sure={"genre": 0.4})
    painting = make_painting()
    suggest(painting.image, style={"Realism": 0.99}, genre={"portrait": 0.5})
    assert not suggestions.lacking(Painting.objects.all(), "style", model)
    assert list(suggestions.lacking(Painting.objects.all(), "genre", model)) == [painting]
