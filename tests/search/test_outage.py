"""What a visitor sees while the database is locked, the index is out or the model is damaged."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client

from search import photos, similar
from search.indexes.base import IndexUnavailable
from tests.factories import make_painting, picture_bytes
from vectorizer.encoder import ArtifactError

pytestmark = pytest.mark.django_db
PROBLEMS = [
    OperationalError("database is locked"),
    ArtifactError(Path("lite0"), "its card.json is missing."),
    IndexUnavailable("Elasticsearch can't be reached"),
]


@pytest.mark.parametrize("problem", PROBLEMS, ids=str)
def test_it_is_a_sentence_and_not_a_fault_of_the_server(problem: Exception, monkeypatch: Any, caplog: Any) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise problem

    painting = make_painting("Bridge")
    monkeypatch.setattr(similar, "answer", fail)
    monkeypatch.setattr(similar, "features", fail)
    monkeypatch.setattr(similar, "all_features", fail)
    monkeypatch.setattr(similar, "by_each_feature", fail)
    monkeypatch.setattr(photos, "keep", fail)
    client = Client(raise_request_exception=False)
    page = [] if isinstance(problem, IndexUnavailable) else [painting.get_absolute_url()]  # see below
    for path in ("/", *page, "/api/v1/paintings/", "/api/v1/features/"):
        response = client.get(path)
        assert response.status_code == 503, path
        assert "try again in a moment" in response.text
        assert response["Retry-After"] == "10"
        assert response["Cache-Control"] == "no-store"
        assert response["Content-Type"].startswith("application/json" if "api" in path else "text/html")
    sent = client.post("/search/", {"photo": SimpleUploadedFile("a.png", picture_bytes(5))})
    assert sent.status_code == 503
    assert str(problem) in caplog.text


def test_a_painting_is_shown_by_database_its_look_alikes_while_the_index_is_out(monkeypatch: Any, caplog: Any) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise IndexUnavailable("Elasticsearch can't be reached")

    painting = make_painting("Bridge")
    monkeypatch.setattr(similar, "by_each_feature", fail)
    response = Client().get(painting.get_absolute_url())
    assert response.status_code == 200
    assert "<h1" in response.text and "Bridge" in response.text
    assert "can’t be shown at the moment" in response.text
    assert "can't be reached" in caplog.text


def test_a_fault_of_ours_stays_one(monkeypatch: Any) -> None:
    def fail(*_: Any, **__: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(similar, "answer", fail)
    assert Client(raise_request_exception=False).get("/").status_code == 500
