"""The command line of training."""

import subprocess
import sys
from pathlib import Path

import pytest

from vectorizer.training import __main__ as program
from vectorizer.training.options import COMMANDS, TABLES, parse


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_with_examples_that_it_understands(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        parse([command, "--help"])

    assert left.value.code == 0
    lines = capsys.readouterr().out.split("examples:\n")[1].splitlines()
    commands = [line.split("      ")[0].split()[3:] for line in lines if line.startswith("  python -m")]
    assert commands
    for arguments in commands:
        assert parse([*arguments, "--replace"] if command == "export" else arguments).command == command


def test_help_comes_without_tensorflow() -> None:
    code = "import sys; from vectorizer.training.__main__ import main\ntry: main(['train', '--help'])\nfinally: print()"
    code += "\nassert 'tensorflow' not in sys.modules and 'keras' not in sys.modules"

    subprocess.run([sys.executable, "-c", code.replace("finally: print()", "except SystemExit: pass")], check=True)


def test_what_is_not_said_has_a_sensible_value() -> None:
    options = parse(["train", "a", "b", "--out", "c"])

    assert options.paths == [Path("a"), Path("b")]
    assert (options.folds, options.seed, options.fine_tune, options.beside) == (5, 0, False, None)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["train", "a", "--out", "b", "--folds", "1"], "'1' is no whole number from 2 up"),
        (["train", "a", "--out", "b", "--seed", "-1"], "'-1' is no whole number from 0 up"),
        (["train", "--out", "b"], "PATH"),
        (["train", "a"], "--out"),
        (["study", "a", "--table", "colours"], TABLES[0]),
    ],
)
def test_what_makes_no_sense_is_refused(arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(arguments)

    assert said in capsys.readouterr().err


def test_an_artifact_is_replaced_only_when_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "card.json").write_text("{}")

    assert parse(["train", "a", "--out", str(tmp_path), "--replace"]).out == tmp_path
    with pytest.raises(SystemExit):
        parse(["train", "a", "--out", str(tmp_path)])
    assert "There is an artifact at" in capsys.readouterr().err


@pytest.mark.parametrize("more", [[], ["--replace"]])
def test_what_is_no_artifact_is_never_written_over(
    more: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paintings = tmp_path / "paintings"
    paintings.mkdir()
    (paintings / "a.jpg").touch()
    (tmp_path / "file").touch()

    for out in (paintings, tmp_path / "file"):
        with pytest.raises(SystemExit):
            parse(["train", str(paintings), "--out", str(out), *more])
        assert f"{out} is there already and is no artifact" in capsys.readouterr().err


def test_an_empty_folder_may_become_an_artifact(tmp_path: Path) -> None:
    assert parse(["export", "a", "--out", str(tmp_path)]).out == tmp_path


@pytest.mark.parametrize("out", [".", "..", "", "a/.."])
def test_an_artifact_needs_a_name(out: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        parse(["train", "a", "--out", out])
    assert "is no artifact's name" in capsys.readouterr().err


def test_without_tensorflow_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "vectorizer.training.commands", None)
    monkeypatch.setattr(program, "NEEDED", {"vectorizer.training.commands"})
    monkeypatch.delattr("vectorizer.training.commands", raising=False)

    assert program.main(["evaluate", "a"]) == 1
    assert "pip install -r requirements.txt" in capsys.readouterr().err
