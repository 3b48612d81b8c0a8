"""
Opening image files that anybody may have made: what is not a whole picture of an accepted format is refused.

No Django here; the limits are arguments. Pillow's own guard of 178,956,970 pixels stays in force above them.
"""

import hashlib
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from PIL import ExifTags, Image
from PIL.ImageFile import ImageFile

from gallery import file_kinds
from gallery import image_refusals as refusals
from gallery.colour import to_srgb
from gallery.file_kinds import Kind
from gallery.image_refusals import ImageRefused as ImageRefused
from gallery.image_refusals import shown_name as shown_name
from gallery.sentences import Sentence, Value

# What Pillow has to say about odd but readable files is for nobody; of the rest we make refusals.
warnings.filterwarnings("ignore", module=r"PIL\.")

HEAD_BYTES = 1024
PHOTO_QUALITY = 90

# A scan of a progressive JPEG costs its reader a pass over the whole picture and its writer ten bytes. Cameras and
# programs write at most a dozen; libjpeg-turbo's own fuzzers stop at 500.
MAX_JPEG_SCANS = 100

# Pillow walks through a file's parts in Python, and a hostile file has millions of empty ones. Honest files need a few
# reads for each 4 KB at most.
MAX_READS = 200_000

# Of a JPEG that is only inspected, every bit is read but only an eighth of the width and height is computed.
INSPECTION_TARGET = 1

TIFF_DNG_VERSION = 50706

