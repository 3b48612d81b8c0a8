"""Recognising a painting in a photo, on a wall of drawn ones; copy vectors are made up, keypoints are real."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from search import recognition
from search.recognition import recognise
from tests.works import Picture, work
from vectorizer.keypoints import Keypoints, describe
from vectorizer.training.photographs import HARD, PLAIN, shoot

PAINTINGS = {100 + number: work(number) for number in range(5)}
KEYPOINTS = {painting: describe(picture) for painting, picture in PAINTINGS.items()}


class Wall:
    """What the core asks: neighbours are told in a fixed order, and what was asked is kept."""

    def __init__(self, *order: int, then: Sequence[int] = ()) -> None:
        self.order, self.then = order, then
        self.encoded: list[Picture] = []
        self.compared: list[int] = []

    def encode(self, pictures: Sequence[Picture]) -> np.ndarray:
        first = len(self.encoded)
        self.encoded += pictures
        return np.arange(first, len(self.encoded), dtype=np.float32)[:, None]

    def shortlist(self, vector: np.ndarray, limit: int) -> list[tuple[int, float]]:
        """The first picture is told `order`; the others are told `then`."""
        told = self.order if vector[0] == 0 else self.then
        return [(painting, 0.1 * (place + 1)) for place, painting in enumerate(told)][:limit]

    def keypoints_of(self, paintings: Sequence[int]) -> Mapping[int, Keypoints]:
        self.compared += paintings
        return {painting: KEYPOINTS[painting] for painting in paintings if painting in KEYPOINTS}

    def look(self, photo: Picture) -> recognition.Recognition:
        return recognise(photo, self.encode, self.shortlist, self.keypoints_of)


def photo(number: int) -> Picture:
    return shoot(work(number), PLAIN, np.random.default_rng(number), side=900).rgb


class TestRecognised:
    def test_the_painting_is_named_with_its_place_though_others_are_nearer(self) -> None:
        shot = shoot(work(3), PLAIN, np.random.default_rng(3), side=900)

        found = Wall(100, 101, 103, 102).look(shot.rgb)

        assert found.best == 103
        assert found.ranking == (103, 100, 101, 102)
        assert found.inliers >= recognition.SURE
        np.testing.assert_allclose(found.quad, shot.corners, atol=0.02)

    def test_what_is_sure_at_once_costs_one_encoding(self) -> None:
        wall = Wall(100, 101)

        wall.look(photo(0))

        assert len(wall.encoded) == 1

    def test_what_only_its_quadrilateral_finds_is_found(self) -> None:
        wall = Wall(100, 101, then=(102, 104))

        found = wall.look(photo(2))

        assert found.best == 102
        assert set(found.ranking) == {100, 101, 102, 104}
        assert len(wall.encoded) > 1

    def test_a_hard_photo_is_recognised(self) -> None:
        found = Wall(100, 101, 102, 103, 104).look(shoot(work(4), HARD, np.random.default_rng(4), side=1000).rgb)

        assert found.best == 104

    def test_it_is_repeatable(self) -> None:
        first, second = (Wall(101, 100, then=(104,)).look(photo(4)) for _ in range(2))

        assert first.ranking == second.ranking
        assert first.inliers == second.inliers


class TestNotRecognised:
    def test_a_painting_that_is_not_there_is_not_named_and_the_nearest_come_first(self) -> None:
        found = Wall(103, 101, then=(104, 101)).look(photo(0))

        assert found.best is None
        assert found.quad is None
        assert found.inliers == 0
        assert found.ranking == (103, 104, 101)

    def test_a_painting_without_keypoints_is_only_ranked(self) -> None:
        found = Wall(7, 101).look(photo(0))

        assert found.best is None
        assert found.ranking == (7, 101)

    def test_an_empty_gallery_has_no_answer(self) -> None:
        assert Wall().look(photo(1)).ranking == ()

    def test_an_even_photo_has_none_either(self) -> None:
        found = Wall(101, 100).look(np.full((600, 800, 3), 120, np.uint8))

        assert found.best is None
        assert found.ranking == (101, 100)

    def test_no_more_than_the_nearest_are_compared(self) -> None:
        wall = Wall(*range(500, 700), then=tuple(range(700, 900)))

        wall.look(photo(0))

        assert len(wall.compared) <= recognition.FIRST_CANDIDATES + recognition.CANDIDATES


class TestWhatIsEncoded:
    def test_the_photo_first_then_what_hangs_in_it_and_its_middle(self) -> None:
        shot = photo(1)
        wall = Wall(100)

        wall.look(shot)

        first, *inside, middle = wall.encoded
        assert first is shot
        assert middle.shape[:2] == pytest.approx([recognition.MIDDLE * side for side in shot.shape[:2]], abs=2)
        assert 1 <= len(inside) <= recognition.QUADRILATERALS
        hangs = np.asarray(work(1).shape[:2])
        upright = [picture.shape[0] / picture.shape[1] for picture in inside]
        assert any(ratio == pytest.approx(hangs[0] / hangs[1], rel=0.1) for ratio in upright)

    @pytest.mark.parametrize("shape", [(16, 16, 3), (16, 900, 3)])
    def test_nothing_empty_of_the_smallest_photo(self, shape: tuple[int, int, int]) -> None:
        wall = Wall(100, 101)

        wall.look(np.random.default_rng(0).integers(0, 256, shape, np.uint8))

        assert len(wall.encoded) > 1
        assert all(0 not in picture.shape for picture in wall.encoded)
