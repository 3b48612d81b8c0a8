"""The document of a painting: what stands in it, whose version it has, and what is no document."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import jsonschema_rs
import numpy as np
import pytest

from gallery import journal, publishing
from gallery.models import Artist, Attribution, Change, Painting
from tests.factories import make_painting, unit
from tests.published import EXAMPLE, SCHEMA, assert_document, schema, validator
from vectorizer import documents, rows
from vectorizer.documents import Message, Problem
from vectorizer.models import EncoderModel, Vectors

pytestmark = pytest.mark.django_db


@pytest.fixture
def model(db: None) -> EncoderModel:
    return EncoderModel.current()


def message(painting: Painting, model: EncoderModel) -> Message:
    (found,) = documents.messages([painting.pk], model)
    return found


def document(painting: Painting, model: EncoderModel) -> dict[str, Any]:
    body = message(painting, model).body
    assert body is not None
    loaded: dict[str, Any] = json.loads(body)
    return loaded


def test_a_document_holds_what_the_public_may_know(model: EncoderModel) -> None:
    published_at = datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)
    painting = make_painting(
        "L'Été à Skagen",
        artist=("Anna Ancher", "P. S. Krøyer"),
        style="Realism",
        genre="landscape",
        collection="Skagens Museum",
        display_date="c. 1885",
        medium="Oil on canvas",
        dimensions="73 × 92 cm",
        object_number="SM 1",
        credit_line="Gift of the artists",
        rights="https://creativecommons.org/publicdomain/zero/1.0/",
        alt_text="A beach in the sun.",
        notes="Bought too dear.",
        published_at=published_at,
    )
    found = document(painting, model)
    expected = {
        "schema_version": 1,
        "id": painting.pk,
        "version": painting.version,
        "model": model.name,
        "title": "L'Été à Skagen",
        "title_key": "l ete a skagen",
        "artists": [{"slug": "anna-ancher", "name": "Anna Ancher"}, {"slug": "p-s-kroyer", "name": "P. S. Krøyer"}],
        "style": {"slug": "realism", "name": "Realism"},
        "genre": {"slug": "landscape", "name": "landscape"},
        "collection": "Skagens Museum",
        "display_date": "c. 1885",
        "first_year": painting.first_year,
        "last_year": painting.last_year,
        "medium": "Oil on canvas",
        "dimensions": "73 × 92 cm",
        "object_number": "SM 1",
        "credit_line": "Gift of the artists",
        "rights": "https://creativecommons.org/publicdomain/zero/1.0/",
        "alt_text": "A beach in the sun.",
        "width": 64,
        "height": 48,
    }
    assert {name: found[name] for name in expected} == expected
    assert found["artist_key"] == Artist.objects.get(name="Anna Ancher").sort_key
    assert datetime.fromisoformat(found["published_at"]) == published_at
    assert {"ete", "skagen", "kroyer", "realism", "oil", "museum", "1"} <= set(found["words"])
    assert "dear" not in json.dumps(found)


def test_a_painting_without_facts_has_a_document(model: EncoderModel) -> None:
    found = document(make_painting(), model)
    assert (found["style"], found["genre"], found["artists"], found["artist_key"]) == (None, None, [], None)
    assert (found["first_year"], found["last_year"]) == (None, None)


def test_its_vectors_are_those_of_the_live_image_in_six_decimals(model: EncoderModel) -> None:
    feature = model.card.features[0]
    vector = unit(1, feature.dimensions)
    painting = make_painting(vectors={feature.name: vector})
    body = message(painting, model).body or b""
    found = json.loads(body, parse_float=str)
    assert max(len(number.partition(".")[2]) for number in found[feature.name] if "e" not in number) <= 6
    assert np.abs(np.array(found[feature.name], float) - vector).max() < 0.51e-6
    assert set(found) >= {other.name for other in model.card.features}


def draft(painting: Painting) -> None:
    with journal.writing():
        painting.state = Painting.State.DRAFT
        painting.save()


def withdraw(painting: Painting) -> None:
    publishing.withdraw([painting], by=None)


def lose_vectors(painting: Painting) -> None:
    Vectors.objects.all().delete()


@pytest.mark.parametrize("change", [draft, withdraw, lose_vectors])
def test_what_is_not_public_or_has_no_vectors_of_the_model_is_a_tombstone_of_its_version(
    change: Callable[[Painting], None], model: EncoderModel
) -> None:
    painting = make_painting()
    change(painting)
    painting.refresh_from_db()
    assert message(painting, model) == Message(painting_id=painting.pk, version=painting.version, body=None)


def test_a_deleted_painting_is_a_tombstone_of_its_last_entry(model: EncoderModel) -> None:
    painting, other = make_painting(), make_painting()
    id_ = painting.pk
    painting.delete()
    last = journal.position()
    other.title = "Later"
    other.save()
    assert list(documents.messages([id_], model)) == [Message(painting_id=id_, version=last, body=None)]


def test_a_painting_that_never_was_is_a_tombstone_that_replaces_nothing(model: EncoderModel) -> None:
    assert list(documents.messages([77], model)) == [Message(painting_id=77, version=0, body=None)]


def test_there_is_one_message_for_each_in_the_order_of_ids(
    model: EncoderModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "ROWS_AT_ONCE", 2)
    ids = [make_painting().pk for _ in range(5)]
    withdraw(Painting.objects.get(pk=ids[1]))
    found = list(documents.messages([*reversed(ids), ids[0]], model))
    assert [message.painting_id for message in found] == ids
    assert [message.body is None for message in found] == [False, True, False, False, False]


def test_a_batch_takes_four_queries(model: EncoderModel, django_assert_num_queries: Any) -> None:
    ids = [make_painting(artist=("Anna", f"Painter {number}"), style=f"Style {number}").pk for number in range(4)]
    with django_assert_num_queries(4):
        list(documents.messages(ids, model))


def not_of_unit_length(vectors: Vectors) -> bytes:
    return (np.frombuffer(bytes(vectors.data), "<f4") * 2).tobytes()


def not_a_number(vectors: Vectors) -> bytes:
    return np.full(len(vectors.data) // 4, np.nan, "<f4").tobytes()


@pytest.mark.parametrize("damaged", [lambda vectors: b"short", not_of_unit_length, not_a_number])
def test_damaged_vectors_are_a_problem_and_stop_nothing(
    damaged: Callable[[Vectors], bytes], model: EncoderModel
) -> None:
    poison, good = make_painting("Poison"), make_painting("Good")
    vectors = Vectors.objects.get(image=poison.live_image)
    Vectors.objects.filter(pk=vectors.pk).update(data=damaged(vectors))
    problems: list[Problem] = []
    found = list(documents.messages([poison.pk, good.pk], model, problem=problems.append))
    assert [message.painting_id for message in found] == [good.pk]
    assert [(problem.painting_id, problem.version) for problem in problems] == [(poison.pk, poison.version)]


def test_a_problem_that_nobody_asks_for_is_in_the_log(model: EncoderModel, caplog: pytest.LogCaptureFixture) -> None:
    painting = make_painting()
    Vectors.objects.update(data=b"short")
    assert list(documents.messages([painting.pk], model)) == []
    assert f"Painting {painting.pk} can't be published" in caplog.text


def test_what_can_not_be_written_as_json_is_a_problem(model: EncoderModel, monkeypatch: pytest.MonkeyPatch) -> None:
    painting = make_painting()

    def refuse(*_: Any) -> bytes:
        raise ValueError("it is no text")

    monkeypatch.setattr(documents, "serialised", refuse)
    problems: list[Problem] = []
    assert list(documents.messages([painting.pk], model, problem=problems.append)) == []
    assert problems[0].reason == "it is no text"


# --- Never older than the version says -------------------------------------------------------------------------------


def test_an_artist_who_comes_while_it_is_read_is_never_missing_from_the_version_that_names_them(
    model: EncoderModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    painting = make_painting(artist="Anna")
    attributed = rows._artists

    def attribute_meanwhile(painting_ids: Any) -> Any:
        before = attributed(painting_ids)
        if not Attribution.objects.filter(artist__name="Bruno").exists():
            Attribution.objects.create(painting=painting, artist=Artist.objects.create(name="Bruno"), order=1)
        return before

    monkeypatch.setattr(rows, "_artists", attribute_meanwhile)
    found = document(painting, model)
    painting.refresh_from_db()
    assert len(found["artists"]) == 1
    assert found["version"] < painting.version


def test_a_painting_that_is_deleted_while_it_is_read_is_a_tombstone_no_newer_than_what_was_read(
    model: EncoderModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    painting = make_painting()
    before, load = painting.version, rows.load

    def delete_meanwhile(*arguments: Any, **named: Any) -> Any:
        Painting.objects.filter(pk=painting.pk).delete()
        return load(*arguments, **named)

    monkeypatch.setattr(rows, "load", delete_meanwhile)
    assert message(painting, model) == Message(painting_id=painting.pk, version=before, body=None)


def test_a_painting_that_is_shown_while_it_is_read_is_a_document_of_the_later_version(
    model: EncoderModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    painting = make_painting(state=Painting.State.WITHDRAWN)
    load = rows.load

    def publish_meanwhile(*arguments: Any, **named: Any) -> Any:
        publishing.publish([painting], by=None)
        return load(*arguments, **named)

    monkeypatch.setattr(rows, "load", publish_meanwhile)
    found = message(painting, model)
    assert found.body is not None
    assert found.version == Change.objects.order_by("-id")[0].id


# --- Everything ------------------------------------------------------------------------------------------------------


def test_everything_is_all_that_is_public_in_the_order_of_ids(
    model: EncoderModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "ROWS_AT_ONCE", 2)
    ids = [make_painting().pk for _ in range(5)]
    make_painting(state=Painting.State.DRAFT)
    make_painting(live=False)
    withdraw(Painting.objects.get(pk=ids[2]))
    assert [message.painting_id for message in documents.everything(model)] == [ids[0], ids[1], ids[3], ids[4]]
    assert [message.painting_id for message in documents.everything(model, after_id=ids[1])] == [ids[3], ids[4]]
    assert all(message.body for message in documents.everything(model))


# --- The schema ------------------------------------------------------------------------------------------------------


def test_the_example_holds_to_the_schema_and_to_the_model_that_is_shipped(model: EncoderModel) -> None:
    example = EXAMPLE.read_bytes()
    validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(json.loads(example))
    assert_document(example, model.card)


@pytest.mark.parametrize(
    "wrong",
    [
        {"notes": "Bought too dear."},
        {"titel": "misspelled"},
        {"version": "7"},
        {"id": None},
        {"style": "realism"},
        {"artists": [{"slug": "anna", "name": "Anna", "birth_year": 1859}]},
        {"published_at": "yesterday"},
        {"common512": [0.5, "0.5"]},
        {"common512": []},
        {"schema_version": 2},
    ],
)
def test_the_schema_refuses_what_is_no_document(wrong: dict[str, Any]) -> None:
    example = json.loads(EXAMPLE.read_bytes())
    loaded = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert not validator(loaded).is_valid(example | wrong)


def test_the_schema_of_a_card_refuses_another_number_of_dimensions(model: EncoderModel) -> None:
    example = json.loads(EXAMPLE.read_bytes())
    with pytest.raises(jsonschema_rs.ValidationError):
        validator(schema(model.card)).validate(example | {"common512": [0.1] * 511})
