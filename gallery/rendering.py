"""Renditions of an original in the storage `renditions`: made when a painting is vectorized, never while a page is."""

from collections.abc import Sequence

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from PIL.Image import Image as Picture

from gallery import renditions
from gallery.models import Image

EXTENSIONS = {"webp": "webp", "jpeg": "jpg"}


def storage() -> Storage:
    return storages["renditions"]


def render(image: Image, picture: Picture, widths: Sequence[int]) -> None:
    """Write the renditions of these widths, in every format. Writing them again replaces them with the same."""
    for rendition in renditions.make(picture, widths):
        path = image.rendition_path(rendition.width, EXTENSIONS[rendition.format])
        storage().save(path, ContentFile(rendition.data))


def all_widths(image: Image) -> tuple[int, ...]:
    """Every width that this image gets, smallest first; the first is the thumbnail."""
    return renditions.widths(image.width, image.height)
