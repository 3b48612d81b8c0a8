"""The contract of the index, on a real Elasticsearch: about and exactly."""

from collections.abc import Iterator
from typing import Any

import pytest

from search.indexes.base import Found, Index, Query
from search.indexes.elasticsearch import ElasticsearchIndex, generations
from search.indexes.elasticsearch.rebuilding import caught_up
from tests.search.indexes.contract import IndexContract
from tests.services import scripts
from vectorizer.models import EncoderModel


class UpToDate(Index):
    """An Elasticsearch index into which whatever has changed is written before each question: a sink without delay."""

    def __init__(self) -> None:
        self._index, self._position = ElasticsearchIndex(), 0

    def find(self, query: Query) -> Found:
        now = generations.current(query.model)
        if now is None:
            self._index.rebuild(query.model)
        else:
            self._position = caught_up(query.model, now, self._position)
            generations.refresh(now)
        return self._index.find(query)

    def compact(self, model: EncoderModel) -> bool:
        return self._index.compact(model)

    def rebuild(self, model: EncoderModel) -> int:
        return self._index.rebuild(model)

    def forget(self, model: EncoderModel) -> None:
        self._index.forget(model)


@pytest.mark.django_db
class ElasticsearchContract(IndexContract):
    """In a prefix of its own, so that tests find nothing of each other."""

    @pytest.fixture(autouse=True)
    def server(self, elasticsearch: str, settings: Any, request: pytest.FixtureRequest) -> Iterator[None]:
        settings.ELASTICSEARCH_URL = elasticsearch
        settings.INDEX_PREFIX = "contract"
        settings.INDEX_EXACT = self.exact
        yield
        generations.forget(EncoderModel.current())

    exact = ""

    @pytest.fixture
    def index(self) -> Index:
        return UpToDate()

    @pytest.fixture
    def other(self) -> Index:
        return UpToDate()


class TestAbout(ElasticsearchContract):
    exact = ""


class TestExactlyByFlatVectors(ElasticsearchContract):
    exact = "flat"


class TestExactlyByAScript(ElasticsearchContract):
    """Only on a full server: the reduced one has no language for scripts. What is sent is tested without a server."""

    exact = "script"

    @pytest.fixture(autouse=True)
    def painless(self, server: None) -> None:
        scripts.skip_without()
