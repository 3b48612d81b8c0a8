"""Removing files that nothing names any more: uploads that were broken off, renditions of images that are gone."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.files.storage import Storage
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from gallery import journal, originals, rendering
from gallery.models import Image, Painting

IMAGES = re.compile("[0-9a-f]{2}")  # folders of images bear two letters; whoever has others cleans them
KEPT_FOR = timedelta(days=1)  # an upload in progress has its file before its painting


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """What was removed, or would be."""

    images: int
    files: int
    bytes: int


def clean(*, dry_run: bool = False) -> Cleaned:
    """Remove images that no painting, present or in the history, shows; then files that no image names."""
    before = timezone.now() - KEPT_FOR
    unused = _unused_images().filter(created_at__lt=before)
    count = unused.count()
    if not dry_run:
        with journal.writing():  # nobody hangs one of them on a painting between looking and deleting
            unused.delete()
    kept = set(Image.objects.values_list("sha256", flat=True))
    if dry_run:
        kept -= set(unused.values_list("sha256", flat=True))
    files = size = 0
    for storage in (originals.storage(), rendering.storage()):
        for path in list(_strays(storage, kept, before)):
            if storage.get_modified_time(path) >= before:
                continue  # uploaded again since we looked
            files, size = files + 1, size + storage.size(path)
            if not dry_run:
                storage.delete(path)
    return Cleaned(images=count, files=files, bytes=size)


def _unused_images() -> "QuerySet[Image]":
    history = Painting.history.model.objects.filter(image=OuterRef("pk"))
    return Image.objects.filter(paintings=None, live_paintings=None).filter(~Exists(history))


def _strays(storage: Storage, kept: set[str], before: datetime) -> Iterator[str]:
    for path in _walk(storage, ""):
        folder, _, name = path.partition("/")
        if name and not IMAGES.fullmatch(folder):
            continue
        sha256 = name.split("/")[0].split(".")[0]
        if sha256 not in kept and storage.get_modified_time(path) < before:
            yield path


def _walk(storage: Storage, folder: str) -> Iterator[str]:
    try:
        folders, files = storage.listdir(folder)
    except FileNotFoundError:
        return  # nothing was ever stored
    for name in files:
        yield f"{folder}/{name}".lstrip("/")
    for name in folders:
        yield from _walk(storage, f"{folder}/{name}".lstrip("/"))
