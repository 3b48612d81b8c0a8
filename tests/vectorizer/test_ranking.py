import numpy as np
import pytest

from vectorizer import ranking
from vectorizer.ranking import make_space, nearest

VECTORS = np.array([[1, 0], [3, 4], [2, 0], [0, 0]], np.float32)


def order(metric: ranking.Metric, asking: int) -> list[int]:
    return nearest(make_space(VECTORS, metric).scores(np.array([asking])), 4)[0].tolist()


def test_l2_goes_by_distance() -> None:
    # squared distances from (1, 0): 0, 20, 1, 1; of two that are as near, the first in the list leads
    assert order("l2", 0) == [0, 2, 3, 1]


def test_cosine_goes_by_angle_and_zeros_are_at_right_angles_to_all() -> None:
    assert order("cosine", 0) == [0, 2, 1, 3]
    assert make_space(VECTORS, "cosine").scores(np.array([1]))[0] == pytest.approx([0.6, 1, 0.6, 0])


def test_dot_favours_the_long() -> None:
    assert make_space(VECTORS, "dot").scores(np.array([0]))[0].tolist() == [1, 3, 2, 0]
    assert order("dot", 0) == [1, 2, 0, 3]


def test_csls_lowers_who_is_near_to_everybody() -> None:
    # the third is near to both others (cosine .6), which are far from each other (-.28)
    vectors = np.array([[0.6, 0.8], [0.6, -0.8], [1, 0]], np.float32)
    cosines = vectors @ vectors.T
    two_nearest = np.array([(0.6 - 0.28) / 2, (0.6 - 0.28) / 2, 0.6])

    scores = make_space(vectors, "csls", hub_neighbours=2).scores(np.arange(3))

    assert scores == pytest.approx(2 * cosines - two_nearest, abs=1e-6)


def test_csls_of_few_vectors_takes_the_neighbours_there_are() -> None:
    two = np.array([[1, 0], [0.6, 0.8]], np.float32)

    assert make_space(two, "csls").scores(np.array([0]))[0] == pytest.approx([2 - 0.6, 1.2 - 0.6])
    assert make_space(two[:1], "csls").scores(np.array([0]))[0] == pytest.approx([2])


def test_hubs_are_found_in_parts_as_in_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    vectors = np.random.default_rng(0).normal(size=(30, 5)).astype(np.float32)
    whole = make_space(vectors, "csls").penalty
    monkeypatch.setattr(ranking, "ROWS_AT_ONCE", 7)

    assert make_space(vectors, "csls").penalty == pytest.approx(whole)


def test_another_metric_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"no metric “manhattan”; there are l2, cosine, dot, csls"):
        make_space(VECTORS, "manhattan")  # type: ignore[arg-type]


@pytest.mark.parametrize("k", [1, 3, 10, 40, 60])
def test_the_nearest_are_those_of_a_whole_stable_sort(k: int) -> None:
    scores = np.random.default_rng(k).integers(0, 25, (50, 40)).astype(np.float32)
    scores[3] = -np.inf
    scores[4] = np.arange(40)

    assert np.array_equal(nearest(scores, k), np.argsort(-scores, axis=1, kind="stable")[:, :k])
