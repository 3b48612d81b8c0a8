"""The ways to the nearest paintings, with lists in place of the server."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from search.indexes import measuring
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


def page(start: int, stop: int, few: list[int], more: list[int], many: list[int]) -> list[int]:
    search = likeness.About(asked(start, stop), TARGET)
    answers = [answer(few), answer(more), answer(many)][: len(search.bodies)]
    return [hit.id for hit in search.hits(answers)]


def test_first_pages_ask_for_few_candidates_and_later_ones_for_many() -> None:
    def candidates(start: int, stop: int) -> list[int]:
        return [body["knn"][0]["k"] for body in likeness.About(asked(start, stop), TARGET).bodies]

    assert candidates(0, 60) == [150]
    assert candidates(60, 120) == candidates(0, 240) == [150, 500]
    assert candidates(900, 960) == candidates(0, 1000) == [150, 500, 1500]
    assert candidates(0, 3000) == [150, 500, 1500, 4500]


def test_what_few_candidates_missed_comes_neither_late_nor_moves_a_page(by_id: None) -> None:
    few = [id_ for id_ in range(1, 151) if id_ not in (7, 90)]
    more = [id_ for id_ in range(1, 501) if id_ != 130]
    many = list(range(1, 1501))

    pages = [page(start, start + 60, few, more, many) for start in range(0, 420, 60)]

    joined = [id_ for some in pages for id_ in some]
    assert joined == sorted(set(joined))
    assert len(joined) == 420
    missing = set(range(1, joined[-1])) - set(joined)
    assert missing == {7, 130} | {id_ for id_ in range(1, joined[-1]) if id_ % 50 == 0}  # 90 came with the second page
    assert page(0, 420, few, more, many) == joined


def test_where_few_match_all_of_them_are_found(by_id: None) -> None:
    assert page(0, 1000, [3, 9, 100, 4], [4, 3, 9, 100], [9, 3, 100, 4]) == [3, 4, 9]


def test_nothing_is_asked_of_the_database_for_nothing(by_id: None) -> None:
    assert page(0, 60, [], [], []) == []


class Server:
    """Paintings with random vectors, each list made by going through all of them, as single precision allows."""

    def __init__(self, count: int, weights: dict[str, float]) -> None:
        rng = np.random.default_rng(3)
        made = {name: rng.normal(size=(count + 1, 16)) for name in weights}
        units = {name: matrix / np.linalg.norm(matrix, axis=1, keepdims=True) for name, matrix in made.items()}
        self.vectors = {name: matrix[:-1].astype(np.float32) for name, matrix in units.items()}
        target = {name: matrix[-1].astype(np.float32) for name, matrix in units.items()}
        self.target = Target(vectors=target, weights=weights)
        self.limits: list[int] = []

    def measured(self, ids: Longs, target: Target, model: EncoderModel) -> list[Hit]:
        parts = measuring.parts({name: matrix[ids - 1] for name, matrix in self.vectors.items()}, target)
        return measuring.hits(ids, parts, target)

    def ask(self, model: EncoderModel, bodies: list[Any]) -> list[Answer]:
        return [self._answer(body) for body in bodies]

    def _answer(self, body: Any) -> Answer:
        self.limits.append(body["size"])
        if "knn" in body:
            scores = 1 / (1 + self._squares(body["knn"][0]["field"]))
        else:
            total = sum(self.target.weights.values())
            squares = sum(weight / total * self._squares(name) for name, weight in self.target.weights.items())
            scores = 1 / (1 + np.sqrt(squares))
        order = np.argsort(-scores, kind="stable")[: body["size"]]
        hits = [{"_score": float(np.float32(scores[row])), "fields": {"id": [int(row) + 1]}} for row in order]
        return {"hits": {"hits": hits}}

    def _squares(self, feature: str) -> Any:
        stored = np.round(self.vectors[feature], 6)
        return ((stored - self.target.vectors[feature]) ** 2).sum(axis=1)


@pytest.fixture
def flat(monkeypatch: Any) -> None:
    monkeypatch.setattr(likeness, "_check_that_it_is_flat", lambda query: None)


@pytest.mark.usefixtures("flat")
@pytest.mark.parametrize("weights", [{"common512": 1.0}, {"common512": 1.0, "palette": 1.0}, {"a": 9.0, "b": 1.0}])
@pytest.mark.parametrize("way", ["flat", "script"])
@pytest.mark.parametrize("window", [10_000, 300])
def test_exactly_is_what_measuring_all_of_them_finds(
    weights: dict[str, float], way: str, window: int, settings: Any, monkeypatch: Any
) -> None:
    settings.INDEX_EXACT = way
    server = Server(3000, weights)
    everything = np.arange(1, 3001)
    monkeypatch.setattr(likeness, "measured", server.measured)
    monkeypatch.setattr(likeness, "ask", server.ask)
    monkeypatch.setattr(likeness, "in_steps", lambda query: iter(np.split(everything, 3)))
    monkeypatch.setattr(likeness.queries, "WINDOW", window)
    monkeypatch.setattr(EncoderModel, "card", SimpleNamespace(feature=lambda name: SimpleNamespace(dimensions=16)))
    model = EncoderModel(name="eye")
    for start, stop in ((0, 24), (30, 60), (200, 260)):
        query = Query(model=model, target=server.target, order=Sort.SIMILARITY, start=start, stop=stop)
        search = likeness.Exactly(query, server.target)

        found = search.hits(server.ask(model, list(search.bodies)))

        truth = measuring.nearest_first(server.measured(everything, server.target, model))[start:stop]
        assert [(hit.id, hit.similarity) for hit in found] == [(hit.id, hit.similarity) for hit in truth]
    assert max(server.limits) <= window
