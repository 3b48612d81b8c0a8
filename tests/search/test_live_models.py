"""Two models at once: the vectors, topics and indexes of both are kept current, until one is no longer wanted."""

from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from gallery import journal, originals, publishing
from gallery.models import Change, Painting
from search import indexes
from search.indexes.base import IndexUnavailable
from search.indexes.database_upkeep import DatabaseUpkeep
from tests import eyes
from tests.factories import make_image, make_painting, picture_bytes
from tests.search.test_activate_model import in_this_process  # noqa: F401 (a fixture)
from vectorizer import activation, preparing, publishers, relay, tasks
from vectorizer.models import EncoderModel, Vectors
from vectorizer.publishers import Publisher
from vectorizer.publishers.memory import MemoryPublisher

pytestmark = pytest.mark.django_db(transaction=True)
OLD, NEW = "lite0-eye1", eyes.TINY.name


@pytest.fixture(autouse=True)
def publisher(settings: Any) -> Iterator[MemoryPublisher]:
    """Where this installation publishes, as if to Kafka; and another model's artifact."""
    eyes.install(settings.ARTIFACTS_DIR)
    settings.PUBLISHER = "vectorizer.publishers.memory.MemoryPublisher"
    publishers._opened.cache_clear()
    found = publishers.publisher()
    assert isinstance(found, MemoryPublisher)
    yield found
    publishers._opened.cache_clear()


def activate(*arguments: str) -> str:
    out = StringIO()
    call_command("activate_model", *arguments, "-v", "0", stdout=out, stderr=out)
    return out.getvalue()


def add(title: str, number: int) -> Painting:
    """A painting whose picture the workers have prepared."""
    image = make_image(picture_bytes(number, size=(120, 90)))
    painting = make_painting(title, live=False, image=image)
    tasks.vectorize([painting.pk])
    painting.refresh_from_db()
    return painting


def topic(publisher: MemoryPublisher, model: str) -> dict[int, bool]:
    """Painting → whether the last record is a document."""
    return {id_: message.body is not None for id_, message in publisher.latest(model).items()}


def in_service() -> set[str]:
    return set(EncoderModel.in_service().values_list("name", flat=True))


