"""A small collection that is on the map."""

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.core.files.base import ContentFile
from django.test import Client
from numpy.typing import NDArray

from gallery import rendering
from gallery.models import Painting
from search.map import making
from search.map.models import CollectionMap, Place
from tests.factories import make_painting, picture_bytes, unit

NOWHERE = -1


def near(seed: int, number: int = 0, distance: float = 0.2) -> NDArray[np.float32]:
    """A unit vector near the one of this seed; each number gives another."""
    middle = unit(seed, 512)
    moved = middle + distance * unit(1000 * seed + number + 1, 512) if number else middle
    return (moved / np.linalg.norm(moved)).astype(np.float32)


def hang(title: str, vector: NDArray[np.float32] | None = None, **fields: Any) -> Painting:
    """A public painting with a thumbnail, and the vector by which it is laid out."""
    painting = make_painting(title, vectors=None if vector is None else {"common512": vector}, **fields)
    give_thumbnail(painting)
    return painting


def give_thumbnail(painting: Painting) -> None:
    image = painting.live_image
    assert image
    path = image.rendition_path(image.width, "jpg")
    rendering.storage().save(path, ContentFile(picture_bytes(painting.pk, size=(64, 48), format="JPEG")))


def collection(count: int = 6, **fields: Any) -> list[Painting]:
    """Half of them near one point, half near another."""
    return [hang(f"Work {number}", near(number % 2, number + 1), **fields) for number in range(count)]


def mapped(count: int = 6, **fields: Any) -> list[Painting]:
    """The same, laid out."""
    paintings = collection(count, **fields)
    making.make()
    return paintings


def shown() -> CollectionMap:
    found = CollectionMap.objects.shown()
    assert found
    return found


def place(painting: Painting) -> Place:
    return Place.objects.get(map=shown(), painting=painting)


def apart(one: Painting, other: Painting) -> float:
    """How far two paintings hang from each other, in fields."""
    a, b = place(one), place(other)
    return float(np.hypot(a.column - b.column, a.row - b.row))


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What the page's script reads."""

    side: int
    sheets: list[str]
    ids: list[int]
    cells: list[int]
    columns: list[int]
    rows: list[int]
    colours: list[tuple[int, int, int]]
    shapes: list[int]


def read(client: Client) -> Read:
    """The file of the map, as docs and script understand it."""
    body = client.get("/map/places.bin").content
    length = int.from_bytes(body[:4], "little")
    head = json.loads(body[4 : 4 + length])
    at, arrays = 4 + length, []
    for kind in ("<u4", "<i4", "<u2", "<u2", "u1", "u1", "u1", "u1"):
        array = np.frombuffer(body, kind, head["count"], at)
        arrays.append(array)
        at += array.nbytes
    assert at == len(body)
    ids, cells, columns, rows, reds, greens, blues, shapes = arrays
    return Read(
        side=head["side"],
        sheets=head["sheets"],
        ids=ids.tolist(),
        cells=np.cumsum(cells).tolist(),
        columns=columns.tolist(),
        rows=rows.tolist(),
        colours=list(zip(reds.tolist(), greens.tolist(), blues.tolist(), strict=True)),
        shapes=shapes.tolist(),
    )


def sheet_status(client: Client, name: str, side: int = 64) -> int:
    response = client.get(f"/map/sheets/{name}-{side}.webp")
    if response.status_code == 200:
        b"".join(response.streaming_content)  # type: ignore[attr-defined]
    return response.status_code
