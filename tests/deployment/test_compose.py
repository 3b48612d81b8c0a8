"""What the compose files name exists in the project. No container is started: CI has no Docker."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from stack import environment
from stack.application import PROGRAMS
from stack.fetching import ELASTICSEARCH_VERSION, KAFKA_VERSION
from tests.deployment.files import MANY, ONE, ROOT, Service, commands, compose, each, memory, ours, resolved


def servers_of(service: Service) -> set[str]:
    return {name for name in environment.SERVERS.values() if service["environment"][name]}


def test_each_file_is_one_of_the_three_sizes() -> None:
    for service in ours(MANY).values():
        assert servers_of(service) == set(environment.SERVERS.values())
        assert resolved(service["environment"]["DATABASE_URL"]).startswith("postgres://")
    for service in ours(ONE).values():
        assert servers_of(service) == {"DATABASE_URL"}
        assert service["environment"]["DATABASE_URL"].startswith("sqlite:////data/")


@pytest.mark.parametrize("variable", environment.SERVERS.values())
def test_each_address_names_a_service_at_the_port_where_it_listens(variable: str) -> None:
    address = resolved(ours(MANY)["web"]["environment"][variable])
    host, port = re.fullmatch(r"(?:\w+://)?(?:.*@)?(\w+):(\d+)(?:/\w+)?", address).groups()  # type: ignore[union-attr]
    service = compose(MANY)[host]
    ports = {"postgres": "5432", "redis": "6379", "elasticsearch": "9200"}  # where their images listen
    listens = ports.get(host) or service["environment"]["KAFKA_ADVERTISED_LISTENERS"].rpartition(":")[2]
    assert port == listens
    assert variable == environment.SERVERS[host]


def test_the_database_is_the_one_that_its_container_makes() -> None:
    made = compose(MANY)["postgres"]["environment"]
    address = ours(MANY)["web"]["environment"]["DATABASE_URL"]
    assert f"postgres://{made['POSTGRES_USER']}:" in address
    assert address.rstrip("}").endswith(f"/{made['POSTGRES_DB']}")


def test_what_must_be_there_is_made_before_anything_starts() -> None:
    services = compose(MANY)
    prepared = [words[2] for words in commands(services["prepare"])]
    assert prepared == ["migrate", "create_topics", "rebuild_index"]
    assert set(services["prepare"]["depends_on"]) == set(environment.SERVERS)
    for server in environment.SERVERS:
        assert services["prepare"]["depends_on"][server] == {"condition": "service_healthy"}
        assert "healthcheck" in services[server]
    for name in (*PROGRAMS, "connector"):
        assert services[name]["depends_on"]["prepare"] == {"condition": "service_completed_successfully"}
    for name in ("web", "worker"):
        assert "prepare" in compose(ONE)[name]["depends_on"]


@pytest.mark.parametrize("file", [MANY, ONE])
def test_whoever_is_waited_for_is_there(file: str) -> None:
    services = compose(file)
    for service in services.values():
        for other, how in service.get("depends_on", {}).items():
            assert other in services
            assert how["condition"] != "service_healthy" or "healthcheck" in services[other]


@pytest.mark.parametrize("file", [MANY, ONE])
def test_the_web_server_is_asked_for_its_health_where_it_listens(file: str, client: Any, db: None) -> None:
    web = compose(file)["web"]
    (words,) = commands(web)
    port = words[words.index("--bind") + 1].rpartition(":")[2]
    asked = re.search(r"http://127\.0\.0\.1:(\d+)(/\w+)", " ".join(web["healthcheck"]["test"]))
    assert asked is not None and asked[1] == port
    assert [resolved(where) for where in web["ports"]] == [f"127.0.0.1:8000:{port}"]
    assert "127.0.0.1" in resolved(web["environment"]["PENDANT_HOSTS"]).split(",")
    assert client.get(asked[2]).status_code == 200


def test_a_worker_is_asked_by_the_name_that_it_has() -> None:
    worker = compose(MANY)["worker"]
    (words,) = commands(worker)
    assert words[words.index("--hostname") + 1] == "worker@%h"
    assert "--destination worker@$$HOSTNAME" in worker["healthcheck"]["test"][1]


def test_beat_is_asked_by_the_file_that_it_writes() -> None:
    beat = compose(MANY)["beat"]
    (words,) = commands(beat)
    schedule = Path(words[words.index("--schedule") + 1])
    assert f"find {schedule.parent} -name '{schedule.name}*'" in beat["healthcheck"]["test"][1]


@pytest.mark.parametrize("service", each(MANY) + each(ONE))
def test_every_container_that_stays_is_bounded_and_comes_back(service: Service) -> None:
    if service["restart"] == "no":
        return
    assert service["restart"] == "unless-stopped"
    assert memory(service) >= 512 * 2**20


def test_a_worker_has_room_for_its_processes(settings: Any) -> None:
    worker = compose(MANY)["worker"]
    (words,) = commands(worker)
    processes = int(words[words.index("--concurrency") + 1])
    assert processes * settings.CELERY_WORKER_MAX_MEMORY_PER_CHILD * 1024 < memory(worker)


@pytest.mark.parametrize("file", [MANY, ONE])
def test_every_volume_is_declared_and_every_folder_exists(file: str) -> None:
    declared = set(yaml.safe_load((ROOT / file).read_text())["volumes"])
    used = set()
    for service in compose(file).values():
        for volume in service.get("volumes", ()):
            source = resolved(volume).partition(":")[0]
            if source.startswith("./var/"):
                continue  # for what people put there
            if source.startswith("."):
                assert (ROOT / source).is_dir()
            else:
                used.add(source)
    assert used == declared
    for service in ours(file).values():
        assert service["volumes"] == [f"data:{service['environment']['PENDANT_VAR']}"]


def test_only_the_web_server_can_be_reached_and_only_from_this_machine() -> None:
    for file in (MANY, ONE):
        reachable = {name: service["ports"] for name, service in compose(file).items() if "ports" in service}
        assert list(reachable) == ["web"]
        assert all(port.startswith("127.0.0.1:") for port in reachable["web"])


def tag(service: Service) -> str:
    return str(service["image"].rpartition(":")[2])


def test_the_servers_are_of_the_versions_that_the_tests_run_on() -> None:
    services = compose(MANY)
    assert tag(services["elasticsearch"]) == ELASTICSEARCH_VERSION
    assert tag(services["kafka"]) == tag(services["connect"]) == KAFKA_VERSION
    assert (tag(services["postgres"]), tag(services["redis"])) == ("15", "7")  # as Debian 12 has them


def test_kafka_makes_no_topic_on_the_fly() -> None:
    assert compose(MANY)["kafka"]["environment"]["KAFKA_AUTO_CREATE_TOPICS_ENABLE"] == "false"


def test_kafka_connect_is_given_every_variable_that_its_configuration_reads() -> None:
    service = compose(MANY)["connect"]
    folder = service["volumes"][0].partition(":")[0]
    configuration = (ROOT / folder / "worker.properties").read_text()
    wanted = set(re.findall(r"^[^#].*?\$\{env:(\w+)\}", configuration, re.MULTILINE))
    assert wanted <= set(service["environment"])
    assert service["command"].split()[1] == "/pendant/worker.properties"
    (words,) = commands(compose(MANY)["connector"])
    assert words[-1] == service["environment"]["CONNECT_LISTENER"]


def test_kafka_connect_looks_for_the_connector_where_it_is_put() -> None:
    service = compose(MANY)["connect"]
    configuration = (ROOT / "search" / "connect" / "worker.properties").read_text()
    (looked_into,) = re.findall(r"^plugin\.path=(.+)$", configuration, re.MULTILINE)
    put_into = [resolved(volume).split(":")[1] for volume in service["volumes"]]
    assert looked_into in put_into


def test_kafka_connect_is_only_there_when_it_is_asked_for() -> None:
    profiles = {name: service.get("profiles") for name, service in compose(MANY).items()}
    assert {name for name, of in profiles.items() if of} == {"connect", "connector"}
    assert profiles["connect"] == profiles["connector"] == ["connect"]
