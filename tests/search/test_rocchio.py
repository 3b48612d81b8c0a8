"""The direction that examples for and against point in."""

import numpy as np
import pytest

from search.rocchio import AGAINST, direction
from tests.factories import unit


def test_one_example_alone_is_itself_bit_for_bit() -> None:
    vector = unit(1, 512)
    assert direction([vector]).tobytes() == vector.tobytes()


def test_several_point_to_their_mean() -> None:
    one, two, three = (unit(seed, 64) for seed in range(3))
    expected = (one + two + three) / np.linalg.norm(one + two + three)
    assert direction([one, two, three]) == pytest.approx(expected, abs=1e-6)


def test_it_leads_away_from_what_is_against() -> None:
    likes, dislikes = [unit(1, 64), unit(2, 64)], [unit(3, 64), unit(4, 64), unit(5, 64)]
    found = direction(likes, dislikes)
    expected = sum(likes) / 2 - AGAINST * sum(dislikes) / 3
    assert found == pytest.approx(expected / np.linalg.norm(expected), abs=1e-6)
    assert found.dtype == np.float32
    assert np.linalg.norm(found) == pytest.approx(1, abs=1e-6)
    assert found @ dislikes[0] < direction(likes) @ dislikes[0]


def test_with_nothing_but_examples_against_it_is_the_opposite() -> None:
    vector = unit(1, 64)
    assert direction([], [vector]) == pytest.approx(-vector, abs=1e-6)


def test_opposites_leave_the_direction_of_the_first() -> None:
    vector = unit(1, 64)
    assert (direction([vector, -vector]) == vector).all()
    assert (direction([vector], [vector], against=1.0) == vector).all()
    assert (direction([], [vector, -vector]) == -vector).all()
