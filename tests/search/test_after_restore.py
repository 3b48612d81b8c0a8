"""`manage.py after_restore`: what was published after the backup gives way to what the restored database says."""

from datetime import datetime, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from gallery import journal, publishing
from gallery.models import Change, Painting
from search import indexes, restoring
from search.indexes.base import IndexUnavailable
from search.indexes.database_upkeep import DatabaseUpkeep
from search.sink import looking
from tests.factories import make_painting
from tests.search.test_verify_index import Apart
from vectorizer import documents
from vectorizer.models import EncoderModel
from vectorizer.publishers.kafka_topics import KafkaUnavailable

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def paintings() -> list[Painting]:
    return [make_painting(title, number=number) for number, title in enumerate(("Kept", "Withdrawn later"))]


@pytest.fixture
def apart(paintings: list[Painting], monkeypatch: pytest.MonkeyPatch) -> Apart:
    """An index in which two hundred changes are that the backup doesn't know: one painting renamed, another added."""
    last = journal.position()
    held = Apart({paintings[0].pk: last + 100, 10**6: last + 200})
    monkeypatch.setattr(indexes, "upkeep", lambda _: held)
    return held


def run() -> str:
    out = StringIO()
    call_command("after_restore", "-v", "0", stdout=out)
    return out.getvalue()


def publish(index: Apart) -> None:
    """What the relay and a sink do: an index ignores what is older."""
    changed = Change.objects.values_list("painting_id", flat=True).distinct()
    index.mend(documents.messages(list(changed), EncoderModel.current()))


def test_everything_is_published_above_what_was_published_since_the_backup(
    apart: Apart, paintings: list[Painting]
) -> None:
    last, seen = journal.position(), apart.highest_version()
    publish(apart)
    assert apart.kept[paintings[0].pk] > last, "what is older is ignored, as by a sink"

    said = run()
    publish(apart)

    assert "2 paintings are to be published anew, and 1 that the database doesn't have" in said
    assert set(apart.kept) == {painting.pk for painting in paintings}
    assert min(apart.kept.values()) > seen + restoring.MARGIN


def test_what_is_not_public_in_the_backup_is_withdrawn(apart: Apart, paintings: list[Painting]) -> None:
    publishing.withdraw([paintings[0]], by=None)
    run()
    publish(apart)
    assert set(apart.kept) == {paintings[1].pk}


def test_later_changes_have_higher_versions_still(apart: Apart, paintings: list[Painting]) -> None:
    run()
    before = journal.position()
    paintings[0].save()
    paintings[0].refresh_from_db()
    assert paintings[0].version == journal.position() == before + 1


def test_it_may_be_done_again(apart: Apart, paintings: list[Painting]) -> None:
    run()
    publish(apart)
    assert "2 paintings are to be published anew, and 0 that" in run()
    publish(apart)
    assert set(apart.kept) == {painting.pk for painting in paintings}


def test_a_topic_may_know_more_than_the_index_does(
    apart: Apart, paintings: list[Painting], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.KAFKA_BROKERS = "127.0.0.1:9"
    asked: list[tuple[str, datetime | None]] = []
    last = Change.objects.latest("id")
    highest = last.pk + 5_000_000

    def since(topic: str, at: datetime | None) -> list[tuple[int, int]]:
        asked.append((topic, at))
        return [(paintings[0].pk, 7), (2 * 10**6, highest), (10**6, 9)]

    monkeypatch.setattr(looking, "published_since", since)

    said = run()

    assert asked == [("paintings.lite0-eye1", last.at - timedelta(hours=1))]
    above = highest + restoring.MARGIN
    assert f"The highest version outside is {highest:,}; the journal goes on above {above:,}." in said
    assert "and 2 that the database doesn't have" in said
    assert Change.objects.filter(painting_id=2 * 10**6, kind="deleted", id__gt=above).count() == 1


@pytest.mark.parametrize("step", ["_noted", "_buried"])
def test_a_run_that_was_cut_short_hides_nothing_from_the_next(
    step: str, paintings: list[Painting], apart: Apart, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The backup is two days old; yesterday a painting was published that no index has got yet."""
    settings.KAFKA_BROKERS = "127.0.0.1:9"
    monkeypatch.setattr(restoring, "ROWS_AT_ONCE", 1)
    now = timezone.now()
    Change.objects.update(at=now - timedelta(days=2))
    topic = [(now - timedelta(days=1), (2 * 10**6, 50)), (now - timedelta(days=1), (3 * 10**6, 51))]
    monkeypatch.setattr(looking, "published_since", lambda _, since: [what for at, what in topic if at >= since])
    done = getattr(restoring, step)

    def cut_short(*arguments: Any) -> None:
        done(*arguments)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(restoring, step, cut_short)
        run()
    run()

    deleted = set(Change.objects.filter(kind="deleted").values_list("painting_id", flat=True))
    assert deleted == {10**6, 2 * 10**6, 3 * 10**6}
    assert set(Change.objects.filter(kind="changed").values_list("painting_id", flat=True)) == {
        painting.pk for painting in paintings
    }


def test_an_empty_database_asks_for_the_whole_topic(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.KAFKA_BROKERS = "127.0.0.1:9"
    asked: list[datetime | None] = []
    monkeypatch.setattr(looking, "published_since", lambda _, at: asked.append(at) or [(3, 8)])

    run()

    assert asked == [None]
    assert journal.position() > restoring.MARGIN + 8


def test_the_databases_own_index_needs_nothing_and_stays_right(paintings: list[Painting]) -> None:
    model = EncoderModel.current()
    assert indexes.upkeep(model).count() == 2
    assert "2 paintings are to be published anew, and 0 that" in run()
    assert indexes.upkeep(model).versions([paintings[0].pk])[paintings[0].pk] > restoring.MARGIN


def test_while_something_can_not_be_read_nothing_is_changed(
    paintings: list[Painting], settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    position = journal.position()

    def down(*_: Any) -> None:
        raise IndexUnavailable("Elasticsearch can't be reached.")

    def silent(*_: Any) -> None:
        raise KafkaUnavailable("Kafka says nothing.")

    with monkeypatch.context() as patch:
        patch.setattr(DatabaseUpkeep, "highest_version", down)
        with pytest.raises(CommandError, match=r"can't be reached\. Run the command again when it is back"):
            run()
    settings.KAFKA_BROKERS = "127.0.0.1:9"
    monkeypatch.setattr(looking, "published_since", silent)
    with pytest.raises(CommandError, match="Kafka says nothing"):
        run()
    assert journal.position() == position


def test_more_than_a_part_is_noted(paintings: list[Painting], apart: Apart, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(restoring, "ROWS_AT_ONCE", 1)
    assert "2 paintings are to be published anew, and 1 that" in run()


def test_a_journal_that_is_higher_already_stays(paintings: list[Painting]) -> None:
    above = journal.position() + 1000
    journal.lift(above)
    journal.lift(10)
    paintings[0].save()
    assert above < journal.position() < above + 10  # a sequence of PostgreSQL may leave one out
