"""Whether a picture is upright, wide or square."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


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


LABELS = {Orientation.PORTRAIT: _("Upright"), Orientation.LANDSCAPE: _("Wide"), Orientation.SQUARE: _("Square")}


def label(value: str) -> str:
    """As people read it, in their language; what is no orientation is shown as it is."""
    return str(LABELS[Orientation(value)]) if value in list(Orientation) else value
