"""How large a visitor's photo is opened, and what of it is compared."""

from io import BytesIO

import numpy as np
import pytest

from gallery.images import ImageRefused
from search import looking, photos
from search.looking import MOST_SIDE, Opened
from tests.factories import make_image, make_painting, picture_bytes
from tests.search.gallery_wall import SmallEye
from vectorizer import opening
from vectorizer.keypoints import PHOTO_SIDE

pytestmark = pytest.mark.django_db


def opened(data: bytes) -> Opened:
    return looking.open_photo(BytesIO(data), "photo.jpg", photos.limits())


def test_a_camera_s_jpeg_is_decoded_once_and_large_enough_to_look_for_a_painting_in_it() -> None:
    photo = opened(picture_bytes(5, size=(2400, 1800), format="JPEG"))
    assert PHOTO_SIDE <= max(photo.large.shape) <= MOST_SIDE
    assert photo.whole is photo.large


@pytest.mark.parametrize("format", ["PNG", "JPEG"])
def test_what_is_larger_than_is_needed_is_made_smaller(format: str) -> None:
    assert opened(picture_bytes(5, size=(1500, 1200), format=format)).large.shape == (1024, MOST_SIDE, 3)


def test_a_small_picture_stays_as_it_is() -> None:
    photo = opened(picture_bytes(5, size=(120, 90)))
    assert photo.large.shape == photo.whole.shape == (90, 120, 3)


def test_a_scroll_keeps_what_the_network_needs_of_its_short_side() -> None:
    photo = opened(picture_bytes(5, size=(4800, 600), format="JPEG"))
    assert max(photo.large.shape) <= MOST_SIDE
    assert min(photo.whole.shape[:2]) >= opening.SHORT_SIDE


def test_a_file_of_the_collection_is_opened_just_as_its_painting_was(eye: SmallEye) -> None:
    data = picture_bytes(5, size=(2800, 2600), format="JPEG")
    picture = np.asarray(opening.open_picture(BytesIO(data), "a.jpg", photos.limits()))
    make_painting("Kept", image=make_image(data), vectors=dict(eye.see(picture)))

    photo = opened(data)

    np.testing.assert_array_equal(photo.whole, picture)
    assert max(photo.whole.shape) < max(photo.large.shape)


def test_a_file_that_is_no_picture_is_refused() -> None:
    with pytest.raises(ImageRefused, match=r"“photo\.jpg”"):
        opened(b"Dear museum")
