import math

import numpy as np
import pytest

from vectorizer.training.calibration import (
    among_first,
    cross_fitted_probabilities,
    cross_fitted_temperatures,
    expected_calibration_error,
    first_guesses,
    fit_temperature,
    reliability,
    softmax,
)


def two_labels(gap: float, right: int, wrong: int) -> tuple[np.ndarray, np.ndarray]:
    """Answers that all favour the first label by `gap`, of which some are right and some wrong."""
    return np.tile(np.array([[gap, 0]], np.float32), (right + wrong, 1)), np.array([0] * right + [1] * wrong)


def test_softmax_is_that_of_the_textbook_even_of_large_numbers() -> None:
    assert softmax(np.array([[0, math.log(3)]])) == pytest.approx(np.array([[0.25, 0.75]]))
    assert softmax(np.array([[0, math.log(9)]]), 2) == pytest.approx(np.array([[0.25, 0.75]]))
    assert softmax(np.array([[10_000, 0]])).tolist() == [[1, 0]]


def test_the_temperature_makes_confidence_what_the_answers_deserve() -> None:
    # 3 of 4 are right, so the best probability is 3/4 = σ(gap / T): T = gap / ln 3
    assert fit_temperature(*two_labels(4, right=3, wrong=1)) == pytest.approx(4 / math.log(3))
    assert fit_temperature(*two_labels(0.5, right=3, wrong=1)) == pytest.approx(0.5 / math.log(3))


def test_the_temperature_has_the_least_negative_log_likelihood() -> None:
    random = np.random.default_rng(0)
    codes = random.integers(0, 6, 300)
    logits = 3 * (random.normal(size=(300, 6)) + np.eye(6)[codes])

    def likelihood(temperature: float) -> float:
        return float(np.log(softmax(logits, temperature)[np.arange(300), codes]).mean())

    best = fit_temperature(logits, codes)

    assert likelihood(best) > max(likelihood(best * 1.01), likelihood(best / 1.01))


def test_answers_that_are_always_right_or_never_stay_within_bounds() -> None:
    assert fit_temperature(*two_labels(4, right=4, wrong=0)) == pytest.approx(0.05)
    assert fit_temperature(*two_labels(4, right=0, wrong=4)) == pytest.approx(20)


def test_unknown_labels_do_not_count() -> None:
    logits, codes = two_labels(4, right=3, wrong=1)
    more = np.concatenate([logits, np.array([[0, 9]], np.float32)]), np.append(codes, -1)

    assert fit_temperature(*more) == fit_temperature(logits, codes)
    assert reliability(softmax(more[0]), more[1]).counts.sum() == 4
    with pytest.raises(ValueError, match="No picture has a known label"):
        fit_temperature(logits, np.full(4, -1))


def test_a_folds_temperature_is_fitted_to_the_other_folds() -> None:
    first, second = two_labels(4, right=3, wrong=1), two_labels(4, right=7, wrong=3)
    logits, codes = np.concatenate([first[0], second[0]]), np.concatenate([first[1], second[1]])
    folds = np.array([0] * 4 + [1] * 10)

    temperatures = cross_fitted_temperatures(logits, codes, folds)
    probabilities = cross_fitted_probabilities(logits, codes, folds)

    assert temperatures == {0: pytest.approx(4 / math.log(7 / 3)), 1: pytest.approx(4 / math.log(3))}
    assert probabilities[0] == pytest.approx([0.7, 0.3])
    assert probabilities[13] == pytest.approx([0.75, 0.25])


def test_the_calibration_error_is_the_weighted_gap_of_the_bins() -> None:
    # said .9, .9, .9, .6, right: 2 of 3 and 1 of 1 → 3/4 · |2/3 - .9| + 1/4 · |1 - .6|
    probabilities = np.array([[0.9, 0.1], [0.9, 0.1], [0.1, 0.9], [0.6, 0.4]])
    codes = np.array([0, 1, 1, 0])

    assert expected_calibration_error(probabilities, codes) == pytest.approx(0.75 * (0.9 - 2 / 3) + 0.25 * 0.4)


def test_reliability_tells_what_was_said_and_what_was_true() -> None:
    probabilities = np.array([[0.9, 0.1], [0.8, 0.2], [0.5, 0.5], [1.0, 0.0]])

    found = reliability(probabilities, np.array([0, 1, 0, 0]), bins=5)

    # bins end at .2 .4 .6 .8 1: .5 is in the third, .8 still in the fourth, .9 and 1 in the last
    assert found.counts.tolist() == [0, 0, 1, 1, 2]
    assert found.confidence == pytest.approx([0, 0, 0.5, 0.8, 0.95])
    assert found.accuracy == pytest.approx([0, 0, 1, 0, 1])


def test_a_first_guess_is_the_most_probable_label_of_a_picture_whose_label_is_known() -> None:
    probabilities = np.array([[0.9, 0.1], [0.2, 0.8], [0.4, 0.6]])

    confidence, right = first_guesses(probabilities, np.array([0, -1, 0]))

    assert (confidence.tolist(), right.tolist()) == ([0.9, 0.6], [True, False])


def test_a_label_is_looked_for_among_the_first() -> None:
    scores = np.array([[3, 2, 1, 0], [3, 2, 1, 0], [3, 2, 1, 0], [0, 0, 0, 0]])
    codes = np.array([0, 2, -1, 1])

    assert among_first(scores, codes, 1).tolist() == [1, 0, 0]
    assert among_first(scores, codes, 3).tolist() == [1, 1, 1]
