"""Exactness where single precision is not enough, and at a size where whole matrices are read."""

import numpy as np
import pytest

from search.indexes import building, nearest
from search.indexes.base import Target
from search.indexes.state import State, room
from vectorizer.rows import Row

DIMENSIONS = 512


def state_of(vectors: np.ndarray) -> State:
    rows = (
        Row(
            id=number + 1,
            version=1,
            title_key="",
            artist_key="",
            style=None,
            genre=None,
            collection="",
            medium="",
            orientation="square",
            rights="",
            artists=(),
            first_year=None,
            last_year=None,
            words=(),
            pairs=(),
            names=(),
            vectors={"form": vector},
        )
        for number, vector in enumerate(vectors)
    )
    return State.of("", None, building.segment(rows, room(len(vectors), {"form": vectors.shape[1]})))


def unit(vectors: np.ndarray) -> np.ndarray:
    return (vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)).astype(np.float32)


def target_of(vector: np.ndarray) -> Target:
    return Target(vectors={"form": vector}, weights={"form": 1.0})


def brute_force(vectors: np.ndarray, query: np.ndarray, rows: np.ndarray, count: int) -> list[tuple[int, float]]:
    distances = np.sqrt(((vectors[rows].astype(np.float64) - query) ** 2).sum(axis=1))
    similarities = np.round(1 / (1 + distances), 6)
    best = np.lexsort((rows, -similarities))[:count]
    return [(int(rows[place]) + 1, float(similarities[place])) for place in best]


@pytest.mark.parametrize("nearness", [1.0, 1e-3, 1e-5])
@pytest.mark.parametrize("share", [1.0, 0.5, 0.01])
def test_recall_is_one_even_among_vectors_that_hardly_differ(nearness: float, share: float) -> None:
    rng = np.random.default_rng(1)
    centre = rng.normal(size=DIMENSIONS)
    vectors = unit(centre + nearness * rng.normal(size=(3000, DIMENSIONS)) * np.linalg.norm(centre) / 20)
    rows = np.sort(rng.choice(3000, int(3000 * share), replace=False))
    query = unit(centre)
    state = state_of(vectors)

    found = nearest.nearest(state, rows, target_of(query), 0, 16)

    assert [(hit.id, hit.similarity) for hit in found] == brute_force(vectors, query, rows, 16)


def test_large_matrices_are_multiplied_by_all_cores_to_the_same_result(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nearest, "THREADED_SIZE", 1)
    vectors = unit(np.random.default_rng(2).normal(size=(500, DIMENSIONS)))
    rows = np.arange(500)

    found = nearest.nearest(state_of(vectors), rows, target_of(vectors[7]), 0, 16)

    assert [(hit.id, hit.similarity) for hit in found] == brute_force(vectors, vectors[7], rows, 16)


def test_thousands_of_equals_are_in_the_order_of_their_ids() -> None:
    vectors = np.tile(unit(np.arange(1.0, 9.0)), (10_000, 1))
    state = state_of(vectors)

    found = nearest.nearest(state, np.arange(10_000), target_of(vectors[0]), 5000, 5016)

    assert [hit.id for hit in found] == list(range(5001, 5017))
    assert {hit.similarity for hit in found} == {1.0}
