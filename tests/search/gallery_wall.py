"""Paintings of the drawn sample in the collection, with local features; photos of them; a small eye that tells them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cache
from io import BytesIO

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow

from gallery import sample
from gallery.models import Image, Painting
from tests.factories import make_image, make_painting
from vectorizer import encoder, keypoints
from vectorizer.encoder import Card, Encoding
from vectorizer.features import FORMULAS, Feature
from vectorizer.models import EncoderModel, Keypoints, Vectors
from vectorizer.training.photographs import Conditions, Shot, shoot

Picture = NDArray[np.uint8]

IDENTITY = Feature(
    name="copy128", dimensions=128, label="The same painting", description="For recognising.", role="identity"
)
HANGING = Conditions(margins=(0.1, 0.2), turn=20, roll=4, framed=1.0, light=(0.3, 0.6), noise=(1, 4), quality=(70, 85))
"""A framed painting on a wall, seen from the side: it covers less than two thirds of the photo."""


@cache
def drawn(number: int) -> Picture:
    """A painting of the sample, the same number always the same one, 480 pixels long."""
    works = sample.paintings()
    picture = sample.draw(works[number * 7 % len(works)].key)
    picture.thumbnail((480, 480))
    return np.asarray(picture)


@cache
def photo(number: int) -> Shot:
    """That painting in its frame on a wall, from the side."""
    return shoot(drawn(number), HANGING, np.random.default_rng(number), side=900)


def saved(picture: Picture, format: str = "PNG") -> bytes:
    file = BytesIO()
    Pillow.fromarray(picture).save(file, format)
    return file.getvalue()


def hang(number: int, title: str = "Untitled", *, known: bool = True, **fields: str) -> Painting:
    """The drawn painting, in the collection with its vectors and, if it is `known`, its local features."""
    image = make_image(saved(drawn(number)), name=f"{number}.png")
    painting = make_painting(
        title, image=image, vectors=dict(eye_of(EncoderModel.current()).see(drawn(number))), **fields
    )
    if known:
        describe(image, drawn(number))
    return painting


def describe(image: Image, picture: Picture) -> Keypoints:
    data = keypoints.pack(keypoints.describe(picture))
    row, _ = Keypoints.objects.update_or_create(
        image=image, defaults={"version": keypoints.KEYPOINTS_VERSION, "data": data}
    )
    return row


def eye_of(model: EncoderModel) -> "SmallEye":
    eye = model.encoder()
    assert isinstance(eye, SmallEye)
    return eye


class SmallEye:
    """An encoder without a network: each feature is a fixed random view of a picture of 12 × 12 pixels."""

    def __init__(self, card: Card) -> None:
        self.card = card
        self.seen: list[Picture] = []
        """What it was asked to encode."""

    def encode(self, images: Sequence[Picture], *, features: Collection[str] | None = None) -> list[Encoding]:
        self.seen += images
        return [Encoding(vectors=self.see(image, features), probabilities={}) for image in images]

    def see(self, picture: Picture, only: Collection[str] | None = None) -> Mapping[str, NDArray[np.float32]]:
        small = cv2.resize(picture, (12, 12), interpolation=cv2.INTER_AREA).astype(np.float32).reshape(-1) / 255
        wanted = [feature for feature in self.card.features if only is None or feature.name in only]
        return {feature.name: self._view(feature, picture, small) for feature in wanted}

    def _view(self, feature: Feature, picture: Picture, small: NDArray[np.float32]) -> NDArray[np.float32]:
        if feature.name in self.card.formulas:
            return FORMULAS[self.card.formulas[feature.name]].compute(picture)
        view = np.random.default_rng(feature.dimensions).normal(size=(feature.dimensions, small.size))
        vector = view @ (small - small.mean())
        return (vector / np.linalg.norm(vector)).astype(np.float32)


def card_with_identity() -> Card:
    """The card of the first artifact, with a feature that recognises."""
    first = encoder.load_card(encoder.artifact_path("lite0-stats512"))
    return replace(first, features=(*first.features, IDENTITY))


def vectors_of(painting: Painting) -> Mapping[str, NDArray[np.float32]]:
    return Vectors.objects.get(image=painting.live_image).features()
