"""
Smaller copies of a picture for pages: AVIF, WebP and JPEG in several widths, and a tiny placeholder.

Pure: a picture as `images.open_rgb` gives it goes in, bytes come out. A rendition holds no metadata and no profile (it
is sRGB), and nothing is ever enlarged.
"""

import base64
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Literal

from PIL import Image

Format = Literal["avif", "webp", "jpeg"]

FORMATS: tuple[Format, ...] = ("avif", "webp", "jpeg")  # the smallest files first
QUICK_FORMATS: tuple[Format, ...] = ("webp", "jpeg")  # AVIF takes as long as both

THUMBNAIL_WIDTH = 320
WIDTHS = (THUMBNAIL_WIDTH, 640, 1280, 2048)  # pixels

# A rendition fits a box this many times as high as it is wide: a scroll of 1:20 gets narrower, not 40,000 pixels high.
MAX_HEIGHT_RATIO = 3

# A picture's own width joins the fixed ones below it only where it shows noticeably more than the widest of them.
NOTICEABLE = 1.1

AVIF_QUALITY = 65  # looks as WebP does at 80, in files a sixth smaller (bench/renditions.py)
AVIF_SPEED = 9  # 8 takes four times as long for files 4 % smaller
JPEG_QUALITY = 82
WEBP_QUALITY = 80
WEBP_METHOD = 2  # twice as fast as 4, the default, for files 3 % larger
PLACEHOLDER_SIDE = 16  # pixels
PLACEHOLDER_QUALITIES = (40, 20, 5, 0)  # the first that is short enough; only noise gets to the second
PLACEHOLDER_LENGTH = 400  # characters

# Shrink by whole steps to no less than this many times the goal before the exact resampling: faster, looks the same.
_REDUCING_GAP = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """One encoded copy; width and height in pixels."""

    width: int
    height: int
    format: Format
    data: bytes


def widths(width: int, height: int) -> tuple[int, ...]:
    """
    The widths in pixels that a picture of this size gets, ascending, at least one; the first is the thumbnail's.

    They are those of WIDTHS up to its own width, then its own where it is noticeably more than these and less than the
    last of WIDTHS. A picture more than three times as high as wide gets narrower ones: each fits the box of a width of
    WIDTHS and three times that height.
    """
    narrowing = min(1.0, MAX_HEIGHT_RATIO * width / height)
    boxes = [box for box in WIDTHS if box * narrowing <= width]
    fitting = [max(1, int(box * narrowing)) for box in boxes]
    if len(boxes) < len(WIDTHS) and (not fitting or width >= fitting[-1] * NOTICEABLE):
        fitting.append(width)
    return tuple(sorted(set(fitting)))


def needed_side(width: int, height: int, wanted: Sequence[int]) -> int:
    """The `target` for `images.open_rgb` of a picture of this size, so that `make` can make all wanted widths."""
    return max(max(wanted), -(-max(wanted) * height // width))


def make(image: Image.Image, widths: Sequence[int], formats: Sequence[Format] = FORMATS) -> Iterator[Rendition]:
    """
    The picture (RGB, upright) in each of these widths and formats, the widest first.

    Each width is made from the next wider one. ValueError, before anything is made, for a width that the picture lacks.
    """
    if widths and max(widths) > image.width:
        raise ValueError(f"A picture {image.width} pixels wide cannot give a rendition {max(widths)} wide.")
    return _make(image, sorted(set(widths), reverse=True), formats)


def placeholder(image: Image.Image) -> str:
    """The picture, its long side 16 pixels, as a `data:` URI of at most 400 characters, to show until more is there."""
    scale = PLACEHOLDER_SIDE / max(image.size)
    width, height = (max(1, round(side * min(1.0, scale))) for side in image.size)
    tiny = _resized(image, width, height)
    uris = (_data_uri(tiny, quality) for quality in PLACEHOLDER_QUALITIES)
    return next(uri for uri in uris if len(uri) <= PLACEHOLDER_LENGTH)


def _data_uri(image: Image.Image, quality: int) -> str:
    webp = BytesIO()
    _save_webp(image, webp, quality)
    return f"data:image/webp;base64,{base64.b64encode(webp.getvalue()).decode('ascii')}"


def _make(image: Image.Image, descending: Sequence[int], formats: Sequence[Format]) -> Iterator[Rendition]:
    ratio = image.height / image.width
    for width in descending:
        image = _resized(image, width, max(1, round(width * ratio)))
        for format in formats:
            yield Rendition(width=image.width, height=image.height, format=format, data=_encoded(image, format))


def _resized(image: Image.Image, width: int, height: int) -> Image.Image:
    resized = image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=_REDUCING_GAP)
    resized.info = {}  # Pillow would write a comment found there into the file
    return resized


def _encoded(image: Image.Image, format: Format) -> bytes:
    encoded = BytesIO()
    match format:
        case "avif":  # one thread: the other cores have pictures of their own
            image.save(encoded, "AVIF", quality=AVIF_QUALITY, speed=AVIF_SPEED, max_threads=1)
        case "webp":
            _save_webp(image, encoded, WEBP_QUALITY)
        case "jpeg":
            image.save(encoded, "JPEG", quality=JPEG_QUALITY, progressive=True)
    return encoded.getvalue()


def _save_webp(image: Image.Image, file: BytesIO, quality: int) -> None:
    image.save(file, "WEBP", quality=quality, method=WEBP_METHOD)
