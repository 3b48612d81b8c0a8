"""Thousands of vectors as real pictures have them: drawn, cropped and encoded here, and mixed with their neighbours.

Random directions would be a poor test: in 512 dimensions they are all equally far from each other. So a few paintings
of the sample collection are drawn and cropped, the shipped model really encodes the crops, and each painting of the
test is a mixture of a crop and two of its nearest, the same for every feature: neighbours as near as among pictures,
and no copies.
"""

from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from gallery import sample
from gallery.models import Artist, Attribution, Genre, Image, Painting, Style
from vectorizer import encoder
from vectorizer.models import EncoderModel, Vectors

DRAWN, CROPS = 8, 12
NEIGHBOURS = 8
PALETTE = "palette"

Matrices = Mapping[str, NDArray[np.float32]]


def encoded(model: EncoderModel) -> Matrices:
    """By feature a vector of each crop: (DRAWN * CROPS, dimensions), unit length."""
    found = model.encoder().encode(list(_crops()))
    return {feature.name: np.stack([each.vectors[feature.name] for each in found]) for feature in model.card.features}


def mixed(real: Matrices, count: int, seed: int = 0) -> Matrices:
    """By feature `count` unit vectors, float32."""
    rng = np.random.default_rng(seed)
    first = next(iter(real.values()))
    near = np.argsort(-(first @ first.T), axis=1)[:, 1 : NEIGHBOURS + 1]
    parents = rng.integers(0, len(first), count)
    others = near[parents[:, None], rng.integers(0, NEIGHBOURS, (count, 2))]
    family = np.concatenate([parents[:, None], others], axis=1)
    weights = rng.dirichlet((2, 1, 1), count)
    return {name: _mixture(matrix[family], weights, rng, name == PALETTE) for name, matrix in real.items()}


def fill(vectors: Matrices, model: EncoderModel) -> None:
    """Public paintings with these vectors and ids from 1 on; every seventh undated, with none, one or two artists."""
    count = len(next(iter(vectors.values())))
    styles = Style.objects.bulk_create([Style(name=f"Style {n:02}") for n in range(60)])
    genres = Genre.objects.bulk_create([Genre(name=f"Genre {n}") for n in range(5)])
    artists = Artist.objects.bulk_create([Artist(name=f"Artist {n:03}") for n in range(150)])
    images = Image.objects.bulk_create(
        [Image(id=n, sha256=f"{n:064x}", name=f"{n}.jpg", bytes=1, width=8, height=6) for n in range(1, count + 1)]
    )
    Vectors.objects.bulk_create(
        Vectors(
            image=image,
            model=model,
            data=encoder.pack({name: matrix[row] for name, matrix in vectors.items()}, model.card),
        )
        for row, image in enumerate(images)
    )
    Painting.objects.bulk_create(
        Painting(
            id=image.pk,
            title=f"{('River', 'Bridge', 'Élan', 'Nocturne')[image.pk % 4]} {image.pk % 97}",
            image=image,
            live_image=image,
            state=Painting.State.PUBLISHED,
            style=styles[int(image.pk**0.5) % 60] if image.pk % 9 else None,
            genre=genres[image.pk % 5],
            collection=("North Wing", "South Wing", "")[image.pk % 3],
            first_year=None if image.pk % 7 == 0 else 1400 + image.pk % 500,
            last_year=None if image.pk % 7 == 0 else 1400 + image.pk % 500 + image.pk % 30,
        )
        for image in images
    )
    Attribution.objects.bulk_create(
        Attribution(painting_id=image.pk, artist=artist, order=order)
        for image in images
        for order, artist in enumerate((artists[image.pk % 150], artists[image.pk % 89])[: image.pk % 3])
        if order == 0 or image.pk % 150 != image.pk % 89
    )


def _crops() -> Iterator[NDArray[np.uint8]]:
    rng = np.random.default_rng(1)
    works = sample.paintings()
    for work in works[:: len(works) // DRAWN][:DRAWN]:
        picture = np.asarray(sample.draw(work.key).reduce(2))
        for _ in range(CROPS):
            height, width = (int(side * rng.uniform(0.5, 1)) for side in picture.shape[:2])
            top, left = rng.integers(0, picture.shape[0] - height + 1), rng.integers(0, picture.shape[1] - width + 1)
            crop = picture[top : top + height, left : left + width]
            yield np.ascontiguousarray(crop[:, ::-1] if rng.random() < 0.5 else crop)


def _mixture(
    family: NDArray[np.float32], weights: NDArray[np.float64], rng: np.random.Generator, positive: bool
) -> NDArray[np.float32]:
    """The directions of weighted means of (count, 3, dimensions), and a little noise that keeps what has no sign so."""
    made = np.einsum("ij,ijk->ik", weights, family)
    noise = 0.05 * rng.normal(size=made.shape) / np.sqrt(made.shape[1])
    made = np.abs(made + noise) if positive else made + noise
    unit: NDArray[np.float32] = (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)
    return unit
