"""What a picture is that somebody shows: opened, looked at for a painting of the collection, and encoded."""

import hashlib
from dataclasses import dataclass
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from gallery import images
from gallery.models import Image, Painting
from search import recognising
from search.recognising import Seen
from search.regions import ALL, Corners, region
from vectorizer import encoder, opening
from vectorizer.keypoints import PHOTO_SIDE
from vectorizer.models import EncoderModel
from vectorizer.quadrilaterals import rectify

MOST_SIDE = 1280  # pixels, of what is looked at and kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """What a picture became: packed vectors, and the public painting that it shows, if it shows one.

    The vectors are those of the painting's part of the photo, unless it covers nearly all of it (`regions.region`).
    """

    vectors: bytes
    seen: Seen | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A photo, large enough to look for a painting in it and to be shown; and as it is compared as a whole.

    Those are two only for a very narrow picture, and for a file that is in the collection, which is opened just as
    paintings are and so has exactly their vectors. For all others, decoding a large JPEG twice would take as long as
    all that follows.
    """

    large: NDArray[np.uint8]
    whole: NDArray[np.uint8]
    sha256: str


def open_photo(file: BinaryIO, name: str, limits: images.Limits) -> Opened:
    """Raises `images.ImageRefused`, whose text is for the visitor."""
    picture = images.open_rgb(file, name, limits, target=PHOTO_SIDE)
    if max(picture.size) > MOST_SIDE:
        picture.thumbnail((MOST_SIDE, MOST_SIDE), reducing_gap=2.0)
    large = whole = np.asarray(picture)
    file.seek(0)
    sha256 = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    if min(large.shape[:2]) < opening.SHORT_SIDE or Image.objects.filter(sha256=sha256).exists():
        whole = np.asarray(opening.open_picture(file, name, limits))
    return Opened(large=large, whole=whole, sha256=sha256)


def look(opened: Opened, model: EncoderModel) -> Looked:
    """The photo's vectors, and which public painting it shows."""
    whole = _compared(opened, None, model)
    seen = recognising.look(opened.large, whole, model)
    if same := _with_file(opened.sha256):  # so it shows them and no other, whatever else is depicted there
        points = seen.inliers if seen and seen.painting_id in same else 0
        shown = seen.painting_id if seen and points else min(same)
        seen = recognising.Seen(painting_id=shown, quad=ALL, inliers=points)
    part = whole if seen is None or region(seen.quad) is None else _compared(opened, seen.quad, model)
    return Looked(vectors=encoder.pack(part.vectors, model.card), seen=seen)


def vectors(opened: Opened, quad: Corners | None, model: EncoderModel) -> bytes:
    """The vectors of a photo in which a painting was recognised before, at `quad`; None for none."""
    return encoder.pack(_compared(opened, quad, model).vectors, model.card)


def _with_file(sha256: str) -> set[int]:
    """The public paintings with this very file."""
    return set(Painting.objects.public().order_by().filter(live_image__sha256=sha256).values_list("pk", flat=True))


def _compared(opened: Opened, quad: Corners | None, model: EncoderModel) -> encoder.Encoding:
    """What the model says of the painting's part of a photo."""
    part = region(quad)
    (found,) = model.encoder().encode([opened.whole if part is None else rectify(opened.large, part)])
    return found
