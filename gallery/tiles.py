"""
A large picture cut into tiles, so that a visitor loads only the part that is looked at, as sharp as it is.

Pure. Addresses and description follow the IIIF Image API 3.0, level 0 (https://iiif.io/api/image/3.0/), in which only
the parts that info.json names exist. What fits on a page is there as a rendition; tiles are only for what is larger.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image

from gallery import renditions

SIDE = 512  # pixels; of a tile, but for those at the right and lower edges
QUALITY = renditions.JPEG_QUALITY
CONTEXT = "http://iiif.io/api/image/3/context.json"
MEDIA_TYPE = f'application/ld+json;profile="{CONTEXT}"'

_REGION = re.compile(r"(\d{1,6}),(\d{1,6}),(\d{1,6}),(\d{1,6})", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A part of the picture, `factor` times reduced. Position and size are those in the whole picture, in pixels."""

    x: int
    y: int
    width: int
    height: int
    factor: int

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the tile itself, in pixels."""
        return _reduced(self.width, self.factor), _reduced(self.height, self.factor)

    @property
    def name(self) -> str:
        """What the file is called. No commas: Django splits a list of ETags at them."""
        return f"{self.x}-{self.y}-{self.width}-{self.height}_{self.size[0]}-{self.size[1]}.jpg"


def factors(width: int, height: int) -> tuple[int, ...]:
    """
    By how much a picture of this size is reduced before it is cut, ascending: 1, 2, 4 … or nothing.

    As long as there is noticeably more to see than in the widest rendition.
    """
    widest = renditions.widths(width, height)[-1] * renditions.NOTICEABLE
    return tuple(1 << power for power in range(16) if width / (1 << power) >= widest)


def every(width: int, height: int, side: int = SIDE) -> Iterator[Tile]:
    """All tiles of a picture of this size, the largest factor first."""
    for factor in reversed(factors(width, height)):
        step = side * factor
        for y in range(0, height, step):
            for x in range(0, width, step):
                yield Tile(x=x, y=y, width=min(step, width - x), height=min(step, height - y), factor=factor)


def make(picture: Image.Image) -> Iterator[tuple[Tile, bytes]]:
    """Every tile of the picture (RGB, upright), as JPEG without metadata.

    The mean of whole blocks of pixels (`reduce`) keeps each tile exactly over its part of the picture, which resampling
    to a rounded size would not.
    """
    reduced, present = picture, 1
    for factor in factors(*picture.size):
        reduced, present = reduced.reduce(factor // present), factor
        for tile in every(*picture.size):
            if tile.factor == factor:
                left, top = tile.x // factor, tile.y // factor
                yield tile, _encoded(reduced.crop((left, top, left + tile.size[0], top + tile.size[1])))


def find(width: int, height: int, side: int, region: str, size: str) -> Tile | None:
    """The tile that an address names by `region` and `size`, of a picture of this size; None where there is none."""
    place = _REGION.fullmatch(region)
    if not place or not side:
        return None
    x, y, wide, high = map(int, place.groups())
    for factor in factors(width, height):
        step = side * factor
        expected = (min(step, width - x), min(step, height - y))
        if x % step == y % step == 0 and (wide, high) == expected and min(expected) > 0:
            tile = Tile(x=x, y=y, width=wide, height=high, factor=factor)
            if _names(size, tile.size, largest=factor == 1):
                return tile
    return None


def find_whole(width: int, height: int, widths: Sequence[int], size: str) -> int | None:
    """The width of the rendition that `full/<size>` names; None where there is none."""
    for each in widths:
        if _names(size, _fitted(width, height, each), largest=each == max(widths)):
            return each
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Info:
    """A picture as info.json describes it: sizes in pixels; `side` 0 where there are no tiles."""

    address: str
    width: int
    height: int
    widths: Sequence[int]
    side: int

    def document(self) -> Mapping[str, Any]:
        """The image information document."""
        sizes = [_fitted(self.width, self.height, each) for each in sorted(self.widths)]
        document: dict[str, Any] = {
            "@context": CONTEXT,
            "id": self.address,
            "type": "ImageService3",
            "protocol": "http://iiif.io/api/image",
            "profile": "level0",
            "width": self.width,
            "height": self.height,
            # What “max” gives of the whole picture. No maxWidth: a scroll's tiles are wider than its widest rendition.
            "maxArea": sizes[-1][0] * sizes[-1][1],
            "sizes": [{"width": width, "height": height} for width, height in sizes],
        }
        if self.side:
            scales = list(factors(self.width, self.height))
            document["tiles"] = [{"width": self.side, "height": self.side, "scaleFactors": scales}]
        return document


def _fitted(width: int, height: int, narrower: int) -> tuple[int, int]:
    """The size of the rendition of this width."""
    return narrower, max(1, round(narrower * height / width))


def _reduced(length: int, factor: int) -> int:
    return -(-length // factor)


def _names(size: str, actual: tuple[int, int], *, largest: bool) -> bool:
    """Whether the size in an address, “max” or “w,h”, is this one."""
    return (size == "max" and largest) or size == "{},{}".format(*actual)


def _encoded(tile: Image.Image) -> bytes:
    tile.info = {}
    encoded = BytesIO()
    tile.save(encoded, "JPEG", quality=QUALITY, optimize=True)
    return encoded.getvalue()
