"""Parts of pictures as examples."""

from collections.abc import Iterator
from datetime import timedelta
from io import BytesIO
from typing import Any

import cv2
import numpy as np
import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from redis.exceptions import RedisError

from gallery import rendering
from gallery.images import ImageRefused
from gallery.models import Image, Painting
from search import details, parts, photos
from search.details import NotYet
from search.models import Photo, storage
from tests.factories import make_image, make_painting
from tests.search.gallery_wall import SmallEye, drawn, photo, saved
from vectorizer.models import EncoderModel
from vectorizer.quadrilaterals import rectify

pytestmark = pytest.mark.django_db
PART = parts.parse("100,50,600,900")


@pytest.fixture
def painting(eye: SmallEye) -> Painting:
    return make_painting("Drawn", image=make_image(saved(drawn(1))))


@pytest.fixture
def taken(eye: SmallEye) -> Photo:
    token = photos.keep(BytesIO(saved(photo(1).rgb)), "photo.png")
    eye.seen.clear()
    return Photo.objects.get(token=token)


def model() -> EncoderModel:
    return EncoderModel.current()


def common(vectors: details.Features) -> np.ndarray:
    return vectors["common512"]


def test_a_part_of_a_painting_is_cut_out_made_rectangular_and_encoded(painting: Painting, eye: SmallEye) -> None:
    found = details.of_painting(painting, PART, model())
    cut = rectify(drawn(1), parts.region(PART))
    assert common(found).tobytes() == common(eye.see(cut)).tobytes()
    assert set(found) == {feature.name for feature in eye.card.features}


def test_a_tilted_part_is_straightened(painting: Painting, eye: SmallEye) -> None:
    tilted = parts.parse("100,0,900,100,800,900,0,800")
    details.of_painting(painting, tilted, model())
    assert (eye.seen[0] == rectify(drawn(1), parts.region(tilted))).all()


def test_it_is_encoded_once_for_each_part_and_model(painting: Painting, eye: SmallEye) -> None:
    for _ in range(3):
        first = details.of_painting(painting, PART, model())
    assert len(eye.seen) == 1
    again = details.of_painting(painting, parts.parse("100,50,600,899"), model())
    assert len(eye.seen) == 2
    assert not np.array_equal(common(first), common(again))
    another = EncoderModel.objects.create(name="another", checksum="1")
    details.of_painting(painting, PART, another)
    assert len(eye.seen) == 3


def test_the_same_file_of_another_painting_is_not_encoded_again(painting: Painting, eye: SmallEye) -> None:
    twin = make_painting("Twin", image=painting.image)
    details.of_painting(painting, PART, model())
    details.of_painting(twin, PART, model())
    assert len(eye.seen) == 1


def test_whoever_has_had_enough_waits_and_what_is_known_costs_nothing(painting: Painting, eye: SmallEye) -> None:
    with pytest.raises(NotYet, match="Please wait 7 seconds") as refused:
        details.of_painting(painting, PART, model(), permit=lambda: 7)
    assert refused.value.seconds == 7
    assert not eye.seen
    details.of_painting(painting, PART, model())
    details.of_painting(painting, PART, model(), permit=lambda: 7)
    assert len(eye.seen) == 1


def test_the_smallest_rendition_that_shows_the_part_well_is_read(eye: SmallEye) -> None:
    large = cv2.resize(drawn(1), (2400, 1800), interpolation=cv2.INTER_CUBIC)
    painting = make_painting("Large", image=make_image(saved(large)))
    Image.objects.filter(pk=painting.image_id).update(widths=[320, 640, 1280, 2048])
    for number, width in enumerate((320, 640, 1280, 2048)):
        path = painting.image.rendition_path(width, "jpg")
        flat = np.full((width * 3 // 4, width, 3), number * 60, np.uint8)
        rendering.storage().save(path, ContentFile(saved(flat, "JPEG")))
    painting = Painting.objects.get(pk=painting.pk)
    for text in ("0,0,1000,999", "0,0,500,500", "0,0,250,250", "0,0,100,100"):
        details.of_painting(painting, parts.parse(text), model())
    assert [round(float(seen.mean()) / 60) for seen in eye.seen] == [1, 2, 3, 3]


def test_a_lost_rendition_is_no_loss(painting: Painting, eye: SmallEye) -> None:
    assert painting.image.widths
    details.of_painting(painting, PART, model())
    assert len(eye.seen) == 1


def test_a_lost_original_is_said_to_be_lost(painting: Painting, eye: SmallEye, folder: Any) -> None:
    (folder / "originals" / painting.image.path).unlink()
    with pytest.raises(FileNotFoundError):
        details.of_painting(painting, PART, model())


def test_a_part_of_a_photo_is_that_part_whatever_was_recognised_in_it(taken: Photo, eye: SmallEye) -> None:
    details.of(taken, PART, model())
    with taken.open() as file:
        kept = np.asarray(details.images.open_rgb(file, "photo.jpg", photos.limits()))
    assert (eye.seen[0] == rectify(kept, parts.region(PART))).all()


def test_what_came_of_a_photo_goes_with_it_and_its_token_is_nowhere(
    taken: Photo, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PHOTO_LIFETIME = timedelta(minutes=10)
    kept: list[tuple[str, float]] = []
    monkeypatch.setattr(cache, "set", lambda key, value, timeout: kept.append((key, timeout)))
    details.of(taken, PART, model())
    ((key, seconds),) = kept
    assert taken.token not in key
    assert 590 < seconds <= 600


def test_a_photo_whose_file_is_damaged_or_lost_is_said_to_be(taken: Photo) -> None:
    storage().save(taken.path, ContentFile(b"no picture"))
    with pytest.raises(ImageRefused):
        details.of(taken, PART, model())
    storage().delete(taken.path)
    with pytest.raises(FileNotFoundError):
        details.of(taken, PART, model())


@pytest.fixture
def broken_cache(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def broken(*args: Any) -> None:
        raise RedisError("no connection")

    with monkeypatch.context() as patched:
        patched.setattr(cache, "get", broken)
        patched.setattr(cache, "set", broken)
        yield


def test_without_the_cache_it_is_encoded_each_time(painting: Painting, eye: SmallEye, broken_cache: None) -> None:
    details.of_painting(painting, PART, model())
    details.of_painting(painting, PART, model())
    assert len(eye.seen) == 2
