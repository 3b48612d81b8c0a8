"""Whether a photo shows a painting, by the points they share."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from search import matching
from search.matching import Alike, alike, compare, judge
from tests.works import work
from vectorizer.keypoints import Keypoints, describe, describe_photo
from vectorizer.training.photographs import HARD, PLAIN, shoot


def painting(number: int) -> Keypoints:
    return describe(work(number))


class TestTheSamePainting:
    @pytest.mark.parametrize("number", range(4))
    def test_a_plain_photo_of_it_shows_it_and_where_it_lies(self, number: int) -> None:
        shot = shoot(work(number), PLAIN, np.random.default_rng(number), side=900)

        verdict = compare(describe_photo(shot.rgb), painting(number))

        assert verdict.same
        assert verdict.inliers >= matching.LEAST_INLIERS
        assert verdict.quad is not None
        np.testing.assert_allclose(verdict.quad, shot.corners, atol=0.02)

    def test_a_hard_photo_of_it_shows_it(self) -> None:
        shot = shoot(work(2), HARD, np.random.default_rng(2), side=1000)

        assert compare(describe_photo(shot.rgb), painting(2)).same

    def test_it_is_recognised_upside_down_with_its_own_top_left_first(self) -> None:
        verdict = compare(describe_photo(np.ascontiguousarray(work(0)[::-1, ::-1])), painting(0))

        assert verdict.same
        assert verdict.quad is not None
        np.testing.assert_allclose(verdict.quad[0], (1, 1), atol=0.02)

    @pytest.mark.parametrize("number", [5, 6])
    def test_a_detail_is_recognised_and_the_rest_lies_outside_of_the_photo(self, number: int) -> None:
        height, width = work(number).shape[:2]

        verdict = compare(describe_photo(work(number)[: height * 2 // 3, : width * 2 // 3]), painting(number))

        assert verdict.same
        assert verdict.quad is not None
        np.testing.assert_allclose(verdict.quad[2], (1.5, 1.5), atol=0.08)

    def test_the_same_question_has_the_same_answer(self) -> None:
        photo = describe_photo(shoot(work(3), HARD, np.random.default_rng(3), side=900).rgb)

        first, second = compare(photo, painting(3)), compare(photo, painting(3))

        assert first.inliers == second.inliers
        np.testing.assert_array_equal(first.quad, second.quad)

    def test_points_that_come_later_count_as_if_all_had_come_at_once(self) -> None:
        photo = describe_photo(shoot(work(3), HARD, np.random.default_rng(3), side=900).rgb)
        first = replace(photo, points=photo.points[:300], descriptors=photo.descriptors[:300])

        found = alike(photo, painting(3), alike(first, painting(3)))

        assert len(found) == len(photo) > 300
        verdict, at_once = judge(photo, painting(3), found), compare(photo, painting(3))
        assert verdict.same
        assert verdict.inliers == at_once.inliers
        np.testing.assert_array_equal(verdict.quad, at_once.quad)

    def test_points_that_are_known_are_not_compared_again(self) -> None:
        photo = describe_photo(work(3))
        known = Alike(np.full((len(photo), 2), 7, np.int32), np.zeros((len(photo), 2), np.int32))

        assert alike(photo, painting(3), known) is known


class TestAnotherPainting:
    @pytest.mark.parametrize("number", range(1, 6))
    def test_a_photo_of_another_painting_does_not_show_it(self, number: int) -> None:
        photo = describe_photo(shoot(work(0), PLAIN, np.random.default_rng(0), side=900).rgb)

        assert not compare(photo, painting(number)).same

    def test_its_mirror_image_is_another_picture(self) -> None:
        mirrored = np.ascontiguousarray(work(4)[:, ::-1])

        assert not compare(describe_photo(mirrored), painting(4)).same

    def test_a_small_part_that_two_pictures_share_is_not_enough(self) -> None:
        other = work(1).copy()
        height, width = (side // 6 for side in work(0).shape[:2])
        part = work(0)[height * 2 : height * 3, width * 2 : width * 3]
        other[10 : 10 + part.shape[0], 10 : 10 + part.shape[1]] = part

        assert not compare(describe_photo(other), painting(0)).same

    @pytest.mark.parametrize("even", ["photo", "painting"])
    def test_where_there_is_nothing_to_see_nothing_is_said(self, even: str) -> None:
        wall = np.full((300, 400, 3), 180, np.uint8)
        photo, shown = (wall, work(0)) if even == "photo" else (work(0), wall)

        assert compare(describe_photo(photo), describe(shown)) == matching.NO_MATCH


class TestPlausibleViews:
    """Points that agree in an arrangement in which nobody can see a painting."""

    def seen(self, corners: list[tuple[float, float]]) -> matching.Verdict:
        """The painting's points, moved as if its corners were these, in shares of a photo of 900 × 900 pixels."""
        flat = painting(0)
        square = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], np.float32)
        view = cv2.getPerspectiveTransform(square, np.array(corners, np.float32))
        moved = cv2.perspectiveTransform(flat.points[None], view)[0]
        return compare(replace(flat, points=moved.astype(np.float32), width=900, height=900), flat)

    def test_seen_from_the_side_is_plausible(self) -> None:
        assert self.seen([(0.1, 0.1), (0.7, 0.25), (0.7, 0.75), (0.1, 0.9)]).same

    @pytest.mark.parametrize(
        ("what", "corners"),
        [
            ("mirrored", [(0.9, 0.1), (0.1, 0.1), (0.1, 0.9), (0.9, 0.9)]),
            ("a thin strip", [(0.1, 0.5), (0.9, 0.5), (0.9, 0.58), (0.1, 0.58)]),
            ("far too tapered", [(0.1, 0.1), (0.9, 0.4), (0.9, 0.6), (0.1, 0.9)]),
            ("a sharp corner", [(0.05, 0.1), (0.5, 0.1), (0.95, 0.5), (0.5, 0.5)]),
            ("a dot", [(0.5, 0.5), (0.53, 0.5), (0.53, 0.53), (0.5, 0.53)]),
        ],
    )
    def test_other_views_are_not(self, what: str, corners: list[tuple[float, float]]) -> None:
        verdict = self.seen(corners)

        assert not verdict.same, what
        assert verdict.quad is None

    def test_matches_on_one_spot_count_once(self) -> None:
        flat = painting(0)
        one_spot = replace(flat, points=np.full_like(flat.points, 0.5))

        assert compare(one_spot, flat).inliers <= 1
