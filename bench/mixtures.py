"""As many paintings as are wanted, with vectors like those of real pictures: for every benchmark that needs many.

Random directions would be a poor test: in 512 dimensions all are equally far from each other. So each vector is the
direction of a weighted mean of a real one and two of its nearest, and a little noise; a painting's are mixed of the
same three in every feature. Neighbours are as near and as many as among pictures, and no vector is a copy.

Real ones are of a collection's database, of a folder of pictures, or of crops of the drawn sample, encoded here.
"""

import argparse
import sqlite3
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

NEIGHBOURS = 8  # among which a painting's second and third are chosen
NOISE = 0.05  # its length; a vector's is 1
ROWS_AT_ONCE = 1000
DRAWN, CROPS = 24, 16
MOST_PICTURES = 3000
SUFFIXES = {".jpg", ".jpeg", ".png", ".webp", ".avif", ".tif", ".tiff", ".gif"}
# Share of the paintings that each style has, by which filters are asked; all others have the last style.
SHARES = {"half": 0.5, "a tenth": 0.1, "a hundredth": 0.01, "a few": 0.0003}
PLACEHOLDER = f"data:image/webp;base64,{'UklGRlIAAABXRUJQ' * 10}"  # as long as they are
POSITIVE = "palette"  # a feature whose numbers have no sign

Matrices = Mapping[str, NDArray[np.float32]]
"""Feature → a unit vector a row."""


def add_arguments(parser: argparse.ArgumentParser, paintings: int) -> None:
    """`-n`, where real vectors come from, and the seed."""
    parser.add_argument("-n", type=int, default=paintings, metavar="N", help=f"how many paintings ({paintings})")
    parser.add_argument("--seed", type=int, default=1)
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--paintings", type=Path, metavar="FOLDER", help="mix vectors of the pictures in this folder")
    source.add_argument("--collection", type=Path, metavar="FILE", help="mix those of this SQLite database")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """Row n is painting n + 1: its vector of the model's first feature, and the number of its style."""

    vectors: NDArray[np.float32]
    styles: NDArray[np.int64]

    def of_style(self, number: int) -> NDArray[np.int64]:
        return np.flatnonzero(self.styles == number)


class Mixtures:
    """A source of vectors that never gives the same twice."""

    def __init__(self, real: Matrices, seed: int) -> None:
        self.real = real
        self.rng = np.random.default_rng(seed)
        first = next(iter(real.values()))
        if len(first) <= NEIGHBOURS:
            sys.exit(f"{len(first)} real vectors are too few to mix: {NEIGHBOURS + 1} are needed.")
        self._near = np.argsort(-(first @ first.T), axis=1)[:, 1 : NEIGHBOURS + 1]

    def next(self, count: int) -> Matrices:
        """By feature `count` unit vectors, float32."""
        parents = self.rng.integers(0, len(self._near), count)
        others = self._near[parents[:, None], self.rng.integers(0, NEIGHBOURS, (count, 2))]
        family = np.concatenate([parents[:, None], others], axis=1)
        weights = self.rng.dirichlet((2, 1, 1), count)
        return {name: self._mixed(name, matrix[family], weights) for name, matrix in self.real.items()}

    def _mixed(self, name: str, family: NDArray[np.float32], weights: NDArray[np.float64]) -> NDArray[np.float32]:
        made = np.einsum("ij,ijk->ik", weights, family)
        made += NOISE * self.rng.normal(size=made.shape) / np.sqrt(made.shape[1])
        made = np.abs(made) if name == POSITIVE else made
        unit: NDArray[np.float32] = (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)
        return unit


def mixtures(options: argparse.Namespace, model: Any) -> Mixtures:
    """Of the real vectors that the options name."""
    if options.collection:
        real = _of_collection(options.collection, model)
    else:
        real = _encoded(_opened(options.paintings) if options.paintings else _crops(), model)
    of = options.collection or options.paintings or f"crops of {DRAWN} drawn pictures"
    print(
        f"{options.n:,} paintings, mixtures of {len(next(iter(real.values()))):,} real ones ({of}), {model.name}",
        flush=True,
    )
    return Mixtures(real, options.seed)


