"""What a picture's sides make of it."""

import pytest

from gallery.orientations import Orientation, label


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [
        (300, 400, "portrait"),
        (400, 300, "landscape"),
        (500, 500, "square"),
        (1050, 1000, "square"),
        (1000, 1050, "square"),
        (1051, 1000, "landscape"),
        (1000, 1051, "portrait"),
        (1, 20_000, "portrait"),
    ],
)
def test_sides_that_differ_by_five_per_cent_are_still_square(width: int, height: int, expected: str) -> None:
    assert Orientation.of(width, height) == expected


def test_a_label_is_what_people_read() -> None:
    assert [label(each) for each in Orientation] == ["Upright", "Wide", "Square"]
    assert label("oval") == "oval"