_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_SIDEWAYS = (5, 6, 7, 8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What is accepted: sizes in bytes and pixels, each bound included."""

    max_bytes: int
    max_pixels: int
    min_side: int = 16
    max_side: int = 32_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """An accepted file. Width and height are those of the upright picture (EXIF orientation applied)."""

    sha256: str
    bytes: int
    media_type: str
    extension: str
    width: int
    height: int


def inspect(file: BinaryIO, name: str, limits: Limits) -> Inspected:
    """
    Decode the whole picture once, trusting neither its name nor a declared type, and say what it is.

    ImageRefused where it isn't one. The file is rewound before and after; errors of reading it are passed on.
    """
    data = _read(file, name, limits)
    kind = _kind(data, name)
    with _refusing(name):
        image = _opened(data, kind, name, limits)
        width, height = image.size
        _decode(image, INSPECTION_TARGET)
        if kind is not file_kinds.TIFF and _orientation(image) in _SIDEWAYS:
            width, height = height, width
    return Inspected(
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
        media_type=kind.media_type,
        extension=kind.extension,
        width=width,
        height=height,
    )


def open_rgb(
    file: BinaryIO, name: str, limits: Limits, *, target: int | None = None, shortest: int | None = None
) -> Image.Image:
    """
    The picture (the first of several) as sRGB: 8 bit, upright, transparency on white, without metadata.

    `target` is a long side in pixels: a JPEG may come smaller than it is, but its long side is at least
    min(target, original), and nothing is ever enlarged; `shortest` says the same of the short side, instead. Finds
    truncation and damage as `inspect` does: who wants only the pixels needs only this call. ImageRefused and the file's
    position: as `inspect`.
    """
    data = _read(file, name, limits)
    kind = _kind(data, name)
    with _refusing(name):
        image = _opened(data, kind, name, limits)
        _decode(image, target if shortest is None else -(-shortest * max(image.size) // min(image.size)))
        turn = None if kind is file_kinds.TIFF else _TURNS.get(_orientation(image))
        rgb = to_srgb(image)
        rgb = rgb if turn is None else rgb.transpose(turn)
    rgb.info = {}
    return rgb


def photo_bytes(image: Image.Image, *, side: int) -> bytes:
    """A visitor's photo (RGB) as a JPEG without any metadata, its long side at most `side` pixels."""
    photo = image.copy()
    photo.thumbnail((side, side), Image.Resampling.LANCZOS)
    photo.info = {}
    encoded = BytesIO()
    photo.save(encoded, "JPEG", quality=PHOTO_QUALITY)
    return encoded.getvalue()


def _read(file: BinaryIO, name: str, limits: Limits) -> bytes:
    file.seek(0)
    data = file.read(limits.max_bytes + 1)
    size = file.seek(0, 2) if len(data) > limits.max_bytes else len(data)
    file.seek(0)
    if size > limits.max_bytes:
        raise _too_many_bytes(size, limits.max_bytes, name)
    if not data:
        raise ImageRefused("empty", name, refusals.EMPTY)
    return data


def _too_many_bytes(size: int, most: int, name: str) -> ImageRefused:
    if size >= 1.1 * most >= 1_000_000:
        megabyte = 1_000_000
        return ImageRefused(
            "too_many_bytes", name, refusals.TOO_MANY_MEGABYTES, size=size / megabyte, most=most / megabyte
        )
    return ImageRefused("too_many_bytes", name, refusals.TOO_MANY_BYTES, size=size, most=most)


def _kind(data: bytes, name: str) -> Kind:
    head = data[:HEAD_BYTES]
    kind = file_kinds.kind_of(head)
    if kind is None:
        raise _foreign(head, name)
    if kind is file_kinds.JPEG and data.count(b"\xff\xda") > MAX_JPEG_SCANS:
        raise ImageRefused("damaged", name, refusals.TOO_MANY_SCANS, most=MAX_JPEG_SCANS)
    if kind is file_kinds.WEBP and len(data) < file_kinds.riff_length(data):
        raise ImageRefused("truncated", name, refusals.CUT_OFF)
    return kind


def _foreign(head: bytes, name: str) -> ImageRefused:
    if picture := file_kinds.other_picture(head):
        return ImageRefused("unsupported_format", name, refusals.NOT_ACCEPTED, kind=Sentence(picture))
    if other := file_kinds.other_file(head):
        return ImageRefused("not_an_image", name, refusals.OTHER_FILE, kind=Sentence(other))
    return ImageRefused("not_an_image", name, refusals.UNKNOWN)


@contextmanager
def _refusing(name: str) -> Iterator[None]:
    """Turn what Pillow's decoders raise on bad data, which is nearly anything, into a refusal."""
    try:
        yield
    except ImageRefused:
        raise
    except (Image.DecompressionBombError, MemoryError) as error:
        raise ImageRefused("too_many_pixels", name, refusals.TOO_LARGE) from error
    except Exception as error:
        raise _broken(name, error) from error


def _broken(name: str, error: Exception) -> ImageRefused:
    if isinstance(error, EOFError) or "truncated" in str(error).lower():
        return ImageRefused("truncated", name, refusals.CUT_OFF)
    return ImageRefused("damaged", name, refusals.DAMAGED)


class _Metered(BytesIO):
    """A file in memory that ends a reader who reads in far too many small pieces."""

    reads = 0

    def read(self, size: int | None = -1, /) -> bytes:
        self.reads += 1
        if self.reads > MAX_READS:
            raise ValueError(f"more than {MAX_READS} parts")
        return super().read(size)


def _opened(data: bytes, kind: Kind, name: str, limits: Limits) -> ImageFile:
    """The picture with its header read and found within the limits, nothing decoded yet."""
    image = kind.decoder(_Metered(data))
    _check_size(image.size, name, limits)
    if image.mode in ("I", "F") or TIFF_DNG_VERSION in getattr(image, "tag_v2", {}):
        raise ImageRefused("unsupported_format", name, refusals.UNUSUAL_COLOURS)
    if kind is file_kinds.PNG:
        image.verify()  # the checksums, which decoding leaves alone; it uses the image up
        image = kind.decoder(_Metered(data))
    return image


def _check_size(size: tuple[int, int], name: str, limits: Limits) -> None:
    sides: dict[str, Value] = dict(zip(("width", "height"), size, strict=True))
    if max(size) > limits.max_side:
        raise ImageRefused("too_many_pixels", name, refusals.SIDE_TOO_LONG, **sides, most=limits.max_side)
    if size[0] * size[1] > limits.max_pixels:
        raise ImageRefused("too_many_pixels", name, refusals.TOO_MANY_PIXELS, **sides, most=limits.max_pixels)
    if min(size) < limits.min_side:
        raise ImageRefused("too_small", name, refusals.TOO_SMALL, **sides, least=limits.min_side)


def _decode(image: ImageFile, target: int | None) -> None:
    """Read all pixels; a JPEG may shrink while it is decoded, to a long side of no less than `target`."""
    if target is not None:
        longest = max(image.size)
        width, height = (max(1, -(-side * target // longest)) for side in image.size)
        image.draft(None, (width, height))
    image.load()


def _orientation(image: Image.Image) -> int:
    """The EXIF orientation, 1 to 8; 1 where there is none or the EXIF data is broken."""
    try:
        orientation = image.getexif().get(ExifTags.Base.Orientation, 1)
    except Exception:
        return 1  # broken metadata, on which Pillow raises nearly anything, is no reason to refuse a good picture
    return orientation if orientation in _TURNS else 1
