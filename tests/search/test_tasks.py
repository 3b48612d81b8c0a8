"""Housekeeping of the index."""

from pathlib import Path

import pytest

from search import indexes, similar, tasks
from search.indexes import snapshot
from search.query import Question
from tests.factories import make_painting

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_index_is_written_before_anybody_asks(folder: Path) -> None:
    make_painting("First")

    tasks.compact_index()

    assert snapshot.current(folder / "index" / "lite0-eye1")
    assert similar.answer(Question()).total == 1


def test_the_curators_index_is_kept_only_once_a_curator_asked(folder: Path) -> None:
    painting = make_painting("First")
    tasks.compact_index()
    assert not (folder / "index" / "lite0-eye1-all").exists()

    similar.duplicates_of(painting.image)
    name = snapshot.current(folder / "index" / "lite0-eye1-all")
    (folder / "index" / "lite0-eye1-all" / name / "meta.json").unlink()
    tasks.compact_index()

    assert snapshot.current(folder / "index" / "lite0-eye1-all") not in ("", name)


def test_one_index_serves_the_whole_process() -> None:
    assert indexes.index() is indexes.index()
    assert indexes.everything() is indexes.everything()
    assert indexes.index() is not indexes.everything()
