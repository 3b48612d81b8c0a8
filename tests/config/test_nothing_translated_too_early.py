"""What is translated while a module is read has the language of nobody, and keeps it: only lazy strings stand there."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

PACKAGES = ("config", "gallery", "search", "vectorizer")
AT_ONCE = {"gettext", "ngettext", "pgettext", "npgettext"}


def translated_when_read(source: str) -> list[int]:
    """The lines where something is translated outside of every function."""
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in AT_ONCE
    }
    return [
        node.lineno
        for node in outside_of_functions(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names
    ]


def outside_of_functions(node: ast.AST) -> Iterator[ast.AST]:
    """What runs while the module is read: decorators and defaults too, which a function's own body is not."""
    yield node
    for name, value in ast.iter_fields(node):
        if name == "body" and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, ast.AST):
                yield from outside_of_functions(inner)


@pytest.mark.parametrize("package", PACKAGES)
def test_nothing_is_translated_while_a_module_is_read(package: str) -> None:
    files = sorted(Path(settings.BASE_DIR, package).rglob("*.py"))
    assert files
    early = [f"{path}:{line}" for path in files for line in translated_when_read(path.read_text(encoding="utf-8"))]
    assert early == []


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        ('LABEL = _("Title")', [2]),
        ('LABELS = {"a": [_("Title")]}', [2]),
        ('class A:\n    label = _("Title")', [3]),
        ('def f(label=_("Title")):\n    return label', [2]),
        ('@named(_("Title"))\ndef f():\n    return _("Title")', [2]),
        ('def f():\n    return _("Title")', []),
        ('SAY = lambda: _("Title")', []),
        ('LABEL = later("Title")', []),
    ],
)
def test_the_look_finds_every_place_but_bodies_of_functions(code: str, lines: list[int]) -> None:
    imports = "from django.utils.translation import gettext as _, gettext_lazy as later\n"
    assert translated_when_read(imports + code) == lines
