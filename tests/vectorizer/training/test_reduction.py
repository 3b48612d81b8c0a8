import numpy as np
import pytest

from vectorizer.training.reduction import fit_reduction

SIZES = (4, 40)


@pytest.fixture
def statistics() -> np.ndarray:
    """A narrow stage with large numbers beside a wide one with small ones, all with a mean far from zero."""
    random = np.random.default_rng(0)
    narrow = random.normal(50, 100, (300, 4))
    wide = random.normal(-3, 0.01, (300, 40))
    return np.hstack([narrow, wide]).astype(np.float32)


def test_every_stage_weighs_the_same_however_wide_or_large(statistics: np.ndarray) -> None:
    matrix = fit_reduction(statistics, SIZES, 44).matrix
    deviation = statistics.std(axis=0)
    share = ((matrix * deviation[:, None]) ** 2).sum(axis=1)

    assert share[:4].sum() == pytest.approx(share[4:].sum(), rel=1e-2)


def test_what_is_reduced_is_centred_and_of_even_size(statistics: np.ndarray) -> None:
    reduced = fit_reduction(statistics, SIZES, 8).apply(statistics)

    assert reduced.shape == (300, 8)
    assert np.abs(reduced.mean(axis=0)).max() < 1e-3
    assert (reduced**2).mean() == pytest.approx(1, rel=1e-3)


def test_its_variances_are_those_of_the_components_largest_first(statistics: np.ndarray) -> None:
    reduction = fit_reduction(statistics, SIZES, 8)

    assert reduction.apply(statistics).var(axis=0) == pytest.approx(reduction.variances, rel=1e-2)
    assert (np.diff(reduction.variances) <= 0).all()


def test_fewer_pictures_than_statistics_reduce_as_many_do(statistics: np.ndarray) -> None:
    """The same pictures twice have the same components, found from the other of the two matrices."""
    few = statistics[:30]
    many = np.concatenate([few, few])

    one, other = fit_reduction(few, SIZES, 5), fit_reduction(many, SIZES, 5)

    assert one.apply(few) == pytest.approx(other.apply(few), abs=2e-2)


def test_there_are_no_more_components_than_pictures_can_tell(statistics: np.ndarray) -> None:
    assert fit_reduction(statistics[:6], SIZES, 768).matrix.shape == (44, 5)


def test_copies_of_a_picture_reduce_in_any_shape(statistics: np.ndarray) -> None:
    reduction = fit_reduction(statistics, SIZES, 8)

    copies = reduction.apply(statistics.reshape(100, 3, 44))

    assert copies.shape == (100, 3, 8)
    assert copies[7, 2] == pytest.approx(reduction.apply(statistics)[23], abs=1e-5)


def test_a_statistic_that_never_varies_does_no_harm(statistics: np.ndarray) -> None:
    statistics[:, 7] = 2.5

    assert np.isfinite(fit_reduction(statistics, SIZES, 8).apply(statistics)).all()


def test_one_picture_is_too_few(statistics: np.ndarray) -> None:
    with pytest.raises(ValueError, match="1 pictures are too few"):
        fit_reduction(statistics[:1], SIZES, 8)


def test_pictures_that_are_all_alike_are_refused(statistics: np.ndarray) -> None:
    with pytest.raises(ValueError, match="all alike"):
        fit_reduction(np.repeat(statistics[:1], 9, axis=0), SIZES, 8)
