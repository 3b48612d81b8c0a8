import numpy as np
import pytest

from vectorizer.training.sureness import guesses_from, measure_sureness, sure_level


def flags(right: int, wrong: int) -> np.ndarray:
    return np.array([True] * right + [False] * wrong)


def test_thirty_five_right_guesses_are_the_fewest_that_can_be_called_sure() -> None:
    # Wilson's lower end of n of n is n / (n + 1.96²): .8973 for 34 … that is 33.6; .9011 for 35
    assert sure_level(np.full(35, 0.8), flags(35, 0)) == 0.01
    assert sure_level(np.full(34, 0.8), flags(34, 0)) is None


def test_the_level_is_the_least_from_which_on_the_guesses_are_right() -> None:
    confidence = np.repeat([0.95, 0.755, 0.4], [40, 20, 40])
    right = np.concatenate([flags(40, 0), flags(20, 0), flags(10, 30)])

    assert sure_level(confidence, right) == 0.41  # whole hundredths; of .4, most are wrong
    assert guesses_from(confidence, right, 0.41).number == 60


def test_nine_in_ten_are_not_enough_while_it_may_be_chance() -> None:
    assert sure_level(np.full(200, 0.9), flags(182, 18)) is None
    assert guesses_from(np.full(200, 0.9), flags(182, 18), 0.9).right.estimate > 0.9
    assert sure_level(np.full(2_000, 0.9), flags(1_830, 170)) == 0.01


def test_a_model_that_is_confident_and_wrong_is_never_sure() -> None:
    confidence = np.concatenate([np.full(60, 0.95), np.full(300, 0.3)])

    assert sure_level(confidence, np.concatenate([flags(34, 26), flags(90, 210)])) is None


def pictures(kinds: list[tuple[float, int, int]]) -> tuple[np.ndarray, np.ndarray]:
    """Probabilities of two labels, the first being guessed, and codes: (confidence, right, wrong) of each kind."""
    confidence = np.concatenate([np.full(right + wrong, value) for value, right, wrong in kinds])
    codes = np.concatenate([[0] * right + [1] * wrong for _, right, wrong in kinds])
    return np.stack([confidence, 1 - confidence], axis=1), codes


def test_sureness_counts_what_is_known_from_each_step_on() -> None:
    probabilities, codes = pictures([(0.95, 80, 0), (0.65, 20, 20)])
    codes[-10:] = -1

    found = measure_sureness(probabilities, codes, np.arange(120) % 2)

    assert found.level == 0.66
    assert found.sure is not None
    assert (found.sure.number, found.sure.right.estimate) == (80, 1)
    assert {step: guesses.number for step, guesses in found.steps.items()} == {
        0.5: 110,
        0.6: 110,
        0.7: 80,
        0.8: 80,
        0.9: 80,
    }
    assert found.steps[0.5].right.estimate == pytest.approx(100 / 110)


def test_a_level_is_checked_on_folds_that_did_not_choose_it() -> None:
    # the first fold is right from .7 on, so it would choose that; in the second, .7 is wrong, so .91 is chosen there
    first, second = pictures([(0.9, 50, 0), (0.7, 40, 0)]), pictures([(0.95, 50, 0), (0.7, 10, 30)])
    probabilities, codes = (np.concatenate(both) for both in zip(first, second, strict=True))
    folds = np.array([0] * 90 + [1] * 90)

    found = measure_sureness(probabilities, codes, folds)

    assert found.level == 0.71
    assert found.level_by_fold == {0: 0.71, 1: 0.01}
    assert found.checked is not None
    # in the first fold from .71 on, 50 of 50; in the second from .01 on, 60 of 90
    assert (found.checked.number, found.checked.right.estimate) == (140, pytest.approx(110 / 140))


def test_without_a_level_there_is_nothing_sure_and_steps_without_guesses_are_left_out() -> None:
    probabilities, codes = pictures([(0.65, 20, 20)])

    found = measure_sureness(probabilities, codes, np.arange(40) % 2)

    assert (found.level, found.sure, found.checked) == (None, None, None)
    assert list(found.steps) == [0.5, 0.6]


def test_where_nothing_is_known_nothing_can_be_said() -> None:
    with pytest.raises(ValueError, match="No picture has a known label"):
        measure_sureness(np.full((4, 2), 0.5), np.full(4, -1), np.zeros(4, np.intp))
