import numpy as np

from tests.vectorizer.encoder import drawings
from vectorizer.training.views import VIEWS


def test_the_original_is_left_alone() -> None:
    rgb = drawings.circles()

    assert VIEWS["original"](rgb, np.random.default_rng(0)) is rgb


def test_a_crop_is_a_part_of_the_picture_and_no_smaller_than_promised() -> None:
    rows, columns = np.mgrid[:100, :140]
    rgb = np.stack([rows, columns, rows * 0], axis=-1).astype(np.uint8)

    for seed in range(50):
        crop = VIEWS["crop"](rgb, np.random.default_rng(seed))
        top, left = crop[0, 0, 0], crop[0, :, 1].min()
        part = rgb[top : top + crop.shape[0], left : left + crop.shape[1]]

        assert np.array_equal(crop, part) or np.array_equal(crop, part[:, ::-1])
        assert crop.shape[0] * crop.shape[1] > 0.33 * 100 * 140


def test_crops_differ_and_half_of_them_are_mirrored() -> None:
    rgb = np.broadcast_to(np.arange(200, dtype=np.uint8)[None, :, None], (100, 200, 3))

    crops = [VIEWS["crop"](rgb, np.random.default_rng(seed)) for seed in range(60)]

    assert len({crop.shape for crop in crops}) > 50
    assert 15 < sum(bool(crop[0, 0, 0] > crop[0, -1, 0]) for crop in crops) < 45


def test_every_view_is_the_same_for_the_same_seed_and_leaves_the_picture_alone() -> None:
    rgb = drawings.noise()
    before = rgb.copy()

    for view in VIEWS.values():
        one, two = view(rgb, np.random.default_rng(3)), view(rgb, np.random.default_rng(3))
        assert np.array_equal(one, two)
        assert one.dtype == np.uint8
    assert np.array_equal(rgb, before)


def test_a_picture_of_one_pixel_can_be_cropped() -> None:
    assert VIEWS["crop"](np.zeros((1, 1, 3), np.uint8), np.random.default_rng(0)).shape == (1, 1, 3)
