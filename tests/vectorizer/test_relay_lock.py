"""One relay a model at a time, on PostgreSQL. SQLite's installations publish nothing."""

import random
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

import pytest
from django.db import connection

from gallery import journal
from gallery.models import Painting
from tests.factories import make_painting
from vectorizer import relay
from vectorizer.documents import Message
from vectorizer.models import EncoderModel
from vectorizer.publishers.memory import MemoryPublisher
from vectorizer.relay import Drained
from vectorizer.relay_lock import alone

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="advisory locks are PostgreSQL's"),
]
PATIENCE_SECONDS = 240


@pytest.fixture
def model() -> EncoderModel:
    return EncoderModel.current()


class Elsewhere:
    """Another process: a thread with a connection of its own."""

    def __init__(self, work: Callable[[], object]) -> None:
        self._work = work
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.problem: BaseException | None = None
        self._thread.start()

    def _run(self) -> None:
        try:
            self._work()
        except BaseException as problem:
            self.problem = problem
        finally:
            connection.close()

    def join(self) -> None:
        self._thread.join(PATIENCE_SECONDS)
        assert not self._thread.is_alive()
        assert self.problem is None, self.problem


@pytest.fixture
def another_relay(model: EncoderModel) -> Iterator[threading.Event]:
    """A relay of this model that is at work until the event is set."""
    at_work, done = threading.Event(), threading.Event()

    def hold() -> None:
        with alone(model) as ours:
            assert ours
            at_work.set()
            done.wait(PATIENCE_SECONDS)

    other = Elsewhere(hold)
    assert at_work.wait(PATIENCE_SECONDS)
    yield done
    done.set()
    other.join()


def test_a_second_relay_does_nothing_while_the_first_is_at_work(
    model: EncoderModel, another_relay: threading.Event
) -> None:
    publisher = MemoryPublisher()
    make_painting()
    assert relay.drain(model, publisher=publisher) == Drained()
    assert relay.retry(model, publisher=publisher) == Drained()
    assert publisher.published == []


def test_it_takes_over_when_the_first_is_gone(model: EncoderModel, another_relay: threading.Event) -> None:
    publisher = MemoryPublisher()
    make_painting()
    another_relay.set()
    end = time.monotonic() + PATIENCE_SECONDS
    while not publisher.published and time.monotonic() < end:
        relay.drain(model, publisher=publisher)
    assert relay.position(model) == journal.position()


def test_the_relay_of_another_model_is_not_held_up(model: EncoderModel, another_relay: threading.Event) -> None:
    other = EncoderModel.objects.create(name="other", checksum="0", live=True)
    with alone(other) as ours:
        assert ours


def test_a_relay_whose_connection_breaks_lets_go(model: EncoderModel) -> None:
    with alone(model) as ours:
        assert ours
        connection.connection.close()
    taken: list[bool] = []

    def take() -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while not any(taken) and time.monotonic() < end:  # PostgreSQL hears of it a moment later
            with alone(model) as ours:
                taken.append(ours)

    Elsewhere(take).join()
    assert taken[-1]


class UnevenPublisher(MemoryPublisher):
    """Takes its time, now more, now less, so that one relay would overtake another."""

    def publish(self, model_name: str, messages: Sequence[Message]) -> None:
        time.sleep(random.choice([0, 0.1]))
        super().publish(model_name, messages)


def test_several_relays_at_once_publish_no_older_state_after_a_newer_one(model: EncoderModel) -> None:
    publisher = UnevenPublisher()
    paintings = [make_painting() for _ in range(2)]
    changing = threading.Event()
    changing.set()

    def follow() -> None:
        while changing.is_set():
            relay.drain(model, publisher=publisher, batch=1)

    relays = [Elsewhere(follow) for _ in range(3)]
    for number in range(60):
        painting = Painting.objects.get(pk=paintings[number % 2].pk)
        painting.title = f"Title {number}"
        time.sleep(0.02)
        painting.save()
    changing.clear()
    for each in relays:
        each.join()
    relay.drain(model, publisher=publisher)
    versions = defaultdict(list)
    for _, message in publisher.published:
        versions[message.painting_id].append(message.version)
    assert all(one <= after for found in versions.values() for one, after in pairwise(found))
    assert {id_: found[-1] for id_, found in versions.items()} == dict(Painting.objects.values_list("pk", "version"))
