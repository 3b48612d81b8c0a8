"""The ways to the nearest paintings, with lists in place of the server."""

from typing import Any

import numpy as np
import pytest

from search.indexes.arrays import Longs
from search.indexes.base import Hit, Query, Target
from search.indexes.elasticsearch import likeness
from search.indexes.elasticsearch.asking import Answer
from search.query import Sort
from vectorizer.models import EncoderModel

TARGET = Target(vectors={"common512": np.ones(512, np.float32)}, weights={"common512": 1.0})


def answer(ids: range | list[int]) -> Answer:
    return {"hits": {"hits": [{"_score": 0.5, "fields": {"id": [id_]}} for id_ in ids]}}


@pytest.fixture
def by_id(monkeypatch: Any) -> None:
    """Painting n is the n-th nearest; those that are divisible by 50 are not public any more."""

    def measured(ids: Longs, target: Target, model: EncoderModel) -> list[Hit]:
        there = [id_ for id_ in ids.tolist() if id_ % 50]
        return [Hit(id=id_, similarity=1 - id_ / 10_000, distance=id_ / 10_000) for id_ in there]

    monkeypatch.setattr(likeness, "measured", measured)


def asked(start: int, stop: int) -> Query:
    return Query(model=EncoderModel(name="eye"), target=TARGET, order=Sort.SIMILARITY, start=start, stop=stop)


def page(start: int, stop: int, few: list[int], many: list[int]) -> list[int]:
    search = likeness.About(asked(start, stop), TARGET)
    answers = [answer(few), answer(many)][: len(search.bodies)]
    return [hit.id for hit in search.hits(answers)]


def test_first_pages_ask_for_few_candidates_and_later_ones_for_many() -> None:
    (first,) = likeness.About(asked(60, 120), TARGET).bodies
    assert first["knn"][0]["k"] == 300
    assert [body["knn"][0]["k"] for body in likeness.About(asked(120, 180), TARGET).bodies] == [300, 1500]


def test_what_few_candidates_missed_comes_neither_late_nor_moves_a_page(by_id: None) -> None:
    many = list(range(1, 1501))
    few = [id_ for id_ in range(1, 301) if id_ not in (7, 90, 200)]

    pages = [page(start, start + 60, few, many) for start in range(0, 300, 60)]

    joined = [id_ for some in pages for id_ in some]
    assert joined == sorted(set(joined))
    assert 7 not in joined
    assert 200 not in joined  # it is not public
    assert 201 in joined
    assert page(0, 300, few, many) == joined


def test_where_few_match_all_of_them_are_found(by_id: None) -> None:
    assert page(0, 1000, [3, 9, 100, 4], [4, 3, 9, 100]) == [3, 4, 9]


def test_nothing_is_asked_of_the_database_for_nothing(by_id: None) -> None:
    assert page(0, 60, [], []) == []
