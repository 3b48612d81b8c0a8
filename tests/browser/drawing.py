"""Pictures drawn for the browser: four manners that nobody would mix up, and any number of pictures in each."""

from collections.abc import Callable
from io import BytesIO

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from vectorizer.training.photographs import Conditions, shoot

Draw = Callable[[np.random.Generator, tuple[int, int]], Image.Image]

HANGING = Conditions(
    margins=(0.1, 0.25), turn=25, roll=6, framed=1.0, light=(0.4, 1.0), blur=(0.0, 1.5), noise=(2, 8), quality=(50, 85)
)
SHAPES = ((480, 360), (360, 480), (420, 420), (560, 320))  # width, height in pixels


def bands(rng: np.random.Generator, size: tuple[int, int]) -> Image.Image:
    """Soft horizontal fields of colour."""
    picture = Image.new("RGB", size, _colour(rng))
    draw = ImageDraw.Draw(picture)
    edges = np.sort(rng.integers(0, size[1], 3))
    for top, bottom in zip(edges, [*edges[1:], size[1]], strict=True):
        draw.rectangle((20, int(top), size[0] - 20, int(bottom)), fill=_colour(rng))
    return picture.filter(ImageFilter.GaussianBlur(9))


def dots(rng: np.random.Generator, size: tuple[int, int]) -> Image.Image:
    """Thousands of dots in a few colours."""
    picture = Image.new("RGB", size, (240, 232, 214))
    draw = ImageDraw.Draw(picture)
    palette = [_colour(rng) for _ in range(6)]
    for x, y, which in zip(*(rng.integers(0, high, 3000) for high in (*size, 6)), strict=True):
        draw.ellipse((int(x) - 4, int(y) - 4, int(x) + 4, int(y) + 4), fill=palette[which])
    return picture


def stripes(rng: np.random.Generator, size: tuple[int, int]) -> Image.Image:
    """Black and coloured stripes that bend."""
    x, y = np.meshgrid(np.arange(size[0]), np.arange(size[1]))
    waves = np.sin((x + rng.integers(20, 60) * np.sin(y / rng.integers(30, 80))) / rng.integers(4, 12))
    return Image.fromarray(np.where(waves[..., None] > 0, _colour(rng), (15, 15, 15)).astype(np.uint8))


def blocks(rng: np.random.Generator, size: tuple[int, int]) -> Image.Image:
    """A few tilted bars on a light ground."""
    picture = Image.new("RGB", size, (244, 240, 230))
    draw = ImageDraw.Draw(picture)
    for _ in range(7):
        middle, half = rng.uniform(0.15, 0.85, 2) * size, rng.uniform(8, 110, 2)
        turn = rng.uniform(0, np.pi)
        along, across = np.array([np.cos(turn), np.sin(turn)]), np.array([-np.sin(turn), np.cos(turn)])
        corners = [middle + a * half[0] * along + b * half[1] * across for a, b in ((1, 1), (1, -1), (-1, -1), (-1, 1))]
        draw.polygon([(float(x), float(y)) for x, y in corners], fill=_colour(rng))
    return picture


def picture(draw: Draw, number: int) -> Image.Image:
    """The picture of this number in this manner: always the same."""
    rng = np.random.default_rng([number, *draw.__name__.encode()])
    return draw(rng, SHAPES[number % len(SHAPES)])


def saved(image: Image.Image, format: str = "PNG", **options: int) -> bytes:
    """The image as a file."""
    file = BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def photographed(image: Image.Image) -> bytes:
    """The same picture as a visitor has it: smaller, and a JPEG of modest quality."""
    width, height = image.size
    return saved(image.resize((width * 2 // 3, height * 2 // 3)), "JPEG", quality=60)


def on_a_wall(image: Image.Image, seed: int = 1) -> bytes:
    """A photo of the picture in a frame on a wall, from the side, by a lamp: the wall fills more than a third of it."""
    taken = shoot(np.asarray(image), HANGING, np.random.default_rng(seed), side=1400)
    return saved(Image.fromarray(taken.rgb), "JPEG", quality=85)


def _colour(rng: np.random.Generator) -> tuple[int, int, int]:
    red, green, blue = (int(value) for value in rng.integers(10, 245, 3))
    return red, green, blue
