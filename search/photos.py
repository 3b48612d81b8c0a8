"""Visitors' photos: checked, stripped of all metadata, encoded, kept for a while under a token, and then deleted."""

import secrets
from typing import BinaryIO

import numpy as np
from django.conf import settings
from django.core.files.base import ContentFile
from PIL.Image import Image as Picture

from gallery import images, originals
from search.models import Photo, eldest, storage
from search.query import TOKEN
from vectorizer import encoder, opening
from vectorizer.models import EncoderModel

STORED_SIDE = 1280  # pixels
TOKEN_BYTES = 16


def keep(file: BinaryIO, name: str) -> str:
    """Keep a photo for `settings.PHOTO_LIFETIME` and return its token: 32 hexadecimal digits that nobody can guess.

    Raises `images.ImageRefused`, whose text is for the visitor. The picture is opened just as a painting's is, so that
    a file that is in the collection is found with a similarity of exactly 1.
    """
    model = EncoderModel.current()
    picture = opening.open_picture(file, name, limits())
    photo = Photo(token=secrets.token_hex(TOKEN_BYTES), model=model, data=_encoded(picture, model))
    shown = images.open_rgb(file, name, limits(), target=STORED_SIDE)
    storage().save(photo.path, ContentFile(images.photo_bytes(shown, side=STORED_SIDE)))
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


def vectors(photo: Photo, model: EncoderModel) -> bytes:
    """The photo's vectors by this model, packed: made again where another model was active when it came."""
    if photo.model_id != model.pk:
        with photo.open() as file:
            picture = opening.open_picture(file, photo.path, originals.limits())
        photo.model, photo.data = model, _encoded(picture, model)
        photo.save(update_fields=["model", "data"])
    return bytes(photo.data)


def encode(file: BinaryIO, name: str, model: EncoderModel) -> bytes:
    """The vectors of a picture that is not kept, packed. Raises `images.ImageRefused`."""
    return _encoded(opening.open_picture(file, name, originals.limits()), model)


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


def _encoded(picture: Picture, model: EncoderModel) -> bytes:
    (found,) = model.encoder().encode([np.asarray(picture)])
    return encoder.pack(found.vectors, model.card)
