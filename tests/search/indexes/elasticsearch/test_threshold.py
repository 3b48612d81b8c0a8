"""When the beginnings of several lists prove what the nearest are."""

import numpy as np
import pytest

from search.indexes.base import Hit
from search.indexes.elasticsearch.threshold import Ranking, proves, slack
from search.indexes.measuring import nearest_first

WEIGHTS = (0.2, 0.5, 0.3)


def ranking(squares: list[float], share: float = 1.0, whole: bool = False, off: float = 0.0) -> Ranking:
    ids = np.arange(len(squares))
    return Ranking(ids=ids, squares=np.array(squares), share=share, slack=off, whole=whole)


def hit(id_: int, square: float) -> Hit:
    distance = float(np.sqrt(square))
    return Hit(id=id_, similarity=round(1 / (1 + distance), 6), distance=distance)


def test_one_list_proves_what_stands_well_before_its_end() -> None:
    hits = [hit(0, 0.1), hit(1, 0.2), hit(2, 0.3)]
    assert proves([ranking([0.1, 0.2, 0.3])], hits, 2)
    assert not proves([ranking([0.1, 0.2, 0.3])], hits, 3)  # what comes next may be as near as the third


def test_a_whole_list_proves_everything() -> None:
    assert proves([ranking([0.1]), ranking([], whole=True)], [], 5)


def test_too_few_that_are_still_public_prove_nothing() -> None:
    assert not proves([ranking([0.1, 0.2, 1.9])], [hit(0, 0.1)], 2)


def test_what_the_server_may_be_off_is_left_as_room() -> None:
    hits = [hit(0, 0.1), hit(1, 0.2999)]
    assert proves([ranking([0.1, 0.2999, 0.3])], hits, 2)
    assert not proves([ranking([0.1, 0.2999, 0.3], off=1e-3)], hits, 2)


def test_more_dimensions_need_more_room_and_none_needs_much() -> None:
    assert 0 < slack(128) < slack(512) < 1e-3


@pytest.mark.parametrize("seed", range(20))
def test_what_is_proven_is_true(seed: int) -> None:
    """Of random squares by three features, as the server tells them: off by nearly as much as allowed."""
    rng = np.random.default_rng(seed)
    true = rng.beta(2, 2, (400, 3)) * 2
    off = 1e-3
    told = np.clip(true + rng.uniform(-off, off, true.shape), 0, None)
    squares = true @ WEIGHTS
    best = [each.id for each in nearest_first(hit(id_, square) for id_, square in enumerate(squares))]
    proven = 0
    for length in range(5, 400, 20):
        orders = [np.argsort(told[:, column])[:length] for column in range(3)]
        lists = [
            Ranking(ids=order, squares=told[order, column], share=WEIGHTS[column], slack=off, whole=False)
            for column, order in enumerate(orders)
        ]
        seen = nearest_first(hit(int(id_), squares[id_]) for id_ in np.unique(np.concatenate(orders)))
        for stop in (1, 5, 20):
            if proves(lists, seen, stop):
                proven += 1
                assert [each.id for each in seen[:stop]] == best[:stop]
    assert proven > 10
