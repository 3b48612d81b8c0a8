"""The copy head on made-up statistics: a painting's number is in a few of them, and photos shake the others."""

import numpy as np
import pytest

from vectorizer.training.copying import CopyRecipe, fit_copy

QUICK = CopyRecipe(epochs=30, batch=100, learning_rate=0.05)
PAINTINGS, SHAKEN = 200, 24


def seen(count: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Originals (count, 32) and three photos of each (count, 3, 32), of which only the first 8 numbers stay."""
    random = np.random.default_rng(seed)
    originals = random.normal(0, 1, (count, 8 + SHAKEN))
    photos = np.repeat(originals[:, None], 3, axis=1) + random.normal(0, 0.1, (count, 3, 8 + SHAKEN))
    photos[:, :, 8:] = random.normal(0, 2, (count, 3, SHAKEN))
    return originals.astype(np.float32), photos.astype(np.float32)


def found_first(originals: np.ndarray, photos: np.ndarray) -> float:
    unit = [rows / np.linalg.norm(rows, axis=1, keepdims=True) for rows in (originals, photos)]
    return float(((unit[1] @ unit[0].T).argmax(axis=1) == np.arange(len(originals))).mean())


def test_photos_of_paintings_never_seen_find_their_painting() -> None:
    matrix = fit_copy(*seen(PAINTINGS, 0), dimensions=8, recipe=QUICK)
    originals, photos = seen(100, 1)

    assert matrix.shape == (8 + SHAKEN, 8)
    assert matrix.dtype == np.float32
    assert found_first(originals, photos[:, 0]) < 0.3
    assert found_first(originals @ matrix, photos[:, 0] @ matrix) > 0.9


def test_the_same_arguments_give_the_same_matrix() -> None:
    once, again = (fit_copy(*seen(60, 0), dimensions=4, recipe=CopyRecipe(epochs=2)) for _ in range(2))

    np.testing.assert_array_equal(once, again)


def test_half_precision_is_enough() -> None:
    originals, photos = seen(40, 0)

    matrix = fit_copy(originals.astype(np.float16), photos.astype(np.float16), recipe=CopyRecipe(epochs=1))

    assert matrix.shape == (8 + SHAKEN, 128)
    assert np.isfinite(matrix).all()


@pytest.mark.parametrize(("originals", "views"), [((1, 8), (1, 2, 8)), ((4, 8), (3, 2, 8)), ((4, 8), (4, 2, 6))])
def test_what_does_not_belong_together_is_refused(originals: tuple[int, ...], views: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="not of the same"):
        fit_copy(np.zeros(originals, np.float32), np.zeros(views, np.float32))
