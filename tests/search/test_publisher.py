"""Without Kafka: what the index says is what the relay hears."""

from collections.abc import Iterable
from typing import Any

import pytest

from search.indexes.base import IndexUnavailable
from search.indexes.elasticsearch import writing
from search.indexes.elasticsearch.writing import Written
from search.publisher import ElasticsearchPublisher
from vectorizer.documents import Message
from vectorizer.publishers import PublishError

MESSAGES = [Message(painting_id=1, version=3, body=b"{}"), Message(painting_id=2, version=4, body=None)]


def test_messages_go_to_the_models_write_alias(monkeypatch: pytest.MonkeyPatch) -> None:
    sent: dict[str, list[Message]] = {}

    def write(messages: Iterable[Message], *, target: str) -> Written:
        sent[target] = list(messages)
        return Written(indexed=1, deleted=1)

    monkeypatch.setattr(writing, "write", write)

    ElasticsearchPublisher().publish("Eye", MESSAGES)

    assert sent == {"pendant-eye-write": MESSAGES}


def test_documents_that_can_not_be_indexed_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "write", lambda *_, **__: Written(deleted=1, failures={1: "no such field"}))

    with pytest.raises(PublishError, match="1 of 2 documents") as problem:
        ElasticsearchPublisher().publish("eye", MESSAGES)

    assert problem.value.failures == {1: "no such field"}
    assert not problem.value.temporary


def test_an_index_that_is_away_is_temporary(monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: Any, **__: Any) -> Written:
        raise IndexUnavailable("Elasticsearch can't be reached.")

    monkeypatch.setattr(writing, "write", away)

    with pytest.raises(PublishError, match="can't be reached") as problem:
        ElasticsearchPublisher().publish("eye", MESSAGES)

    assert problem.value.temporary
