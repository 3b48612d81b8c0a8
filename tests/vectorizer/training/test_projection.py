from pathlib import Path

import numpy as np
import pytest

from vectorizer.training.projection import Projection, fit_projection

SIZES = (4, 40)


@pytest.fixture
def statistics() -> np.ndarray:
    """A narrow stage with large numbers beside a wide one with small ones, all with a mean far from zero."""
    random = np.random.default_rng(0)
    narrow = random.normal(50, 100, (300, 4))
    wide = random.normal(-3, 0.01, (300, 40))
    return np.hstack([narrow, wide]).astype(np.float32)


def test_vectors_are_of_unit_length_and_centred(statistics: np.ndarray) -> None:
    vectors = fit_projection(statistics, SIZES, 8).apply(statistics)

    assert vectors.shape == (300, 8)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    assert np.abs(vectors.mean(axis=0)).max() < 0.1


def test_every_stage_weighs_the_same_however_wide_or_large(statistics: np.ndarray) -> None:
    projection = fit_projection(statistics, SIZES, 8)
    standardised = (statistics - projection.mean) * projection.scale

    assert standardised[:, :4].var(axis=0).sum() == pytest.approx(1, rel=1e-3)
    assert standardised[:, 4:].var(axis=0).sum() == pytest.approx(1, rel=1e-3)


def test_half_whitening_takes_the_root_of_each_components_deviation(statistics: np.ndarray) -> None:
    projection = fit_projection(statistics, SIZES, 8)
    standardised = (statistics - projection.mean) * projection.scale
    variances = np.linalg.eigvalsh(np.cov(standardised.T, bias=True))[::-1][:8]

    assert (standardised @ projection.matrix).var(axis=0) == pytest.approx(np.sqrt(variances), rel=1e-2)


def test_a_statistic_that_never_varies_does_no_harm(statistics: np.ndarray) -> None:
    statistics[:, 7] = 2.5

    assert np.isfinite(fit_projection(statistics, SIZES, 8).apply(statistics)).all()


def test_the_same_pictures_in_another_order_give_the_same_projection(statistics: np.ndarray) -> None:
    one, two = fit_projection(statistics, SIZES, 4), fit_projection(statistics[::-1], SIZES, 4)

    assert one.matrix == pytest.approx(two.matrix, abs=1e-3)


def test_too_few_pictures_are_refused(statistics: np.ndarray) -> None:
    with pytest.raises(ValueError, match="8 pictures are too few to fit 8 dimensions"):
        fit_projection(statistics[:8], SIZES, 8)


def test_a_projection_written_and_read_again_is_the_same(statistics: np.ndarray, tmp_path: Path) -> None:
    projection = fit_projection(statistics, SIZES, 8)
    projection.save(tmp_path / "projection.npz")

    assert np.array_equal(Projection.read(tmp_path / "projection.npz").apply(statistics), projection.apply(statistics))
