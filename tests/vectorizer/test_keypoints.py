"""Local features: found again, the same each time, and small."""

import numpy as np
import pytest

from tests.works import work
from vectorizer import keypoints
from vectorizer.keypoints import Keypoints


class TestDescribing:
    def test_points_lie_within_the_picture_and_the_descriptors_have_256_bits(self) -> None:
        found = keypoints.describe(work(0))

        assert 50 < len(found) <= keypoints.MOST
        assert found.points.shape == (len(found), 2)
        assert found.points.dtype == np.float32
        assert found.points.min() >= 0
        assert found.points.max() <= 1
        assert found.descriptors.shape == (len(found), 32)
        assert found.descriptors.dtype == np.uint8
        assert max(found.width, found.height) == keypoints.SIDE

    def test_the_same_picture_has_the_same_keypoints(self) -> None:
        first, second = keypoints.describe(work(1)), keypoints.describe(work(1).copy())

        assert keypoints.pack(first) == keypoints.pack(second)

    def test_there_are_no_more_than_were_asked_for(self) -> None:
        assert len(keypoints.describe(work(0), most=20)) == 20

    def test_a_small_picture_is_never_enlarged(self) -> None:
        found = keypoints.describe(work(0, side=200))

        assert max(found.width, found.height) == 200

    def test_a_photo_has_more_points_than_a_painting(self) -> None:
        assert len(keypoints.describe_photo(work(0, side=900))) > len(keypoints.describe(work(0)))

    @pytest.mark.parametrize("shape", [(200, 300, 3), (16, 16, 3), (40, 500, 3)])
    def test_an_even_or_tiny_picture_has_none(self, shape: tuple[int, int, int]) -> None:
        found = keypoints.describe(np.full(shape, 90, np.uint8))

        assert len(found) == 0
        assert found.descriptors.shape == (0, 32)
        assert len(keypoints.unpack(keypoints.pack(found))) == 0


class TestPacking:
    def test_nothing_is_lost(self) -> None:
        found = keypoints.describe(work(2))

        again = keypoints.unpack(keypoints.pack(found))

        np.testing.assert_array_equal(again.points, found.points)
        np.testing.assert_array_equal(again.descriptors, found.descriptors)
        assert (again.width, again.height) == (found.width, found.height)

    def test_a_painting_s_keypoints_fit_into_15_kilobytes(self) -> None:
        assert len(keypoints.pack(keypoints.describe(work(0, side=900)))) < 15_000

    @pytest.mark.parametrize("cut", [0, 3, 6, 30])
    def test_what_is_cut_off_is_refused(self, cut: int) -> None:
        with pytest.raises(ValueError, match=r"bytes"):
            keypoints.unpack(keypoints.pack(keypoints.describe(work(0)))[:cut])

    def test_what_is_too_long_is_refused(self) -> None:
        with pytest.raises(ValueError, match=r"bytes, and these"):
            keypoints.unpack(keypoints.pack(keypoints.describe(work(0))) + b"\0")

    def test_another_version_is_refused_by_its_number(self) -> None:
        data = keypoints.pack(keypoints.describe(work(0)))

        with pytest.raises(ValueError, match=r"version 9"):
            keypoints.unpack(b"\x09" + data[1:])

    def test_a_picture_without_size_is_refused(self) -> None:
        none = Keypoints(np.zeros((0, 2), np.float32), np.zeros((0, 32), np.uint8), 0, 10)

        with pytest.raises(ValueError, match=r"0 × 10 pixels"):
            keypoints.unpack(keypoints.pack(none))
