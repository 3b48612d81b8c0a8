import csv
import io
import os
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from gallery.management.commands import import_paintings as command
from gallery.models import Painting

pytestmark = pytest.mark.django_db


def run(*arguments):
    out, err = io.StringIO(), io.StringIO()
    call_command("import_paintings", *map(str, arguments), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


@pytest.fixture
def table(collection):
    for name in ("a.png", "b.png"):
        collection.picture(name)
    return collection.table(["image", "Titel", "date"], ["a.png", "Kopf", "1889"], ["b.png", "Hand", "once"])


def test_a_table_is_imported_and_told(table):
    out, err = run(table, "--map", "title=Titel")

    assert out == "2 added, 0 there already, 0 left out, 1 with a warning.\n"
    assert "list.csv: a table: list.csv, 3 columns, encoding utf-8, delimiter ," in err
    assert "Imported, but:\n  list.csv, line 3: The date “once” is not understood" in err
    assert {(painting.title, painting.state) for painting in Painting.objects.all()} == {
        ("Kopf", "draft"),
        ("Hand", "draft"),
    }
    assert {painting.source for painting in Painting.objects.all()} == {"list"}


def test_a_second_run_adds_nothing(table):
    run(table, "--map", "title=Titel")

    assert run(table, "--map", "title=Titel")[0].startswith("0 added, 2 there already")


def test_a_dry_run_says_what_it_would_do(table):
    out, _ = run(table, "--map", "title=Titel", "--dry-run")

    assert out == "2 would be added, 0 there already, 0 left out, 1 with a warning. Nothing was written.\n"
    assert not Painting.objects.exists()


def test_publish_and_source_are_obeyed(table):
    run(table, "--map", "title=Titel", "--publish", "--source", "museum")

    assert {(painting.state, painting.source) for painting in Painting.objects.all()} == {("published", "museum")}


def test_a_named_source_is_stronger_than_the_table(collection):
    collection.picture("a.png")
    run(collection.table(["image", "title", "source"], ["a.png", "x", "wikiart"], ["b.png", "y", ""]), "--source", "me")

    assert Painting.objects.get().source == "me"


def test_the_first_problems_are_listed_and_all_are_in_the_report(collection, tmp_path):
    collection.picture("a.png")
    rows = [[f"missing-{n}.png", "x"] for n in range(25)]
    path = collection.table(["image", "title"], ["a.png", "x"], *rows)

    out, err = run(path, "--report", tmp_path / "report.csv")

    assert "1 added" in out
    assert "25 left out" in out
    assert "list.csv, line 22: there is no file “missing-19.png”." in err
    assert "missing-20.png" not in err
    assert "… and 5 more" in err
    with (tmp_path / "report.csv").open(encoding="utf-8-sig") as file:
        told = list(csv.DictReader(file))
    assert len(told) == 25
    assert told[24] == {
        "line": "27",
        "file": "list.csv",
        "imported": "no",
        "reason": "there is no file “missing-24.png”.",
    }


def test_warnings_are_in_the_report(table, tmp_path):
    run(table, "--map", "title=Titel", "--report", tmp_path / "report.csv")

    assert "3,list.csv,yes,The date" in (tmp_path / "report.csv").read_text(encoding="utf-8-sig").replace('"', "")


def test_the_template_is_printed():
    out, _ = run("--template")

    header, example, *rest = csv.reader(io.StringIO(out))
    assert header[:3] == ["image", "title", "artist"]
    assert example[1] == "Sunflowers"
    assert rest == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "Name the folder or the table"),
        (("nowhere",), "nowhere does not exist"),
        (("a.png",), "a.png is a picture. Name the folder or the table"),
        (("list.csv",), "No column of list.csv is named “title”"),
        (("list.csv", "--map", "Titel"), "--map Titel is not of the form FIELD=COLUMN"),
        (("list.csv", "--map", "title=Titel", "--encoding", "klingon"), "“klingon” is no encoding"),
        (("list.csv", "--map", "title=Titel", "--report", "no/such/folder.csv"), "There is no folder no/such"),
    ],
)
def test_what_can_not_be_done_is_said_in_a_sentence(table, monkeypatch, arguments, sentence):
    monkeypatch.chdir(table.parent)

    with pytest.raises(CommandError, match=sentence):
        run(*arguments)


def test_when_nothing_at_all_went_in_the_command_fails(collection):
    path = collection.table(["image", "title"], ["missing.png", "x"])

    with pytest.raises(CommandError, match="Nothing could be imported"):
        run(path)


def test_an_interruption_is_told(table, monkeypatch):
    def interrupted(*args, **kwargs):
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "import_rows", interrupted)

    with pytest.raises(CommandError, match="run the command again") as told:
        run(table, "--map", "title=Titel")
    assert told.value.returncode == 130


@pytest.mark.parametrize(
    ("terminal", "arguments", "shown"), [(True, (), True), (False, (), False), (True, ("--no-progress",), False)]
)
def test_progress_is_shown_on_a_terminal_only(table, monkeypatch, terminal, arguments, shown):
    class Screen(io.StringIO):
        def isatty(self):
            return terminal

    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)

    run(table, "--map", "title=Titel", *arguments)

    assert ("painting/s" in screen.getvalue()) is shown


def test_the_help_has_examples(capsys):
    with pytest.raises(SystemExit):
        call_command("import_paintings", "--help")

    assert "--map title=Titel --map image=Datei" in capsys.readouterr().out


def test_names_of_files_that_are_no_utf_8_stop_no_import(collection, tmp_path):
    collection.picture("Cubism/anna_good.png")
    for folder in (collection.path / "Cubism", collection.path):
        Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.png")).write_bytes(b"")
    out, _ = run(collection.path, "--report", tmp_path / "report.csv")

    assert out.startswith("1 added, 0 there already, 2 left out")
    assert "is not in UTF-8; rename it" in (tmp_path / "report.csv").read_text("utf-8-sig")


def test_the_report_holds_no_formula(collection, tmp_path):
    collection.picture("Cubism/anna_good.png")
    collection.file("=1+2.png", b"")
    run(collection.path, "--report", tmp_path / "report.csv")

    rows = list(csv.reader((tmp_path / "report.csv").read_text("utf-8-sig").splitlines()))
    assert rows[1][1] == "'=1+2.png"
