"""The relay: what the journal names is published, and nothing is lost, wherever it stops."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import orjson
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gallery import journal, publishing
from gallery.models import Artist, Painting
from tests.factories import go_live, make_painting
from vectorizer import documents, relay
from vectorizer.documents import Message
from vectorizer.models import EncoderModel, RelayPosition, Unpublished, Vectors
from vectorizer.publishers.memory import MemoryPublisher
from vectorizer.relay import Drained, RelayHeldUp

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher() -> MemoryPublisher:
    return MemoryPublisher()


@pytest.fixture
def model(db: None) -> EncoderModel:
    return EncoderModel.current()


class Crash(BaseException):
    """The process ends here."""


def title(message: Message) -> str:
    assert message.body is not None
    return str(orjson.loads(message.body)["title"])


def rename(painting: Painting, title: str) -> None:
    painting.title = title
    painting.save()
    painting.refresh_from_db()


def test_every_public_painting_is_published(model: EncoderModel, publisher: MemoryPublisher) -> None:
    paintings = [make_painting(f"No. {number}") for number in range(3)]
    drained = relay.drain(model, publisher=publisher)
    assert drained == Drained(published=3, failed=0, position=journal.position())
    assert {id_: title(message) for id_, message in publisher.latest(model.name).items()} == {
        painting.pk: painting.title for painting in paintings
    }


def test_many_changes_of_a_painting_are_published_once_by_its_latest_state(
    model: EncoderModel, publisher: MemoryPublisher
) -> None:
    painting = make_painting("First")
    for number in range(20):
        rename(painting, f"Title {number}")
    relay.drain(model, publisher=publisher)
    ((_, message),) = publisher.published
    assert (title(message), message.version) == ("Title 19", painting.version)


def test_a_second_drain_has_nothing_to_do(model: EncoderModel, publisher: MemoryPublisher) -> None:
    make_painting()
    relay.drain(model, publisher=publisher)
    assert relay.drain(model, publisher=publisher) == Drained(position=journal.position())
    assert len(publisher.published) == 1


def test_only_what_changed_since_is_published(model: EncoderModel, publisher: MemoryPublisher) -> None:
    make_painting("Stays")
    changed = make_painting("Old")
    relay.drain(model, publisher=publisher)
    publisher.published.clear()
    rename(changed, "New")
    relay.drain(model, publisher=publisher)
    assert [title(message) for _, message in publisher.published] == ["New"]


def test_the_renaming_of_an_artist_reaches_every_one_of_the_paintings(
    model: EncoderModel, publisher: MemoryPublisher
) -> None:
    paintings = [make_painting(artist="Anna") for _ in range(2)]
    relay.drain(model, publisher=publisher)
    artist = Artist.objects.get()
    artist.name = "Anna Ancher"
    artist.save()
    relay.drain(model, publisher=publisher)
    bodies = [orjson.loads(publisher.latest(model.name)[painting.pk].body or b"") for painting in paintings]
    assert [body["artists"][0]["name"] for body in bodies] == ["Anna Ancher"] * 2


def withdraw(painting: Painting) -> None:
    publishing.withdraw([painting], by=None)


def delete(painting: Painting) -> None:
    Painting.objects.get(pk=painting.pk).delete()


@pytest.mark.parametrize("end", [withdraw, delete])
def test_a_painting_that_is_no_longer_public_gets_a_tombstone_of_a_higher_version(
    end: Callable[[Painting], None], model: EncoderModel, publisher: MemoryPublisher
) -> None:
    painting = make_painting()
    relay.drain(model, publisher=publisher)
    before = publisher.latest(model.name)[painting.pk]
    end(painting)
    relay.drain(model, publisher=publisher)
    last = publisher.latest(model.name)[painting.pk]
    assert last.body is None
    assert last.version == journal.position() > before.version


def test_a_painting_that_is_not_ready_gets_a_tombstone_until_it_is(
    model: EncoderModel, publisher: MemoryPublisher
) -> None:
    painting = make_painting(live=False)
    relay.drain(model, publisher=publisher)
    early = publisher.latest(model.name)[painting.pk]
    go_live(painting)
    relay.drain(model, publisher=publisher)
    late = publisher.latest(model.name)[painting.pk]
    assert early.body is None
    assert late.body is not None
    assert late.version > early.version


def test_a_journal_longer_than_a_batch_is_published_whole(model: EncoderModel, publisher: MemoryPublisher) -> None:
    paintings = [make_painting(number=number % 2) for number in range(7)]
    assert relay.drain(model, publisher=publisher, batch=2).published >= 7
    assert set(publisher.latest(model.name)) == {painting.pk for painting in paintings}


def test_a_batch_takes_the_same_number_of_queries_whatever_its_size(
    model: EncoderModel, publisher: MemoryPublisher
) -> None:
    relay.drain(model, publisher=publisher)  # the row of the position is there
    counts = []
    for artists in (("Anna",), ("Anna", "Bruno", "Clara")):
        for _ in artists:
            make_painting(artist=artists, style="Cubism", genre="portrait")
        with CaptureQueriesContext(connection) as queries:
            relay.drain(model, publisher=publisher)
        counts.append(len(queries))
    assert counts[0] == counts[1] < 20


def test_without_a_publisher_nothing_moves(model: EncoderModel, settings: Any) -> None:
    settings.PUBLISHER = ""
    make_painting()
    assert relay.drain(model) == Drained()


def test_the_publisher_of_the_settings_is_used(model: EncoderModel, settings: Any) -> None:
    settings.PUBLISHER = "vectorizer.publishers.memory.MemoryPublisher"
    make_painting()
    assert relay.drain(model).published == 1


# --- Crashes ---------------------------------------------------------------------------------------------------------


def crash_before_reading(monkeypatch: pytest.MonkeyPatch, publisher: MemoryPublisher) -> None:
    def crash(*_: Any, **__: Any) -> Iterator[Message]:
        raise Crash

    monkeypatch.setattr(documents, "messages", crash)


def crash_while_reading(monkeypatch: pytest.MonkeyPatch, publisher: MemoryPublisher) -> None:
    whole = documents.messages

    def crash(*arguments: Any, **named: Any) -> Iterator[Message]:
        yield next(whole(*arguments, **named))
        raise Crash

    monkeypatch.setattr(documents, "messages", crash)


def crash_before_publishing(monkeypatch: pytest.MonkeyPatch, publisher: MemoryPublisher) -> None:
    def crash(*_: Any) -> None:
        raise Crash

    monkeypatch.setattr(publisher, "publish", crash)


def crash_while_publishing(monkeypatch: pytest.MonkeyPatch, publisher: MemoryPublisher) -> None:
    whole = publisher.publish

    def crash(model_name: str, messages: Sequence[Message]) -> None:
        whole(model_name, messages[:1])
        raise Crash

    monkeypatch.setattr(publisher, "publish", crash)


def crash_after_publishing(monkeypatch: pytest.MonkeyPatch, publisher: MemoryPublisher) -> None:
    whole = publisher.publish

    def crash(model_name: str, messages: Sequence[Message]) -> None:
        whole(model_name, messages)
        raise Crash

    monkeypatch.setattr(publisher, "publish", crash)


def crash_before_advancing(monkeypatch: pytest.MonkeyPatch, publisher: MemoryPublisher) -> None:
    whole = relay._note

    def crash(*arguments: Any) -> None:
        whole(*arguments)
        raise Crash

    monkeypatch.setattr(relay, "_note", crash)


@pytest.mark.parametrize(
    "crash",
    [
        crash_before_reading,
        crash_while_reading,
        crash_before_publishing,
        crash_while_publishing,
        crash_after_publishing,
        crash_before_advancing,
    ],
)
def test_a_crash_loses_nothing(crash: Callable[..., None], model: EncoderModel, publisher: MemoryPublisher) -> None:
    paintings = [make_painting(f"No. {number}") for number in range(3)]
    withdraw(paintings[0])
    with pytest.MonkeyPatch.context() as patched, pytest.raises(Crash):
        crash(patched, publisher)
        relay.drain(model, publisher=publisher, batch=2)
    assert relay.position(model) == 0
    relay.drain(model, publisher=publisher, batch=2)
    latest = publisher.latest(model.name)
    assert latest[paintings[0].pk].body is None
    assert [title(latest[painting.pk]) for painting in paintings[1:]] == ["No. 1", "No. 2"]
    assert relay.position(model) == journal.position()


def test_a_change_while_a_batch_is_published_comes_with_the_next(
    model: EncoderModel, publisher: MemoryPublisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    painting = make_painting("Early")
    whole = publisher.publish

    def change_meanwhile(model_name: str, messages: Sequence[Message]) -> None:
        if not publisher.published:
            rename(painting, "Late")
        whole(model_name, messages)

    monkeypatch.setattr(publisher, "publish", change_meanwhile)
    relay.drain(model, publisher=publisher)
    assert [title(message) for _, message in publisher.published] == ["Early", "Late"]


def test_a_change_that_comes_as_the_lock_is_let_go_is_published(
    model: EncoderModel, publisher: MemoryPublisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    painting = make_painting("Early")
    turns: list[int] = []

    @contextmanager
    def letting_go(model: EncoderModel) -> Iterator[bool]:
        turns.append(len(turns))
        yield True
        if len(turns) == 1:
            rename(painting, "Late")  # whoever this bell wakes finds the lock taken, and does nothing

    monkeypatch.setattr(relay, "alone", letting_go)
    relay.drain(model, publisher=publisher)
    assert title(publisher.latest(model.name)[painting.pk]) == "Late"


def test_the_position_never_goes_back(
    model: EncoderModel, publisher: MemoryPublisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_painting()
    whole, further = publisher.publish, journal.position() + 1000

    def overtaken(model_name: str, messages: Sequence[Message]) -> None:
        whole(model_name, messages)
        RelayPosition.objects.filter(model=model).update(position=further)

    monkeypatch.setattr(publisher, "publish", overtaken)
    assert relay.drain(model, publisher=publisher).position == further


# --- What can't be published -----------------------------------------------------------------------------------------


def damage(painting: Painting) -> None:
    Vectors.objects.filter(image=painting.live_image).update(data=b"not vectors")


def test_a_painting_with_damaged_vectors_is_recorded_and_holds_up_no_other(
    model: EncoderModel, publisher: MemoryPublisher
) -> None:
    poison, good = make_painting("Poison"), make_painting("Good")
    damage(poison)
    assert relay.drain(model, publisher=publisher) == Drained(published=1, failed=1, position=journal.position())
    assert set(publisher.latest(model.name)) == {good.pk}
    row = Unpublished.objects.get()
    assert (row.model, row.painting_id, row.version) == (model, poison.pk, poison.version)
    assert "11" in str(row)
    assert "Vectorize it again" in row.reason


def test_a_painting_that_is_refused_is_recorded_and_holds_up_no_other(
    model: EncoderModel, publisher: MemoryPublisher
) -> None:
    poison, good = make_painting("Poison"), make_painting("Good")
    publisher.refused[poison.pk] = "too large " * 100
    assert relay.drain(model, publisher=publisher).failed == 1
    assert set(publisher.latest(model.name)) == {good.pk}
    assert Unpublished.objects.get().reason.startswith("too large")


def test_what_failed_twice_is_recorded_once_with_the_newest_reason(
    model: EncoderModel, publisher: MemoryPublisher
) -> None:
    poison = make_painting()
    for reason in ("too large", "too odd"):
        publisher.refused[poison.pk] = reason
        rename(poison, reason)
        relay.drain(model, publisher=publisher)
    row = Unpublished.objects.get()
    assert (row.reason, row.version) == ("too odd", poison.version)


def test_what_goes_out_after_all_is_no_longer_recorded(model: EncoderModel, publisher: MemoryPublisher) -> None:
    poison = make_painting()
    publisher.refused[poison.pk] = "too large"
    relay.drain(model, publisher=publisher)
    del publisher.refused[poison.pk]
    rename(poison, "Mended")
    relay.drain(model, publisher=publisher)
    assert not Unpublished.objects.exists()


def test_what_could_not_be_published_is_tried_again_when_told(model: EncoderModel, publisher: MemoryPublisher) -> None:
    paintings = [make_painting() for _ in range(3)]
    publisher.refused = {painting.pk: "too large" for painting in paintings}
    before = relay.drain(model, publisher=publisher)
    del publisher.refused[paintings[0].pk]
    del publisher.refused[paintings[2].pk]
    assert relay.retry(model, publisher=publisher, batch=1) == Drained(published=2, failed=1, position=before.position)
    assert set(publisher.latest(model.name)) == {paintings[0].pk, paintings[2].pk}
    assert Unpublished.objects.get().painting_id == paintings[1].pk


# --- A publisher that is down ----------------------------------------------------------------------------------------


def test_a_publisher_that_is_down_holds_up_the_relay_and_then_everything_goes_out(
    model: EncoderModel, publisher: MemoryPublisher
) -> None:
    paintings = [make_painting(f"No. {number}") for number in range(3)]
    publisher.down = True
    for _ in range(2):
        with pytest.raises(RelayHeldUp, match="The memory publisher is down"):
            relay.drain(model, publisher=publisher)
    assert relay.position(model) == 0
    assert not Unpublished.objects.exists()
    publisher.down = False
    relay.drain(model, publisher=publisher)
    assert set(publisher.latest(model.name)) == {painting.pk for painting in paintings}


def test_it_stops_between_two_batches_when_told_to(model: EncoderModel, publisher: MemoryPublisher) -> None:
    for _ in range(4):
        make_painting()
    drained = relay.drain(model, publisher=publisher, batch=1, stop=lambda: len(publisher.published) == 2)
    assert len(publisher.published) == 2
    assert 0 < drained.position < journal.position()


# --- Several models --------------------------------------------------------------------------------------------------


def second_model(**fields: Any) -> EncoderModel:
    active = EncoderModel.current()
    return EncoderModel.objects.create(name="lite0-stats512", checksum=active.checksum, **fields)


def test_only_models_in_service_are_published(model: EncoderModel, publisher: MemoryPublisher) -> None:
    second_model()
    make_painting()
    assert set(relay.drain_all(publisher=publisher)) == {model.name}


def test_a_model_that_can_not_be_published_holds_up_no_other(model: EncoderModel, publisher: MemoryPublisher) -> None:
    other = second_model(live=True)  # its checksum is not the artifact's
    painting = make_painting()
    with pytest.raises(RelayHeldUp, match=other.name):
        relay.drain_all(publisher=publisher)
    assert set(publisher.latest(model.name)) == {painting.pk}
    assert relay.position(other) == 0


def test_where_no_model_can_be_loaded_the_relay_is_held_up(db: None, settings: Any, publisher: MemoryPublisher) -> None:
    settings.ENCODER_ARTIFACT = "missing"
    with pytest.raises(RelayHeldUp, match="missing"):
        relay.drain_all(publisher=publisher)
