"""Visitors' photos: checked, stripped of all metadata, encoded, kept for a while under a token, and then deleted."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from typing import BinaryIO

from django.conf import settings
from django.core.files.base import ContentFile
from PIL.Image import fromarray

from gallery import images, originals
from gallery.models import Painting
from search import looking
from search.models import Photo, eldest, storage
from search.recognising import Seen
from search.regions import ALL, Corners
from search.subjects import TOKEN
from vectorizer.models import EncoderModel

TOKEN_BYTES = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """The painting that a photo shows, with all that a tile shows; its corners in the photo are `quad`."""

    painting: Painting
    inliers: int
    quad: Corners


def keep(file: BinaryIO, name: str) -> str:
    """Keep a photo for `settings.PHOTO_LIFETIME` and return its token: 32 hexadecimal digits that nobody can guess.

    Raises `images.ImageRefused`, whose text is for the visitor. A file that is in the collection is found with a
    similarity of exactly 1.
    """
    model = EncoderModel.current()
    opened = looking.open_photo(file, name, limits())
    looked = looking.look(opened, model)
    photo = Photo(token=secrets.token_hex(TOKEN_BYTES), model=model, data=looked.vectors)
    if looked.seen:
        photo.painting_id, photo.inliers = looked.seen.painting_id, looked.seen.inliers
        photo.quad = looked.seen.quad
    storage().save(photo.path, ContentFile(images.photo_bytes(fromarray(opened.large), side=looking.MOST_SIDE)))
    photo.save(force_insert=True)
    return photo.token


def limits() -> images.Limits:
    """What a photo may be: no more than a painting's file, and no more than the settings allow to anybody."""
    return images.Limits(
        max_bytes=min(settings.MAX_PHOTO_BYTES, settings.MAX_IMAGE_BYTES),
        max_pixels=min(settings.MAX_PHOTO_PIXELS, settings.MAX_IMAGE_PIXELS),
    )


def find(token: str) -> Photo | None:
    """The photo of this token; None where there is none, or no longer."""
    if not TOKEN.fullmatch(token):
        return None
    return Photo.objects.alive().filter(token=token).select_related("model").first()


def find_all(tokens: Collection[str]) -> dict[str, Photo]:
    """By their tokens those of these photos that are still there."""
    alive = Photo.objects.alive().filter(token__in=tokens).select_related("model")
    return {photo.token: photo for photo in alive}


def recognised(token: str) -> Recognised | None:
    """What the photo of this token shows; None where that is unknown, or not public at this moment."""
    rows = Photo.objects.alive().filter(token=token, painting__isnull=False)
    row = rows.values_list("painting_id", "quad", "inliers").first()
    return public(row and Seen(painting_id=row[0], quad=row[1] or ALL, inliers=row[2]))


def public(seen: Seen | None) -> Recognised | None:
    """What was seen, with all there is to show of it; None where that is not public, or no longer."""
    if seen is None:
        return None
    painting = Painting.objects.public().with_details().filter(pk=seen.painting_id).first()
    return painting and Recognised(painting=painting, inliers=seen.inliers, quad=seen.quad)


def vectors(photo: Photo, model: EncoderModel) -> bytes:
    """The photo's vectors by this model, packed: made again where another model was active when it came.

    Raises FileNotFoundError where its file is gone, and `images.ImageRefused` where that is damaged.
    """
    if photo.model_id != model.pk:
        with photo.open() as file:
            opened = looking.open_photo(file, "photo.jpg", originals.limits())  # what names it ends in logs: no token
        photo.model, photo.data = model, looking.vectors(opened, photo.quad, model)
        Photo.objects.filter(pk=photo.pk).update(model=model, data=photo.data)  # it may have expired meanwhile
    return bytes(photo.data)


def expire() -> int:
    """Delete photos that are too old, and files that a crash left behind. Returns how many photos there were."""
    expired = list(Photo.objects.expired())
    Photo.objects.filter(pk__in=[photo.pk for photo in expired]).delete()
    for photo in expired:
        storage().delete(photo.path)
    _delete_orphans()
    return len(expired)


def _delete_orphans() -> None:
    """Remove old files that no row names. A file that is younger may be waiting for its row."""
    if not storage().exists(""):
        return
    known = {photo.path for photo in Photo.objects.defer("data")}
    for name in storage().listdir("")[1]:
        if name not in known and storage().get_modified_time(name) < eldest():
            storage().delete(name)
