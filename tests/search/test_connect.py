"""The configuration of Kafka Connect, printed and registered; a real worker takes it in tests/services/."""

import http.server
import json
import re
import threading
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from search import connect

pytestmark = pytest.mark.django_db


@pytest.fixture
def servers(settings: Any) -> Any:
    settings.KAFKA_BROKERS, settings.ELASTICSEARCH_URL = "kafka:9092", "http://one:9200, http://two:9200"
    return settings


class Worker(http.server.BaseHTTPRequestHandler):
    """Takes every connector but one called “refused”."""

    taken: dict[str, Any] = {}

    def do_PUT(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        refused = "refused" in self.path
        self.taken[self.path] = body
        self.send_response(400 if refused else 201)
        self.end_headers()
        self.wfile.write(b'{"message": "no such class"}' if refused else b"{}")

    def log_message(self, *_: object) -> None:
        return


@pytest.fixture
def worker() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Worker)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_connector_leads_from_the_models_topic_to_its_write_alias(servers: Any) -> None:
    found = connect.configuration("eye", tasks=3)

    assert found["topics"] == "paintings.eye"
    assert found["topic.to.external.resource.mapping"] == "paintings.eye:pendant-eye-write"
    assert found["errors.deadletterqueue.topic.name"] == "paintings.eye.dead"
    assert found["connection.url"] == "http://one:9200,http://two:9200"
    assert found["tasks.max"] == "3"
    assert "connection.username" not in found
    assert all(isinstance(value, str) for value in found.values())


@pytest.mark.parametrize(("address", "key"), [("https://elastic:secret@es:9243", ""), ("https://es:9243", "a-key")])
def test_no_secret_stands_in_the_configuration(servers: Any, address: str, key: str) -> None:
    servers.ELASTICSEARCH_URL, servers.ELASTICSEARCH_API_KEY = address, key

    found = connect.configuration("eye")

    assert found["connection.url"] == "https://es:9243"
    assert found["connection.password"] == "${env:ELASTICSEARCH_PASSWORD}"
    assert found["elastic.security.protocol"] == "SSL"
    assert "secret" not in str(found)
    assert "a-key" not in str(found)


def test_what_the_worker_reads_from_its_environment_is_allowed_to_be_read() -> None:
    lines = connect.WORKER.read_text().splitlines()
    allowed = next(line.partition("=")[2] for line in lines if "allowlist.pattern" in line)
    used = {name.partition("}")[0] for line in lines for name in line.split("${env:")[1:] if not line.startswith("#")}
    used |= {value.removeprefix("${env:").removesuffix("}") for value in connect.CREDENTIALS.values()}

    assert used == {
        "KAFKA_BROKERS",
        "PENDANT_TOPIC_REPLICATION",
        "CONNECT_LISTENER",
        "ELASTICSEARCH_USERNAME",
        "ELASTICSEARCH_PASSWORD",
    }
    assert all(re.fullmatch(allowed, name) for name in used)


def test_the_command_prints_what_a_worker_takes(servers: Any, db: None) -> None:
    out = StringIO()

    call_command("connect_config", stdout=out)

    found = json.loads(out.getvalue())
    assert found["name"] == f"pendant-{servers.ENCODER_ARTIFACT}"
    assert found["config"] == connect.configuration(servers.ENCODER_ARTIFACT)


def test_the_command_registers_a_connector(servers: Any, db: None, worker: str) -> None:
    out = StringIO()

    call_command("connect_config", register=f"{worker}/", tasks=2, stdout=out)

    name = f"pendant-{servers.ENCODER_ARTIFACT}"
    assert Worker.taken[f"/connectors/{name}/config"] == connect.configuration(servers.ENCODER_ARTIFACT, tasks=2)
    assert "registered" in out.getvalue()


def test_a_worker_that_refuses_or_is_away_is_told_in_a_sentence(servers: Any, db: None, worker: str) -> None:
    servers.INDEX_PREFIX = "refused"
    with pytest.raises(CommandError, match="no such class"):
        call_command("connect_config", register=worker)
    with pytest.raises(CommandError, match="does not answer"):
        call_command("connect_config", register="http://127.0.0.1:1")
    with pytest.raises(CommandError, match="the address of a worker"):
        call_command("connect_config", register="localhost")


def test_who_has_an_api_key_is_told_that_this_connector_knows_none(servers: Any, db: None) -> None:
    servers.ELASTICSEARCH_API_KEY = "a-key"
    error = StringIO()

    call_command("connect_config", stdout=StringIO(), stderr=error)

    assert "knows no API keys" in error.getvalue()


def test_the_command_refuses_what_it_can_not_do(servers: Any, db: None) -> None:
    with pytest.raises(CommandError, match="No model in service is called “nobody”"):
        call_command("connect_config", model="nobody")
    with pytest.raises(CommandError, match="at least 1"):
        call_command("connect_config", tasks=0)
    servers.KAFKA_BROKERS = ""
    with pytest.raises(CommandError, match="nothing to connect"):
        call_command("connect_config")
