"""The index over the database: the contract, and what only it has: snapshots, and the journal's tail."""

import errno
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from gallery import journal, publishing
from gallery.models import Change, Painting
from search.filters import Filters
from search.indexes import database, snapshot, stored
from search.indexes.base import Index
from search.indexes.database import DatabaseIndex
from search.query import Sort
from search.words import parse
from tests.factories import make_painting
from tests.search.indexes.contract import IndexContract, ids, query, toward
from vectorizer.models import EncoderModel, Vectors
from vectorizer.rows import Scope


@pytest.fixture
def index() -> DatabaseIndex:
    return DatabaseIndex()


@pytest.fixture
def folder(folder: Path) -> Iterator[Path]:
    """Of the index of public paintings."""
    yield folder / "index" / "lite0-eye1"


@pytest.mark.django_db(transaction=True)
class TestDatabaseIndex(IndexContract):
    @pytest.fixture
    def index(self) -> Index:
        return DatabaseIndex()

    @pytest.fixture
    def other(self) -> Index:
        return DatabaseIndex()


@pytest.mark.django_db
class TestDatabaseIndexInsideATransaction(IndexContract):
    """Where nothing that is seen may be kept."""

    @pytest.fixture
    def index(self) -> Index:
        return DatabaseIndex()

    @pytest.fixture
    def other(self) -> Index:
        return DatabaseIndex()

    def test_nothing_is_written_to_disk(self, index: Index, folder: Path) -> None:
        make_painting("Not committed")
        assert len(ids(index)) == 1
        assert snapshot.current(folder) == ""


