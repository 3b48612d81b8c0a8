"""The map made anew, and what is on its sheets."""

import os
from io import BytesIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from PIL import Image as Pillow

from gallery import cleaning, publishing, rendering
from gallery.models import Image, Painting
from search.map import making, sheets
from search.map.colouring import UNKNOWN, mean_colour
from search.map.growing import BUSY
from search.map.models import CollectionMap, Place, Sheet
from tests.factories import make_painting
from tests.search.map.mapped import apart, collection, hang, mapped, near, place, read, sheet_status, shown
from vectorizer import locks
from vectorizer.models import EncoderModel, Vectors

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_a_map_of_few_paintings(client: Client, count: int) -> None:
    paintings = mapped(count)
    assert sorted(read(client).ids) == sorted(painting.pk for painting in paintings)
    assert making.is_there()


def test_what_is_alike_hangs_near_each_other() -> None:
    paintings = mapped(8)
    alike = apart(paintings[0], paintings[2])
    assert alike < apart(paintings[0], paintings[1])


def test_drafts_are_not_on_the_map(client: Client) -> None:
    mapped(2)
    draft = make_painting("Draft", state=Painting.State.DRAFT)
    making.make()
    assert draft.pk not in read(client).ids


def test_damaged_vectors_keep_no_other_painting_from_the_map(client: Client) -> None:
    one, other = collection(2)
    Vectors.objects.filter(image=one.live_image).update(data=b"short")
    assert making.make() == 1
    assert read(client).ids == [other.pk]


def test_each_sheet_shows_its_paintings_small(client: Client) -> None:
    upright = hang("Upright", near(1))
    Image.objects.filter(pk=upright.live_image_id).update(width=48, height=64)
    mapped(3)
    found = read(client)
    assert len(found.sheets) == 1
    for side in sheets.SIDES:
        assert sheet_status(client, found.sheets[0], side) == 200
    with rendering.storage().open(sheets.path(found.sheets[0], 64)) as file:
        assert Pillow.open(BytesIO(file.read())).size == (2048, 64)
    assert sorted(found.cells) == [0, 1, 2, 3]
    assert found.shapes[found.ids.index(upright.pk)] == 48 + 128
    assert sorted(found.shapes)[0] == 48


def test_a_lost_thumbnail_is_a_colour_on_the_sheet(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    mapped(1)
    make_painting("Without a file")
    making.make()
    assert "shows a colour instead" in caplog.text
    assert sheet_status(client, read(client).sheets[0]) == 200


def test_another_map_takes_the_place_of_the_former_one_and_of_its_files(folder: Path) -> None:
    mapped(3)
    before = shown()
    hang("New", near(2))
    making.make()
    assert shown() != before
    assert CollectionMap.objects.count() == 1
    names = {path.name.split("-")[0] for path in (folder / "renditions" / "map").iterdir()}
    assert names == set(Sheet.objects.values_list("name", flat=True))


def test_the_same_map_made_again_keeps_its_files(client: Client) -> None:
    mapped(3)
    making.make()
    assert sheet_status(client, read(client).sheets[0]) == 200


def test_half_a_map_is_shown_to_nobody_and_gone_with_the_next(client: Client) -> None:
    CollectionMap.objects.create(model=EncoderModel.current())
    assert client.get("/map/places.bin").status_code == 404
    mapped(1)
    assert CollectionMap.objects.count() == 1


def test_a_painting_withdrawn_while_the_map_is_made_is_not_on_it(client: Client) -> None:
    one, other = collection(2)

    def withdraw(step: str, _: int) -> None:
        if step == "laying out" and Painting.objects.get(pk=one.pk).is_public:
            publishing.withdraw([one], by=None)

    making.make(withdraw)
    assert read(client).ids == [other.pk]


def test_of_two_who_make_it_at_once_one_gives_up_and_the_former_map_stays() -> None:
    mapped(2)
    former = shown()

    def another(step: str, _: int) -> None:
        if step == "drawing":
            CollectionMap.objects.filter(whole=False).delete()  # as whoever begins after us does

    with pytest.raises(making.AnotherAtWork):
        making.make(another)
    assert shown() == former


def test_strays_that_nobody_names_are_removed_after_a_while(folder: Path) -> None:
    mapped(1)
    for name, age in (("old", 7200), ("new", 0)):
        path = folder / "renditions" / "map" / f"{name}-64.webp"
        path.write_bytes(b"stray")
        os.utime(path, (path.stat().st_mtime - age,) * 2)
    sheets.remove_strays()
    left = {path.name for path in (folder / "renditions" / "map").iterdir()}
    assert "new-64.webp" in left
    assert "old-64.webp" not in left
    assert len(left) == 3


def test_cleaning_the_files_of_images_leaves_the_sheets_alone(folder: Path, client: Client) -> None:
    mapped(1)
    for path in (folder / "renditions" / "map").iterdir():
        os.utime(path, (0, 0))
    cleaning.clean()
    assert sheet_status(client, read(client).sheets[0]) == 200


def test_deleted_paintings_and_images_take_their_places_with_them() -> None:
    one, other = mapped(2)
    one.delete()
    assert list(Place.objects.values_list("painting", flat=True)) == [other.pk]


class TestColour:
    def test_the_mean_of_the_placeholder(self) -> None:
        from gallery.renditions import placeholder

        red = mean_colour(placeholder(Pillow.new("RGB", (40, 30), (200, 40, 40))))
        assert abs((red >> 16) - 200) < 6
        assert abs((red & 255) - 40) < 6

    @pytest.mark.parametrize("text", ["", "data:,", "data:image/webp;base64,AAAA", "data:image/webp;base64,%%%"])
    def test_grey_where_there_is_none(self, text: str) -> None:
        assert mean_colour(text) == UNKNOWN


class TestCommand:
    def test_it_says_how_many_there_are(self, capsys: pytest.CaptureFixture[str]) -> None:
        collection(2)
        call_command("map_collection")
        assert "There are 2 paintings on the map." in capsys.readouterr().out

    def test_if_missing_makes_one_once(self, capsys: pytest.CaptureFixture[str]) -> None:
        collection(1)
        call_command("map_collection", "--if-missing", verbosity=0)
        first = shown()
        call_command("map_collection", "--if-missing")
        assert "The map is there." in capsys.readouterr().out
        assert shown() == first

    def test_if_missing_makes_one_for_another_model(self) -> None:
        mapped(1)
        other = EncoderModel.objects.create(name="other", checksum="0")
        CollectionMap.objects.update(model=other)
        assert not making.is_there()
        assert shown().model == other

    def test_two_at_once_are_one_too_many(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from contextlib import contextmanager

        @contextmanager
        def held(*_: object):  # type: ignore[no-untyped-def]
            yield False

        monkeypatch.setattr(locks, "alone", held)
        with pytest.raises(CommandError, match="try again in a minute") as refused:
            call_command("map_collection")
        assert refused.value.returncode == BUSY

    def test_a_damaged_model_is_named(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from vectorizer import encoder

        def broken(_: EncoderModel) -> None:
            raise encoder.ArtifactError(Path("x"), "it is broken.")

        monkeypatch.setattr(EncoderModel, "card", property(broken))
        with pytest.raises(CommandError, match="broken"):
            call_command("map_collection")


def test_places_say_where_they_are() -> None:
    (one,) = mapped(1)
    assert str(place(one)) == f"{place(one).column}, {place(one).row}"
    assert "Map by" in str(shown())
    assert str(Sheet.objects.get()) == "Sheet 0"
