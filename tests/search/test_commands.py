"""The terminal's commands."""

import json
import re
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from gallery.models import Painting
from search.indexes.base import IndexUnavailable
from search.indexes.database_upkeep import DatabaseUpkeep
from search.indexes.upkeep import Rebuilt
from tests.factories import make_image, make_painting, picture_bytes
from tests.search.gallery_wall import SmallEye, hang, photo, saved
from vectorizer import preparing
from vectorizer.models import EncoderModel

pytestmark = pytest.mark.django_db


def run(*arguments: str, **options: Any) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


def test_the_look_alikes_of_a_painting_are_listed_with_their_similarity() -> None:
    painting = make_painting("Asked")
    make_painting("Haystacks", artist="Claude", display_date="c. 1890")

    lines = run("find_similar", str(painting.pk)).splitlines()

    assert lines[0].split() == ["similarity", "distance", "id", "painting"]
    assert lines[1].endswith("Haystacks, Claude, c. 1890")
    assert len(lines) == 2


def test_a_file_outside_the_collection_can_be_asked_for(tmp_path: Path) -> None:
    data = picture_bytes(3, size=(120, 90))
    painting = make_painting("Kept", image=make_image(data), live=False)
    preparing.prepare([painting.image])
    path = tmp_path / "12"
    path.write_bytes(data)

    answer = json.loads(run("find_similar", str(path), "--json", "--feature", "palette"))
    (found,) = answer["results"]

    assert found["painting"]["id"] == painting.pk
    assert found["painting"]["path"] == painting.get_absolute_url()
    assert (found["similarity"], found["distance"]) == (1.0, 0.0)
    assert answer["recognised"]["painting"]["id"] == painting.pk
    assert Painting.objects.count() == 1


def test_limit_and_json_go_together() -> None:
    asked, *_ = [make_painting(f"Number {n}", style="Cubism") for n in range(5)]

    found = json.loads(run("find_similar", str(asked.pk), "--limit", "3", "--json"))["results"]

    assert len(found) == 3
    assert found[0]["painting"]["style"] == "Cubism"
    assert found[0]["similarity"] >= found[1]["similarity"]


def test_a_lonely_painting_has_no_look_alikes() -> None:
    painting = make_painting("Alone")
    assert "no other public painting" in run("find_similar", str(painting.pk))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["999"], "There is no painting 999. If a file is meant: ./999"),
        (["9" * 40], "There is no painting 999"),
        (["nowhere.jpg"], "“nowhere.jpg” can't be read: No such file or directory."),
        (["."], "can't be read: Is a directory"),
        (["1", "--limit", "0"], "--limit must be from 1 to 1000, and is 0."),
        (["1", "--feature", "taste"], "There is no feature “taste”. There are: {features}."),
    ],
)
def test_what_can_not_be_answered_is_explained(arguments: list[str], sentence: str) -> None:
    with pytest.raises(CommandError) as refused:
        run("find_similar", *arguments)
    features = ", ".join(feature.name for feature in EncoderModel.current().card.features)
    assert sentence.format(features=features) in str(refused.value)


def test_a_file_that_is_no_picture_is_explained(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("not a picture")
    with pytest.raises(CommandError, match=r"“notes\.txt” is a text file, not a picture"):
        run("find_similar", str(path))


def test_a_painting_that_is_not_ready_is_explained() -> None:
    painting = make_painting("Not ready", live=False)
    with pytest.raises(CommandError, match=r"has no vectors yet: run .* first"):
        run("find_similar", str(painting.pk))


@pytest.mark.django_db(transaction=True)
def test_rebuilding_the_index_says_what_it_holds() -> None:
    make_painting("Public")
    make_painting("Draft", state=Painting.State.DRAFT)

    assert "holds 1 public paintings; the one for curators, with drafts, 2." in run("rebuild_index")


@pytest.mark.django_db(transaction=True)
def test_an_index_that_is_there_is_left_alone_on_wish() -> None:
    make_painting("Public")
    assert run("rebuild_index", "--if-missing", "--drop-old") == "The index of lite0-eye1 is there.\n"


def test_only_a_model_that_the_database_knows_has_an_index() -> None:
    EncoderModel.current()
    with pytest.raises(CommandError, match="There is no model “my-eye” in the database; there are: lite0-eye1"):
        run("rebuild_index", "--model", "my-eye")


@pytest.mark.django_db(transaction=True)
def test_an_index_that_can_not_be_made_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_: Any) -> None:
        raise IndexUnavailable("Elasticsearch can't be reached.")

    monkeypatch.setattr(DatabaseUpkeep, "rebuild", down)
    with pytest.raises(CommandError, match="Elasticsearch can't be reached"):
        run("rebuild_index")


@pytest.mark.django_db(transaction=True)
def test_what_can_not_be_in_the_index_is_named_up_to_a_few(monkeypatch: pytest.MonkeyPatch) -> None:
    failures = dict.fromkeys(range(1, 26), "It is damaged.")
    made = Rebuilt(count=0, public=30, changing=5, failures=failures)
    monkeypatch.setattr(DatabaseUpkeep, "rebuild", lambda *_: made)

    errors = StringIO()
    said = run("rebuild_index", stderr=errors)

    assert "The database has 30, 25 of which can't be in it; 5 changed while they were counted." in said
    assert errors.getvalue().splitlines()[0] == "Painting 1 can't be in the index: It is damaged."
    assert errors.getvalue().splitlines()[-1] == "… and 5 more; `manage.py verify_index` names them."


@pytest.mark.parametrize(
    "command", ["find_similar", "rebuild_index", "verify_index", "pipeline_status", "after_restore", "activate_model"]
)
def test_help_shows_examples(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        call_command(command, "--help")
    assert "examples:\n  manage.py" in capsys.readouterr().out


def test_a_file_that_shows_a_painting_on_a_wall_is_recognised(tmp_path: Path, eye: SmallEye) -> None:
    painting = hang(2, "Harbour", artist="Vera Lund", display_date="c. 1889")
    path = tmp_path / "wall.png"
    path.write_bytes(saved(photo(2).rgb))

    lines = run("find_similar", str(path)).splitlines()
    answer = json.loads(run("find_similar", str(path), "--json"))

    assert re.fullmatch(
        rf"This picture shows Harbour, Vera Lund, c\. 1889 \(painting {painting.pk}\): \d+ points agree\.", lines[0]
    )
    assert lines[1:3] == ["", "similarity  distance       id  painting"]
    assert answer["recognised"]["painting"] == answer["results"][0]["painting"]
    assert answer["recognised"]["quad"] == [pytest.approx(corner, abs=0.02) for corner in photo(2).corners]


def test_the_feature_that_recognises_may_be_asked_for(eye: SmallEye) -> None:
    painting = hang(2, "Harbour")
    hang(1, "Other")
    assert "Other" in run("find_similar", str(painting.pk), "--feature", "copy128")
