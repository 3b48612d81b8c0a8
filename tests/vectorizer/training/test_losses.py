"""Every expected value is worked out by hand, with NumPy alone."""

import numpy as np
import pytest

from vectorizer.training.losses import class_weights, info_nce, masked_crossentropy, proxy, supervised_contrastive

EVEN = np.ones(2, np.float32)
EAST, NORTH, WEST = [1.0, 0.0], [0.0, 1.0], [-1.0, 0.0]


def rows(*vectors: list[float]) -> np.ndarray:
    return np.array(vectors, np.float32)


def codes(*values: int) -> np.ndarray:
    return np.array(values, np.int32)


def test_a_class_weighs_one_over_the_root_of_its_size() -> None:
    weights = class_weights(np.array([0, 0, 0, 0, 1, -1]), 3)

    assert weights[1] / weights[0] == pytest.approx(2)
    assert 4 * weights[0] + weights[1] == pytest.approx(5)  # the mean over the five labelled is 1
    assert weights[2] == 0


def test_no_labels_at_all_weigh_nothing() -> None:
    assert class_weights(np.array([-1, -1]), 2).tolist() == [0, 0]


def test_crossentropy_is_the_surprise_at_the_right_class() -> None:
    logits = np.log(rows([0.25, 0.75], [0.5, 0.5]))

    loss = masked_crossentropy(logits, codes(0, 1), EVEN)

    assert float(loss) == pytest.approx((np.log(4) + np.log(2)) / 2)


def test_a_missing_label_counts_for_nothing() -> None:
    logits = np.log(rows([0.25, 0.75], [0.001, 0.999]))

    assert float(masked_crossentropy(logits, codes(0, -1), EVEN)) == pytest.approx(np.log(4))


def test_where_no_label_is_known_the_crossentropy_is_nothing() -> None:
    assert float(masked_crossentropy(rows([1, 2], [3, 4]), codes(-1, -1), EVEN)) == 0


def test_crossentropy_weights_its_classes() -> None:
    logits = np.log(rows([0.25, 0.75], [0.5, 0.5]))

    loss = masked_crossentropy(logits, codes(0, 1), np.array([3, 1], np.float32))

    assert float(loss) == pytest.approx((3 * np.log(4) + np.log(2)) / 4)


def test_the_contrastive_loss_sees_how_near_a_label_lies_among_all_others() -> None:
    vectors = rows(EAST, EAST, NORTH)
    near, far = np.exp(1 / 0.5), np.exp(0 / 0.5)

    loss = supervised_contrastive(vectors, codes(0, 0, 1), 0.5)

    assert float(loss) == pytest.approx(-np.log(near / (near + far)))  # the third has nobody of its label


def test_the_contrastive_loss_averages_over_the_others_of_a_label() -> None:
    vectors = rows(EAST, NORTH, WEST)
    to_side, across = np.exp(0.0), np.exp(-1.0)
    from_end = -(np.log(to_side / (to_side + across)) + np.log(across / (to_side + across))) / 2
    from_middle = -np.log(0.5)

    loss = supervised_contrastive(vectors, codes(0, 0, 0), 1.0)

    assert float(loss) == pytest.approx((2 * from_end + from_middle) / 3)


def test_a_picture_without_a_label_neither_draws_nor_pushes() -> None:
    known = supervised_contrastive(rows(EAST, EAST, NORTH), codes(0, 0, 1), 0.5)

    with_unknown = supervised_contrastive(rows(EAST, EAST, NORTH, EAST, WEST), codes(0, 0, 1, -1, -1), 0.5)

    assert float(with_unknown) == pytest.approx(float(known))


def test_where_no_two_share_a_label_the_contrastive_loss_is_nothing() -> None:
    assert float(supervised_contrastive(rows(EAST, NORTH), codes(0, 1), 0.1)) == 0


def test_proxies_are_compared_by_angle() -> None:
    proxies = rows([10.0, 0.0], [0.0, 0.1])

    loss = proxy(rows(EAST, NORTH), proxies, codes(0, -1), 0.5, EVEN)

    assert float(loss) == pytest.approx(-np.log(np.exp(2) / (np.exp(2) + 1)))


def test_each_must_find_its_partner_and_be_found_by_it() -> None:
    one, other = rows(EAST, NORTH), rows(EAST, EAST)
    there_first = there_second = -np.log(0.5)  # both partners look the same to each
    back_first = -np.log(np.exp(1) / (np.exp(1) + 1))
    back_second = -np.log(1 / (np.exp(1) + 1))

    loss = info_nce(one, other, 1.0)

    assert float(loss) == pytest.approx((there_first + there_second + back_first + back_second) / 4)
