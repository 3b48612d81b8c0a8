"""What every test may ask for."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.cache import cache
from django.db import connection
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

from gallery.models import Image, Painting
from tests.published import assert_document
from vectorizer import documents

# The same examples each time, however busy the machine is.
hypothesis.register_profile(
    "same", derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis.load_profile("same")

# An id that a test takes for nobody's is at most this.
MADE_UP = 10_000_000


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Ids start above those that tests make up: no earlier test can have brought the sequence just there."""
    tables = [model._meta.db_table for model in (Painting, Image)]
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table in tables:
            if connection.vendor == "postgresql":
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, MADE_UP])
            else:
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, MADE_UP])


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Files and indexes of one test are its own; in the processes that it starts, its database, too."""
    monkeypatch.setenv("PENDANT_VAR", str(tmp_path))
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/pendant.sqlite3")
    settings.VAR_DIR = tmp_path
    settings.INDEX_DIR = tmp_path / "index"
    settings.ARTIFACTS_DIR = tmp_path / "artifacts"
    settings.STORAGES = {
        name: {**storage, "OPTIONS": {**storage["OPTIONS"], "location": tmp_path / name}}
        if "location" in storage.get("OPTIONS", {})
        else storage
        for name, storage in settings.STORAGES.items()
    }
    cache.clear()
    yield tmp_path


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A request in another language leaves its thread in that language."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def valid_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every document that a test makes is held against the schema."""
    serialised = documents.serialised

    def checked(row: Any, model: Any) -> bytes:
        body = serialised(row, model)
        assert_document(body, model.card)
        return body

    monkeypatch.setattr(documents, "serialised", checked)


@pytest.fixture
def curator(db: None) -> User:
    return _member("curator")


@pytest.fixture
def contributor(db: None) -> User:
    return _member("contributor")


def _member(group: str) -> User:
    user = User.objects.create_user(group, password="a long pass-phrase", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
    return user
