"""Several servers together, shown on small ones."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from stack import servers
from stack.errors import StackError
from stack.servers import Servers
from tests.stack.test_server import Small


@pytest.fixture
def together(tmp_path: Path, nobody_else: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Servers]:
    """A Redis that somebody else runs; a Kafka and an Elasticsearch of ours, small ones."""
    monkeypatch.setattr(servers, "Kafka", Small)
    monkeypatch.setattr(servers, "Elasticsearch", Small)
    named = {"REDIS_URL": "redis://elsewhere", "KAFKA_BROKERS": ""}
    there = Servers(["redis", "kafka", "elasticsearch"], folder=tmp_path, named=named)
    yield there
    there.kill()


def test_those_that_the_environment_names_are_used_and_the_others_are_started(together: Servers) -> None:
    settings = together.start()

    assert settings["REDIS_URL"] == "redis://elsewhere"
    assert settings["KAFKA_BROKERS"] == together.ours["kafka"].url
    assert settings["ELASTICSEARCH_URL"] == together.ours["elasticsearch"].url
    assert set(together.ours) == {"kafka", "elasticsearch"}


def test_one_that_cannot_be_had_stops_the_others(together: Servers, tmp_path: Path) -> None:
    failing = together.ours["elasticsearch"]
    assert isinstance(failing, Small)
    failing.script = "echo no room; exit 1"

    with pytest.raises(StackError, match="no room"):
        together.start()

    assert not together.ours["kafka"].is_running


def test_one_that_has_ended_is_known(together: Servers) -> None:
    together.start()
    assert list(together.ended()) == []

    together.ours["kafka"].kill()
    assert list(together.ended()) == [together.ours["kafka"]]

    together.stop()
    assert len(list(together.ended())) == 2


def test_a_server_that_does_not_exist_is_refused(tmp_path: Path, nobody_else: None) -> None:
    with pytest.raises(StackError, match="There is no server “oracle”: it is one of postgres, redis, kafka"):
        Servers(["oracle"], folder=tmp_path, named={})
