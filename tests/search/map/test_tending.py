"""The map kept true to what is public."""

from contextlib import contextmanager
from io import BytesIO
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from gallery import journal, originals, publishing
from gallery.models import Painting
from search import tasks
from search.map import drawing, growing, making, sheets, tending
from search.map.models import CollectionMap, Place, Sheet
from tests.factories import go_live, picture_bytes
from tests.search.map.mapped import NOWHERE, apart, give_thumbnail, hang, mapped, near, place, read, sheet_status, shown
from vectorizer import locks
from vectorizer.models import EncoderModel, Vectors

pytestmark = pytest.mark.django_db


def test_a_withdrawn_painting_is_gone_from_the_data_and_its_sheet_is_not_served(client: Client) -> None:
    gone, *others = mapped(4)
    (name,) = read(client).sheets
    publishing.withdraw([gone], by=None)
    found = read(client)
    assert gone.pk not in found.ids
    assert found.sheets == [""]
    assert sheet_status(client, name) == 404
    assert sheet_status(client, name, 16) == 404

    tending.tend()
    (remade,) = read(client).sheets
    assert remade not in ("", name)
    assert sheet_status(client, remade) == 200
    assert sheet_status(client, name) == 404
    assert sorted(read(client).ids) == sorted(painting.pk for painting in others)


def test_a_deleted_painting_is_gone_in_the_same_way(client: Client) -> None:
    gone, _ = mapped(2)
    (name,) = read(client).sheets
    id_ = gone.pk
    with journal.writing():
        gone.delete()
    assert id_ not in read(client).ids
    assert sheet_status(client, name) == 404
    tending.tend()
    assert sheet_status(client, read(client).sheets[0]) == 200


def test_the_last_painting_takes_the_sheet_with_it(client: Client) -> None:
    (gone,) = mapped(1)
    publishing.withdraw([gone], by=None)
    tending.tend()
    assert not Sheet.objects.exists()
    assert read(client).ids == []


def test_a_new_painting_is_hung_near_what_it_is_like(client: Client) -> None:
    paintings = mapped(12)
    new = hang("New", near(0, 77))
    assert new.pk not in read(client).ids
    assert tending.tend()
    distances = [apart(new, painting) for painting in paintings]
    assert sum(distances[0::2]) < sum(distances[1::2])
    found = read(client)
    assert found.cells[found.ids.index(new.pk)] != NOWHERE
    assert sheet_status(client, found.sheets[0]) == 200
    assert place(new).region == place(paintings[0]).region


def test_the_first_painting_of_all_finds_room_on_an_empty_map(client: Client) -> None:
    making.make()
    ones = [hang(f"One {number}", near(number)) for number in range(5)]
    assert tending.tend()
    found = read(client)
    assert sorted(found.ids) == sorted(painting.pk for painting in ones)
    assert len(set(zip(found.columns, found.rows, strict=True))) == 5


def test_a_grid_that_fills_up_gets_finer_and_everything_stays_where_it_is() -> None:
    (one,) = mapped(1)
    before = shown().side
    x = place(one).column / before
    for number in range(12):
        hang(f"More {number}", near(number))
    tending.tend()
    assert shown().side > before
    assert place(one).column / shown().side == x
    assert Place.objects.values("column", "row").distinct().count() == 13


def test_a_replaced_image_is_hung_anew(client: Client) -> None:
    paintings = mapped(8)
    moved = paintings[0]
    (name,) = read(client).sheets
    with journal.writing():
        moved.image = originals.add(BytesIO(picture_bytes(4711)), "new.png")
        moved.save()
    assert moved.pk in read(client).ids  # until the new one is ready, the old one is public
    go_live(moved, common512=near(1, 99))
    moved.refresh_from_db()
    assert moved.pk not in read(client).ids
    assert sheet_status(client, name) == 404
    give_thumbnail(moved)
    tending.tend()
    assert moved.pk in read(client).ids
    assert place(moved).image_id == moved.live_image_id
    assert apart(moved, paintings[1]) < 6


def test_nothing_changed_nothing_done(django_assert_num_queries: object) -> None:
    mapped(2)
    before = shown().stamp
    assert tending.tend()
    assert shown().stamp == before
    with django_assert_num_queries(2):  # type: ignore[operator]
        tending.tend()


def test_without_a_map_there_is_nothing_to_tend() -> None:
    hang("Alone")
    tasks.tend_map.apply()
    assert not CollectionMap.objects.exists()


def test_a_change_that_concerns_no_place_leaves_the_sheets_alone(client: Client) -> None:
    one, _ = mapped(2)
    names = read(client).sheets
    with journal.writing():
        one.title = "Another title"
        one.save()
    assert tending.tend()
    assert read(client).sheets == names
    assert shown().position == journal.position()


