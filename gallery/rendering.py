"""Renditions and tiles of an original in the storage `renditions`: made by the worker, never while a page is."""

from collections.abc import Mapping, Sequence

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from PIL.Image import Image as Picture

from gallery import renditions, tiles
from gallery.models import Image
from gallery.renditions import FORMATS, QUICK_FORMATS, Format

EXTENSIONS: Mapping[Format, str] = {"avif": "avif", "webp": "webp", "jpeg": "jpg"}


def storage() -> Storage:
    return storages["renditions"]


def formats(image: Image) -> tuple[Format, ...]:
    """The formats in which every rendition of this image exists, the one with the smallest files first."""
    return FORMATS if image.avif else QUICK_FORMATS


def render(image: Image, picture: Picture, widths: Sequence[int], formats: Sequence[Format] = FORMATS) -> None:
    """Write the renditions of these widths and formats. Writing them again replaces them with the same."""
    for rendition in renditions.make(picture, widths, formats):
        path = image.rendition_path(rendition.width, EXTENSIONS[rendition.format])
        storage().save(path, ContentFile(rendition.data))


def render_tiles(image: Image, picture: Picture) -> None:
    """Write all tiles of a picture that is as large as the original. Writing them again replaces them with the same."""
    for tile, data in tiles.make(picture):
        storage().save(image.tile_path(tile.name), ContentFile(data))


def needs_tiles(image: Image) -> bool:
    """Whether there is noticeably more to see in it than in its widest rendition."""
    return bool(tiles.factors(image.width, image.height))


def all_widths(image: Image) -> tuple[int, ...]:
    """Every width that this image gets, smallest first; the first is the thumbnail."""
    return renditions.widths(image.width, image.height)
