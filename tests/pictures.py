"""Pictures drawn for tests: four even colours, one a corner, so that any turn or mix-up of channels is seen."""

from io import BytesIO
from typing import Any

import numpy as np
from PIL import Image

from tests import raw_formats

Colour = tuple[int, int, int]

WIDTH, HEIGHT = 64, 48
RED, GREEN, BLUE, SAND = (200, 40, 40), (40, 150, 60), (40, 60, 180), (230, 210, 140)
QUARTERS = (RED, GREEN, BLUE, SAND)  # top left, top right, bottom left, bottom right
WHITE, BLACK = (255, 255, 255), (0, 0, 0)


def picture(
    quarters: tuple[Any, ...] = QUARTERS, mode: str = "RGB", size: tuple[int, int] = (WIDTH, HEIGHT)
) -> Image.Image:
    """Four even colours (or values of another mode), one a quarter."""
    width, height = size
    drawn = Image.new(mode, size)
    for index, colour in enumerate(quarters):
        left, top = index % 2 * (width // 2), index // 2 * (height // 2)
        drawn.paste(colour, (left, top, left + width // 2, top + height // 2))
    return drawn


def saved(image: Image.Image, format: str, **options: Any) -> bytes:
    """The image as Pillow writes it."""
    encoded = BytesIO()
    image.save(encoded, format, **options)
    return encoded.getvalue()


def grey(values: tuple[int, int, int, int]) -> tuple[Colour, Colour, Colour, Colour]:
    first, second, third, fourth = ((value, value, value) for value in values)
    return first, second, third, fourth


def later() -> Image.Image:
    """What nobody may see: the second frame or page."""
    return picture((BLACK, BLACK, BLACK, BLACK))


def turned(orientation: int) -> Image.Image:
    """The picture lying in the file so that this EXIF orientation sets it upright."""
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    return picture() if orientation == 1 else picture().transpose(undo[orientation])


def exif(orientation: int) -> Image.Exif:
    tags = Image.Exif()
    tags[0x0112] = orientation
    return tags


def in_srgb(quarters: tuple[Colour, ...], primaries: Any, gamma: float) -> tuple[Colour, Colour, Colour, Colour]:
    """These colours of an RGB space as sRGB (IEC 61966-2-1), by the matrices alone; for colours that sRGB holds."""
    linear = (np.array(quarters) / 255) ** gamma @ np.array(primaries) @ np.linalg.inv(np.array(raw_formats.SRGB))
    encoded = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * np.clip(linear, 0, 1) ** (1 / 2.4) - 0.055)
    first, second, third, fourth = (tuple(int(value) for value in row) for row in np.round(encoded * 255))
    return first, second, third, fourth  # type: ignore[return-value]