def test_what_is_too_much_for_one_turn_is_done_in_the_next(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    mapped(2)
    monkeypatch.setattr(tending, "PLACED_AT_ONCE", 2)
    new = [hang(f"New {number}", near(number)) for number in range(3)]
    assert not tending.tend()
    assert sum(painting.pk in read(client).ids for painting in new) == 2
    assert tending.tend()
    assert {painting.pk for painting in new} <= set(read(client).ids)


def test_when_the_time_is_over_the_next_turn_goes_on(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    gone, _ = mapped(2)
    hang("New")
    publishing.withdraw([gone], by=None)
    monkeypatch.setattr(tending, "SECONDS", -1)
    assert not tending.tend()
    assert gone.pk not in read(client).ids
    monkeypatch.setattr(tending, "SECONDS", 30)
    assert tending.tend()
    assert len(read(client).ids) == 2


def test_drawing_stops_when_its_time_is_over() -> None:
    mapped(2)
    Place.objects.update(sheet=None)
    Sheet.objects.all().delete()
    assert not drawing.draw(shown(), until=0)
    assert drawing.draw(shown())


def test_damaged_vectors_keep_nobody_waiting(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    mapped(3)
    bad, good = hang("Bad"), hang("Good", near(1, 5))
    Vectors.objects.filter(image=bad.live_image).update(data=b"short")
    assert tending.tend()
    assert good.pk in read(client).ids
    assert bad.pk not in read(client).ids
    assert f"Painting {bad.pk} is not on the map" in caplog.text


def test_more_sheets_where_one_is_not_enough(monkeypatch: pytest.MonkeyPatch, client: Client) -> None:
    monkeypatch.setattr(drawing, "CELLS", 4)
    monkeypatch.setattr(sheets, "CELLS", 4)
    paintings = mapped(6)
    assert [sheet.count for sheet in Sheet.objects.order_by("number")] == [4, 2]
    publishing.withdraw([paintings[0]], by=None)
    hang("New", near(1))
    tending.tend()
    assert sorted(sheet.count for sheet in Sheet.objects.all()) == [2, 4]
    assert all(sheet_status(client, name) == 200 for name in read(client).sheets)
    everything = Painting.objects.public()
    publishing.withdraw(everything.filter(pk__in=Place.objects.filter(sheet__number=0).values("painting")), by=None)
    tending.tend()
    assert read(client).sheets[0] == ""


def test_another_map_made_meanwhile_is_tended_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    gone, _ = mapped(2)
    publishing.withdraw([gone], by=None)
    tended = shown()
    monkeypatch.setattr(CollectionMap.objects.__class__, "shown", lambda _: tended)
    CollectionMap.objects.all().delete()
    assert not tending.tend()


def test_what_another_has_just_done_is_not_done_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    mapped(2)
    hang("New")
    alone = locks.alone

    @contextmanager
    def after_another(*arguments: int):  # type: ignore[no-untyped-def]
        with alone(*arguments) as ours:
            tending._make_room(shown(), shown().side ** 2)
            yield ours

    monkeypatch.setattr(locks, "alone", after_another)
    assert tending.tend()
    assert all(max(each.column, each.row) < shown().side for each in Place.objects.all())


def test_one_at_a_time_is_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    mapped(1)
    hang("New")

    @contextmanager
    def held(*_: object):  # type: ignore[no-untyped-def]
        yield False

    monkeypatch.setattr(locks, "alone", held)
    assert not tending.tend()
    assert Place.objects.count() == 1


def test_another_models_map_is_shown_and_tended_until_there_is_a_new_one(client: Client) -> None:
    mapped(3)
    other = EncoderModel.objects.create(name="former", checksum="0")
    CollectionMap.objects.update(model=other)
    new = hang("New", near(1))
    assert tending.tend()
    assert new.pk in read(client).ids


def test_a_map_that_is_mostly_new_asks_to_be_laid_out(caplog: pytest.LogCaptureFixture) -> None:
    mapped(1)
    for number in range(3):
        hang(f"New {number}", near(number))
    tending.tend()
    assert "lays it out anew" in caplog.text


def test_a_map_that_the_worker_may_make_anew_by_itself_asks_nobody(
    caplog: pytest.LogCaptureFixture, settings: Any
) -> None:
    settings.MAP_LIMIT = 100
    mapped(1)
    cache.set(growing.FAILED, True)
    for number in range(3):
        hang(f"New {number}", near(number))
    tending.tend()
    assert Place.objects.count() == 4
    assert "lays it out anew" not in caplog.text


def test_a_map_that_is_about_to_be_made_anew_is_left_to_whoever_makes_it(settings: Any) -> None:
    settings.MAP_LIMIT = 100
    mapped(1)
    for number in range(3):
        hang(f"New {number}", near(number))
    assert not tending.tend()
    assert Place.objects.count() == 1
    making.make()
    assert tending.tend()
    assert Place.objects.count() == 4
