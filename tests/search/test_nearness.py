"""Words for similarities."""

from dataclasses import replace

import pytest

from search import nearness
from search.nearness import Nearness
from vectorizer import encoder
from vectorizer.encoder import Card


@pytest.fixture
def card() -> Card:
    return replace(
        encoder.load_card(encoder.artifact_path(encoder.DEFAULT_ARTIFACT)),
        thresholds={
            "common512": {"copy": 0.6, "very_close": 0.5, "related": 0.4},
            "palette": {"copy": 0.9, "very_close": 0.8, "related": 0.7},
            "genre512": {"copy": 0.6, "very_close": 0.5, "related": 0.0},
        },
    )


@pytest.mark.parametrize(
    ("similarity", "word"),
    [(1.0, "copy"), (0.6, "copy"), (0.599999, "very_close"), (0.5, "very_close"), (0.4, "related"), (0.1, "distant")],
)
def test_a_similarity_by_one_feature_has_that_features_word(card: Card, similarity: float, word: str) -> None:
    assert nearness.of(similarity, {"common512": 2.0}, card) == word


def test_by_several_features_it_is_near_what_is_as_near_by_each_of_them(card: Card) -> None:
    weights = {"common512": 3.0, "palette": 1.0}
    distances = {name: 1 / card.thresholds[name]["related"] - 1 for name in weights}
    together = ((3 * distances["common512"] ** 2 + distances["palette"] ** 2) / 4) ** 0.5
    assert nearness.threshold(Nearness.RELATED, weights, card) == round(1 / (1 + together), 6)
    assert nearness.threshold(Nearness.RELATED, {"common512": 1.0}, card) == 0.4
    assert nearness.threshold(Nearness.DISTANT, weights, card) == 0


@pytest.mark.parametrize("weights", [{"style512": 1.0}, {"common512": 1.0, "style512": 1.0}, {"genre512": 1.0}])
def test_there_is_no_word_where_a_feature_has_no_threshold_or_calls_everything_near(
    card: Card, weights: dict[str, float]
) -> None:
    assert nearness.of(0.9, weights, card) is None
    assert not nearness.is_known(weights, card)


def test_the_model_that_comes_with_the_application_knows_all_its_features() -> None:
    card = encoder.load_card(encoder.artifact_path(encoder.DEFAULT_ARTIFACT))
    for feature in card.features:
        words = [nearness.of(level / 100, {feature.name: 1.0}, card) for level in range(100, 0, -1)]
        assert list(dict.fromkeys(words)) == list(Nearness)
