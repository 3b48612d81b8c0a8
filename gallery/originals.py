"""The uploaded files, unaltered, each stored once under its content's sha256."""

from typing import BinaryIO, cast

from django.conf import settings
from django.core.files import File
from django.core.files.storage import Storage, storages

from gallery import images
from gallery.models import Image


def limits() -> images.Limits:
    """What an upload may be, from the settings."""
    return images.Limits(max_bytes=settings.MAX_IMAGE_BYTES, max_pixels=settings.MAX_IMAGE_PIXELS)


def storage() -> Storage:
    return storages["originals"]


def add(file: BinaryIO, name: str) -> Image:
    """Check, hash and store a file; return its row, which is the old one where the same file is already there.

    Raises `images.ImageRefused`. Call it before `journal.writing()`: hashing and storing take time. A crash in between
    leaves a file that no painting names, which `manage.py clean_files` removes.
    """
    return save(file, name, images.inspect(file, name, limits()))


def save(file: BinaryIO, name: str, inspected: images.Inspected) -> Image:
    """Store a file that `images.inspect` has seen."""
    image = Image(
        sha256=inspected.sha256,
        name=name[-255:],
        bytes=inspected.bytes,
        media_type=inspected.media_type,
        extension=inspected.extension,
        width=inspected.width,
        height=inspected.height,
    )
    # What lies there without a row is a stray that is being cleaned up, perhaps now: written again, it is young.
    if not (Image.objects.filter(sha256=image.sha256).exists() and storage().exists(image.path)):
        file.seek(0)
        storage().save(image.path, File(file))
    known, _ = Image.objects.get_or_create(
        sha256=image.sha256,
        defaults={field: getattr(image, field) for field in _FIELDS},
    )
    return known


def open_image(image: Image) -> BinaryIO:
    """The original's bytes. Raises FileNotFoundError where the file is lost."""
    return cast(BinaryIO, storage().open(image.path, "rb"))


_FIELDS = ("name", "bytes", "media_type", "extension", "width", "height")
