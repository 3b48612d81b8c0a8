"""A large picture with something in it that is seen only where it is as sharp as it is, and a small one beside it."""

import csv
from pathlib import Path

import numpy as np
from PIL import Image

from tests.browser import drawing

SIZE = (5000, 3600)
PATCH = (3500, 900)
"""Where, in pixels, a chequerboard of single pixels is: black and white that is grey from afar."""
PATCH_SIDE = 120
LARGE, SMALL = "/paintings/1/", "/paintings/2/"
"""Their pages, in a database of their own."""


def picture() -> Image.Image:
    rng = np.random.default_rng(6)
    ground = drawing.bands(rng, (1250, 900)).resize(SIZE, Image.Resampling.BICUBIC)
    pixels = np.asarray(ground).astype(np.int16) + rng.normal(0, 5, (SIZE[1], SIZE[0], 1)).astype(np.int16)
    x, y = np.meshgrid(np.arange(PATCH_SIDE), np.arange(PATCH_SIDE))
    rows, columns = slice(PATCH[1], PATCH[1] + PATCH_SIDE), slice(PATCH[0], PATCH[0] + PATCH_SIDE)
    pixels[rows, columns] = np.where((x // 2 + y // 2) % 2, 255, 0)[..., None]
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8))


def write(folder: Path) -> Path:
    """The pictures, into the folder; the table that lists them."""
    (folder / "large.jpg").write_bytes(drawing.saved(picture(), "JPEG", quality=92))
    (folder / "small.png").write_bytes(drawing.saved(drawing.picture(drawing.blocks, 1)))
    table = folder / "paintings.csv"
    with table.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerows([("image", "title"), ("large.jpg", "The Large One"), ("small.png", "The Small One")])
    return table
