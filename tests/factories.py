"""Rows for tests: real pictures in the store, real rows in the database."""

import hashlib
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow

from gallery import journal, originals, publishing
from gallery.models import Artist, Attribution, Genre, Image, Painting, Style
from vectorizer import encoder
from vectorizer.models import EncoderModel, Vectors


def picture_bytes(
    colour: tuple[int, int, int] | int = 0, *, size: tuple[int, int] = (64, 48), format: str = "PNG"
) -> bytes:
    """A file that shows a noisy field of one colour; a number chooses a colour and noise of its own."""
    seed = colour if isinstance(colour, int) else sum(colour)
    rng = np.random.default_rng(seed)
    base = np.array(colour if isinstance(colour, tuple) else rng.integers(0, 255, 3))
    pixels = np.clip(base + rng.normal(0, 12, (size[1], size[0], 3)), 0, 255).astype(np.uint8)
    file = BytesIO()
    Pillow.fromarray(pixels).save(file, format)
    return file.getvalue()


def make_image(data: bytes | None = None, *, name: str = "picture.png", number: int = 0) -> Image:
    """An original in the store."""
    return originals.add(BytesIO(data or picture_bytes(number)), name)


def unit(seed: int, dimensions: int) -> NDArray[np.float32]:
    """A random unit vector."""
    vector = np.random.default_rng(seed).normal(size=dimensions)
    return (vector / np.linalg.norm(vector)).astype(np.float32)


def give_vectors(image: Image, **features: NDArray[np.float32]) -> Vectors:
    """Vectors of the active model: those given, and random ones (seeded by the image) for its other features."""
    model = EncoderModel.current()
    seed = int(hashlib.sha256(image.sha256.encode()).hexdigest()[:8], 16)
    vectors = {
        feature.name: features.get(feature.name, unit(seed + number, feature.dimensions))
        for number, feature in enumerate(model.card.features)
    }
    row, _ = Vectors.objects.update_or_create(
        image=image, model=model, defaults={"data": encoder.pack(vectors, model.card)}
    )
    return row


def go_live(painting: Painting, **features: NDArray[np.float32]) -> None:
    """As if the worker had prepared the painting's image: vectors and a thumbnail's record, no encoder."""
    with journal.writing():
        give_vectors(painting.image, **features)
        Image.objects.filter(pk=painting.image_id).update(widths=[painting.image.width], placeholder="data:,")
        publishing.go_live([painting.image])


def make_painting(
    title: str = "Untitled",
    *,
    number: int | None = None,
    image: Image | None = None,
    artist: str | tuple[str, ...] = (),
    style: str | None = None,
    genre: str | None = None,
    state: str = Painting.State.PUBLISHED,
    live: bool = True,
    vectors: dict[str, NDArray[np.float32]] | None = None,
    **fields: Any,
) -> Painting:
    """A painting with a picture of its own (`number` chooses it); published and ready unless told otherwise."""
    number = Painting.objects.count() if number is None else number
    image = image or make_image(number=number, name=f"{title}.png")
    with journal.writing():
        painting = Painting.objects.create(
            title=title,
            image=image,
            state=state,
            style=style and Style.objects.get_or_create(name=style)[0],
            genre=genre and Genre.objects.get_or_create(name=genre)[0],
            **fields,
        )
        for order, name in enumerate((artist,) if isinstance(artist, str) else artist):
            Attribution.objects.create(
                painting=painting, artist=Artist.objects.get_or_create(name=name)[0], order=order
            )
    if live:
        go_live(painting, **(vectors or {}))
    painting.refresh_from_db()
    return painting
