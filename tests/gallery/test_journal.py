"""Every way of changing a painting reaches the journal, in one entry a transaction, and moves its version."""

from collections.abc import Callable

import pytest
from django.db import connection, transaction

from gallery import journal, publishing
from gallery.journal import Kind
from gallery.models import Artist, Attribution, Change, Genre, Painting, Style
from tests.factories import give_vectors, go_live, make_image, make_painting

pytestmark = pytest.mark.django_db


@pytest.fixture
def painting() -> Painting:
    return make_painting("Harbour", artist="Ilse Farrow", style="Pointillism", genre="marina")


def kinds_after(seen: int) -> list[tuple[int, str]]:
    return list(Change.objects.filter(id__gt=seen).order_by("id").values_list("painting_id", "kind"))


def rename(model: type[Style] | type[Genre] | type[Artist]) -> None:
    row = model.objects.get()
    row.name = f"{row.name} renamed"
    row.save()


CHANGES: dict[str, Callable[[Painting], object]] = {
    "save": lambda p: p.save(),
    "update": lambda p: Painting.objects.filter(pk=p.pk).update(title="Quay"),
    "bulk_update": lambda p: Painting.objects.bulk_update([p], ["title"]),
    "update_or_create": lambda p: Painting.objects.update_or_create(pk=p.pk, defaults={"title": "Quay"}),
    "withdraw": lambda p: publishing.withdraw([p], by=None),
    "rename the style": lambda p: rename(Style),
    "rename the genre": lambda p: rename(Genre),
    "rename the artist": lambda p: rename(Artist),
    "update artists in bulk": lambda p: Artist.objects.update(name="Somebody"),
    "update styles in bulk": lambda p: Style.objects.update(name="Something"),
    "delete the artist": lambda p: Artist.objects.get().delete(),
    "delete artists in bulk": lambda p: Artist.objects.all().delete(),
    "delete the style": lambda p: Style.objects.get().delete(),
    "delete genres in bulk": lambda p: Genre.objects.all().delete(),
    "attribute": lambda p: Attribution.objects.create(painting=p, artist=Artist.objects.create(name="Another")),
    "attribute through the relation": lambda p: p.artists.add(Artist.objects.create(name="Another")),
    "change the attribution": lambda p: p.attributions.update(qualifier="after"),
    "take the attribution away": lambda p: p.attributions.get().delete(),
    "take the artists away": lambda p: p.artists.clear(),
}


@pytest.mark.parametrize("way", CHANGES)
def test_each_way_of_changing_a_painting_writes_one_entry_and_moves_its_version(way: str, painting: Painting) -> None:
    other = make_painting("Another")
    seen = journal.position()

    CHANGES[way](painting)

    assert kinds_after(seen) == [(painting.pk, Kind.CHANGED)]
    painting.refresh_from_db()
    assert painting.version == journal.position() > seen
    other.refresh_from_db()
    assert other.version <= seen


@pytest.mark.parametrize("delete", [lambda p: p.delete(), lambda p: Painting.objects.filter(pk=p.pk).delete()])
def test_a_deleted_painting_leaves_its_last_entry(delete: Callable[[Painting], object], painting: Painting) -> None:
    seen, key = journal.position(), painting.pk
    delete(painting)
    assert kinds_after(seen) == [(key, Kind.DELETED)]


def test_creating_in_bulk_writes_an_entry_for_each_and_derives_its_fields() -> None:
    image = make_image()
    seen = journal.position()

    created = Painting.objects.bulk_create(
        [Painting(title="Été", image=image, display_date="c. 1665"), Painting(title="B", image=image)]
    )

    assert kinds_after(seen) == [(p.pk, Kind.CREATED) for p in created]
    first = Painting.objects.get(pk=created[0].pk)
    assert first.title_key == "ete"
    assert first.first_year is not None and first.first_year <= 1665 <= (first.last_year or 0)
    assert first.version > seen


def test_a_new_painting_with_its_attributions_is_one_entry() -> None:
    image, artist = make_image(), Artist.objects.create(name="Ilse Farrow")
    seen = journal.position()

    with journal.writing():
        painting = Painting.objects.create(title="Harbour", image=image)
        Attribution.objects.create(painting=painting, artist=artist)

    assert kinds_after(seen) == [(painting.pk, Kind.CREATED)]


def test_an_attribution_that_moves_changes_both_paintings(painting: Painting) -> None:
    other = make_painting("Another")
    seen = journal.position()
    attribution = painting.attributions.get()

    attribution.painting = other
    attribution.save()

    assert {id_ for id_, _ in kinds_after(seen)} == {painting.pk, other.pk}


def test_ready_vectors_are_a_change_of_every_painting_with_that_image() -> None:
    image = make_image()
    first, second = (make_painting(title, image=image, live=False) for title in "AB")
    give_vectors(image)
    seen = journal.position()

    publishing.go_live([image])

    assert sorted(kinds_after(seen)) == [(first.pk, Kind.VECTORS), (second.pk, Kind.VECTORS)]
    first.refresh_from_db()
    assert first.is_public


def test_a_replaced_image_goes_live_when_it_is_ready_and_the_old_one_stays_until_then(painting: Painting) -> None:
    old, new = painting.image, make_image(number=77)

    painting.image = new
    painting.save()
    painting.refresh_from_db()
    assert painting.live_image == old
    assert painting.is_public

    go_live(painting)
    painting.refresh_from_db()
    assert painting.live_image == new


def test_saving_a_painting_read_earlier_does_not_take_its_live_image_back() -> None:
    painting = make_painting(live=False)
    read_earlier = Painting.objects.get(pk=painting.pk)
    go_live(painting)

    read_earlier.title = "Quay"
    read_earlier.save()

    painting.refresh_from_db()
    assert painting.title == "Quay"
    assert painting.is_public


def test_what_is_rolled_back_leaves_no_entry(painting: Painting) -> None:
    seen = journal.position()
    with pytest.raises(RuntimeError, match="stop"), journal.writing():
        painting.save()
        raise RuntimeError("stop")
    assert kinds_after(seen) == []


def test_a_change_is_recorded_only_under_the_writers_lock() -> None:
    with pytest.raises(RuntimeError, match="writing"):
        journal.record([1], Kind.CHANGED)


@pytest.mark.django_db(transaction=True)
def test_the_bell_rings_after_the_commit_and_a_broken_listener_breaks_nothing() -> None:
    heard: list[list[int]] = []

    def broken(**_: object) -> None:
        raise OSError("no broker")

    def listener(*, painting_ids: list[int], **_: object) -> None:
        assert not connection.in_atomic_block
        heard.append(painting_ids)

    journal.bell.connect(broken)
    journal.bell.connect(listener)
    try:
        with transaction.atomic():
            painting = make_painting("Harbour", live=False)
            assert heard == []
        assert heard == [[painting.pk]]
    finally:
        journal.bell.disconnect(broken)
        journal.bell.disconnect(listener)


def test_the_entry_names_who_did_it(curator: object, painting: Painting) -> None:
    publishing.withdraw([painting], by=curator)
    assert Change.objects.latest("id").user == curator
