"""2,000 vectors of real pictures in a real Elasticsearch, beside the database's index: exact, or how much is missed."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from django.db import transaction
from django.db.models import QuerySet

from gallery.models import Painting
from search.filters import Filters
from search.indexes.base import Found, Index, Query, Target
from search.indexes.database import DatabaseIndex
from search.indexes.elasticsearch import ElasticsearchIndex, generations, ordering, queries
from search.indexes.state import State
from search.query import Sort
from search.words import parse
from tests.services import real_vectors, scripts
from tests.services.saying import Said
from vectorizer.models import EncoderModel

pytestmark = pytest.mark.django_db
PAINTINGS, QUESTIONS = 2000, 5
PAGE = 60
FEATURES: list[dict[str, float]] = [
    {"common512": 1.0},
    {"palette": 1.0},
    {"copy128": 1.0},
    {"common512": 1.0, "palette": 0.5},
    {"common512": 0.2, "style512": 3.0, "genre512": 1.0, "palette": 1.0},
]
NARROW = Filters(genres=("genre-1", "genre-3"), first_year=1500, last_year=1650)


@pytest.fixture(scope="module")
def questions(django_db_setup: None, django_db_blocker: Any) -> Iterator[real_vectors.Matrices]:
    """The paintings are there, for all tests of this module; the vectors to ask by are others."""
    with django_db_blocker.unblock(), transaction.atomic():
        model = EncoderModel.current()
        real = real_vectors.encoded(model)
        real_vectors.fill(real_vectors.mixed(real, PAINTINGS), model)
        yield real_vectors.mixed(real, QUESTIONS, seed=7)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def indexed(questions: real_vectors.Matrices, elasticsearch: str) -> Iterator[set[str]]:
    """The ways in which they are indexed by now."""
    ways: set[str] = set()
    yield ways


@pytest.fixture
def server(elasticsearch: str, settings: Any) -> None:
    settings.ELASTICSEARCH_URL = elasticsearch


@pytest.fixture(params=["", "flat"], ids=["about", "exactly"])
def index(request: Any, server: None, settings: Any, indexed: set[str]) -> Iterator[ElasticsearchIndex]:
    yield from _index(request.param, settings, indexed)


@pytest.fixture
def about(server: None, settings: Any, indexed: set[str]) -> Iterator[ElasticsearchIndex]:
    yield from _index("", settings, indexed)


@pytest.fixture(params=["flat", "script"])
def exact(request: Any, server: None, settings: Any, indexed: set[str]) -> Iterator[ElasticsearchIndex]:
    if request.param == "script":
        scripts.skip_without()
    yield from _index(request.param, settings, indexed)


def _index(way: str, settings: Any, indexed: set[str]) -> Iterator[ElasticsearchIndex]:
    settings.INDEX_EXACT = way
    settings.INDEX_PREFIX = f"alike{way}"
    made = ElasticsearchIndex()
    if way not in indexed:
        generations.forget(EncoderModel.current())
        assert made.rebuild(EncoderModel.current()) == PAINTINGS
        indexed.add(way)
    yield made


class Still(DatabaseIndex):
    """Of a database in which nothing changes, so that one look is enough."""

    _once: State | None = None

    def _state(self, model: EncoderModel) -> State:
        self._once = self._once or super()._state(model)
        return self._once


@pytest.fixture(scope="module")
def truth() -> Index:
    return Still()


def asked(vectors: real_vectors.Matrices, number: int, weights: dict[str, float], **fields: Any) -> Query:
    target = Target(vectors={name: vectors[name][number] for name in weights}, weights=weights)
    return Query(
        **({"model": EncoderModel.current(), "target": target, "order": Sort.SIMILARITY, "stop": PAGE} | fields)
    )


def listed(found: Found) -> list[tuple[int, float | None]]:
    return [(hit.id, hit.similarity) for hit in found.hits]


@pytest.mark.parametrize("weights", FEATURES, ids=" ".join)
def test_exactly_is_the_same_list_as_the_database_s(
    exact: Index, truth: Index, questions: real_vectors.Matrices, weights: dict[str, float]
) -> None:
    for number in range(QUESTIONS):
        for fields in ({}, {"filters": NARROW}, {"excluded": frozenset(range(1, 900))}, {"start": 900, "stop": 960}):
            query = asked(questions, number, weights, **fields)
            ours, theirs = exact.find(query), truth.find(query)
            assert listed(ours) == listed(theirs)
            assert ours == theirs


@pytest.mark.parametrize("weights", FEATURES, ids=" ".join)
def test_about_has_the_same_similarities_and_relative_order(
    about: Index, truth: Index, questions: real_vectors.Matrices, weights: dict[str, float], said: Said
) -> None:
    recalls = []
    for number in range(QUESTIONS):
        for filters in (Filters(), NARROW):
            query = asked(questions, number, weights, filters=filters, stop=PAINTINGS)
            every = listed(truth.find(query))
            for stop in (24, 1000):
                found = listed(about.find(asked(questions, number, weights, filters=filters, stop=stop)))
                assert found == [pair for pair in every if pair in set(found)]
                if stop == 24:
                    recalls.append(len(set(found) & set(every[:24])) / 24)
    said(f"{' '.join(weights)}: recall@24 {np.mean(recalls):.4f}, least {min(recalls):.4f}")
    assert np.mean(recalls) >= 0.99


def test_pages_of_about_neither_overlap_nor_change(about: Index, questions: real_vectors.Matrices) -> None:
    weights = {"common512": 1.0}
    pages = [
        listed(about.find(asked(questions, 0, weights, start=start, stop=start + PAGE)))
        for start in range(0, 1000, PAGE)
    ]
    joined = [pair for page in pages for pair in page]

    assert len({id_ for id_, _ in joined}) == len(joined) >= 990
    assert joined == sorted(joined, key=lambda pair: (-(pair[1] or 0), pair[0]))
    assert joined[:1000] == listed(about.find(asked(questions, 0, weights, stop=1000)))[: len(joined)]


def test_counts_and_years_are_the_database_s(index: Index, truth: Index, questions: real_vectors.Matrices) -> None:
    for filters in (
        Filters(),
        NARROW,
        Filters(styles=("style-01", "style-44", "nobody-has-this")),
        Filters(artists=("artist-003",), genres=("genre-0",)),
        Filters(collections=("North Wing",)),
        Filters(last_year=1420),
    ):
        for words in map(parse, ("", "ri", "noct 9", '"north wi', "noctrune")):
            query = asked(
                questions, 0, {"common512": 1.0}, filters=filters, words=words, facets=True, excluded=frozenset({5, 9})
            )
            ours, theirs = index.find(query), truth.find(query)
            assert replace(ours, hits=()) == replace(theirs, hits=())


@pytest.mark.parametrize("words", ["genre", "artist", "river 1", "rievr", '"north wing" 00', "nothing-like-it"])
def test_words_and_likeness_are_fused_as_in_the_database(
    exact: Index, truth: Index, questions: real_vectors.Matrices, words: str
) -> None:
    for number, filters in ((0, Filters()), (1, NARROW)):
        for start in (0, 540):
            fields = {"words": parse(words), "order": Sort.RELEVANCE, "filters": filters, "facets": True}
            query = asked(questions, number, FEATURES[3], **fields, start=start, stop=start + PAGE)
            assert exact.find(query) == truth.find(query)


def test_fused_about_is_hardly_another_page(
    about: Index, truth: Index, questions: real_vectors.Matrices, said: Said
) -> None:
    shares = []
    for number in range(QUESTIONS):
        for words in ("genre", "artist", "river"):
            query = asked(questions, number, FEATURES[3], words=parse(words), order=Sort.RELEVANCE)
            ours, theirs = about.find(query), truth.find(query)
            assert (ours.total, ours.worded) == (theirs.total, theirs.worded)
            shares.append(len(set(listed(ours)) & set(listed(theirs))) / PAGE)
    said(f"fused: {np.mean(shares):.4f} of the first {PAGE} the same, least {min(shares):.4f}")
    assert np.mean(shares) >= 0.97


@pytest.mark.parametrize("order", [order for order in Sort if order is not Sort.SIMILARITY])
def test_every_other_order_is_the_database_s_to_any_depth(
    about: Index, truth: Index, questions: real_vectors.Matrices, order: Sort, monkeypatch: Any
) -> None:
    monkeypatch.setattr(ordering, "WINDOW", 300)  # so that 2,000 are deep
    weights = {"common512": 1.0}
    for start, stop in ((0, 60), (290, 350), (600, 900), (1980, 2040), (2100, 2160)):
        words = parse("ri" if order is Sort.RELEVANCE else "")
        query = asked(questions, 0, weights, target=None, order=order, words=words, start=start, stop=stop)
        assert about.find(query) == truth.find(query)
    if order is Sort.RELEVANCE:
        return  # which with a target is by likeness, too
    with_target = asked(questions, 1, weights, order=order, start=1200, stop=1260, filters=Filters(genres=("genre-2",)))
    assert about.find(with_target) == truth.find(with_target)


def test_where_no_list_proves_the_order_all_are_measured(
    exact: Index, truth: Index, questions: real_vectors.Matrices, monkeypatch: Any
) -> None:
    monkeypatch.setattr(queries, "WINDOW", 70)
    monkeypatch.setattr(ordering, "WINDOW", 70)
    query = asked(questions, 2, FEATURES[-1])
    assert exact.find(query) == truth.find(query)


def test_the_same_list_on_two_equal_questions(about: Index, questions: real_vectors.Matrices) -> None:
    query = asked(questions, 3, FEATURES[-1], facets=True)
    assert about.find(query) == about.find(query)


def test_candidates_that_are_public_no_more_are_in_no_answer(index: Index, questions: real_vectors.Matrices) -> None:
    query = asked(questions, 4, {"common512": 1.0})
    before = listed(index.find(query))
    gone = before[0][0]
    QuerySet(Painting).filter(pk=gone).update(state="withdrawn")  # and the sink has not come to it yet
    after = listed(index.find(query))
    assert after[: PAGE - 1] == before[1:]
    assert len(after) == PAGE


def test_an_index_made_for_another_way_is_not_called_exact(
    about: Index, questions: real_vectors.Matrices, settings: Any
) -> None:
    settings.INDEX_EXACT = "flat"
    with pytest.raises(Exception, match=r"made for int8_hnsw, which is not exact.*manage.py rebuild_index"):
        about.find(asked(questions, 0, {"common512": 1.0}))
