import numpy as np
import pytest

from vectorizer.evaluation import ask_each, averaged


def on_a_line(*places: float) -> np.ndarray:
    return np.array([[place, 0] for place in places], np.float32)


def test_neighbours_of_the_same_style_are_perfect() -> None:
    found = averaged(ask_each(on_a_line(0, 1, 10, 11), ["a", "a", "b", "b"], k=1))

    assert (found.mean_average_precision, found.precision_at_1, found.queries, found.k) == (1, 1, 4, 1)


def test_average_precision_is_that_of_the_textbook() -> None:
    # 0 asks: b a b a → hits at ranks 2 and 4 → (1/2 + 2/4) / 2. Nobody else of style a can be asked by b.
    vectors = on_a_line(0, 1, 2, 3, 4)
    found = averaged(ask_each(vectors, ["a", "", "a", "", "a"], k=4))

    first = (1 / 2 + 2 / 4) / 2
    middle = (1 / 3 + 2 / 4) / 2  # 2 asks: its neighbours 1 and 3, at the same distance, come first
    last = (1 / 2 + 2 / 4) / 2
    assert found.mean_average_precision == pytest.approx((first + middle + last) / 3)
    assert found.precision_at_1 == 0


def test_fewer_matches_than_k_can_still_be_perfect() -> None:
    found = averaged(ask_each(on_a_line(0, 1, 10, 11), ["a", "a", "b", "b"], k=10))

    assert found.mean_average_precision == 1


def test_matches_by_the_same_artist_do_not_count_and_do_not_stand_in_the_way() -> None:
    vectors, styles = on_a_line(0, 0.1, 0.2, 1, 5), ["a", "a", "a", "a", "b"]
    artists = ["x", "x", "x", "y", "z"]

    found = averaged(ask_each(vectors, styles, k=1, groups=artists))

    assert (found.mean_average_precision, found.queries) == (1, 4)


def test_a_style_by_one_artist_alone_is_not_asked_across_artists() -> None:
    found = averaged(ask_each(on_a_line(0, 1, 2, 3), ["a", "a", "b", "b"], k=2, groups=["x", "x", "y", "z"]))

    assert found.queries == 2


def test_a_painting_alone_in_its_style_is_not_asked() -> None:
    assert averaged(ask_each(on_a_line(0, 1, 2), ["a", "a", "b"], k=2)).queries == 2


def test_missing_labels_match_nothing() -> None:
    found = averaged(ask_each(on_a_line(0, 1, 2, 3), ["a", None, None, "a"], k=1))

    assert (found.queries, found.precision_at_1) == (2, 0)


def test_every_question_has_its_own_answer() -> None:
    # from 0: b a b a, hits at ranks 2 and 4; 1 asks: a a b, a hit at 3; 2: 1 and 3 are as near, a hit at 3 (0) and 4
    found = ask_each(on_a_line(0, 1, 2, 3, 4), ["a", "b", "a", "b", "a"], k=2)

    assert found.rows.tolist() == [0, 1, 2, 3, 4]
    assert found.average_precision == pytest.approx([1 / 4, 0, 0, 0, 1 / 4])
    assert found.first_hit.tolist() == [2, 0, 0, 0, 2]
    assert found.precision_at_1.tolist() == [0, 0, 0, 0, 0]
    assert found.recall(2).tolist() == [1, 0, 0, 0, 1]


def test_recall_is_known_as_far_as_was_looked() -> None:
    found = ask_each(on_a_line(0, 1, 10, 11), ["a", "a", "b", "b"], k=3)

    with pytest.raises(ValueError, match="first 3 were looked at, so nothing is known of recall at 4"):
        found.recall(4)


def test_a_painting_asks_within_its_fold_only() -> None:
    vectors, styles = on_a_line(0, 0.1, 0.2, 1, 5, 1.1), ["a", "b", "a", "a", "a", "b"]

    found = ask_each(vectors, styles, k=1, folds=[0, 1, 1, 0, 1, 0])

    # fold 0 holds 0 (a), 3 (a), 5 (b); fold 1 holds 1 (b), 2 (a), 4 (a): a style's only one in its fold can't ask
    assert found.rows.tolist() == [0, 2, 3, 4]
    assert found.precision_at_1.tolist() == [1, 0, 0, 1]


def test_folds_leave_vectors_of_different_spaces_apart() -> None:
    vectors, styles = on_a_line(0, 1, 10, 11), ["a", "a", "b", "b"]
    elsewhere = np.concatenate([vectors, vectors * -3 + 5])

    found = averaged(ask_each(elsewhere, styles * 2, k=1, folds=[0] * 4 + [1] * 4))

    assert (found.precision_at_1, found.queries) == (1, 8)


def test_the_metric_can_be_chosen() -> None:
    vectors = np.array([[1, 0], [1, 0.5], [9, 0], [0.5, 9]], np.float32)

    assert ask_each(vectors, ["a", "b", "a", "b"], k=1, metric="l2").precision_at_1[0] == 0
    assert ask_each(vectors, ["a", "b", "a", "b"], k=1, metric="cosine").precision_at_1[0] == 1


def test_paintings_of_unknown_artists_do_not_count_for_each_other() -> None:
    found = ask_each(on_a_line(0, 0.1, 1), ["a", "a", "a"], k=1, groups=["", "", "x"])

    assert found.average_precision.tolist() == [1, 1, 1]
    with pytest.raises(ValueError, match="Nothing can be measured"):
        ask_each(on_a_line(0, 0.1), ["a", "a"], groups=["", ""])


def test_many_rows_are_measured_as_few_are(monkeypatch: pytest.MonkeyPatch) -> None:
    random = np.random.default_rng(0)
    vectors, labels = random.normal(size=(50, 4)).astype(np.float32), random.integers(1, 5, 50)
    at_once = averaged(ask_each(vectors, labels))
    monkeypatch.setattr("vectorizer.evaluation.ROWS_AT_ONCE", 7)

    assert averaged(ask_each(vectors, labels)) == at_once


def test_vectors_that_know_nothing_find_as_often_as_chance() -> None:
    random = np.random.default_rng(1)
    vectors, labels = random.normal(size=(400, 8)).astype(np.float32), random.integers(1, 5, 400)

    assert averaged(ask_each(vectors, labels)).precision_at_1 == pytest.approx(0.25, abs=0.08)


def test_nothing_to_find_is_said() -> None:
    with pytest.raises(ValueError, match="no two paintings share a label"):
        ask_each(on_a_line(0, 1), ["a", "b"])


def test_lengths_that_differ_are_refused() -> None:
    with pytest.raises(ValueError, match="2 vectors need as many labels; given were 3"):
        ask_each(on_a_line(0, 1), ["a", "b", "c"])
    with pytest.raises(ValueError, match="2 vectors need as many labels; given were 1"):
        ask_each(on_a_line(0, 1), ["a", "a"], groups=["x"])
