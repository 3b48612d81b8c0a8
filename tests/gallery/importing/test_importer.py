from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gallery import originals
from gallery.importing import importer
from gallery.importing.batch import known
from gallery.importing.importer import import_rows
from gallery.importing.rows import Problem, Row
from gallery.models import Artist, Change, Genre, Image, Painting, Style

pytestmark = pytest.mark.django_db


def row(path: Path, **fields) -> Row:
    defaults = {"line": 2, "where": "list.csv", "source_id": path.name, "title": "Head"}
    return Row(image_path=path, **{**defaults, **fields})


def stored_files() -> list[str]:
    folder = Path(storages["originals"].location)
    return [path.name for path in folder.rglob("*") if path.is_file()]


def test_a_row_becomes_a_painting_with_all_its_data(collection, curator):
    picture = collection.picture("a.png")
    told = row(
        picture,
        title="The Night Watch",
        artists=("Workshop of Rembrandt", "Govert Flinck"),
        style="Baroque",
        genre="portrait",
        display_date="c. 1642",
        medium="Oil on canvas",
        dimensions="363 × 437 cm",
        collection="Rijksmuseum",
        credit_line="On loan",
        object_number="SK-C-5",
        rights="CC0",
        alt_text="A company of guards.",
        notes="Check the date.",
        authority_uris="https://example.org/1 https://example.org/2",
    )

    report = import_rows([told], source="museum", by=curator)

    painting = Painting.objects.get()
    assert (report.added, report.unchanged, report.problems, report.warnings) == (1, 0, [], [])
    assert (painting.title, painting.state, painting.source, painting.source_id) == (
        "The Night Watch",
        "draft",
        "museum",
        "a.png",
    )
    assert (painting.first_year, painting.last_year) == (1637, 1647)
    assert (painting.style.name, painting.genre.name) == ("Baroque", "portrait")
    assert painting.artist_line == "workshop of Rembrandt, Govert Flinck"
    assert painting.rights == "https://creativecommons.org/publicdomain/zero/1.0/"
    assert painting.authority_uris == "https://example.org/1\nhttps://example.org/2"
    assert (painting.object_number, painting.dimensions, painting.alt_text) == (
        "SK-C-5",
        "363 × 437 cm",
        "A company of guards.",
    )
    assert originals.open_image(painting.image).read() == picture.read_bytes()
    assert painting.history.get().history_user == curator
    assert Change.objects.get().painting_id == painting.pk


def test_twice_adds_nothing(collection):
    rows = [row(collection.picture(f"{n}.png"), artists=("A",), style="S") for n in range(3)]
    import_rows(rows, source="x")
    before = Change.objects.count()

    report = import_rows(rows, source="x")

    assert (report.added, report.unchanged, report.problems) == (0, 3, [])
    assert (Painting.objects.count(), Change.objects.count()) == (3, before)


def test_what_curators_changed_since_stays(collection):
    rows = [row(collection.picture("a.png"))]
    import_rows(rows, source="x")
    Painting.objects.update(title="Corrected")

    import_rows(rows, source="x")

    assert Painting.objects.get().title == "Corrected"


def test_the_same_id_in_another_source_is_another_painting_with_the_same_image(collection):
    rows = [row(collection.picture("a.png"))]
    import_rows(rows, source="x")

    report = import_rows(rows, source="y")

    assert report.added == 1
    assert (Painting.objects.count(), Image.objects.count(), len(stored_files())) == (2, 1, 1)


def test_a_source_that_the_row_names_wins(collection):
    import_rows([row(collection.picture("a.png"), source="wikiart")], source="x")

    assert Painting.objects.get().source == "wikiart"


def test_publishing_publishes(collection):
    import_rows([row(collection.picture("a.png"))], source="x", publish=True)

    painting = Painting.objects.get()
    assert painting.state == "published"
    assert painting.published_at is not None
    assert Change.objects.count() == 1


def test_a_dry_run_writes_neither_rows_nor_files(collection):
    rows = [
        row(collection.picture("a.png"), artists=("A",), style="S", display_date="teatime"),
        row(collection.file("b.png", b"no picture")),
        Problem(line=9, where="list.csv", reason="broken."),
    ]

    report = import_rows(rows, source="x", dry_run=True)

    assert (report.added, len(report.problems), len(report.warnings)) == (1, 2, 1)
    assert not any(model.objects.exists() for model in (Painting, Image, Artist, Style, Change))
    assert stored_files() == []


