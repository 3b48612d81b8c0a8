"""The command around the sink; it sinks for real in tests/services/."""

import signal
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from search.sink import sinking


class SinkInMemory:
    """Stops when it gets a signal."""

    total = "7 indexed"
    caught_up: list[bool] = []

    def __init__(self) -> None:
        self.stopped = False

    def stop(self) -> None:
        self.stopped = True

    def run(self, *, until_caught_up: bool) -> None:
        self.caught_up.append(until_caught_up)
        signal.raise_signal(signal.SIGTERM)
        assert self.stopped


@pytest.fixture(autouse=True)
def handlers() -> Iterator[None]:
    """The signals of the test run stay its own."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("once", [True, False])
def test_it_runs_until_it_is_told_to_stop(settings: Any, monkeypatch: pytest.MonkeyPatch, once: bool) -> None:
    settings.KAFKA_BROKERS, settings.ELASTICSEARCH_URL = "kafka:9092", "http://es:9200"
    monkeypatch.setattr(sinking, "Sink", SinkInMemory)
    out = StringIO()

    call_command("run_sink", once=once, stdout=out)

    assert SinkInMemory.caught_up[-1] is once
    assert "Stopped: 7 indexed." in out.getvalue()


@pytest.mark.parametrize("missing", ["KAFKA_BROKERS", "ELASTICSEARCH_URL"])
def test_without_its_servers_it_says_which_is_missing(settings: Any, missing: str) -> None:
    settings.KAFKA_BROKERS, settings.ELASTICSEARCH_URL = "kafka:9092", "http://es:9200"
    setattr(settings, missing, "")

    with pytest.raises(CommandError, match=f"{missing} is not set"):
        call_command("run_sink")
