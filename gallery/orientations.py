"""Whether a picture is upright, wide or square."""

from enum import StrEnum


class Orientation(StrEnum):
    """What a picture's width and height make of it; square is one whose sides differ by 5 % at most."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"
    SQUARE = "square"

    @classmethod
    def of(cls, width: int, height: int) -> "Orientation":
        """From the sides in pixels, or in any other unit."""
        if 20 * max(width, height) <= 21 * min(width, height):
            return cls.SQUARE
        return cls.LANDSCAPE if width > height else cls.PORTRAIT


LABELS = {Orientation.PORTRAIT: "Upright", Orientation.LANDSCAPE: "Wide", Orientation.SQUARE: "Square"}


def label(value: str) -> str:
    """As people read it; what is no orientation is shown as it is."""
    return LABELS.get(Orientation(value), value) if value in list(Orientation) else value
