import numpy as np

from tests import pictures
from vectorizer.training.scans import scan


def drawn() -> np.ndarray:
    return np.asarray(pictures.picture(size=(400, 300)))


def test_a_scan_shows_the_same_picture_a_little_otherwise() -> None:
    for seed in range(10):
        found = scan(drawn(), np.random.default_rng(seed))
        height, width = found.shape[:2]

        assert 299 <= max(height, width) <= 901
        assert 1.2 < width / height < 1.46
        quarter = found[height // 4, width // 4].astype(int), found[-height // 4, -width // 4].astype(int)
        assert np.abs(quarter[0] - pictures.QUARTERS[0]).max() < 45
        assert np.abs(quarter[1] - pictures.QUARTERS[3]).max() < 45


def test_a_seed_scans_the_same_and_another_otherwise() -> None:
    one, again, other = (scan(drawn(), np.random.default_rng(seed)) for seed in (1, 1, 2))

    assert np.array_equal(one, again)
    assert one.shape != other.shape or not np.array_equal(one, other)


def test_the_smallest_picture_can_be_scanned() -> None:
    assert scan(np.zeros((1, 1, 3), np.uint8), np.random.default_rng(0)).ndim == 3
