"""What is said of two paintings: each number against what was put in."""

from typing import Any

import pytest

from search import comparison, similar, why
from search.nearness import Nearness
from search.query import Example, Question
from search.why import shared_colours
from tests.factories import make_painting
from tests.search.pairs import alike, guessed
from vectorizer.models import EncoderModel, Vectors

pytestmark = pytest.mark.django_db
COSINES = {"common512": 0.6, "style512": 0.2, "genre512": -0.3}
RED, NEAR_RED, BLUE, GREEN = (200, 40, 30), (190, 52, 40), (30, 60, 190), (40, 140, 60)


def explained(first: Any, second: Any, **weights: float) -> why.Why:
    found = why.explain(first, second, weights or {"common512": 1.0}, EncoderModel.current())
    assert found
    return found


def aspect(found: why.Why, name: str) -> why.Aspect:
    return next(aspect for aspect in found.aspects if aspect.feature.name == name)


def test_the_similarity_is_that_of_the_search_to_the_last_digit() -> None:
    first, second = alike(COSINES)
    weights = {"common512": 2.0, "style512": 1.0}
    found = explained(first, second, **weights)
    question = Question(like=(Example(painting=first.pk),), weights=tuple(weights.items()))
    (match,) = similar.answer(question).matches
    assert found.similarity == match.similarity
    assert found.shares == match.shares
    assert found.nearness is match.nearness


def test_every_likeness_is_told_in_the_models_order_and_only_those_with_a_weight_have_a_share() -> None:
    found = explained(*alike(COSINES))
    assert [each.feature.name for each in found.aspects] == ["common512", "style512", "genre512", "palette"]
    assert [each.share for each in found.aspects] == [1.0, 0, 0, 0]


def test_shares_are_what_each_feature_adds_to_the_mean_cosine() -> None:
    found = explained(*alike(COSINES), common512=1.0, style512=3.0)
    assert aspect(found, "common512").share == pytest.approx(0.6 / (0.6 + 3 * 0.2), abs=1e-4)
    assert aspect(found, "style512").share == pytest.approx(0.6 / (0.6 + 3 * 0.2), abs=1e-4)


def test_what_speaks_against_a_likeness_has_no_share_in_it() -> None:
    found = explained(*alike(COSINES), common512=1.0, genre512=1.0)
    assert aspect(found, "genre512").share == 0
    assert aspect(found, "common512").share == 1


def test_an_identity_is_told_only_where_it_counts() -> None:
    found = explained(*alike({"copy128": 0.9}), copy128=1.0)
    assert aspect(found, "copy128").share == 1


def test_each_feature_is_told_in_its_own_words_and_on_a_scale_of_four_quarters() -> None:
    found = explained(*alike({"common512": 0.9, "style512": 0.5, "genre512": 0.1}))
    told = [aspect(found, name) for name in ("common512", "style512", "genre512")]
    assert [each.nearness for each in told] == [Nearness.COPY, Nearness.VERY_CLOSE, Nearness.DISTANT]
    assert [int(4 * each.reach) for each in told] == [3, 2, 0]


def test_without_thresholds_the_scale_is_the_similarity_itself(settings: Any) -> None:
    settings.ENCODER_ARTIFACT = "lite0-stats512"
    feature = EncoderModel.current().card.likenesses[0].name
    found = explained(*alike({feature: 0.5}), **{feature: 1.0})
    assert aspect(found, feature).reach == aspect(found, feature).similarity == 0.5
    assert aspect(found, feature).nearness is None


def test_colours_of_which_both_have_a_shade_are_told_the_largest_common_share_first() -> None:
    first, second = alike({}, colours=([(RED, 70), (BLUE, 30)], [(NEAR_RED, 20), (GREEN, 80)]))
    colours = explained(first, second).colours
    assert {each.name for each in colours} == {"red"}
    assert [each.share for each in colours] == sorted((each.share for each in colours), reverse=True)
    assert colours[0].share == colours[0].shares[1] == pytest.approx(0.2, abs=0.06)


def test_each_shade_is_told_once_with_the_nearest_of_the_other() -> None:
    found = shared_colours([(RED, 0.5), (NEAR_RED, 0.3)], [(NEAR_RED, 0.4)])
    assert [(each.colours, each.shares) for each in found] == [((NEAR_RED, NEAR_RED), (0.3, 0.4))]


def test_paintings_without_a_colour_in_common_have_none() -> None:
    assert shared_colours([(RED, 1.0)], [(BLUE, 1.0)]) == []
    assert shared_colours([], [(BLUE, 1.0)]) == []


def test_what_the_network_sees_in_both_is_told_with_the_confidence_of_each() -> None:
    first, second = alike({})
    guessed(first, genre={"portrait": 0.9, "landscape": 0.05}, style={"Rococo": 0.5})
    guessed(second, genre={"portrait": 0.7, "landscape": 0.2}, style={"Cubism": 0.9})
    (seen,) = explained(first, second).agreements
    assert (seen.kind, seen.label) == ("genre", "portrait")
    assert [round(guess.confidence, 4) for guess in seen.guesses] == [0.9, 0.7]
    assert seen.weaker.likelihood == "probably"


def test_a_style_is_never_told_as_sure_or_in_figures_by_a_model_that_never_is() -> None:
    first, second = alike({})
    for painting in (first, second):
        guessed(painting, style={"Rococo": 0.99}, genre={"portrait": 0.99})
    style, genre = explained(first, second).agreements
    assert (style.weaker.likelihood, style.in_figures) == ("perhaps", False)
    assert (genre.weaker.likelihood, genre.in_figures) == ("very likely", True)


def test_what_is_unlikely_in_one_of_them_is_not_told() -> None:
    first, second = alike({})
    guessed(first, genre={"portrait": 0.9})
    guessed(second, genre={"landscape": 0.8, "portrait": 0.1})
    assert explained(first, second).agreements == ()


def test_a_painting_is_a_copy_of_itself() -> None:
    painting = make_painting("Harbour")
    found = explained(painting, painting)
    assert (found.similarity, found.nearness) == (1, Nearness.COPY)


def test_without_vectors_there_is_nothing_to_say() -> None:
    first, second = alike({})
    Vectors.objects.filter(image=second.live_image).delete()
    assert why.explain(first, second, {"common512": 1.0}, EncoderModel.current()) is None


def test_shades_may_differ_in_lightness_more_than_in_hue() -> None:
    assert shared_colours([((230, 30, 45), 0.1)], [((170, 20, 25), 0.1)])
    assert not shared_colours([((230, 30, 45), 0.1)], [((200, 120, 20), 0.1)])


def test_it_takes_as_many_queries_whatever_there_is_to_say(django_assert_num_queries: Any) -> None:
    first, second = alike({})
    third = make_painting("Night", artist=("Anna Berg", "Carl Dahl", "Eva Falk"), style="Rococo", genre="Portrait")
    for other in (second, third):
        with django_assert_num_queries(5):  # the two paintings, who made them, the model, the vectors, the guesses
            found = comparison.of(first.pk, other.pk, {})
            assert found
            assert found.why()
