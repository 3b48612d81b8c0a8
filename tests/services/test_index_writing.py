"""Messages written into a real Elasticsearch: in any order, as often as one likes, and what can't be written."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from gallery import publishing
from gallery.models import Painting
from search import indexes
from search.indexes.base import Index, IndexUnavailable, Query
from search.indexes.elasticsearch import ElasticsearchIndex, generations, rebuilding, writing
from search.indexes.elasticsearch.client import patient
from search.indexes.elasticsearch.generations import Generation, read_alias, write_alias
from search.indexes.elasticsearch.writing import Written, write
from tests.factories import make_painting
from vectorizer import documents
from vectorizer.documents import Message
from vectorizer.models import EncoderModel

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def server(elasticsearch: str, settings: Any) -> Iterator[None]:
    settings.ELASTICSEARCH_URL = elasticsearch
    settings.INDEX_PREFIX = "writing"
    settings.SEARCH_INDEX = "search.indexes.elasticsearch.ElasticsearchIndex"
    yield
    settings.ELASTICSEARCH_URL = elasticsearch
    for name in patient().indices.get_alias(index="writing-*").body:
        patient().indices.delete(index=name)
    indexes._loaded.cache_clear()


@pytest.fixture
def model() -> EncoderModel:
    return EncoderModel.current()


@pytest.fixture
def generation(model: EncoderModel) -> Generation:
    made = generations.create(model)
    generations.move(model, made)
    return made


@pytest.fixture
def alias(generation: Generation, model: EncoderModel) -> str:
    return write_alias(model.name)


def document(painting: Painting, model: EncoderModel) -> Message:
    (message,) = documents.messages([painting.pk], model)
    return message


def at(version: int, message: Message, body: bytes | None = b"") -> Message:
    """The same painting at another version; a tombstone where the body is None."""
    return Message(painting_id=message.painting_id, version=version, body=message.body if body == b"" else body)


def found(model: EncoderModel) -> list[int]:
    now = generations.current(model)
    assert now is not None
    generations.refresh(now)
    return [hit.id for hit in ElasticsearchIndex().find(Query(model=model, stop=100)).hits]


# --- versions ----------------------------------------------------------------------------------------------------


def test_the_newest_version_stays_whatever_comes_when_and_how_often(alias: str, model: EncoderModel) -> None:
    message = document(make_painting("Bridge"), model)

    assert write([message], target=alias) == Written(indexed=1)
    assert write([message, at(1, message, None)], target=alias) == Written(stale=2)
    assert found(model) == [message.painting_id]


def test_a_tombstone_deletes_and_an_older_document_does_not_bring_it_back(alias: str, model: EncoderModel) -> None:
    message = document(make_painting("Bridge"), model)
    write([message], target=alias)
    last = message.version + 5

    assert write([at(last, message, None)], target=alias) == Written(deleted=1)
    assert write([at(last - 1, message)], target=alias) == Written(stale=1)
    assert found(model) == []
    assert write([at(last + 1, message)], target=alias) == Written(indexed=1)
    assert found(model) == [message.painting_id]


def test_a_tombstone_of_what_never_was_there_is_fine_and_keeps_older_ones_out(alias: str, model: EncoderModel) -> None:
    message = document(make_painting("Bridge"), model)
    assert write([at(message.version + 1, message, None)], target=alias) == Written(deleted=1)
    assert write([message], target=alias) == Written(stale=1)


# --- what can't be written ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b'{"id": 1, "odd": 1}', r"strict_dynamic_mapping_exception.*\[odd\]"),
        (b'{"id": 1, "common512": [1, 2]}', r"common512.*different number of dimensions \[2\]"),
        (b'{"id": 1, "first_year": "soon"}', "first_year.*short"),
        (b'{"id": 1, "title_key": "' + b"x" * 40_000 + b'"}', "title_key"),
        (b'{"id": ', "document_parsing_exception"),
        (b'{"title": "\xff"}', "Invalid UTF-8"),
        (b'{"id": 1}{"id": 2}', "extra data"),
        (b'{"title":' + b'[{"a":' * 3000, "nesting depth"),
        (b"[1]", "no JSON object"),
        (b"", "no JSON object"),
        (b"\x00", "no JSON object"),
    ],
)
def test_a_poison_document_has_its_reason_and_the_others_are_written(
    alias: str, model: EncoderModel, body: bytes, reason: str
) -> None:
    message = document(make_painting("Bridge"), model)
    poison = Message(painting_id=777, version=9, body=body)

    written = write([poison, message], target=alias)

    assert (written.indexed, list(written.failures)) == (1, [777])
    with pytest.raises(AssertionError, match=reason):
        raise AssertionError(written.failures[777])
    assert len(written.failures[777]) <= 500
    assert found(model) == [message.painting_id]


@pytest.mark.parametrize("version", [-1, 2**63])
def test_a_version_that_is_none_spoils_no_other(alias: str, model: EncoderModel, version: int) -> None:
    message = document(make_painting("Bridge"), model)
    written = write([at(version, message), Message(painting_id=8, version=version, body=None), message], target=alias)
    assert (written.indexed, set(written.failures)) == (1, {message.painting_id, 8})


def test_line_breaks_between_the_parts_of_a_document_end_nothing(alias: str, model: EncoderModel) -> None:
    message = document(make_painting("Bridge"), model)
    assert message.body is not None
    spread = message.body.replace(b'","', b'",\n"')
    assert b"\n" in spread
    assert write([at(5, message, spread)], target=alias) == Written(indexed=1)
    assert found(model) == [message.painting_id]


# --- an index that isn't there, or can't be written --------------------------------------------------------------


@pytest.mark.parametrize("body", [b'{"id": 1}', None])
@pytest.mark.parametrize("target", ["writing-lite0-eye1-write", "writing-lite0-eye1-0001"])
def test_what_is_not_there_is_never_made_by_writing(target: str, body: bytes | None) -> None:
    with pytest.raises(IndexUnavailable, match=f"There is no (alias|index) {target}. `manage.py rebuild_index`"):
        write([Message(painting_id=1, version=1, body=body)], target=target)
    assert not patient().indices.exists(index=target)


def test_an_index_that_is_closed_to_writing_loses_no_document(
    alias: str, generation: Generation, model: EncoderModel, monkeypatch: Any
) -> None:
    monkeypatch.setattr(writing, "FIRST_WAIT", 0.01)
    message = document(make_painting("Bridge"), model)
    patient().indices.add_block(index=generation.name, block="write")
    for each in (message, at(9, message, None), at(9, message, b'{"id": ')):
        with pytest.raises(IndexUnavailable, match="cluster_block_exception"):
            write([each], target=alias)


def test_an_alias_of_two_indexes_is_no_document_s_fault(
    alias: str, generation: Generation, model: EncoderModel
) -> None:
    other = generations.create(model)
    patient().indices.update_aliases(actions=[{"add": {"index": other.name, "alias": alias}}])
    with pytest.raises(IndexUnavailable, match="no write index"):
        write([document(make_painting("Bridge"), model)], target=alias)


def test_a_server_that_is_down_is_told(alias: str, model: EncoderModel, settings: Any) -> None:
    message = document(make_painting("Bridge"), model)
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    with pytest.raises(IndexUnavailable, match="can't be reached"):
        write([message], target=alias)


# --- generations -------------------------------------------------------------------------------------------------


def test_both_aliases_move_in_one_step_and_the_one_before_stays_until_it_is_deleted(model: EncoderModel) -> None:
    assert generations.current(model) is None
    first, second = generations.create(model), generations.create(model)
    assert (first.name, second.name) == ("writing-lite0-eye1-0001", "writing-lite0-eye1-0002")

    generations.move(model, first)
    assert (generations.current(model), generations.written(model)) == (first, first)
    generations.move(model, second)
    assert (generations.current(model), generations.written(model)) == (second, second)
    assert generations.others(model) == [first]

    with pytest.raises(ValueError, match="is in use"):
        generations.delete(second)
    generations.delete(first)
    generations.delete(first)  # it is gone already
    assert generations.others(model) == []


def test_a_model_whose_name_begins_like_another_s_has_its_own(model: EncoderModel) -> None:
    mine = generations.create(model)
    patient().indices.create(index=f"{read_alias(model.name)}-second-0001")
    assert generations.others(model) == [mine]


def test_rebuilding_catches_up_with_what_changed_meanwhile(
    model: EncoderModel, generation: Generation, monkeypatch: Any
) -> None:
    kept, withdrawn = make_painting("Kept"), make_painting("Withdrawn")
    late: list[int] = []
    move, everything = generations.move, documents.everything

    def meanwhile(model: EncoderModel, **options: Any) -> Iterator[Message]:
        yield from everything(model, **options)
        late.append(make_painting("Added while it was filled").pk)

    def just_before(model: EncoderModel, to: Generation) -> None:
        late.append(make_painting("Added while the aliases moved").pk)
        publishing.withdraw([withdrawn], by=None)
        move(model, to)

    monkeypatch.setattr(documents, "everything", meanwhile)
    monkeypatch.setattr(rebuilding.generations, "move", just_before)

    assert ElasticsearchIndex().rebuild(model) == 3
    assert sorted(found(model)) == sorted([kept.pk, *late])
    assert generations.others(model) == [generation]


def test_what_is_forgotten_is_gone(model: EncoderModel, generation: Generation) -> None:
    ElasticsearchIndex().forget(model)
    assert generations.current(model) is None
    assert generations.others(model) == []


# --- visitors ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/search/?q=bridge", "/api/v1/paintings/"])
def test_without_an_index_visitors_get_a_sentence_and_the_log_says_what_to_do(path: str, caplog: Any) -> None:
    make_painting("Bridge")
    answer = Client(raise_request_exception=False).get(path)
    assert answer.status_code == 503
    assert "try again in a moment" in answer.text
    assert "`manage.py rebuild_index` makes it" in caplog.text


@pytest.mark.parametrize("path", ["/", "/api/v1/paintings/"])
def test_while_elasticsearch_is_down_visitors_get_a_sentence(path: str, settings: Any, caplog: Any) -> None:
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"
    answer = Client(raise_request_exception=False).get(path)
    assert (answer.status_code, answer["Retry-After"]) == (503, "10")
    assert "Elasticsearch (http://127.0.0.1:9) can't be reached" in caplog.text


def test_pages_and_the_api_answer_from_elasticsearch(model: EncoderModel) -> None:
    painting = make_painting("Bridge at dusk", style="Cubism")
    make_painting("River", style="Cubism")
    ElasticsearchIndex().rebuild(model)
    client = Client()

    assert "Bridge at dusk" in client.get("/?style=cubism").text
    answer = client.get("/api/v1/paintings/?q=dus").json()
    assert [each["id"] for each in answer["results"]] == [painting.pk]


def test_a_document_that_somebody_wrote_without_an_id_breaks_no_search(alias: str, model: EncoderModel) -> None:
    painting = make_painting("Bridge")
    write([document(painting, model), Message(painting_id=5, version=1, body=b"{}")], target=alias)
    assert painting.pk in found(model)


def test_facets_are_counted_truly_over_several_shards(model: EncoderModel, settings: Any, monkeypatch: Any) -> None:
    from search.indexes.elasticsearch import queries

    settings.INDEX_SHARDS = 3
    monkeypatch.setattr(queries, "VALUES_A_SHARD", 2)
    monkeypatch.setattr(queries, "FACET_VALUES", 2)
    for number in range(23):
        make_painting(f"Number {number}", style=f"Style {'aaabbbccd'[number % 9]}")
    index: Index = ElasticsearchIndex()
    assert index.rebuild(model) == 23

    counts = index.find(Query(model=model, stop=10, facets=True)).facets["style"]

    assert [(count.value, count.label, count.count) for count in counts] == [
        ("style-a", "Style a", 9),
        ("style-b", "Style b", 8),
    ]


def test_an_index_that_is_closed_is_no_document_s_fault(
    alias: str, generation: Generation, model: EncoderModel
) -> None:
    message = document(make_painting("Bridge"), model)
    patient().indices.close(index=generation.name)
    with pytest.raises(IndexUnavailable, match="index_closed_exception"):
        write([message], target=alias)
    patient().indices.open(index=generation.name, wait_for_active_shards="1")
    assert write([message], target=alias).indexed == 1
