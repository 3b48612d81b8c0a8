"""Rebuilding, changing the model, comparing and restoring on real servers, while searches and changes go on."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from gallery import publishing
from search import indexes
from search.indexes.base import Query
from search.indexes.elasticsearch import generations
from search.indexes.elasticsearch.client import patient
from tests.factories import make_painting
from vectorizer.models import EncoderModel, Vectors

PREFIX = "commands"


@pytest.fixture(autouse=True)
def server(elasticsearch: str, settings: Any) -> Iterator[None]:
    """An installation without Kafka, but for its database: the journal is published straight into the index."""
    settings.ELASTICSEARCH_URL = elasticsearch
    settings.INDEX_PREFIX = PREFIX
    settings.SEARCH_INDEX = "search.indexes.elasticsearch.ElasticsearchIndex"
    settings.PUBLISHER = "search.publisher.ElasticsearchPublisher"
    yield
    for name in patient().indices.get_alias(index=f"{PREFIX}-*").body:
        patient().indices.delete(index=name)
    indexes._loaded.cache_clear()


@pytest.fixture
def model(transactional_db: None) -> EncoderModel:
    return EncoderModel.current()


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, "-v", "0", stdout=out, stderr=out)
    return out.getvalue()


def found(model: EncoderModel) -> list[int]:
    return sorted(hit.id for hit in indexes.index().find(Query(model=model, stop=100)).hits)


def names(model: EncoderModel) -> list[int]:
    """The numbers of all generations there are."""
    now = generations.current(model)
    return sorted(generation.number for generation in [*generations.others(model), *([now] if now else [])])


# --- rebuild_index -----------------------------------------------------------------------------------------------


def test_rebuilding_makes_a_new_generation_and_keeps_the_one_before_until_told(model: EncoderModel) -> None:
    painting = make_painting("Bridge")
    assert "holds 1 public paintings. The database has as many." in run("rebuild_index")
    withdrawn = make_painting("Later")
    publishing.withdraw([withdrawn], by=None)

    said = run("rebuild_index")

    assert f"Kept: {PREFIX}-lite0-eye1-0001." in said
    assert names(model) == [1, 2]
    assert found(model) == [painting.pk]
    assert f"{PREFIX}-lite0-eye1-0001 is deleted." in run("rebuild_index", "--if-missing", "--drop-old")
    assert names(model) == [2]
    assert found(model) == [painting.pk]


def test_what_was_left_half_done_is_removed_by_the_next_run(
    model: EncoderModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_painting("Bridge")
    run("rebuild_index")

    def interrupted(*_: Any) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(generations, "move", interrupted)
        run("rebuild_index")
    assert names(model) == [1, 2]
    assert [generation.number for generation in generations.unfinished(model)] == [2]

    run("rebuild_index")

    assert names(model) == [1, 2]
    assert generations.current(model) == generations.Generation(number=2, name=f"{PREFIX}-lite0-eye1-0002")


def test_an_index_that_lacks_something_is_not_used(model: EncoderModel, monkeypatch: pytest.MonkeyPatch) -> None:
    make_painting("Bridge")
    run("rebuild_index")
    make_painting("River")
    from vectorizer import documents

    monkeypatch.setattr(documents, "everything", lambda *_, **__: iter(()))
    with pytest.raises(CommandError, match="holds 0 paintings, and the database has 2: it is not used"):
        run("rebuild_index")

    assert generations.current(model).number == 1


def test_what_can_not_be_in_the_index_is_named_and_holds_nothing_up(model: EncoderModel) -> None:
    good, bad = make_painting("Bridge"), make_painting("Damaged")
    Vectors.objects.filter(image=bad.image).update(data=b"short")

    said = run("rebuild_index")

    assert f"Painting {bad.pk} can't be in the index" in said
    assert "holds 1 public paintings. The database has 2, 1 of which can't be in it." in said
    assert found(model) == [good.pk]