def fill(model: Any, mixed: Mixtures, count: int) -> Filled:
    """Public paintings with ids from 1 on, an entry in the journal each.

    There are no image files, though their rows say so: pages are as long as they would be.
    """
    from django.core.management.color import no_style
    from django.db import connection, transaction

    from gallery.models import Artist, Genre, Image, Painting, Style

    Style.objects.bulk_create([Style(id=n + 1, name=f"Style {n}") for n in range(len(SHARES) + 1)])
    Genre.objects.bulk_create([Genre(id=n + 1, name=f"Genre {n}") for n in range(10)])
    Artist.objects.bulk_create([Artist(id=n + 1, name=f"Artist number {n}") for n in range(min(500, count // 40 + 1))])
    styles = mixed.rng.choice(len(SHARES) + 1, count, p=[*SHARES.values(), 1 - sum(SHARES.values())])
    kept = []
    for start in range(0, count, ROWS_AT_ONCE):
        ids = range(start + 1, min(start + ROWS_AT_ONCE, count) + 1)
        block = mixed.next(len(ids))
        with transaction.atomic():
            _insert(model, ids, block, styles)
        kept.append(next(iter(block.values())))
    with connection.cursor() as cursor:
        tables = [Style, Genre, Artist, Image, Painting]
        for statement in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE")  # as a database that has had these rows for a while would have done
    return Filled(vectors=np.concatenate(kept), styles=styles)


def _insert(model: Any, ids: Sequence[int], block: Matrices, styles: NDArray[np.int64]) -> None:
    from django.db.models import QuerySet

    from gallery import renditions
    from gallery.models import Artist, Attribution, Change, Image, Painting
    from vectorizer import encoder
    from vectorizer.models import Vectors

    artists = Artist.objects.count()
    Image.objects.bulk_create(
        [
            Image(
                id=id_,
                sha256=f"{id_:064x}",
                name=f"{id_}.jpg",
                bytes=1,
                width=800,
                height=600,
                widths=list(renditions.widths(800, 600)),
                avif=True,
                placeholder=PLACEHOLDER,
            )
            for id_ in ids
        ]
    )
    changes = Change.objects.bulk_create([Change(painting_id=id_, kind="created") for id_ in ids])
    # Plain, since the journal has its entries already.
    QuerySet(Painting).bulk_create(list(_paintings(ids, styles, [change.pk for change in changes])))
    QuerySet(Attribution).bulk_create([Attribution(painting_id=id_, artist_id=id_ % artists + 1) for id_ in ids])
    Vectors.objects.bulk_create(
        [
            Vectors(
                image_id=id_,
                model=model,
                data=encoder.pack({name: matrix[row] for name, matrix in block.items()}, model.card),
            )
            for row, id_ in enumerate(ids)
        ]
    )


def _paintings(ids: Sequence[int], styles: NDArray[np.int64], versions: Sequence[int]) -> Iterator[Any]:
    """With about as much text as a museum's records have."""
    from django.utils import timezone

    from gallery.models import Painting

    for id_, version in zip(ids, versions, strict=True):
        year = 1400 + id_ % 600
        painting = Painting(
            id=id_,
            version=version,
            title=f"{('River', 'Bridge', 'Élan', 'Nocturne')[id_ % 4]} in the Evening, Number {id_}",
            style_id=int(styles[id_ - 1]) + 1,
            genre_id=id_ % 10 + 1,
            display_date=f"c. {year}",
            first_year=year,
            last_year=year + id_ % 10,
            medium="Oil on canvas",
            dimensions=f"{40 + id_ % 70} × {50 + id_ % 90} cm",
            object_number=f"19{id_ % 90 + 10}.{id_}",
            collection=("North Wing", "South Wing", "")[id_ % 3],
            credit_line="Bequest of a friend of the museum, 1931",
            alt_text="A river under a bridge at dusk; two figures on the bank look at the lights beyond the water.",
            state=Painting.State.PUBLISHED,
            published_at=timezone.now(),
            image_id=id_,
            live_image_id=id_,
        )
        painting.derive()
        yield painting


def _of_collection(path: Path, model: Any) -> Matrices:
    from vectorizer import encoder

    if not path.exists():
        sys.exit(f"There is no database at {path}.")
    query = (
        "SELECT v.data FROM vectorizer_vectors v JOIN vectorizer_encodermodel m ON m.id = v.model_id "
        "WHERE m.checksum = ? ORDER BY v.image_id"
    )
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        found = [encoder.unpack(data, model.card) for (data,) in database.execute(query, [model.checksum])]
    if not found:
        sys.exit(f"{path} holds no vectors by {model.name}: see `manage.py activate_model`.")
    return _stacked(found, model)


def _encoded(pictures: Iterator[NDArray[np.uint8]], model: Any) -> Matrices:
    encode = model.encoder().encode
    return _stacked([encode([picture])[0].vectors for picture in pictures], model)


def _stacked(found: Sequence[Mapping[str, NDArray[np.float32]]], model: Any) -> Matrices:
    return {feature.name: np.stack([each[feature.name] for each in found]) for feature in model.card.features}


def _opened(folder: Path) -> Iterator[NDArray[np.uint8]]:
    from gallery.images import ImageRefused, Limits
    from vectorizer import opening

    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)
    if not paths:
        sys.exit(f"There are no pictures under {folder}.")
    for path in paths[:: -(-len(paths) // MOST_PICTURES)]:
        try:
            with path.open("rb") as file:
                yield np.asarray(opening.open_picture(file, path.name, Limits(max_bytes=2**30, max_pixels=170_000_000)))
        except ImageRefused:
            continue


def _crops() -> Iterator[NDArray[np.uint8]]:
    from gallery import sample

    rng = np.random.default_rng(1)
    works = sample.paintings()
    for work in works[:: len(works) // DRAWN][:DRAWN]:
        picture = np.asarray(sample.draw(work.key).reduce(2))
        for _ in range(CROPS):
            height, width = (int(side * rng.uniform(0.5, 1)) for side in picture.shape[:2])
            top, left = rng.integers(0, picture.shape[0] - height + 1), rng.integers(0, picture.shape[1] - width + 1)
            crop = picture[top : top + height, left : left + width]
            yield np.ascontiguousarray(crop[:, ::-1] if rng.random() < 0.5 else crop)
