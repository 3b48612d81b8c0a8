"""Which part of a photo is compared."""

import numpy as np
import pytest

from search.regions import ALL, corners, region

HALF = [[0.1, 0.1], [0.7, 0.1], [0.7, 0.9], [0.1, 0.9]]


def test_a_painting_on_a_wall_is_compared_without_the_wall() -> None:
    np.testing.assert_allclose(region(HALF), HALF, atol=1e-6)


@pytest.mark.parametrize(
    "quad",
    [None, ALL, [[0.02, 0.02], [0.98, 0.02], [0.98, 0.98], [0.02, 0.98]]],
    ids=["nothing recognised", "all of it", "nearly all"],
)
def test_a_photo_of_nothing_else_is_compared_as_it_is(quad: list[list[float]] | None) -> None:
    assert region(quad) is None


def test_what_the_photo_does_not_show_of_a_painting_is_left_out() -> None:
    part = region([[-0.5, 0.2], [0.5, 0.2], [0.5, 0.8], [-0.5, 0.8]])
    np.testing.assert_allclose(part, [[0, 0.2], [0.5, 0.2], [0.5, 0.8], [0, 0.8]], atol=1e-6)


def test_a_detail_that_fills_the_photo_is_compared_as_it_is() -> None:
    assert region([[-1, -1], [3, -1], [3, 3], [-1, 3]]) is None


@pytest.mark.parametrize(
    "quad",
    [
        [[0.5, 0.5], [0.55, 0.5], [0.55, 0.55], [0.5, 0.55]],
        [[0.1, 0.1], [0.9, 0.9], [0.9, 0.1], [0.1, 0.9]],
        [[0.7, 0.1], [0.1, 0.1], [0.1, 0.9], [0.7, 0.9]],
        [[0.1, 0.1], [0.9, 0.1], [0.3, 0.3], [0.1, 0.9]],
        [[1.5, 0.1], [2, 0.1], [2, 0.9], [1.5, 0.9]],
    ],
    ids=["a speck", "crossed", "mirrored", "dented", "outside"],
)
def test_what_is_no_region_leaves_the_photo_as_it_is(quad: list[list[float]]) -> None:
    assert region(quad) is None


def test_a_painting_that_hangs_upside_down_has_a_region_too() -> None:
    turned = [HALF[2], HALF[3], HALF[0], HALF[1]]
    np.testing.assert_allclose(region(turned), turned, atol=1e-6)


def test_corners_are_stored_as_plain_numbers() -> None:
    stored = corners(np.array(HALF, np.float32))
    assert stored == HALF
    assert all(type(number) is float for corner in stored for number in corner)
