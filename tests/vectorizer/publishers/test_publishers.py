"""Which publisher an installation has, and the one that needs no server."""

import os
import subprocess
import sys
from typing import Any

import pytest

from tests.published import SCHEMA
from vectorizer import publishers
from vectorizer.documents import SCHEMA_VERSION, Message
from vectorizer.publishers import PublishError
from vectorizer.publishers.memory import MemoryPublisher
from vectorizer.publishers.topics import dead_letters_name, topic_name

MEMORY = "vectorizer.publishers.memory.MemoryPublisher"


def message(painting_id: int, version: int = 1, body: bytes | None = b"{}") -> Message:
    return Message(painting_id=painting_id, version=version, body=body)


def test_an_installation_without_servers_publishes_nowhere(settings: Any) -> None:
    assert settings.PUBLISHER == ""
    assert publishers.publisher() is None


def test_there_is_one_publisher_a_process(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PUBLISHER = MEMORY
    first = publishers.publisher()
    assert publishers.publisher() is first
    monkeypatch.setattr(os, "getpid", lambda: -1)  # as after a fork
    assert publishers.publisher() is not first


def test_the_last_message_of_a_painting_is_the_one_that_stays() -> None:
    publisher = MemoryPublisher()
    publisher.publish("eye", [message(1), message(2)])
    publisher.publish("eye", [message(1, 3, None)])
    publisher.publish("other", [message(2, 9)])
    assert publisher.latest("eye") == {1: message(1, 3, None), 2: message(2)}


def test_what_is_refused_is_named_and_the_rest_is_accepted() -> None:
    publisher = MemoryPublisher()
    publisher.refused[2] = "odd"
    with pytest.raises(PublishError) as caught:
        publisher.publish("eye", [message(1), message(2), message(3)])
    assert (caught.value.failures, caught.value.temporary) == ({2: "odd"}, False)
    assert set(publisher.latest("eye")) == {1, 3}


def test_the_topics_are_named_for_the_model(settings: Any) -> None:
    settings.TOPIC_PREFIX = "museum"
    assert (topic_name("eye"), dead_letters_name("eye")) == ("museum.eye", "museum.eye.dead")


def test_the_schema_of_what_is_published_is_there() -> None:
    assert f"painting-{SCHEMA_VERSION}" in SCHEMA.name
    assert SCHEMA.is_file()


def test_kafkas_client_is_not_loaded_by_what_needs_none() -> None:
    code = """
import django, sys
django.setup()
import config.wsgi, config.urls, vectorizer.relay, vectorizer.tasks, vectorizer.management.commands.create_topics
loaded = {"confluent_kafka"} & set(sys.modules)
assert not loaded, loaded
"""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment, timeout=300)
