import time

import numpy as np
import pytest

from vectorizer.intervals import Interval, difference_interval, mean_interval, ratio_interval, share_interval


def test_values_that_are_all_alike_leave_no_doubt() -> None:
    assert mean_interval([0.5] * 10) == Interval(estimate=0.5, low=0.5, high=0.5)


def test_two_clusters_are_drawn_in_three_ways_a_quarter_a_half_and_a_quarter() -> None:
    # artist x: three questions of 1; artist y: one of 0. Drawn: xx → 1, xy → 3/4, yy → 0, so 95 % reach from end to end
    found = mean_interval([1, 1, 1, 0], ["x", "x", "x", "y"])

    assert found == Interval(estimate=0.75, low=0, high=1)


def test_the_interval_of_many_independent_values_is_that_of_the_textbook() -> None:
    values = np.random.default_rng(0).normal(10, 2, 4_000)
    error = 2 / np.sqrt(4_000)

    found = mean_interval(values)

    assert found.estimate == pytest.approx(values.mean())
    assert found.low == pytest.approx(found.estimate - 1.96 * error, abs=0.15 * error)
    assert found.high == pytest.approx(found.estimate + 1.96 * error, abs=0.15 * error)


def test_artists_give_wider_intervals_than_questions_where_an_artists_questions_go_alike() -> None:
    artists = np.repeat(np.arange(20), 30)
    values = np.random.default_rng(1).random(20)[artists]
    by_artist, by_question = mean_interval(values, artists), mean_interval(values)

    assert by_artist.high - by_artist.low > 3 * (by_question.high - by_question.low)


def test_unknown_artists_are_each_drawn_alone() -> None:
    values = [0.1, 0.5, 0.2, 0.9]

    assert mean_interval(values, ["", "", "", ""]).low == pytest.approx(mean_interval(values, list("abcd")).low)


def test_a_ratio_is_of_pairs_so_what_moves_both_leaves_it_alone() -> None:
    baseline = np.random.default_rng(2).random(50) + 0.1

    assert ratio_interval(baseline * 1.5, baseline) == Interval(
        estimate=pytest.approx(1.5), low=pytest.approx(1.5), high=pytest.approx(1.5)
    )
    assert difference_interval(baseline + 0.25, baseline).high == pytest.approx(0.25)


def test_a_ratio_is_of_the_means_not_the_mean_of_ratios() -> None:
    found = ratio_interval([3, 1], [1, 1], ["x", "y"])

    assert found == Interval(estimate=2, low=1, high=3)


def test_the_same_seed_draws_the_same() -> None:
    values = np.random.default_rng(3).random(30)

    assert mean_interval(values, seed=5) == mean_interval(values, seed=5)
    assert mean_interval(values, seed=5) != mean_interval(values, seed=6)


def test_many_questions_are_drawn_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    values = np.random.default_rng(4).random(100)
    at_once = mean_interval(values)
    monkeypatch.setattr("vectorizer.intervals.DRAWS_AT_ONCE", 5_000)

    assert mean_interval(values) == at_once


def test_ten_thousand_questions_take_seconds_at_most() -> None:
    start = time.process_time()  # of ours: others may be at work, too
    mean_interval(np.ones(10_000))

    assert time.process_time() - start < 10


def test_what_can_not_be_said_is_refused() -> None:
    with pytest.raises(ValueError, match="at least two artists or questions"):
        mean_interval([0.5, 0.7], ["x", "x"])
    with pytest.raises(ValueError, match="at least two"):
        mean_interval([])
    with pytest.raises(ValueError, match="nothing can be divided by it"):
        ratio_interval([1, 1], [0, 0])
    with pytest.raises(ValueError, match="as many values as the baseline has: 2 and 3"):
        ratio_interval([1, 1], [1, 1, 1])
    with pytest.raises(ValueError, match="2 values need as many clusters; given were 1"):
        mean_interval([1, 1], ["x"])


def test_an_interval_reads_as_a_figure_and_its_range() -> None:
    assert str(Interval(estimate=1.2345, low=1, high=1.5)) == "1.234 (1.000 to 1.500)"


def test_a_share_has_wilsons_interval() -> None:
    # 485 of 500 by the formula of Wilson (1927): 0.9511 to 0.9818
    found = share_interval(485, 500)

    assert (found.estimate, found.low, found.high) == (
        0.97,
        pytest.approx(0.95110, abs=5e-5),
        pytest.approx(0.98175, abs=5e-5),
    )


def test_all_of_a_few_is_not_all_and_of_none_nothing_is_known() -> None:
    assert share_interval(5, 5) == Interval(estimate=1, low=pytest.approx(5 / (5 + 1.959964**2)), high=1)
    assert (share_interval(0, 0).low, share_interval(0, 0).high) == (0, 1)
