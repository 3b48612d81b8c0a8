"""Rebuilding, changing the model, comparing and restoring on real servers, while searches and changes go on."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from gallery import journal, publishing
from gallery.models import Change, Painting
from search import indexes
from search.indexes.base import IndexUnavailable, Query
from search.indexes.elasticsearch import contents, generations, mapping
from search.indexes.elasticsearch.client import patient
from search.indexes.elasticsearch.generations import Generation
from tests import eyes
from tests.factories import make_image, make_painting, picture_bytes
from tests.search.test_activate_model import in_this_process  # noqa: F401 (a fixture)
from vectorizer import documents, preparing, relay
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
    settings.ELASTICSEARCH_URL = elasticsearch
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


def test_an_index_of_another_version_is_made_again_where_one_of_this_version_is_wanted(model: EncoderModel) -> None:
    painting = make_painting("Bridge")
    body = mapping.body(model.card)
    del body["mappings"]["properties"]["orientation"]  # a field that came later
    old = Generation(number=1, name=f"{PREFIX}-lite0-eye1-0001")
    patient().indices.create(index=old.name, **body)
    generations.move(model, old)

    assert "holds 1 public paintings" in run("rebuild_index", "--if-missing")
    assert found(model) == [painting.pk]
    assert "The index of lite0-eye1 is there." in run("rebuild_index", "--if-missing")


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


def test_two_rebuildings_of_one_model_are_not_at_it_at_once(
    model: EncoderModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    from contextlib import nullcontext

    from search.indexes.elasticsearch import rebuilding

    monkeypatch.setattr(rebuilding.locks, "alone", lambda *_: nullcontext(False))
    with pytest.raises(CommandError, match="is being rebuilt by somebody else"):
        run("rebuild_index")


def test_a_writer_that_fails_stops_the_rebuilding(model: EncoderModel, monkeypatch: pytest.MonkeyPatch) -> None:
    from search.indexes.elasticsearch import loading

    def down(*_: Any, **__: Any) -> None:
        raise IndexUnavailable("Elasticsearch can't be reached.")

    for number in range(6):
        make_painting(f"Number {number}")
    monkeypatch.setattr(loading, "AT_ONCE", 1)
    monkeypatch.setattr(loading, "write", down)
    with pytest.raises(CommandError, match="can't be reached"):
        run("rebuild_index")
    assert generations.current(model) is None


# --- verify_index ------------------------------------------------------------------------------------------------


def test_what_differs_is_named_and_repaired_page_by_page(model: EncoderModel, monkeypatch: pytest.MonkeyPatch) -> None:
    kept, missing, withdrawn = (make_painting(title) for title in ("Kept", "Missing", "Withdrawn"))
    run("rebuild_index")
    monkeypatch.setattr(contents, "PAGE", 1)
    monkeypatch.setattr(contents, "IDS_AT_ONCE", 1)
    assert "They are the same, version by version." in run("verify_index", "--wait", "0")
    now = generations.current(model)
    assert now is not None
    patient().delete(index=now.name, id=str(missing.pk), version=missing.version + 0, version_type="external_gte")
    publishing.withdraw([withdrawn], by=None)
    kept.title = "Renamed"
    kept.save()

    with pytest.raises(CommandError, match="The index of lite0-eye1 differs"):
        run("verify_index", "--wait", "0")
    said = run("verify_index", "--wait", "0", "--repair")

    assert "3 are repaired." in said
    assert found(model) == [kept.pk, missing.pk]
    assert "They are the same" in run("verify_index", "--wait", "0")


def test_vectors_that_were_removed_behind_the_journals_back_are_mended(model: EncoderModel) -> None:
    painting = make_painting("Bridge")
    run("rebuild_index")
    Vectors.objects.all().delete()
    assert "1 are repaired." in run("verify_index", "--wait", "0", "--repair")
    assert found(model) == []
    assert painting.is_public


def test_without_an_index_there_is_nothing_to_compare(model: EncoderModel) -> None:
    make_painting("Bridge")
    with pytest.raises(CommandError, match=r"There is no index of lite0-eye1\. `manage\.py rebuild_index`") as refused:
        run("verify_index")
    assert refused.value.returncode == 2


# --- pipeline_status ---------------------------------------------------------------------------------------------


def test_the_index_is_counted_or_said_to_be_down(model: EncoderModel, settings: Any) -> None:
    make_painting("Bridge")
    run("rebuild_index")
    relay.drain_all()
    assert "  indexed    1 of 1 public paintings" in run("pipeline_status")
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    out = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("pipeline_status", stdout=out)
    assert ended.value.code == 2
    assert "DOWN: index. Elasticsearch (http://127.0.0.1:9) can't be reached" in out.getvalue()


# --- activate_model ----------------------------------------------------------------------------------------------


def test_both_models_are_kept_current_until_one_is_dropped(model: EncoderModel, settings: Any) -> None:
    eyes.install(settings.ARTIFACTS_DIR)
    first = make_painting("First", live=False, image=make_image(picture_bytes(1, size=(120, 90))))
    preparing.prepare([first.image])
    run("rebuild_index")
    relay.drain_all()

    run("activate_model", eyes.TINY.name, "--keep-old")
    new = EncoderModel.current()
    second = make_painting("Second", live=False, image=make_image(picture_bytes(2, size=(120, 90))))
    for each in EncoderModel.in_service():
        preparing.prepare([second.image], model=each)
    relay.drain_all()

    assert run("verify_index", "--wait", "5").count("They are the same, version by version.") == 2
    assert found(new) == found(model) == [first.pk, second.pk]
    run("activate_model", eyes.TINY.name, "--drop-old")
    assert generations.current(model) is None
    assert found(new) == [first.pk, second.pk]


# --- after_restore -----------------------------------------------------------------------------------------------


def test_a_restored_database_is_published_above_the_tombstones_of_what_it_has_again(model: EncoderModel) -> None:
    kept, deleted = make_painting("Kept"), make_painting("Deleted after the backup")
    run("rebuild_index")
    relay.drain_all()
    backup = journal.position()
    late = make_painting("Added after the backup")
    relay.drain_all()
    now = generations.current(model)
    assert now is not None
    for version in (backup + 50, backup + 60):  # the last of it was a deletion, whose version no document has
        gone = {"id": str(deleted.pk), "version": version, "version_type": "external"}
        patient().options(ignore_status=404).delete(index=now.name, **gone)
    # The backup knows nothing of what came after it.
    late_id = late.pk
    Painting.objects.filter(pk=late_id)._raw_delete("default")
    Change.objects.filter(id__gt=backup).delete()
    relay.RelayPosition.objects.update(position=backup)
    generations.refresh(now)
    assert found(model) == [kept.pk, late_id]

    said = run("after_restore")
    relay.drain_all()

    assert "2 paintings are to be published anew, and 1 that" in said
    assert "They are the same, version by version." in run("verify_index", "--wait", "5")
    assert found(model) == [kept.pk, deleted.pk]