@pytest.mark.django_db(transaction=True)
class TestSnapshots:
    def test_the_first_question_writes_one_and_other_processes_map_it(self, index: DatabaseIndex, folder: Path) -> None:
        painting = make_painting("First")
        ids(index)
        name = snapshot.current(folder)
        assert name

        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert ids(DatabaseIndex()) == [painting.pk]

        assert snapshot.current(folder) == name
        assert len(queries) == 2  # the model, and the journal's end

    def test_a_question_without_news_costs_one_query(self, index: DatabaseIndex) -> None:
        make_painting("First")
        asked = query(target=toward(1), order=Sort.SIMILARITY, facets=True)
        index.find(asked)

        with CaptureQueriesContext(connection) as queries:
            index.find(asked)

        assert len(queries) == 1

    def test_a_change_costs_two_more(self, index: DatabaseIndex) -> None:
        make_painting("First")
        asked = query()
        index.find(asked)
        make_painting("Second")

        with CaptureQueriesContext(connection) as queries:
            index.find(asked)

        assert len(queries) == 3

    @pytest.mark.parametrize("damage", ["truncate", "remove", "meta", "garbage", "format", "pointer"])
    def test_a_damaged_one_is_made_again(self, index: DatabaseIndex, folder: Path, damage: str) -> None:
        painting = make_painting("First")
        ids(index)
        name = snapshot.current(folder)
        here = folder / name
        if damage == "truncate":
            (here / "feature-0.npy").write_bytes((here / "feature-0.npy").read_bytes()[:500])
        elif damage == "remove":
            (here / "words_rows.npy").unlink()
        elif damage == "meta":
            (here / "meta.json").write_text("{")
        elif damage == "garbage":
            (here / "ids.npy").write_bytes(b"x" * (here / "ids.npy").stat().st_size)
        elif damage == "format":
            (here / "meta.json").write_text((here / "meta.json").read_text().replace('"format": 4', '"format": 0'))
        else:
            (folder / "current").write_bytes(b"\xff../nowhere")

        assert ids(DatabaseIndex()) == [painting.pk]
        assert snapshot.current(folder) != name
        assert stored.load(folder / snapshot.current(folder))

    def test_a_process_that_has_it_mapped_goes_on_when_it_is_deleted(self, index: DatabaseIndex, folder: Path) -> None:
        painting = make_painting("First")
        ids(index)
        other = DatabaseIndex()
        ids(other)

        assert index.rebuild(EncoderModel.current()) == 1
        assert [path.name for path in folder.iterdir() if path.is_dir()] == [snapshot.current(folder)]
        assert ids(other, target=toward(1), order=Sort.SIMILARITY) == [painting.pk]

    def test_one_that_is_replaced_while_it_is_opened_is_not_missed(
        self, index: DatabaseIndex, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        painting = make_painting("First")
        ids(index)
        load = stored.load

        def slow_load(path: Path) -> Any:
            monkeypatch.setattr(stored, "load", load)
            index.rebuild(EncoderModel.current())
            return load(path)

        monkeypatch.setattr(stored, "load", slow_load)
        other = DatabaseIndex()

        assert ids(other) == [painting.pk]
        assert [state.name for state in other._states.values()] == [snapshot.current(folder)]

    def test_what_a_crashed_writer_left_is_cleared_away(self, index: DatabaseIndex, folder: Path) -> None:
        (folder / ".writing-00").mkdir(parents=True)
        (folder / ".writing-00" / "feature-0.npy").write_bytes(b"half")
        make_painting("First")

        ids(index)

        assert not (folder / ".writing-00").exists()

    def test_a_failed_writer_leaves_nothing_behind(
        self, index: DatabaseIndex, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make_painting("First")
        ids(index)
        name = snapshot.current(folder)
        monkeypatch.setattr(stored, "save", _no_space)

        with pytest.raises(OSError, match="No space"):
            index.rebuild(EncoderModel.current())

        assert sorted(path.name for path in folder.iterdir()) == sorted([name, "current", "lock"])
        assert len(ids(DatabaseIndex())) == 1

    def test_where_nothing_can_be_written_memory_is_enough(
        self, index: DatabaseIndex, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(stored, "save", _no_space)
        first = make_painting("First")
        assert ids(index) == [first.pk]

        second = make_painting("Second")
        assert ids(index) == [second.pk, first.pk]

    def test_vectors_that_are_damaged_are_left_out_and_logged(
        self, index: DatabaseIndex, caplog: pytest.LogCaptureFixture
    ) -> None:
        good, short, long = (make_painting(name) for name in ("Good", "Cut short", "Not of unit length"))
        Vectors.objects.filter(image=short.image).update(data=b"123")
        row = Vectors.objects.get(image=long.image)
        row.data = bytes(row.data[:-4]) + b"\x00\x00\x80\x40"
        row.save()

        assert ids(index) == [good.pk]
        assert f"Painting {short.pk} is left out" in caplog.text
        assert f"Painting {long.pk} is left out" in caplog.text

    def test_one_of_another_model_under_the_same_name_is_not_used(self, index: DatabaseIndex, folder: Path) -> None:
        make_painting("First")
        ids(index)
        name = snapshot.current(folder)
        meta = folder / name / "meta.json"
        meta.write_text(meta.read_text().replace(EncoderModel.current().checksum, "0" * 64))

        assert len(ids(DatabaseIndex())) == 1
        assert snapshot.current(folder) != name


@pytest.mark.django_db(transaction=True)
class TestCompacting:
    def test_a_short_tail_is_left_alone_and_a_long_one_is_not(
        self, index: DatabaseIndex, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(database, "TAIL_ROWS", 2)
        model = EncoderModel.current()
        make_painting("First")
        assert index.compact(model)
        assert not index.compact(model)

        for title in ("Second", "Third"):
            make_painting(title)
        assert not index.compact(model)
        make_painting("Fourth")

        name = snapshot.current(folder)
        assert index.compact(model)
        assert snapshot.current(folder) != name
        assert len(ids(index)) == 4

    def test_a_new_snapshot_replaces_the_tail_in_every_process(self, index: DatabaseIndex) -> None:
        make_painting("First")
        other = DatabaseIndex()
        ids(other)
        second = make_painting("Second")
        assert ids(other)[0] == second.pk
        (state,) = other._states.values()
        assert (len(state.base), len(state.tail)) == (1, 1)

        index.rebuild(EncoderModel.current())

        assert ids(other)[0] == second.pk
        (state,) = other._states.values()
        assert (len(state.base), len(state.tail)) == (2, 0)

    def test_while_another_process_writes_nothing_is_done(self, index: DatabaseIndex, folder: Path) -> None:
        make_painting("First")
        with snapshot.locked(folder, wait=True):
            assert not index.compact(EncoderModel.current())

    def test_questions_do_not_wait_for_a_writer_when_there_is_a_snapshot(
        self, index: DatabaseIndex, folder: Path
    ) -> None:
        make_painting("First")
        ids(index)
        second = make_painting("Second")
        with snapshot.locked(folder, wait=True):
            assert ids(index)[0] == second.pk
            assert ids(DatabaseIndex())[0] == second.pk

    def test_of_two_that_come_first_one_writes_and_the_other_uses_it(self, folder: Path) -> None:
        make_painting("First")
        model = EncoderModel.current()
        answers: list[int] = []

        def ask() -> None:
            answers.append(len(ids(DatabaseIndex())))
            connection.close()

        with snapshot.locked(folder, wait=True):
            threads = [threading.Thread(target=ask) for _ in range(3)]
            for thread in threads:
                thread.start()
        for thread in threads:
            thread.join()

        assert answers == [1, 1, 1]
        assert len([path for path in folder.iterdir() if path.is_dir()]) == 1
        assert not DatabaseIndex().compact(model)


@pytest.mark.django_db(transaction=True)
class TestJournal:
    def test_what_was_rolled_back_was_never_there(self, index: DatabaseIndex) -> None:
        kept = make_painting("Kept")
        ids(index)
        with transaction.atomic():
            make_painting("Taken back")
            assert len(ids(index)) == 2
            transaction.set_rollback(True)

        assert ids(index) == [kept.pk]
        after = make_painting("After")  # its journal entry may have the id of the one that was taken back
        assert ids(index) == [after.pk, kept.pk]

    def test_a_restored_database_is_read_anew(self, index: DatabaseIndex) -> None:
        painting = make_painting("Old title")
        ids(index)
        entry = Change.objects.latest("id")
        with connection.cursor() as cursor:  # as the restoring of a backup would
            cursor.execute("UPDATE gallery_painting SET title = 'Restored', title_key = 'restored'")
            cursor.execute("UPDATE gallery_change SET at = '2020-01-01 00:00:00' WHERE id = %s", [entry.pk])

        assert ids(index, words=parse("restored")) == [painting.pk]
        assert ids(DatabaseIndex(), words=parse("restored")) == [painting.pk]

    def test_paintings_from_before_the_journal_are_found(self, index: DatabaseIndex) -> None:
        painting = make_painting("Before")
        Change.objects.all().delete()

        assert ids(index) == [painting.pk]

    def test_many_changes_in_one_transaction_arrive_together(self, index: DatabaseIndex) -> None:
        ids(index)
        with journal.writing():
            made = [make_painting(f"Number {n}") for n in range(5)]

        assert len(ids(index)) == len(made)


@pytest.mark.django_db(transaction=True)
def test_the_curators_index_holds_drafts_by_their_newest_image() -> None:
    everything = DatabaseIndex(Scope.ALL)
    public = make_painting("Public")
    draft = make_painting("Draft", state=Painting.State.DRAFT)
    make_painting("Not ready", live=False)

    assert ids(everything) == [draft.pk, public.pk]
    later = make_painting("Later", state=Painting.State.REVIEW)
    assert ids(everything)[0] == later.pk
    assert ids(DatabaseIndex()) == [public.pk]


def _no_space(*args: Any) -> None:
    raise OSError("No space left on device")


@pytest.mark.django_db
def test_a_year_that_no_index_can_hold_stops_no_search(index: DatabaseIndex) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite stores such a year")
    odd = make_painting("Odd", first_year=-99_999, last_year=99_999)
    dated = make_painting("Dated", first_year=1900, last_year=1900)
    assert ids(index, order=Sort.OLDEST) == [odd.pk, dated.pk]


@pytest.mark.django_db(transaction=True)
def test_on_a_full_disk_the_index_is_in_memory_and_nothing_dies(
    index: DatabaseIndex, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    painting = make_painting("Bridge")
    monkeypatch.setattr(stored.os, "posix_fallocate", full)
    assert ids(index) == [painting.pk]
    assert not [path for path in folder.iterdir() if path.is_dir()]


@pytest.mark.django_db
def test_the_name_of_a_style_is_gone_with_its_last_painting(index: DatabaseIndex) -> None:
    painting = make_painting("Bridge", style="Secret style")
    asked = query(filters=Filters(styles=("secret-style",)), facets=True)
    assert index.find(asked).facets["style"][0].label == "Secret style"
    publishing.withdraw([painting], by=None)
    assert index.find(asked).facets["style"][0].label == "secret-style"
