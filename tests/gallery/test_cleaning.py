"""Files that nothing names any more go; everything else stays."""

import os
from datetime import timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command

from gallery import cleaning, originals, rendering
from gallery.models import Image
from tests.factories import make_image, make_painting, picture_bytes

pytestmark = pytest.mark.django_db


@pytest.fixture
def a_day_later(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cleaning, "KEPT_FOR", timedelta(seconds=-60))


def files() -> set[str]:
    return {
        str(path)
        for storage in (originals.storage(), rendering.storage())
        for path in Path(storage.path("")).rglob("*")
        if path.is_file()
    }


def test_an_upload_that_no_painting_shows_goes_after_a_day(a_day_later: None) -> None:
    kept = make_painting().image
    orphan = make_image(number=50)
    rendering.storage().save(orphan.rendition_path(320, "webp"), ContentFile(b"x"))

    cleaned = cleaning.clean()

    assert (cleaned.images, cleaned.files) == (1, 2)
    assert list(Image.objects.all()) == [kept]
    assert files() == {originals.storage().path(kept.path)}


def test_a_fresh_upload_stays() -> None:
    make_image()
    assert cleaning.clean() == cleaning.Cleaned(images=0, files=0, bytes=0)
    assert len(files()) == 1


def test_a_former_picture_stays_because_the_history_names_it(a_day_later: None) -> None:
    painting = make_painting()
    former = painting.image
    painting.image = make_image(number=51)
    painting.save()
    cleaning.clean()
    assert Image.objects.filter(pk=former.pk).exists()


def test_a_file_that_was_cut_short_by_a_crash_goes(a_day_later: None) -> None:
    path = Path(originals.storage().path("ab/.writing-123"))
    path.parent.mkdir(parents=True)
    path.write_bytes(b"half")
    assert cleaning.clean().files == 1


def test_a_dry_run_removes_nothing(a_day_later: None) -> None:
    make_image()
    out = StringIO()
    call_command("clean_files", "--dry-run", stdout=out)
    assert "Would remove 1 unused images and 1 files" in out.getvalue()
    assert Image.objects.count() == len(files()) == 1
    call_command("clean_files", stdout=out)
    assert not Image.objects.exists()


def test_the_same_file_twice_is_stored_once() -> None:
    first, second = make_image(), make_image()
    assert first == second
    assert len(files()) == 1


def test_a_store_that_breaks_leaves_no_file_cut_short(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> Any:
        yield b"half"
        raise OSError("the disk is full")

    monkeypatch.setattr(ContentFile, "chunks", broken)
    with pytest.raises(OSError, match="disk is full"):
        originals.storage().save("ab/abc.png", ContentFile(b"whole"))
    monkeypatch.undo()
    assert files() == set()
    originals.add(BytesIO(picture_bytes(1)), "a.png")
    assert len(files()) == 1


def test_a_stray_that_is_uploaded_again_while_files_are_cleaned_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    image = make_image(number=52)
    path = originals.storage().path(image.path)
    Image.objects.all().delete()
    os.utime(path, (0, 0))
    look = cleaning._strays

    def look_and_then_upload(*arguments: Any) -> Any:
        found = list(look(*arguments))
        make_image(number=52)
        return found

    monkeypatch.setattr(cleaning, "_strays", look_and_then_upload)
    assert cleaning.clean().files == 0
    assert files() == {path}
