"""Upkeep of the database's index, and what is said of a new one."""

import pytest

from gallery import journal, publishing
from search import indexes
from search.indexes.upkeep import Held, Rebuilt, Upkeep
from tests.factories import make_painting
from vectorizer import documents
from vectorizer.models import EncoderModel

pytestmark = pytest.mark.django_db


@pytest.fixture
def upkeep() -> Upkeep:
    return indexes.upkeep(EncoderModel.current())


def test_it_holds_each_public_painting_at_its_version(upkeep: Upkeep) -> None:
    kept, withdrawn = make_painting("Kept"), make_painting("Withdrawn")
    assert list(upkeep.held()) == [Held(id=p.pk, version=p.version) for p in (kept, withdrawn)]

    publishing.withdraw([withdrawn], by=None)
    kept.title = "Renamed"
    kept.save()
    kept.refresh_from_db()

    assert list(upkeep.held()) == [Held(id=kept.pk, version=kept.version)]
    assert upkeep.versions([kept.pk, withdrawn.pk, 10**6]) == {kept.pk: kept.version}
    assert (upkeep.count(), upkeep.highest_version()) == (1, kept.version)


def test_an_empty_one_holds_nothing(upkeep: Upkeep) -> None:
    assert (list(upkeep.held()), upkeep.count(), upkeep.highest_version()) == ([], 0, 0)
    assert (upkeep.older(), upkeep.drop_older()) == ((), ())


def test_it_follows_the_journal_by_itself_and_is_mended_by_being_made_again(upkeep: Upkeep) -> None:
    painting = make_painting("Bridge")
    model = EncoderModel.current()

    assert upkeep.follow(0) == journal.position()
    assert upkeep.mend(documents.messages([painting.pk], model)) == {}
    assert indexes.everything().is_used(model) is False
    assert indexes.index().upkeep(model).count() == 1


def test_its_versions_outlive_the_process() -> None:
    painting = make_painting("Bridge")
    model = EncoderModel.current()
    done: list[int] = []

    made = indexes.upkeep(model).rebuild(done.append)
    indexes._loaded.cache_clear()

    assert (made, done) == (Rebuilt(count=1, public=1), [1])
    assert indexes.upkeep(model).versions([painting.pk]) == {painting.pk: painting.version}


@pytest.mark.parametrize(
    ("made", "whole"),
    [
        (Rebuilt(count=5, public=5), True),
        (Rebuilt(count=4, public=5), False),
        (Rebuilt(count=6, public=5), False),
        (Rebuilt(count=4, public=5, failures={7: "It is damaged."}), True),
        (Rebuilt(count=4, public=5, changing=1), True),
        (Rebuilt(count=2, public=5, changing=1, failures={7: "It is damaged."}), False),
    ],
)
def test_a_new_index_is_whole_where_only_that_is_missing_which_can_not_be_there(made: Rebuilt, whole: bool) -> None:
    assert made.is_whole is whole
