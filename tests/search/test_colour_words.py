import pytest

from search.colour_words import named
from vectorizer.features import Colour


@pytest.mark.parametrize(
    ("colour", "name"),
    [
        ((0, 0, 0), "black"),
        ((32, 4, 8), "black"),
        ((60, 60, 60), "dark grey"),
        ((128, 128, 128), "grey"),
        ((200, 200, 198), "light grey"),
        ((255, 255, 255), "white"),
        ((255, 0, 0), "red"),
        ((110, 10, 10), "dark red"),
        ((255, 140, 0), "orange"),
        ((250, 220, 0), "yellow"),
        ((0, 150, 40), "green"),
        ((10, 70, 30), "dark green"),
        ((0, 160, 170), "teal"),
        ((30, 60, 200), "blue"),
        ((20, 30, 80), "dark blue"),
        ((170, 200, 250), "pale blue"),
        ((120, 40, 180), "violet"),
        ((250, 130, 180), "pink"),
        ((60, 40, 25), "dark brown"),
        ((120, 85, 55), "brown"),
        ((200, 180, 150), "beige"),
        ((245, 235, 215), "cream"),
    ],
)
def test_a_colour_is_called_what_anybody_would_call_it(colour: Colour, name: str) -> None:
    assert named(colour) == name


def test_every_colour_has_a_name() -> None:
    steps = range(0, 256, 17)
    assert all(named((red, green, blue)) for red in steps for green in steps for blue in steps)
