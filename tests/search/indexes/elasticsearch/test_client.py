"""What is said where Elasticsearch can't be asked."""

import os
import socket
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from search.indexes.base import IndexUnavailable
from search.indexes.elasticsearch.client import answering, client, patient, refusal


@pytest.fixture
def nobody(settings: Any) -> str:
    """An address at which nothing listens."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        settings.ELASTICSEARCH_URL = f"http://curator:secret@127.0.0.1:{listener.getsockname()[1]}"
    return str(settings.ELASTICSEARCH_URL)


def test_a_server_that_is_down_is_named_without_its_password(nobody: str) -> None:
    sentence = r"Elasticsearch \(http://127\.0\.0\.1:\d+\) can't be reached"
    with pytest.raises(IndexUnavailable, match=sentence) as caught, answering():
        client().search(index="x")
    assert "secret" not in str(caught.value)


def test_a_server_that_does_not_answer_in_time_is_unavailable(settings: Any) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(IndexUnavailable, match="can't be reached"), answering():
            client().options(request_timeout=0.2).search(index="x")


def test_threads_share_a_connection_and_a_forked_process_opens_its_own(nobody: str, monkeypatch: Any) -> None:
    ours = client()
    assert client() is ours
    monkeypatch.setattr(os, "getpid", lambda: -1)
    assert client() is not ours


def test_writing_has_more_time_than_asking(nobody: str) -> None:
    assert patient()._request_timeout > 10


def test_an_address_that_is_none_is_refused_with_an_example(settings: Any) -> None:
    settings.ELASTICSEARCH_URL = "localhost"
    with pytest.raises(ImproperlyConfigured, match=r"ELASTICSEARCH_URL .* http://127\.0\.0\.1:9200"):
        client()


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (
            {"error": {"type": "index_not_found_exception", "reason": "no such index [pendant-eye]"}},
            r"404, index_not_found_exception: no such index \[pendant-eye\]\. `manage.py rebuild_index` makes it\.",
        ),
        (
            {"error": {"type": "outer", "root_cause": [{"type": "inner", "reason": "the cause"}]}},
            r"404, inner: the cause\.$",
        ),
        ({"error": "no handler"}, "404: no handler"),
        ("<html>", "404: <html>"),
    ],
)
def test_what_it_refuses_is_said_with_its_reason(body: object, sentence: str, nobody: str) -> None:
    with pytest.raises(AssertionError, match=sentence):
        raise AssertionError(refusal(404, body))
