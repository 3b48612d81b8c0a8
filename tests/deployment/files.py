"""The files of the deployment, read: compose files, .env.example, and which variables the settings read."""

import ast
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
MANY, ONE = "docker-compose.yml", "docker-compose.one-machine.yml"
# Read by the compose files and `./run stack`, by Docker, or by Kafka Connect's worker; not by the settings.
AROUND = {
    "POSTGRES_PASSWORD",
    "PENDANT_PORT",
    "PENDANT_WEB_PROCESSES",
    "PENDANT_WORKER_PROCESSES",
    "PENDANT_WORKERS",
    "PENDANT_SINKS",
    "COMPOSE_PROFILES",
    "CONNECT_PLUGINS",
    "ELASTICSEARCH_USERNAME",
    "ELASTICSEARCH_PASSWORD",
}
VARIABLE = re.compile(r"\$\{(\w+)(?::([-?])((?:[^{}]|\$\{[^{}]*\})*))?\}")

Service = dict[str, Any]


def compose(file: str) -> dict[str, Service]:
    services: dict[str, Service] = yaml.safe_load((ROOT / file).read_text())["services"]
    return services


def ours(file: str) -> dict[str, Service]:
    """The services that run Pendant's own image."""
    return {name: service for name, service in compose(file).items() if "build" in service}


def each(file: str) -> list[Any]:
    return [pytest.param(service, id=f"{file}-{name}") for name, service in compose(file).items()]


def resolved(text: str) -> str:
    """With every variable at its default."""
    while (found := VARIABLE.search(text)) is not None:
        value = found[3] if found[2] == "-" else "word"
        text = text[: found.start()] + (value or "") + text[found.end() :]
    return text


def commands(service: Service) -> Iterator[list[str]]:
    """What a service runs, word by word: several where a shell runs them."""
    words = shlex.split(resolved(service["command"]))
    if words[:2] == ["sh", "-c"]:
        yield from (shlex.split(part) for part in words[2].split("&&"))
    else:
        yield words


def memory(service: Service) -> int:
    limit = service["deploy"]["resources"]["limits"]["memory"]
    return int(limit[:-1]) * {"m": 2**20, "g": 2**30}[limit[-1]]


def calls_of_settings() -> list[ast.Call]:
    tree = ast.parse((ROOT / "config/settings.py").read_text())
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call)]


def read_by_settings() -> set[str]:
    """The names in every env.…("NAME") of the settings."""
    calls = (
        node for node in ast.walk(ast.parse((ROOT / "config/settings.py").read_text())) if isinstance(node, ast.Call)
    )
    return {
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "env"
        and isinstance(call.args[0], ast.Constant)
    }


def explained() -> list[str]:
    """The variables of .env.example, those that only show a default among them."""
    return re.findall(r"^(?:# )?([A-Z][A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE)
