"""Photographs made of paintings: repeatable, varied, and of the painting that they were made of."""

from dataclasses import replace

import cv2
import numpy as np
import pytest

from tests.works import work
from vectorizer.quadrilaterals import rectify
from vectorizer.training import photographs
from vectorizer.training.photographs import DISTORTIONS, HARD, PLAIN, Conditions, hard_photo, plain_photo, shoot

GENERATORS = {"plain": plain_photo, "hard": hard_photo, **DISTORTIONS}


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def difference(one: np.ndarray, other: np.ndarray) -> float:
    """Mean of the differences of two pictures' summaries, in grey levels."""
    first, second = (cv2.resize(rgb, (48, 48), interpolation=cv2.INTER_AREA).astype(float) for rgb in (one, other))
    return float(np.abs(first - second).mean())


@pytest.mark.parametrize("name", GENERATORS)
class TestEveryGenerator:
    def test_the_same_seed_gives_the_same_photo_and_another_a_different_one(self, name: str) -> None:
        photo = GENERATORS[name](work(0), rng(1))

        np.testing.assert_array_equal(photo, GENERATORS[name](work(0), rng(1)))
        again = GENERATORS[name](work(0), rng(2))
        assert photo.shape != again.shape or (photo != again).any()

    def test_a_photo_is_a_picture_and_the_painting_is_left_as_it_was(self, name: str) -> None:
        before = work(1).copy()

        photo = GENERATORS[name](work(1), rng(3))

        assert photo.dtype == np.uint8
        assert photo.ndim == 3
        assert photo.shape[2] == 3
        assert min(photo.shape[:2]) >= 100
        np.testing.assert_array_equal(work(1), before)

    @pytest.mark.parametrize("shape", [(16, 16, 3), (20, 300, 3)])
    def test_any_picture_can_be_photographed(self, name: str, shape: tuple[int, int, int]) -> None:
        assert GENERATORS[name](rng().integers(0, 256, shape, np.uint8), rng()).dtype == np.uint8


class TestShots:
    def test_a_photo_is_as_long_as_was_asked(self) -> None:
        assert max(plain_photo(work(0), rng(), side=400).shape) == 400
        assert max(hard_photo(work(0), rng()).shape) == photographs.SIDE

    @pytest.mark.parametrize("seed", range(4))
    def test_the_painting_lies_where_the_shot_says(self, seed: int) -> None:
        kind = Conditions(margins=(0.05, 0.3), turn=30, roll=8, framed=1.0, matted=0.5, patterned=1.0)

        shot = shoot(work(seed), kind, rng(seed), side=900)

        assert difference(rectify(shot.rgb, shot.corners), work(seed)) < 10

    def test_margins_of_wall_are_as_wide_as_was_asked(self) -> None:
        shot = shoot(work(0), Conditions(margins=(0.2, 0.2)), rng(), side=500)

        np.testing.assert_allclose(shot.corners, [(0.2, 0.2), (0.8, 0.2), (0.8, 0.8), (0.2, 0.8)], atol=0.005)

    def test_without_any_conditions_it_is_the_painting(self) -> None:
        assert difference(shoot(work(0), Conditions(), rng(), side=480).rgb, work(0)) < 2

    def test_a_frame_and_a_mat_take_room_from_the_painting(self) -> None:
        framed = shoot(work(0), Conditions(framed=1, matted=1, frame=(0.1, 0.1), mat=(0.1, 0.1)), rng(), side=480)

        assert framed.corners.min() > 0.1
        assert framed.corners.max() < 0.9

    def test_walls_differ_from_photo_to_photo(self) -> None:
        corners = [tuple(shoot(work(0), PLAIN, rng(seed), side=200).rgb[2, 2]) for seed in range(8)]

        assert len(set(corners)) >= 6

    def test_hard_photos_show_less_of_the_painting_than_plain_ones(self) -> None:
        def shown(conditions: Conditions) -> float:
            shots = [shoot(work(0), conditions, rng(seed), side=200) for seed in range(30)]
            return float(np.mean([cv2.contourArea(shot.corners) for shot in shots]))

        assert shown(HARD) < 0.7 * shown(PLAIN)

    def test_patterned_walls_have_more_edges_than_plain_ones(self) -> None:
        def roughness(patterned: float) -> float:
            kind = replace(Conditions(margins=(0.3, 0.3)), patterned=patterned)
            walls = [shoot(work(0), kind, rng(seed), side=300).rgb[:60].astype(float) for seed in range(12)]
            return float(np.mean([np.abs(np.diff(wall, axis=1)).mean() for wall in walls]))

        assert roughness(1.0) > 1.5 * roughness(0.0)


class TestSingleDistortions:
    def test_a_blurred_photo_has_less_detail(self) -> None:
        def detail(rgb: np.ndarray) -> float:
            return float(cv2.Laplacian(rgb, cv2.CV_32F).var())

        assert detail(DISTORTIONS["blur"](work(0), rng())) < 0.5 * detail(work(0))

    def test_noise_and_compression_leave_the_picture_but_not_its_pixels(self) -> None:
        for name in ("noise", "compression"):
            photo = DISTORTIONS[name](work(0), rng())

            assert difference(photo, work(0)) < 6
            assert (photo != work(0)).mean() > 0.3

    def test_a_crop_is_smaller(self) -> None:
        assert DISTORTIONS["crop"](work(0), rng()).size < work(0).size

    def test_glare_only_lightens(self) -> None:
        photo = DISTORTIONS["glare"](work(0), rng()).astype(int)

        assert (photo >= work(0).astype(int) - 1).mean() > 0.97
        assert (photo - work(0)).max() > 40
