"""Sprite sheets: the map's pictures, small, a thousand to a file, and each file once more at a quarter of the size.

They lie in the storage `renditions` under a name that follows from what is on them.
"""

import hashlib
import logging
from collections.abc import Iterable, Sequence
from datetime import timedelta
from io import BytesIO

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image as Pillow
from PIL.Image import Image as Picture

from gallery import rendering
from gallery.models import Image
from search.map.models import Sheet

ACROSS = 32  # cells
CELLS = ACROSS * ACROSS
SIDES = CELL, REDUCED = 64, 16  # pixels of a cell
FOLDER = "map"
DRAWN_AS = 1  # goes into the names: another way of drawing makes other files
QUALITY = 78
WEBP_METHOD = 2
STRAY_FOR = timedelta(hours=1)

Cells = Sequence[tuple[int, Image, int]]
"""The number of a cell, the image in it, and its colour where its file is lost."""

logger = logging.getLogger(__name__)


def size(width: int, height: int, side: int = CELL) -> tuple[int, int]:
    """How large a picture of this shape is in a cell: its longer side fills it."""
    longest = max(width, height, 1)
    return max(1, round(side * width / longest)), max(1, round(side * height / longest))


def name_of(cells: Cells) -> str:
    """The name of the sheet with these pictures."""
    listed = ",".join(f"{cell}:{image.sha256}" for cell, image, _ in sorted(cells, key=lambda each: each[0]))
    return hashlib.sha256(f"{DRAWN_AS};{listed}".encode()).hexdigest()[:32]


def path(name: str, side: int) -> str:
    """Where the sheet lies in the storage `renditions`."""
    return f"{FOLDER}/{name}-{side}.webp"


def write(name: str, cells: Cells) -> None:
    """Draw the sheet and write it in both sizes. Writing it again replaces it with the same."""
    rows = max(cell for cell, _, _ in cells) // ACROSS + 1
    whole = Pillow.new("RGB", (ACROSS * CELL, rows * CELL))
    for cell, image, colour in cells:
        whole.paste(_small(image, colour), (cell % ACROSS * CELL, cell // ACROSS * CELL))
    reduced = whole.reduce(CELL // REDUCED)
    for picture, side in ((whole, CELL), (reduced, REDUCED)):
        file = BytesIO()
        picture.save(file, "WEBP", quality=QUALITY, method=WEBP_METHOD)
        rendering.storage().save(path(name, side), ContentFile(file.getvalue()))


def remove(names: Iterable[str]) -> None:
    """Delete the files of these sheets, except those that another map has, too."""
    named = set(names)
    for name in named - set(Sheet.objects.filter(name__in=named).values_list("name", flat=True)):
        for side in SIDES:
            rendering.storage().delete(path(name, side))


def remove_strays() -> None:
    """Delete what no row names and nobody can be writing any more: left by whoever died over it."""
    storage, before = rendering.storage(), timezone.now() - STRAY_FOR
    try:
        files = storage.listdir(FOLDER)[1]
    except FileNotFoundError:
        return
    named = set(Sheet.objects.values_list("name", flat=True))
    for file in files:
        if file.partition("-")[0] not in named and storage.get_modified_time(f"{FOLDER}/{file}") < before:
            storage.delete(f"{FOLDER}/{file}")


def _small(image: Image, colour: int) -> Picture:
    """The picture as it is in a cell, of its smallest rendition; one colour where that is lost."""
    wanted = size(image.width, image.height)
    try:
        with rendering.storage().open(image.rendition_path(image.width_for(CELL), "jpg"), "rb") as file:
            picture = Pillow.open(file)
            picture.draft("RGB", (2 * wanted[0], 2 * wanted[1]))  # decoded at a fraction: several times as fast
            return picture.convert("RGB").resize(wanted, Pillow.Resampling.LANCZOS, reducing_gap=2.0)
    except (OSError, IndexError) as problem:  # no file; no rendition
        logger.warning("The map shows a colour instead of image %s: %s", image.pk, problem)
        return Pillow.new("RGB", wanted, (colour >> 16, colour >> 8 & 255, colour & 255))
