import stat
from pathlib import Path

import pytest

from stack import environment
from stack.errors import StackError


def file(folder: Path, text: str) -> Path:
    path = folder / ".env"
    path.write_text(text)
    return path


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("NAME=value", "value"),
        ("export NAME=value", "value"),
        ("NAME = value ", "value"),
        ("NAME=two words", "two words"),
        ("NAME=value # a comment", "value"),
        ("NAME=a#b", "a#b"),
        ("NAME=", ""),
        ("NAME= # only a comment", ""),
        ('NAME="in # quotes" # and a comment', "in # quotes"),
        ("NAME='{\"sasl\": 1}'", '{"sasl": 1}'),
        ("NAME=a=b", "a=b"),
    ],
)
def test_a_line_names_a_variable_and_its_value(tmp_path: Path, line: str, value: str) -> None:
    assert environment.read(file(tmp_path, f"# first\n\n{line}\n")) == {"NAME": value}


def test_a_file_that_is_not_there_says_nothing(tmp_path: Path) -> None:
    assert environment.read(tmp_path / ".env") == {}


@pytest.mark.parametrize("line", ["NAME", "2=3", "a b=c", "=x"])
def test_any_other_line_is_refused_by_its_number(tmp_path: Path, line: str) -> None:
    with pytest.raises(StackError, match=r"Line 2 of .* is not NAME=VALUE"):
        environment.read(file(tmp_path, f"A=1\n{line}\n"))


def test_a_bare_environment_holds_nothing_that_the_settings_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/paintings")
    monkeypatch.setenv("PENDANT_DEBUG", "true")
    monkeypatch.setenv("LANG", "C.UTF-8")

    bare = environment.bare()

    assert "DATABASE_URL" not in bare
    assert "PENDANT_DEBUG" not in bare
    assert bare["LANG"] == "C.UTF-8"


def test_settings_of_this_machine_are_filled_up_and_never_overruled(tmp_path: Path) -> None:
    settings = environment.on_this_machine({"PENDANT_HTTPS": "true", "PENDANT_HOSTS": ""}, folder=tmp_path)

    assert settings["PENDANT_HTTPS"] == "true"
    assert "PENDANT_HOSTS" not in settings
    assert len(settings["PENDANT_SECRET_KEY"]) >= 50


def test_a_site_of_other_names_answers_to_this_machine_too(tmp_path: Path) -> None:
    settings = environment.on_this_machine({"PENDANT_HOSTS": "paintings.example"}, folder=tmp_path)

    assert settings["PENDANT_HOSTS"] == "paintings.example,127.0.0.1"


def test_the_secret_stays_the_same_and_is_read_by_nobody_else(tmp_path: Path) -> None:
    first = environment.on_this_machine({}, folder=tmp_path)
    again = environment.on_this_machine({}, folder=tmp_path)

    assert first == again
    assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600
