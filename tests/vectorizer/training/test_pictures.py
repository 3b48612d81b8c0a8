"""Pictures are read for training as the application reads them."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from gallery.images import ImageRefused
from tests.pictures import WHITE, picture, saved
from vectorizer.opening import open_picture
from vectorizer.training.pictures import LIMITS, read_batches, read_picture


def test_transparency_is_white_as_in_the_application(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(saved(Image.new("RGBA", (20, 20), (0, 0, 0, 0)), "PNG"))

    assert (read_picture(tmp_path / "a.png") == WHITE).all()


def test_a_picture_is_the_one_that_the_application_encodes(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_bytes(saved(picture(size=(4000, 3000)), "JPEG"))

    with (tmp_path / "a.jpg").open("rb") as file:
        expected = np.asarray(open_picture(file, "a.jpg", LIMITS))

    np.testing.assert_array_equal(read_picture(tmp_path / "a.jpg"), expected)
    assert max(expected.shape) < 4000


def test_what_is_no_picture_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.jpg").write_text("no picture")

    with pytest.raises(ImageRefused, match=r"a\.jpg"):
        read_picture(tmp_path / "a.jpg")


def test_pictures_come_in_batches_of_squares(tmp_path: Path) -> None:
    for name in ("a.png", "b.jpg", "c.webp"):
        picture().save(tmp_path / name)

    batches = list(read_batches(sorted(tmp_path.iterdir()), 32, "squash", batch=2))

    assert [batch.shape for batch in batches] == [(2, 32, 32, 3), (1, 32, 32, 3)]
    assert batches[0].dtype == np.uint8


def test_exif_turns_a_picture_upright(tmp_path: Path) -> None:
    turned = Image.Exif()
    turned[0x0112] = 6
    picture(size=(60, 40)).save(tmp_path / "a.jpg", exif=turned)

    assert read_picture(tmp_path / "a.jpg").shape == (60, 40, 3)