def test_bad_rows_are_told_with_their_lines_and_the_others_go_in(collection):
    picture = collection.picture("good.png")
    rows = [
        row(collection.file("text.png", b"no picture"), line=2),
        row(collection.file("cut.png", picture.read_bytes()[:90]), line=3),
        row(collection.file("empty.png", b""), line=4),
        row(collection.path / "gone.png", line=5),
        row(picture, source_id="long", title="x" * 301, line=6),
        row(picture, source_id="rights", rights="ask the director", line=7),
        row(picture, source_id="uris", authority_uris="Q42", line=8),
        row(picture, source_id="name", artists=("x" * 201,), line=9),
        Problem(line=10, where="list.csv", reason="it has 1 values, but there are 2 columns."),
        row(picture, line=11),
    ]

    report = import_rows(rows, source="x")

    reasons = {problem.line: problem.reason for problem in report.problems}
    assert report.added == Painting.objects.count() == 1
    assert sorted(reasons) == [2, 3, 4, 5, 6, 7, 8, 9, 10]
    assert "text.png" in reasons[2]
    assert "cut.png" in reasons[3]
    assert "empty" in reasons[4]
    assert "“gone.png” can't be read: No such file" in reasons[5]
    assert "title: Ensure this value has at most 300" in reasons[6]
    assert "“ask the director” is not a rights statement" in reasons[7]
    assert "“Q42” is no web address" in reasons[8]
    assert "has 201 characters" in reasons[9]
    assert len(set(reasons.values())) == len(reasons)
    assert len(stored_files()) == 1


def test_a_date_that_is_not_understood_is_a_warning(collection):
    report = import_rows([row(collection.picture("a.png"), display_date="in his youth", line=7)], source="x")

    painting = Painting.objects.get()
    (warning,) = report.warnings
    assert (painting.display_date, painting.first_year) == ("in his youth", None)
    assert warning.line == 7
    assert "“in his youth” is not understood" in warning.reason


def test_a_painting_without_a_title_is_untitled_and_told(collection):
    report = import_rows([row(collection.picture("a.png"), title="")], source="x")

    assert Painting.objects.get().title == "Untitled"
    assert "no title" in report.warnings[0].reason


def test_an_id_that_occurs_twice_is_a_problem_that_names_the_first_line(collection):
    picture = collection.picture("a.png")
    report = import_rows([row(picture, line=2), row(picture, line=5)], source="x")
    in_folders = import_rows([row(picture, line=0, where=""), row(picture, line=0, where="")], source="y")

    assert [str(problem) for problem in report.problems] == [
        "list.csv, line 5: its source id “a.png” is that of line 2 already."
    ]
    assert str(in_folders.problems[0]) == "a.png: its source id “a.png” is that of an earlier file already."


def test_names_are_found_without_regard_to_case_and_accents(collection):
    Style.objects.create(name="Art Nouveau (Modern)")
    Artist.objects.create(name="Albrecht Dürer")
    rows = [
        row(collection.picture("a.png"), artists=("albrecht durer", "ALBRECHT DÜRER"), style="art nouveau modern"),
        row(collection.picture("b.png"), artists=("???",), genre="Portrait"),
        row(collection.picture("c.png"), artists=("???",), genre="portrait"),
    ]

    import_rows(rows, source="x")

    assert [style.name for style in Style.objects.all()] == ["Art Nouveau (Modern)"]
    assert sorted(artist.name for artist in Artist.objects.all()) == ["???", "Albrecht Dürer"]
    assert [genre.name for genre in Genre.objects.all()] == ["Portrait"]
    assert Painting.objects.get(source_id="a.png").attributions.count() == 1


def test_rows_go_in_by_batches_and_progress_is_told(collection, monkeypatch):
    monkeypatch.setattr(importer, "BATCH_ROWS", 2)
    told = []
    rows = [row(collection.picture(f"{n}.png")) for n in range(5)]

    import_rows(rows, source="x", progress=told.append)

    assert sum(told) == 5
    assert max(told) == 2
    assert Painting.objects.count() == 5


def test_an_interrupted_import_leaves_whole_batches_and_goes_on_the_next_time(collection, monkeypatch):
    monkeypatch.setattr(importer, "BATCH_ROWS", 2)
    rows = [row(collection.picture(f"{n}.png"), artists=(f"A{n}",)) for n in range(6)]

    def interrupt(count):
        if Painting.objects.count() == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_rows(rows, source="x", progress=interrupt)
    assert Painting.objects.filter(artists__isnull=False).count() == 4

    report = import_rows(rows, source="x")
    assert (report.added, report.unchanged) == (2, 4)


def test_what_another_import_wrote_meanwhile_is_not_written_again(collection, monkeypatch):
    rows = [row(collection.picture("a.png"))]
    monkeypatch.setattr(importer, "known", lambda keys: set())
    import_rows(rows, source="x")

    report = import_rows(rows, source="x")

    assert (report.added, report.unchanged, Painting.objects.count()) == (0, 1, 1)


def test_a_file_that_vanishes_after_it_was_looked_at_is_a_problem(collection, monkeypatch):
    picture = collection.picture("a.png")
    inspect = importer._inspect

    def vanishing(path, limits):
        inspected = inspect(path, limits)
        path.unlink()
        return inspected

    monkeypatch.setattr(importer, "_inspect", vanishing)

    report = import_rows([row(picture)], source="x")

    assert report.added == 0
    assert "can't be read" in report.problems[0].reason


def test_what_is_there_is_looked_up_in_an_index_however_large_the_catalogue():
    if connection.vendor != "sqlite":
        pytest.skip("the plan is told in SQLite's words")
    with CaptureQueriesContext(connection) as queries:
        known([("x", "a.png"), ("x", "b.png")])

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {queries[0]['sql']}")
        assert "one_painting_a_source_id" in str(cursor.fetchall())


def test_nothing_is_a_short_import(collection):
    assert import_rows([], source="x").added == 0
