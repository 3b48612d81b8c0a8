"""Every variable is explained where people look for it, with its true default."""

import ast
import re

import pytest

from stack import environment
from tests.deployment.files import (
    AROUND,
    MANY,
    ONE,
    ROOT,
    VARIABLE,
    calls_of_settings,
    explained,
    ours,
    read_by_settings,
)

OF_LIBRARIES = {"OPENBLAS_NUM_THREADS"}


def test_every_variable_is_explained_once_and_no_other() -> None:
    assert sorted(explained()) == sorted(read_by_settings() | AROUND)


def test_every_variable_of_the_settings_is_in_the_table_of_the_operations_page() -> None:
    page = (ROOT / "docs/operations.md").read_text()
    table = set(re.findall(r"^\| `([A-Z_]+)` \|", page, re.MULTILINE))
    assert table == read_by_settings()


def test_what_has_no_default_is_set_by_hand_and_nothing_else_needs_to_be() -> None:
    example = environment.read(ROOT / ".env.example")
    required = {
        found[1] for file in (MANY, ONE) for found in VARIABLE.finditer((ROOT / file).read_text()) if found[2] == "?"
    }
    nested = set(re.findall(r"\$\{(\w+):\?", (ROOT / MANY).read_text()))
    assert {name for name, value in example.items() if not value} == required | nested


def test_the_defaults_shown_are_those_of_the_settings() -> None:
    shown = dict(re.findall(r"^# ([A-Z][A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE))
    for call in calls_of_settings():
        name = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else None
        default = next((word.value for word in call.keywords if word.arg == "default"), None)
        if name not in shown or default is None or not isinstance(default, ast.Constant | ast.BinOp | ast.Dict):
            continue
        value = eval(compile(ast.Expression(default), "settings", "eval"), {"__builtins__": {}})  # our own file
        said = str(value).lower() if isinstance(value, bool) else str(value)
        assert shown[name] == said, name


def test_secrets_stay_out_of_the_repository_and_the_image() -> None:
    for ignored in (".gitignore", ".dockerignore"):
        assert ".env" in (ROOT / ignored).read_text().split()


@pytest.mark.parametrize("file", [MANY, ONE])
def test_every_variable_that_is_read_is_explained(file: str) -> None:
    text = (ROOT / file).read_text()
    assert set(re.findall(r"\$\{(\w+)", text)) <= set(explained())


@pytest.mark.parametrize("file", [MANY, ONE])
def test_every_variable_that_a_container_is_given_is_one_that_the_settings_read(file: str) -> None:
    for service in ours(file).values():
        assert set(service["environment"]) <= read_by_settings() | OF_LIBRARIES
        assert service["env_file"] == [".env"]
