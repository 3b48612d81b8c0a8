"""The points between two paintings, and the chain that is chosen among those near them."""

from itertools import pairwise, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from search import walk
from tests.factories import unit


def on_a_circle(*degrees: float) -> NDArray[np.float32]:
    angles = np.radians(degrees)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def apart(*degrees: float) -> NDArray[np.float64]:
    return walk.squares({"look": on_a_circle(*degrees)}, {"look": 1.0})


def test_points_part_the_way_into_equal_steps_of_unit_vectors() -> None:
    first, second = unit(1, 64), unit(2, 64)
    points = [point["look"] for point in walk.points({"look": first}, {"look": second}, 5)]
    assert len(points) == 4
    steps = [float(one @ other) for one, other in pairwise([first, *points, second])]
    assert steps == pytest.approx([steps[0]] * 5, abs=1e-5)
    assert [float(np.linalg.norm(point)) for point in points] == pytest.approx([1] * 4, abs=1e-6)


def test_between_a_painting_and_its_copy_there_is_the_painting() -> None:
    vector = unit(3, 16)
    assert np.array_equal(walk.between(vector, vector, 0.5), vector)


def test_between_opposites_the_nearer_end_stands_for_the_way() -> None:
    vector = unit(3, 16)
    assert np.array_equal(walk.between(vector, -vector, 0.25), vector)
    assert np.array_equal(walk.between(vector, -vector, 0.75), -vector)


def test_each_feature_has_a_circle_of_its_own() -> None:
    ends = [{"look": unit(seed, 8), "palette": unit(seed + 5, 4)} for seed in (1, 2)]
    (middle,) = walk.points(*ends, 2)
    assert {name: vector.shape for name, vector in middle.items()} == {"look": (8,), "palette": (4,)}


def test_squared_distances_weigh_the_features_as_the_index_does() -> None:
    vectors = {name: np.stack([unit(seed, 8), unit(seed + 1, 8)]) for seed, name in ((1, "look"), (4, "palette"))}
    each = {name: float(np.sum((one.astype(float) - other) ** 2)) for name, (one, other) in vectors.items()}
    found = walk.squares(vectors, {"look": 3.0, "palette": 1.0})
    assert found[0, 1] == pytest.approx((3 * each["look"] + each["palette"]) / 4)
    assert found.diagonal() == pytest.approx([0, 0])


def test_the_chain_takes_the_even_way() -> None:
    assert walk.chain(apart(0, 80, 30, 29, 60, 10, 90), 3) == [0, 2, 4, 6]
    assert walk.chain(apart(0, 5, 45, 90), 2) == [0, 2, 3]


def test_of_ways_with_the_same_greatest_step_the_one_with_smaller_others_is_taken() -> None:
    squares = np.array(
        [[0, 1, 1, 2, 9], [1, 0, 9, 4, 8], [1, 9, 0, 1, 8], [2, 4, 1, 0, 4], [9, 8, 8, 4, 0]], np.float64
    )
    assert walk.chain(squares, 3) == [0, 2, 3, 4]


def test_where_there_are_too_few_the_way_has_fewer_steps() -> None:
    assert walk.chain(apart(0, 40, 90), 7) == [0, 1, 2]
    assert walk.chain(apart(0, 90), 7) == [0, 1]


@given(st.lists(st.floats(-180, 180), min_size=2, max_size=7), st.integers(2, 8))
def test_no_painting_comes_twice_and_the_way_back_is_as_short(degrees: list[float], steps: int) -> None:
    squares = apart(*degrees)
    there, back = walk.chain(squares, steps), walk.chain(squares[::-1, ::-1], steps)
    last = len(degrees) - 1
    assert there[0] == 0
    assert there[-1] == last
    assert len(set(there)) == len(there) == min(steps, last) + 1
    assert cost(squares, [last - row for row in back]) == pytest.approx(cost(squares, there), abs=1e-9)


@given(st.integers(0, 10_000), st.integers(2, 5))
def test_no_chain_that_leads_on_is_better(seed: int, steps: int) -> None:
    vectors = np.stack([unit(seed * 10 + number, 3) for number in range(7)])
    squares = walk.squares({"look": vectors}, {"look": 1.0})
    progress = squares[0] - squares[-1]
    chains = ([0, *some, 6] for some in permutations(range(1, 6), steps - 1))
    forward = [chain for chain in chains if (np.diff(progress[chain[1:-1]]) > 0).all()]
    best = min(cost(squares, chain) for chain in forward)
    assert cost(squares, walk.chain(squares, steps)) == pytest.approx(best)


def cost(squares: NDArray[np.float64], chain: list[int]) -> tuple[float, float]:
    """The greatest step, then the sum of all."""
    steps = [float(squares[one, other]) for one, other in pairwise(chain)]
    return max(steps), sum(steps)
