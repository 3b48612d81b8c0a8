"""Parts of pictures as examples: cut out, made rectangular, encoded when they are first asked for, and remembered."""

import hashlib
import logging
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import BinaryIO, cast

import numpy as np
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import ngettext
from numpy.typing import NDArray
from redis.exceptions import RedisError

from gallery import images, originals, rendering
from gallery.models import Image, Painting
from search import parts
from search.models import Photo
from search.parts import Part
from vectorizer import encoder, opening
from vectorizer.models import EncoderModel
from vectorizer.quadrilaterals import RECTIFIED_SIDE, rectify

KEPT_FOR = timedelta(days=1)

logger = logging.getLogger(__name__)

Features = Mapping[str, NDArray[np.float32]]
Picture = Image | Photo
Permit = Callable[[], int]
"""Counts an encoding, which costs a hundred times what an answer does: 0 if it may be done, else how long to wait."""


class NotYet(Exception):
    """A part has to be encoded, and whoever asks has had enough encoded for now."""

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(
            ngettext(
                "Those were many parts of pictures in a short time. Please wait %(seconds)d second.",
                "Those were many parts of pictures in a short time. Please wait %(seconds)d seconds.",
                seconds,
            )
            % {"seconds": seconds}
        )


def free() -> int:
    """Permits everything: for commands, and for tests."""
    return 0


def of_painting(painting: Painting, part: Part, model: EncoderModel, *, permit: Permit = free) -> Features:
    """The vectors of a part of what visitors see of a painting, or, while it isn't public, of its newest image."""
    shown = painting.live_image if painting.is_public else None
    return of(shown or painting.image, part, model, permit=permit)


def of(picture: Picture, part: Part, model: EncoderModel, *, permit: Permit = free) -> Features:
    """The vectors of a part of an image or of a visitor's photo by this model, from the cache where they are known.

    Raises NotYet where the permit refuses, FileNotFoundError where the picture's file is gone, and
    `images.ImageRefused` where it is damaged.
    """
    packed = once(
        _key(picture, part, model),
        lambda: _encoded(picture, part, model),
        lifetime=lambda: _lifetime(picture),
        permit=permit,
        what="a part of a picture",
    )
    return encoder.unpack(packed, model.card)


def once(
    key: str, encode: Callable[[], bytes], *, lifetime: Callable[[], timedelta], permit: Permit, what: str
) -> bytes:
    """What the cache has under this key, or what `encode` makes and the cache keeps from then on.

    A cache that does not answer costs time and nothing else; the log says so of `what`. Raises NotYet where the permit
    refuses.
    """
    try:
        known: bytes | None = cache.get(key)
    except (RedisError, OSError) as problem:
        logger.warning("The cache does not answer (%s): %s is encoded again.", problem, what)
        known = None
    if known is not None:
        return known
    if seconds := permit():
        raise NotYet(seconds)
    packed = encode()
    try:
        cache.set(key, packed, lifetime().total_seconds())
    except (RedisError, OSError) as problem:
        logger.warning("The cache does not answer (%s): %s is not remembered.", problem, what)
    return packed


def _encoded(picture: Picture, part: Part, model: EncoderModel) -> bytes:
    rgb = _of_photo(picture) if isinstance(picture, Photo) else _of_image(picture, part)
    (encoding,) = model.encoder().encode([rectify(rgb, parts.region(part))])
    return encoder.pack(encoding.vectors, model.card)


def _of_photo(photo: Photo) -> NDArray[np.uint8]:
    with photo.open() as file:
        return _opened(file, "photo.jpg")  # what names it ends in logs: no token


def _of_image(image: Image, part: Part) -> NDArray[np.uint8]:
    """The smallest rendition that shows the part as large as it is compared; where it is lost, the original."""
    sides = np.diff(parts.region(part), axis=0, append=parts.region(part)[:1]) * (image.width, image.height)
    needed = RECTIFIED_SIDE * image.width / float(np.linalg.norm(sides, axis=1).max())
    if image.widths:
        width = image.width_for(needed)
        try:
            with rendering.storage().open(image.rendition_path(width, "jpg")) as file:
                return _opened(cast(BinaryIO, file), image.name)
        except FileNotFoundError:
            logger.warning("The rendition %s of image %s is lost; its original is read instead.", width, image.pk)
    with originals.open_image(image) as file:
        return np.asarray(opening.open_picture(file, image.name, originals.limits()))


def _opened(file: BinaryIO, name: str) -> NDArray[np.uint8]:
    return np.asarray(images.open_rgb(file, name, originals.limits()))


def _key(picture: Picture, part: Part, model: EncoderModel) -> str:
    """No token of a photo is to be read in it."""
    source = picture.token if isinstance(picture, Photo) else picture.sha256
    digest = hashlib.sha256(f"{source} {parts.written(part)} {model.checksum}".encode()).hexdigest()
    return f"details:{digest}"


def _lifetime(picture: Picture) -> timedelta:
    """What comes of a photo goes with it."""
    if not isinstance(picture, Photo):
        return KEPT_FOR
    remaining: timedelta = picture.created_at + settings.PHOTO_LIFETIME - timezone.now()
    return min(KEPT_FOR, remaining)
