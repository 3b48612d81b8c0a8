"""Finding the picture in a photo of a wall, and setting it upright."""

import cv2
import numpy as np
import pytest

from tests.works import work
from vectorizer.quadrilaterals import Quad, area, find_quadrilaterals, is_convex, rectify, to_photo
from vectorizer.training.photographs import Conditions, shoot

ASIDE = Conditions(margins=(0.1, 0.25), turn=25, roll=5, light=(0.2, 0.5), blur=(0.5, 1.0), noise=(1.0, 4.0))
WHOLE = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], np.float32)


def overlap(one: Quad, other: Quad) -> float:
    """The intersection's share of the union."""
    shared = float(cv2.intersectConvexConvex(one, other)[0])
    return shared / (area(one) + area(other) - shared)


def wall(width: int = 400, height: int = 300) -> np.ndarray:
    return np.full((height, width, 3), (200, 190, 170), np.uint8)


class TestFinding:
    @pytest.mark.parametrize("number", range(6))
    def test_a_painting_on_a_wall_is_found(self, number: int) -> None:
        shot = shoot(work(number), ASIDE, np.random.default_rng(number), side=800)

        found = find_quadrilaterals(shot.rgb)

        assert max(overlap(quad, shot.corners) for quad in found) > 0.85

    def test_a_frame_gives_its_outer_and_its_inner_edge(self) -> None:
        photo = wall()
        photo[50:250, 80:320] = (60, 40, 20)
        photo[90:210, 120:280] = (30, 120, 90)

        found = find_quadrilaterals(photo)

        outer = WHOLE * (240 / 400, 200 / 300) + (80 / 400, 50 / 300)
        inner = WHOLE * (160 / 400, 120 / 300) + (120 / 400, 90 / 300)
        assert max(overlap(quad, outer.astype(np.float32)) for quad in found) > 0.85
        assert max(overlap(quad, inner.astype(np.float32)) for quad in found) > 0.85

    def test_corners_go_clockwise_from_the_top_left(self) -> None:
        photo = wall()
        photo[60:240, 100:300] = (20, 60, 120)

        (best, *_) = find_quadrilaterals(photo, most=1)

        np.testing.assert_allclose(best, [(0.25, 0.2), (0.75, 0.2), (0.75, 0.8), (0.25, 0.8)], atol=0.025)
        assert best.dtype == np.float32

    def test_an_empty_wall_has_none(self) -> None:
        assert find_quadrilaterals(wall()) == ()

    def test_something_round_is_no_picture(self) -> None:
        photo = wall()
        cv2.circle(photo, (200, 150), 90, (20, 60, 120), -1)

        assert find_quadrilaterals(photo) == ()

    def test_there_are_no_more_than_were_asked_for_and_all_differ(self) -> None:
        shot = shoot(work(1), ASIDE, np.random.default_rng(1), side=800)

        found = find_quadrilaterals(shot.rgb, most=2)

        assert len(found) <= 2
        assert all(overlap(one, other) < 0.9 for one in found for other in found if one is not other)

    @pytest.mark.parametrize("shape", [(16, 16, 3), (16, 1000, 3)])
    def test_any_shape_can_be_searched(self, shape: tuple[int, int, int]) -> None:
        assert isinstance(find_quadrilaterals(np.random.default_rng(0).integers(0, 256, shape, np.uint8)), tuple)

    def test_the_same_photo_gives_the_same_ones(self) -> None:
        photo = shoot(work(2), ASIDE, np.random.default_rng(2), side=800).rgb

        np.testing.assert_array_equal(find_quadrilaterals(photo), find_quadrilaterals(photo.copy()))


class TestRectifying:
    @pytest.mark.parametrize("number", range(3))
    def test_a_painting_seen_from_aside_is_straight_again(self, number: int) -> None:
        painting = work(number)
        shot = shoot(painting, Conditions(margins=(0.1, 0.2), turn=30, roll=6), np.random.default_rng(number), side=900)

        straight = rectify(shot.rgb, shot.corners)

        small = (64, 64)
        seen = cv2.resize(straight, small, interpolation=cv2.INTER_AREA).astype(float)
        true = cv2.resize(painting, small, interpolation=cv2.INTER_AREA).astype(float)
        assert np.abs(seen - true).mean() < 8

    def test_it_is_no_longer_than_was_asked_and_not_enlarged(self) -> None:
        quad = (WHOLE * 0.5).astype(np.float32)

        assert rectify(work(0), quad, side=100).shape[:2][::-1] <= (100, 100)
        assert max(rectify(work(0), quad, side=4000).shape) <= max(work(0).shape) / 2 + 1

    def test_corners_that_cross_are_refused(self) -> None:
        with pytest.raises(ValueError, match="no convex quadrilateral"):
            rectify(work(0), WHOLE[[0, 2, 1, 3]])

    def test_places_in_it_are_found_again_in_the_photo(self) -> None:
        quad = np.array([(0.2, 0.1), (0.9, 0.2), (0.8, 0.9), (0.1, 0.8)], np.float32)

        np.testing.assert_allclose(to_photo(WHOLE, quad), quad, atol=1e-5)
        assert to_photo(WHOLE[:0], quad).shape == (0, 2)

    def test_clockwise_is_convex_and_counterclockwise_is_not(self) -> None:
        assert is_convex(WHOLE)
        assert not is_convex(WHOLE[::-1])
        assert area(WHOLE) == 1
