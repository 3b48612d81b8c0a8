"""What a file is, told from its first bytes: never from its name or the type that a browser declares."""

from dataclasses import dataclass

from PIL import TiffImagePlugin
from PIL.AvifImagePlugin import AvifImageFile
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.TiffImagePlugin import TiffImageFile
from PIL.WebPImagePlugin import WebPImageFile

from gallery.sentences import gettext_noop

# Pillow builds a Python tuple for each strip of an uncompressed TIFF, millions in a hostile file, and takes missing
# strips for black. libtiff reads the same files without either.
TiffImagePlugin.READ_LIBTIFF = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A format that is accepted, and the one decoder that reads it."""

    label: str
    media_type: str
    extension: str
    decoder: type[ImageFile]


JPEG = Kind(label="JPEG", media_type="image/jpeg", extension=".jpg", decoder=JpegImageFile)
PNG = Kind(label="PNG", media_type="image/png", extension=".png", decoder=PngImageFile)
WEBP = Kind(label="WebP", media_type="image/webp", extension=".webp", decoder=WebPImageFile)
AVIF = Kind(label="AVIF", media_type="image/avif", extension=".avif", decoder=AvifImageFile)
TIFF = Kind(label="TIFF", media_type="image/tiff", extension=".tif", decoder=TiffImageFile)
GIF = Kind(label="GIF", media_type="image/gif", extension=".gif", decoder=GifImageFile)

_SIGNATURES = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"II\x2a\x00", TIFF),
    (b"MM\x00\x2a", TIFF),
    (b"II\x2b\x00\x08\x00\x00\x00", TIFF),
    (b"MM\x00\x2b\x00\x08\x00\x00", TIFF),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
)

_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx")

_HEIC, _RAW = gettext_noop("a HEIC picture"), gettext_noop("a camera's raw file")
_BMP, _SVG = gettext_noop("a BMP picture"), gettext_noop("an SVG drawing")
_VIDEO, _WEB_PAGE, _TEXT = gettext_noop("a video"), gettext_noop("a web page"), gettext_noop("a text file")

_OTHER_PICTURES = (
    (b"8BPS", gettext_noop("a Photoshop document")),
    (b"%!PS", gettext_noop("an EPS or PostScript file")),
    (b"\xc5\xd0\xd3\xc6", gettext_noop("an EPS file")),
    (b"\x00\x00\x01\x00", gettext_noop("an icon (ICO)")),
    (b"\x00\x00\x00\x0cjP  ", gettext_noop("a JPEG 2000 picture")),
    (b"\xff\x4f\xff\x51", gettext_noop("a JPEG 2000 picture")),
    (b"\xff\x0a", gettext_noop("a JPEG XL picture")),
    (b"\x00\x00\x00\x0cJXL ", gettext_noop("a JPEG XL picture")),
    (b"II\xbc\x01", gettext_noop("a JPEG XR picture")),
    (b"v/1\x01", gettext_noop("an OpenEXR picture")),
    (b"#?RADIANCE", gettext_noop("a Radiance HDR picture")),
    (b"qoif", gettext_noop("a QOI picture")),
    (b"icns", gettext_noop("an Apple icon")),
    (b"gimp xcf", gettext_noop("a GIMP document")),
)

_NOT_PICTURES = (
    (b"%PDF-", gettext_noop("a PDF document")),
    (b"PK\x03\x04", gettext_noop("a ZIP archive or an Office document")),
    (b"\x1f\x8b", gettext_noop("a gzip archive")),
    (b"7z\xbc\xaf\x27\x1c", gettext_noop("a 7-Zip archive")),
    (b"Rar!", gettext_noop("a RAR archive")),
    (b"\x7fELF", gettext_noop("a program")),
    (b"MZ", gettext_noop("a program")),
    (b"ID3", gettext_noop("a sound file")),
    (b"OggS", gettext_noop("a sound or video file")),
    (b"\x1aE\xdf\xa3", _VIDEO),
)


def kind_of(head: bytes) -> Kind | None:
    """The accepted format whose signature these first bytes (at least 64, unless the file is shorter) carry."""
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if any(brand in (b"avif", b"avis") for brand in _brands(head)):
        return AVIF
    return next((kind for signature, kind in _SIGNATURES if head.startswith(signature)), None)


def riff_length(data: bytes) -> int:
    """How many bytes a RIFF file (WebP) says that it has."""
    return 8 + int.from_bytes(data[4:8], "little")


def other_picture(head: bytes) -> str | None:
    """What kind of picture this is, if it is one of a format that is not accepted: “a Photoshop document”."""
    brands = _brands(head)
    if any(brand in _HEIC_BRANDS for brand in brands) or brands[:1] in ([b"mif1"], [b"msf1"]):
        return _HEIC
    if b"crx " in brands:
        return _RAW
    if head[:2] == b"BM" and head[6:10] == bytes(4):
        return _BMP
    if b"<svg" in head.lower():
        return _SVG
    return _named(_OTHER_PICTURES, head)


def other_file(head: bytes) -> str | None:
    """What this is, if it is recognisably something else than a picture: “a PDF document”, in English."""
    if _brands(head):
        return _VIDEO
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return _WEB_PAGE
    return _named(_NOT_PICTURES, head) or (_TEXT if _is_text(head) else None)


def _brands(head: bytes) -> list[bytes]:
    """The brands of an ISO base media file (ISO/IEC 14496-12, section 4.3), the major one first; else none."""
    if head[4:8] != b"ftyp":
        return []
    end = min(int.from_bytes(head[:4], "big"), len(head))
    return [head[8:12], *(head[at : at + 4] for at in range(16, end - 3, 4))]


def _named(signatures: tuple[tuple[bytes, str], ...], head: bytes) -> str | None:
    return next((name for signature, name in signatures if head.startswith(signature)), None)


def _is_text(head: bytes) -> bool:
    cut = head.decode("utf-8", errors="replace").rstrip("\ufffd")  # the last character may be cut in two
    return bool(cut) and all(character.isprintable() or character.isspace() for character in cut)
