"""Which parts of a painting make it like another one: each is covered in turn, and the likeness measured without it.

Four formulas were held against each other on ten pairs of a collection by eye, and on pairs that have nothing in common
but a detail pasted into both, a fifth of each picture: does the hottest place lie in it (by chance: in 18 % of them)?

* Covering a region (here): in 76 to 80 % of 50 pairs, by overall look, subject and colours alike; on real pairs faces,
  fruit and houses, that is, what a person would point at.
* A region alone against the whole other painting: 76 to 78 % by look and subject, 54 % by colours; on real pairs, also
  dull ground.
* A region against the likeliest region of the other: 97 % and more of 30 pairs, as the detail's very pixels are there;
  on real pairs empty sky and bare paper, which are alike everywhere and say nothing.
* The mean of the first two: 55 to 75 % of 20 pairs, no better than the first, for twice the work.

Covering is also the only one that can be told in a sentence and is true of the very number that is shown: without this
part, the two would be so much less alike.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO, cast

import cv2
import numpy as np
from numpy.typing import NDArray

from gallery import images, originals, rendering
from gallery.models import Image
from search.details import KEPT_FOR, Features, Permit, free, once
from search.indexes import measuring
from search.indexes.arrays import Doubles
from search.indexes.base import Target
from vectorizer.models import EncoderModel

GRID = 5  # regions across and down
SPAN = 0.36  # of the picture's width and height, each region: neighbours overlap by more than half
BLUR = 0.12  # of the long side: what lies under the cover keeps its colours and loses what it shows
EDGE = 0.03  # the same, of the cover's edge, which must be no line of its own
SIDE = 512  # pixels, the long side of what is looked at
LEAST_FALL = 0.001  # in similarity: below it no part counts more than another

Picture = NDArray[np.uint8]
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heat:
    """How much each region makes the likeness: (GRID, GRID), rows from the top; 1 the most, 0 nothing or less.

    `similarity` is that of the two paintings, as everywhere; `without`: that with the hottest region covered. Where
    that makes less difference than LEAST_FALL, the likeness is in the whole, and all values are 0.
    """

    values: Floats
    similarity: float
    without: float

    @property
    def speaks(self) -> bool:
        """Whether any part stands out."""
        return bool(self.values.any())


def towards(
    image: Image,
    vectors: Features,
    other: Features,
    weights: Mapping[str, float],
    model: EncoderModel,
    *,
    permit: Permit = free,
) -> Heat:
    """Which regions of this image (and its `vectors`) make it like another, which has the vectors `other`.

    For region i, hᵢ = max(0, Δᵢ) / maxⱼ Δⱼ with Δᵢ = d(image without i, other) − d(image, other), where "without" is
    under a blur with soft edges and d the distance of the search, d² = Σ wᶠ·dᶠ² / Σ wᶠ. (Covering parts to see what a
    network goes by: Zeiler and Fergus, Visualizing and understanding convolutional networks, 2014, 4.2.) The image is
    looked at in a smaller size than that of its vectors: Δ compares like with like, and is added to the exact d. A
    region's place is `regions()[i]`. An image is encoded 26 times when it is first asked for, about a second; a day
    from then on its regions are known for any other painting. Raises `details.NotYet` where the permit refuses to
    encode, FileNotFoundError where the rendition is gone, and `images.ImageRefused` where it is damaged.
    """
    looks = _looks(image, model, permit)
    target = Target(vectors=other, weights=weights)
    (exact,) = _distances({name: vectors[name][None] for name in weights}, target)
    seen = _distances(looks, target)
    farther = np.maximum(seen[1:] - seen[0], 0)
    similarity, without = float(1 / (1 + exact)), float(1 / (1 + exact + farther.max()))
    stands_out = similarity - without >= LEAST_FALL
    values = farther / farther.max() if stands_out else np.zeros_like(farther)
    return Heat(values=values.reshape(GRID, GRID).astype(np.float32), similarity=similarity, without=without)


def _distances(vectors: Mapping[str, Floats], target: Target) -> Doubles:
    distances: Doubles = np.sqrt(measuring.parts(vectors, target).sum(axis=1))
    return distances


def regions() -> tuple[tuple[float, float, float, float], ...]:
    """Each region's left, top, right and bottom in shares of the picture, row by row."""
    starts = [float(start) for start in np.linspace(0, 1 - SPAN, GRID)]
    return tuple((left, top, left + SPAN, top + SPAN) for top in starts for left in starts)


def covered(picture: Picture) -> list[Picture]:
    """The picture (height, width, 3) with each of the regions under a blur, in their order."""
    height, width = picture.shape[:2]
    long_side = max(height, width)
    blurred = cv2.GaussianBlur(picture, (0, 0), BLUR * long_side)
    found = []
    for left, top, right, bottom in regions():
        across = _cover(width, left, right, EDGE * long_side)
        down = _cover(height, top, bottom, EDGE * long_side)
        cover = (down[:, None] * across)[..., None]
        found.append(np.round(picture * (1 - cover) + blurred * cover).astype(np.uint8))
    return found


def _cover(length: int, start: float, end: float, edge: float) -> Floats:
    """How much is covered along one side (length): 1 from start to end, with soft edges around them."""
    places = (np.arange(length, dtype=np.float32) + 0.5)[None]
    full = ((places >= start * length) & (places <= end * length)).astype(np.float32)
    soft: Floats = np.asarray(cv2.GaussianBlur(full, (0, 0), edge, borderType=cv2.BORDER_REPLICATE), np.float32)[0]
    return soft


def _looks(image: Image, model: EncoderModel, permit: Permit) -> dict[str, Floats]:
    """By feature the vectors (1 + regions, dimensions) of the picture, then of it with each region covered."""
    packed = once(
        _key(image, model),
        lambda: _encoded(_opened(image), model),
        lifetime=lambda: KEPT_FOR,
        permit=permit,
        what="a painting with its regions covered",
    )
    sizes = [feature.dimensions for feature in model.card.features]
    table = np.frombuffer(packed, "<f2").reshape(-1, sum(sizes)).astype(np.float32)
    parts = np.split(table, np.cumsum(sizes)[:-1], axis=1)
    return {feature.name: part for feature, part in zip(model.card.features, parts, strict=True)}


def _encoded(picture: Picture, model: EncoderModel) -> bytes:
    encodings = model.encoder().encode([picture, *covered(picture)])
    names = [feature.name for feature in model.card.features]
    rows = [np.concatenate([encoding.vectors[name] for name in names]) for encoding in encodings]
    return np.stack(rows).astype("<f2").tobytes()  # half as much to keep; its rounding is far below LEAST_FALL


def _opened(image: Image) -> Picture:
    """The smallest rendition that is long enough, brought to SIDE."""
    long_enough = SIDE * image.width / max(image.width, image.height)
    if not image.widths:
        raise FileNotFoundError(f"Image {image.pk} has no renditions yet.")
    with rendering.storage().open(image.rendition_path(image.width_for(long_enough), "jpg")) as file:
        picture = images.open_rgb(cast(BinaryIO, file), image.name, originals.limits())
    picture.thumbnail((SIDE, SIDE))
    return np.asarray(picture)


def _key(image: Image, model: EncoderModel) -> str:
    asked = f"{image.sha256} {model.checksum} {GRID} {SPAN} {SIDE}"
    return f"heat:{hashlib.sha256(asked.encode()).hexdigest()}"
