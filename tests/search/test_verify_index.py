"""`manage.py verify_index`: what differs between database and index is named, waited for, and repaired."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from gallery.models import Painting
from search import indexes, verifying
from search.indexes.base import IndexUnavailable
from search.indexes.database_upkeep import DatabaseUpkeep
from search.indexes.upkeep import Held, Progress, Rebuilt, Upkeep, silently
from tests.factories import make_painting
from vectorizer import encoder, rows
from vectorizer.documents import Message
from vectorizer.models import EncoderModel, Vectors
from vectorizer.rows import Scope

pytestmark = pytest.mark.django_db(transaction=True)


class Apart(Upkeep):
    """An index that lives apart from the database, as Elasticsearch does: painting → version."""

    def __init__(self, held: Mapping[int, int]) -> None:
        self.kept = dict(held)
        self.refused: dict[int, str] = {}

    def rebuild(self, progress: Progress = silently) -> Rebuilt:
        raise NotImplementedError

    def count(self) -> int:
        return len(self.kept)

    def held(self) -> Iterator[Held]:
        return (Held(id=id_, version=self.kept[id_]) for id_ in sorted(self.kept))

    def versions(self, painting_ids: Sequence[int]) -> Mapping[int, int]:
        return {id_: self.kept[id_] for id_ in painting_ids if id_ in self.kept}

    def mend(self, messages: Iterable[Message]) -> Mapping[int, str]:
        for message in messages:
            if message.version < self.kept.get(message.painting_id, 0) or message.painting_id in self.refused:
                continue
            self.kept.pop(message.painting_id, None)
            if message.body is not None:
                self.kept[message.painting_id] = message.version
        return self.refused

    def follow(self, since: int) -> int:
        raise NotImplementedError

    def highest_version(self) -> int:
        return max(self.kept.values(), default=0)


@pytest.fixture
def paintings() -> list[Painting]:
    return [make_painting(f"Number {number}", number=number) for number in range(4)]


@pytest.fixture
def apart(paintings: list[Painting], monkeypatch: pytest.MonkeyPatch) -> Apart:
    """An index that holds them all."""
    kept = Apart({painting.pk: painting.version for painting in paintings})
    monkeypatch.setattr(indexes, "upkeep", lambda _: kept)
    return kept


def run(*arguments: str) -> str:
    out = StringIO()
    try:
        call_command("verify_index", "--wait", "0", *arguments, stdout=out)
    except CommandError as problem:
        return f"{out.getvalue()}{problem} [{problem.returncode}]"
    return out.getvalue()


def test_the_same_is_said_to_be_the_same(apart: Apart) -> None:
    said = "lite0-eye1: 4 in the database, 4 in the index. They are the same, version by version.\n"
    assert run() == said
    assert run("--model", "lite0-eye1", "--repair") == said


def test_what_is_missing_extra_older_and_newer_is_named_and_counted(apart: Apart, paintings: list[Painting]) -> None:
    missing, older, newer, _ = paintings
    del apart.kept[missing.pk]
    apart.kept[older.pk] -= 1
    apart.kept[newer.pk] += 7
    apart.kept[10**6] = 5

    lines = run().splitlines()

    assert lines == [
        "lite0-eye1: 4 in the database, 4 in the index.",
        f"  1 missing (in the database, not in the index): {missing.pk}",
        "  1 extra (in the index, not public in the database): 1000000",
        f"  1 older (in the index as they were before): {older.pk} "
        f"(version {older.version - 1}, should be {older.version})",
        f"  1 newer (newer in the index than in the database): {newer.pk} "
        f"(version {newer.version + 7}, should be {newer.version})",
        "  So it is after a backup was restored: `manage.py after_restore` puts it right.",
        "The index of lite0-eye1 differs. `manage.py verify_index --repair` writes what differs. [1]",
    ]


def test_what_only_a_lost_database_knew_is_after_restores_to_take_back(apart: Apart, paintings: list[Painting]) -> None:
    apart.kept[10**6] = 7
    assert "after_restore" not in run()
    said = run("--repair")
    assert "  1 extra (in the index, not public in the database): 1000000" in said
    assert "  So it is after a backup was restored: `manage.py after_restore` puts it right." in said


def test_repairing_writes_straight_into_the_index_all_but_what_is_newer_there(
    apart: Apart, paintings: list[Painting]
) -> None:
    missing, older, newer, same = paintings
    del apart.kept[missing.pk]
    apart.kept[older.pk] = 0
    apart.kept[newer.pk] += 7
    apart.kept[10**6] = 0

    said = run("--repair")

    assert "  3 are repaired.\n  1 newer" in said
    assert said.endswith("The index of lite0-eye1 differs. [1]")
    assert apart.kept == {
        missing.pk: missing.version,
        older.pk: older.version,
        newer.pk: newer.version + 7,
        same.pk: same.version,
    }


def test_what_can_not_be_repaired_has_its_reason(apart: Apart, paintings: list[Painting]) -> None:
    damaged, refused, *_ = paintings
    Vectors.objects.filter(image=damaged.image).update(data=b"short")
    apart.refused = {refused.pk: "The title is too long."}
    del apart.kept[damaged.pk], apart.kept[refused.pk]

    said = run("--repair")

    assert f"Painting {damaged.pk} can't be in the index: " in said
    assert f"Painting {refused.pk} can't be in the index: The title is too long." in said
    assert f"  2 missing (in the database, not in the index): {damaged.pk}, {refused.pk}" in said


def test_many_are_counted_and_a_few_named(apart: Apart) -> None:
    apart.kept |= dict.fromkeys(range(1000, 1025), 1)
    line = next(line for line in run().splitlines() if "extra" in line)
    assert line.startswith("  25 extra")
    assert line.endswith("1019, …")


def test_what_is_on_its_way_is_waited_for(
    apart: Apart, paintings: list[Painting], monkeypatch: pytest.MonkeyPatch
) -> None:
    late = paintings[2]
    version = apart.kept.pop(late.pk)

    def arrives(_: float) -> None:
        apart.kept[late.pk] = version

    monkeypatch.setattr(verifying.time, "sleep", arrives)

    assert "They are the same" in run("--wait", "20")


def test_what_changes_while_it_is_compared_is_not_taken_for_newer(
    apart: Apart, paintings: list[Painting], monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = paintings[0]
    held = apart.held

    def after_a_change() -> Iterator[Held]:
        """The database was read before the change, the index after it."""
        changed.save()
        changed.refresh_from_db()
        apart.kept[changed.pk] = changed.version
        return held()

    before = list(rows.versions(EncoderModel.current(), Scope.PUBLIC))
    monkeypatch.setattr(verifying.rows, "versions", lambda *_: iter(before))
    monkeypatch.setattr(apart, "held", after_a_change)

    assert "They are the same" in run()


def test_more_than_a_page_is_compared(apart: Apart, monkeypatch: pytest.MonkeyPatch) -> None:
    model = EncoderModel.current()
    by_two = list(rows.versions(model, Scope.PUBLIC, at_once=2))
    assert by_two == list(rows.versions(model, Scope.PUBLIC))
    assert len(by_two) == 4
    apart.kept.clear()
    monkeypatch.setattr(verifying, "AT_ONCE", 3)
    assert "4 missing" in run()


def test_the_databases_own_index_is_compared_and_repaired_too(paintings: list[Painting]) -> None:
    assert "They are the same" in run()
    model_rows = Vectors.objects.filter(image=paintings[1].image)
    model_rows.delete()  # behind the journal's back

    assert f"  1 extra (in the index, not public in the database): {paintings[1].pk}" in run()
    assert "1 are repaired" in run("--repair")
    assert "3 in the database, 3 in the index. They are the same" in run()


@pytest.mark.parametrize("problem", [IndexUnavailable("It is down."), encoder.ArtifactError(encoder.BUILT_IN, "No.")])
def test_what_can_not_be_compared_is_another_exit_code(problem: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def down(_: Any) -> None:
        raise problem

    monkeypatch.setattr(DatabaseUpkeep, "held", down)
    assert run() == f"{problem} [2]"


def test_a_wrong_question_is_explained(paintings: list[Painting]) -> None:
    assert run("--wait", "-1") == "--wait must be 0 or more, and is -1.0. [1]"
    assert run("--model", "x") == "There is no model “x” in the database; there are: lite0-eye1. [1]"