def test_the_topic_of_the_new_model_holds_everything_before_the_change(
    publisher: MemoryPublisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, withdrawn = add("Shown", 1), add("Withdrawn", 2)
    publishing.withdraw([withdrawn], by=None)
    relay.drain_all()
    switch = activation.switch

    def looked_at(model: EncoderModel, **options: Any) -> bool:
        assert topic(publisher, NEW) == topic(publisher, OLD) == {shown.pk: True, withdrawn.pk: False}
        assert indexes.index().upkeep(model).count() == 1
        return switch(model, **options)

    monkeypatch.setattr(activation, "switch", looked_at)
    said = activate(NEW)

    assert "tiny-eye is the active model now; 1 public paintings are found by it." in said
    assert "What there is of lite0-eye1 stays as it is now, until --drop-old." in said
    assert in_service() == {NEW}


def test_while_both_are_kept_a_new_painting_is_in_both_topics(publisher: MemoryPublisher) -> None:
    add("First", 1)
    said = activate(NEW, "--keep-old")
    assert "lite0-eye1 is kept current, too, until --drop-old." in said
    assert in_service() == {OLD, NEW}

    second = add("Second", 2)
    relay.drain_all()

    assert second.is_public
    assert topic(publisher, OLD)[second.pk] is topic(publisher, NEW)[second.pk] is True
    assert Vectors.objects.filter(image=second.image).count() == 2


def test_vectors_that_come_late_are_published_with_a_version_of_their_own(publisher: MemoryPublisher) -> None:
    add("First", 1)
    activate(NEW, "--keep-old")
    old = EncoderModel.objects.get(name=OLD)
    second = make_painting("Second", live=False, image=make_image(picture_bytes(2, size=(120, 90))))
    preparing.prepare([second.image])  # by the active model alone
    relay.drain_all()
    before = publisher.latest(OLD)[second.pk]
    assert before.body is None

    preparing.prepare([second.image], model=old)
    relay.drain_all()

    after = publisher.latest(OLD)[second.pk]
    assert after.body is not None
    assert after.version > before.version


def test_the_picture_that_is_shown_counts_when_the_newest_is_not_ready(publisher: MemoryPublisher) -> None:
    painting = add("Cleaned soon", 1)
    shown = painting.image
    painting.image = make_image(picture_bytes(3, size=(120, 90)))
    painting.save()
    model = activation.candidate(NEW)
    activation.enter_service(model)
    relay.drain_all()
    assert topic(publisher, NEW) == {painting.pk: False}

    preparing.prepare([shown], model=model)
    relay.drain_all()

    assert topic(publisher, NEW) == {painting.pk: True}


def test_vectors_of_a_model_that_nobody_follows_are_no_news() -> None:
    painting = add("First", 1)
    position = journal.position()

    preparing.prepare([painting.image], model=activation.candidate(NEW))

    assert journal.position() == position


def test_a_model_that_comes_back_tells_of_what_it_missed(publisher: MemoryPublisher) -> None:
    add("First", 1)
    relay.drain_all()
    activate(NEW)
    second = add("Second", 2)
    relay.drain_all()
    assert second.pk not in topic(publisher, OLD)

    activate(OLD)

    assert topic(publisher, OLD)[second.pk] is True
    assert in_service() == {OLD}


def test_dropped_means_out_of_service_whoever_kept_it(publisher: MemoryPublisher, settings: Any) -> None:
    add("First", 1)
    activate(NEW, "--keep-old")
    settings.KAFKA_BROKERS = "127.0.0.1:9"

    said = activate(NEW, "--drop-old")

    assert "The topics paintings.lite0-eye1 and paintings.lite0-eye1.dead are left" in said
    assert in_service() == {NEW}
    assert not Vectors.objects.filter(model__name=OLD).exists()


def test_the_active_model_can_not_leave() -> None:
    with pytest.raises(ValueError, match="is the active model"):
        activation.leave_service(EncoderModel.current())


def test_while_nothing_can_be_published_the_model_stays_and_the_next_run_goes_on(publisher: MemoryPublisher) -> None:
    add("First", 1)
    publisher.down = True
    with pytest.raises(CommandError, match=r"lite0-eye1 is the active model: .* is down.* Run the command again"):
        activate(NEW)
    publisher.down = False

    activate(NEW)

    assert EncoderModel.current().name == NEW


def test_an_index_or_brokers_that_are_down_are_a_sentence(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    add("First", 1)
    with monkeypatch.context() as patch:
        settings.KAFKA_BROKERS = "127.0.0.1:9"
        patch.setattr("vectorizer.publishers.kafka_topics.ANSWER_SECONDS", 1.0)
        with pytest.raises(CommandError, match=r"lite0-eye1 is the active model: Kafka \(127"):
            activate(NEW)
    settings.KAFKA_BROKERS = ""

    def down(*_: Any) -> None:
        raise IndexUnavailable("Elasticsearch can't be reached.")

    with monkeypatch.context() as patch:
        patch.setattr(DatabaseUpkeep, "follow", down)
        with pytest.raises(CommandError, match="Elasticsearch can't be reached"):
            activate(NEW)
    monkeypatch.setattr(indexes, "forget", down)
    with pytest.raises(CommandError, match="The index of lite0-eye1 is still there"):
        activate(NEW, "--drop-old")


def test_what_another_relay_publishes_is_waited_for(publisher: MemoryPublisher, monkeypatch: Any) -> None:
    add("First", 1)
    waited: list[float] = []
    drain = relay.drain

    def taken(model: EncoderModel, **_: Any) -> relay.Drained:
        """Another relay holds the lock at first."""
        return drain(model) if waited else relay.Drained()

    monkeypatch.setattr(relay, "drain", taken)
    monkeypatch.setattr(activation.time, "sleep", waited.append)

    activate(NEW)

    assert waited == [activation.LOOK_SECONDS]
    assert len(topic(publisher, NEW)) == 1


class Direct(Publisher):
    """Into an index that the command has just made."""

    keeps_history = False

    def publish(self, *_: Any) -> None:
        raise AssertionError("Nothing is to be published that the index has already.")


def test_without_a_history_the_new_index_holds_what_would_be_published(monkeypatch: pytest.MonkeyPatch) -> None:
    add("First", 1)
    monkeypatch.setattr(publishers, "publisher", Direct)

    activate(NEW)

    assert relay.position(EncoderModel.current()) == Change.objects.latest("id").pk


def test_a_file_that_is_lost_is_published_by_none(publisher: MemoryPublisher) -> None:
    kept, lost = add("Kept", 1), add("Lost", 2)
    originals.storage().delete(lost.image.path)

    activate(NEW, "--leave-out")

    assert topic(publisher, NEW) == {kept.pk: True, lost.pk: False}
