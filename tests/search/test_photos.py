"""Visitors' photos: what is kept of them, and for how long."""

import os
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image as Pillow

from gallery import originals
from gallery.images import ImageRefused
from gallery.models import Change, Image, Painting
from search import looking, photos, similar, tasks
from search.models import Photo
from search.query import Example, Question, QuestionError
from tests import eyes
from tests.factories import picture_bytes
from vectorizer.encoder import load_card
from vectorizer.models import EncoderModel, artifact_path

pytestmark = pytest.mark.django_db


def jpeg_with_metadata(size: tuple[int, int]) -> bytes:
    exif = Pillow.Exif()
    exif[0x0112] = 6  # on its side
    exif[0x010F] = "A camera's maker"
    exif[0x8825] = {1: "N", 2: (48.0, 51.0, 24.0)}  # where it was taken
    file = BytesIO()
    Pillow.open(BytesIO(picture_bytes(4, size=size))).save(file, "JPEG", exif=exif)
    return file.getvalue()


def age(token: str, by: timedelta) -> Photo:
    Photo.objects.filter(token=token).update(created_at=timezone.now() - by)
    return Photo.objects.get(token=token)


def test_a_photo_is_kept_small_upright_and_without_metadata() -> None:
    token = photos.keep(BytesIO(jpeg_with_metadata((2000, 1500))), "IMG_1.jpg")

    with photos.find(token).open() as file, Pillow.open(file) as kept:
        assert (kept.format, kept.mode) == ("JPEG", "RGB")
        assert kept.height > kept.width
        assert 640 <= kept.height <= 1280
        assert not kept.getexif()
        assert "icc_profile" not in kept.info


def test_its_token_can_not_be_guessed() -> None:
    tokens = {photos.keep(BytesIO(picture_bytes(n)), "a.png") for n in range(3)}

    assert len(tokens) == 3
    assert all(len(token) == 32 and int(token, 16) for token in tokens)
    assert not any(token in str(photos.find(token)) for token in tokens)


def test_a_photo_never_enters_the_collection() -> None:
    photos.keep(BytesIO(picture_bytes(1)), "a.png")

    assert [model.objects.count() for model in (Painting, Image, Change)] == [0, 0, 0]


def test_what_is_not_a_picture_is_refused_and_nothing_is_kept(folder: Path) -> None:
    with pytest.raises(ImageRefused, match=r"“letter\.pdf”"):
        photos.keep(BytesIO(b"%PDF-1.7 not a picture"), "letter.pdf")

    assert not Photo.objects.exists()
    assert not (folder / "photos").exists()


def test_an_unknown_token_finds_nothing() -> None:
    assert photos.find("0" * 32) is None
    assert photos.find("") is None
    assert photos.find("\0") is None


def test_a_photo_is_gone_after_its_time_though_nobody_swept(settings: Any) -> None:
    token = photos.keep(BytesIO(picture_bytes(1)), "a.png")
    age(token, settings.PHOTO_LIFETIME - timedelta(seconds=5))
    assert photos.find(token) is not None

    age(token, settings.PHOTO_LIFETIME + timedelta(seconds=5))
    assert photos.find(token) is None


def test_the_sweep_deletes_old_photos_with_their_files(settings: Any, folder: Path) -> None:
    old, new = (photos.keep(BytesIO(picture_bytes(n)), "a.png") for n in range(2))
    age(old, settings.PHOTO_LIFETIME + timedelta(seconds=5))

    assert photos.expire() == 1

    assert list(Photo.objects.values_list("token", flat=True)) == [new]
    assert [path.name for path in (folder / "photos").iterdir()] == [f"{new}.jpg"]


def test_the_sweep_deletes_old_files_that_no_row_names(settings: Any, folder: Path) -> None:
    token = photos.keep(BytesIO(picture_bytes(1)), "a.png")
    left, fresh = folder / "photos" / "left.jpg", folder / "photos" / "fresh.jpg"
    for path in (left, fresh):
        path.write_bytes(b"a crash left this")
    long_ago = (timezone.now() - settings.PHOTO_LIFETIME).timestamp() - 60
    for path in (left, folder / "photos" / f"{token}.jpg"):
        os.utime(path, (long_ago, long_ago))

    tasks.expire_photos()

    assert not left.exists()
    assert fresh.exists()
    assert photos.find(token).open().read(2) == b"\xff\xd8"


def test_the_sweep_of_nothing_is_quiet() -> None:
    assert photos.expire() == 0


def test_anybody_may_send_less_than_a_curator(settings: Any) -> None:
    data = picture_bytes(4, size=(200, 100))
    settings.MAX_PHOTO_PIXELS = 10_000
    with pytest.raises(ImageRefused) as pixels:
        photos.keep(BytesIO(data), "wide.png")
    assert pixels.value.code == "too_many_pixels"

    settings.MAX_PHOTO_PIXELS, settings.MAX_PHOTO_BYTES = 20_000, 100
    with pytest.raises(ImageRefused) as size:
        photos.keep(BytesIO(data), "wide.png")
    assert size.value.code == "too_many_bytes"

    assert originals.add(BytesIO(data), "wide.png").width == 200
    assert not Photo.objects.exists()


@pytest.fixture
def another_model(settings: Any) -> EncoderModel:
    """As if it had become the active one since the photo came."""
    eyes.install(settings.ARTIFACTS_DIR)
    EncoderModel.objects.update(active=False)
    name = eyes.TINY.name
    return EncoderModel.objects.create(name=name, checksum=load_card(artifact_path(name)).checksum, active=True)


def test_a_photo_that_expires_while_it_is_encoded_anew_is_no_error(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = photos.keep(BytesIO(picture_bytes(3)), "IMG.png")
    model = request.getfixturevalue("another_model")
    photo, encode = photos.find(token), looking.vectors
    assert photo is not None

    def slow(*arguments: Any) -> bytes:
        Photo.objects.all().delete()
        return encode(*arguments)

    monkeypatch.setattr(looking, "vectors", slow)

    assert photos.vectors(photo, model)
    assert not Photo.objects.exists()


@pytest.mark.parametrize("left", [b"", b"half a photo"])
def test_a_photo_whose_file_is_damaged_is_gone(
    left: bytes, request: pytest.FixtureRequest, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    token = photos.keep(BytesIO(picture_bytes(3)), "IMG.png")
    request.getfixturevalue("another_model")
    (folder / "photos" / f"{token}.jpg").write_bytes(left)

    with pytest.raises(QuestionError) as refused:
        similar.answer(Question(like=(Example(photo=token),)))
    assert list(refused.value.errors) == ["photo"]
    assert "is damaged" in caplog.text
    assert token not in caplog.text
