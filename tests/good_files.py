"""
Valid picture files of every accepted kind, each drawn here, with the colours that must be seen at known points.

Most show the four quarters of `pictures.QUARTERS`.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageCms

from tests import raw_formats
from tests.pictures import (
    BLACK,
    BLUE,
    GREEN,
    HEIGHT,
    QUARTERS,
    RED,
    SAND,
    WHITE,
    WIDTH,
    Colour,
    exif,
    grey,
    in_srgb,
    later,
    picture,
    saved,
    turned,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoodFile:
    """A file, and the upright picture in it: its size and the colours in the middles of its quarters, ± tolerance."""

    name: str
    make: Callable[[], bytes]
    media_type: str
    extension: str
    size: tuple[int, int] = (WIDTH, HEIGHT)
    quarters: tuple[Colour, Colour, Colour, Colour] = QUARTERS
    tolerance: int = 0


def _jpeg(name: str, make: Callable[[], bytes], **what: Any) -> GoodFile:
    return GoodFile(name=f"{name}.jpg", make=make, media_type="image/jpeg", extension=".jpg", **{"tolerance": 4} | what)


def _png(name: str, make: Callable[[], bytes], **what: Any) -> GoodFile:
    return GoodFile(name=f"{name}.png", make=make, media_type="image/png", extension=".png", **what)


def _tiff(name: str, make: Callable[[], bytes], **what: Any) -> GoodFile:
    return GoodFile(name=f"{name}.tiff", make=make, media_type="image/tiff", extension=".tif", **what)


def _webp(name: str, make: Callable[[], bytes], **what: Any) -> GoodFile:
    return GoodFile(name=f"{name}.webp", make=make, media_type="image/webp", extension=".webp", **what)


def _avif(name: str, make: Callable[[], bytes], **what: Any) -> GoodFile:
    return GoodFile(
        name=f"{name}.avif", make=make, media_type="image/avif", extension=".avif", **{"tolerance": 6} | what
    )


def _gif(name: str, make: Callable[[], bytes], **what: Any) -> GoodFile:
    return GoodFile(name=f"{name}.gif", make=make, media_type="image/gif", extension=".gif", **what)


def _rows(values: tuple[Any, ...], pack: str) -> list[bytes]:
    """The rows of a picture of four quarters, each pixel packed with `struct`."""
    one = [struct.pack(pack, *(value if isinstance(value, tuple) else (value,))) for value in values]
    upper, lower = ((one[at] * (WIDTH // 2) + one[at + 1] * (WIDTH // 2)) for at in (0, 2))
    return [upper] * (HEIGHT // 2) + [lower] * (HEIGHT // 2)


def _deep(
    values: tuple[Any, ...], pack: str, *, photometric: int, samples: int, order: str = "<", bits: int = 16
) -> bytes:
    tags = {
        256: [WIDTH],
        257: [HEIGHT],
        258: [bits] * samples,
        259: [1],
        262: [photometric],
        277: [samples],
        278: [HEIGHT],
    }
    return raw_formats.tiff(tags, [b"".join(_rows(values, pack))], order=order)


def _without_adobe_mark(data: bytes) -> bytes:
    """A CMYK JPEG less its APP14 segment. Browsers take its inks as inverted all the same."""
    at = data.index(b"\xff\xee")
    return data[:at] + data[at + 2 + int.from_bytes(data[at + 2 : at + 4], "big") :]


def _twelve_bits() -> bytes:
    """A 12-bit grey TIFF: two pixels in three bytes."""
    rows = []
    for left, right in ((0, 1000), (3000, 4095)):
        bits = "".join(f"{value:012b}" for value in [left] * (WIDTH // 2) + [right] * (WIDTH // 2))
        rows += [int(bits, 2).to_bytes(len(bits) // 8, "big")] * (HEIGHT // 2)
    tags = {256: [WIDTH], 257: [HEIGHT], 258: [12], 259: [1], 262: [1], 277: [1], 278: [HEIGHT]}
    return raw_formats.tiff(tags, [b"".join(rows)])


def _lab() -> Image.Image:
    srgb, lab = ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB")
    drawn = ImageCms.profileToProfile(picture(), srgb, lab, outputMode="LAB")
    drawn.info = {}  # as L*a*b* pictures are: the space says it all, there is no profile
    return drawn


GREYS = (0, 90, 170, 255)
DEEP = (0, 90 * 257, 170 * 257, 65535)
DEEP_RGB = tuple(tuple(value * 257 for value in colour) for colour in QUARTERS)
SEE_THROUGH = ((*RED, 255), (*GREEN, 0), (*BLUE, 128), (*SAND, 255))
ON_WHITE = (RED, WHITE, (147, 157, 217), SAND)
INKS = ((0, 0, 0, 0), (255, 0, 0, 0), (0, 255, 255, 0), (0, 0, 0, 255))
INKS_PLAIN = (WHITE, (0, 255, 255), (255, 0, 0), BLACK)
CYAN_INK = (60.0, 50.0, 40.0)  # L*a*b* of a red: a profile that is heeded is seen
INKS_PRINTED = (WHITE, (232, 103, 77), BLACK, BLACK)
MUTED = ((140, 120, 110), (110, 140, 120), (100, 110, 140), (180, 170, 150))
BROKEN_PROFILE = raw_formats.rgb_profile(raw_formats.DISPLAY_P3)[:150] + bytes(64)


def _palette(transparent: bool) -> Image.Image:
    image = picture().quantize(8)
    if transparent:
        image.info["transparency"] = image.getpixel((WIDTH - 1, 0))
    return image


GOOD_FILES: tuple[GoodFile, ...] = (
    _jpeg("plain", lambda: saved(picture(), "JPEG", quality=95)),
    _jpeg("progressive", lambda: saved(picture(), "JPEG", quality=95, progressive=True)),
    _jpeg("full chroma", lambda: saved(picture(), "JPEG", quality=95, subsampling=0)),
    _jpeg("grey", lambda: saved(picture(GREYS, "L"), "JPEG", quality=95), quarters=grey(GREYS)),
    _jpeg("cmyk adobe", lambda: saved(picture(INKS, "CMYK"), "JPEG", quality=95), quarters=INKS_PLAIN),
    _jpeg(
        "cmyk unmarked",
        lambda: _without_adobe_mark(saved(picture(INKS, "CMYK"), "JPEG", quality=95)),
        quarters=INKS_PLAIN,
    ),
    _jpeg(
        "cmyk with a profile",
        lambda: saved(picture(INKS, "CMYK"), "JPEG", quality=95, icc_profile=raw_formats.cmyk_profile(CYAN_INK)),
        quarters=INKS_PRINTED,
    ),
    _jpeg(
        "cmyk with a profile for rgb",
        lambda: saved(
            picture(INKS, "CMYK"), "JPEG", quality=95, icc_profile=raw_formats.rgb_profile(raw_formats.ADOBE_RGB)
        ),
        quarters=INKS_PLAIN,
    ),
    _jpeg("broken profile", lambda: saved(picture(), "JPEG", quality=95, icc_profile=BROKEN_PROFILE)),
    _jpeg("profile of noise", lambda: saved(picture(), "JPEG", quality=95, icc_profile=b"\x07" * 300)),
    _jpeg("exif of noise", lambda: saved(picture(), "JPEG", quality=95, exif=b"Exif\0\0neither II nor MM")),
    _jpeg("broken exif", lambda: saved(picture(), "JPEG", quality=95, exif=b"Exif\0\0II\x2a\0\xff\xff\xff\x7f")),
    _jpeg(
        "grey with a profile for colour",
        lambda: saved(
            picture(GREYS, "L"), "JPEG", quality=95, icc_profile=raw_formats.rgb_profile(raw_formats.SRGB, 1.0)
        ),
        quarters=grey((0, 160, 213, 255)),
    ),
    _jpeg("two pictures", lambda: saved(picture(), "MPO", quality=95, save_all=True, append_images=[later()])),
    _jpeg("comment", lambda: saved(picture(), "JPEG", quality=95, comment=b"taken at home", exif=exif(1))),
    *(
        _jpeg(
            f"orientation {number}", lambda number=number: saved(turned(number), "JPEG", quality=95, exif=exif(number))
        )
        for number in range(1, 9)
    ),
    _jpeg("orientation 9", lambda: saved(picture(), "JPEG", quality=95, exif=exif(9))),
    _png("plain", lambda: saved(picture(), "PNG")),
    _png("grey", lambda: saved(picture(GREYS, "L"), "PNG"), quarters=grey(GREYS)),
    _png("one bit", lambda: saved(picture((0, 255, 255, 0), "1"), "PNG"), quarters=(BLACK, WHITE, WHITE, BLACK)),
    _png("palette", lambda: saved(_palette(False), "PNG"), tolerance=2),
    _png(
        "palette with one clear colour",
        lambda: saved(_palette(True), "PNG"),
        quarters=(RED, WHITE, BLUE, SAND),
        tolerance=2,
    ),
    _png("alpha", lambda: saved(picture(SEE_THROUGH, "RGBA"), "PNG"), quarters=ON_WHITE, tolerance=1),
    _png(
        "grey with alpha",
        lambda: saved(picture(((0, 255), (90, 0), (170, 128), (255, 255)), "LA"), "PNG"),
        quarters=grey((0, 255, 212, 255)),
        tolerance=1,
    ),
    _png(
        "grey with one clear value",
        lambda: saved(picture(GREYS, "L"), "PNG", transparency=90),
        quarters=grey((0, 255, 170, 255)),
    ),
    _png("16 bit grey", lambda: raw_formats.png((WIDTH, HEIGHT), 16, 0, _rows(DEEP, ">H")), quarters=grey(GREYS)),
    _png(
        "16 bit grey with one clear value",
        lambda: raw_formats.png(
            (WIDTH, HEIGHT), 16, 0, _rows(DEEP, ">H"), raw_formats.chunk(b"tRNS", struct.pack(">H", DEEP[1]))
        ),
        quarters=grey((0, 255, 170, 255)),
    ),
    _png("16 bit colour", lambda: raw_formats.png((WIDTH, HEIGHT), 16, 2, _rows(DEEP_RGB, ">3H")), tolerance=1),
    _png(
        "16 bit grey with alpha",
        lambda: raw_formats.png(
            (WIDTH, HEIGHT),
            16,
            4,
            _rows(tuple((v, o) for v, o in zip(DEEP, (65535, 0, 65535, 65535), strict=True)), ">2H"),
        ),
        quarters=grey((0, 255, 170, 255)),
        tolerance=1,
    ),
    _png(
        "adobe rgb",
        lambda: saved(picture(MUTED), "PNG", icc_profile=raw_formats.rgb_profile(raw_formats.ADOBE_RGB)),
        quarters=in_srgb(MUTED, raw_formats.ADOBE_RGB, 2.2),
        tolerance=2,
    ),
    _png(
        "display p3 with alpha",
        lambda: saved(
            picture(tuple((*colour, 255) for colour in MUTED), "RGBA"),
            "PNG",
            icc_profile=raw_formats.rgb_profile(raw_formats.DISPLAY_P3),
        ),
        quarters=in_srgb(MUTED, raw_formats.DISPLAY_P3, 2.2),
        tolerance=2,
    ),
    _png(
        "linear grey",
        lambda: saved(picture((0, 64, 128, 255), "L"), "PNG", icc_profile=raw_formats.grey_profile(1.0)),
        quarters=grey((0, 137, 188, 255)),
        tolerance=2,
    ),
    _png("animated", lambda: saved(picture(), "PNG", save_all=True, append_images=[later()])),
    _png(
        "srgb with its own profile",
        lambda: saved(picture(), "PNG", icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()),
    ),
    _png("orientation 6", lambda: saved(turned(6), "PNG", exif=exif(6))),
    _webp("plain", lambda: saved(picture(), "WEBP", quality=95), tolerance=6),
    _webp("lossless", lambda: saved(picture(), "WEBP", lossless=True)),
    _webp("alpha", lambda: saved(picture(SEE_THROUGH, "RGBA"), "WEBP", lossless=True), quarters=ON_WHITE, tolerance=1),
    _webp("animated", lambda: saved(picture(), "WEBP", lossless=True, save_all=True, append_images=[later()])),
    _webp("exif of noise", lambda: saved(picture(), "WEBP", lossless=True, exif=b"Exif\0\0neither II nor MM")),
    _webp("orientation 8", lambda: saved(turned(8), "WEBP", lossless=True, exif=exif(8))),
    _avif("plain", lambda: saved(picture(), "AVIF", quality=90)),
    _avif("alpha", lambda: saved(picture(SEE_THROUGH, "RGBA"), "AVIF", quality=95), quarters=ON_WHITE),
    _avif("animated", lambda: saved(picture(), "AVIF", quality=90, save_all=True, append_images=[later()])),
    _avif("orientation 6", lambda: saved(turned(6), "AVIF", quality=90, exif=exif(6))),
    *(
        _tiff(f"compressed {way}", lambda way=way: saved(picture(), "TIFF", compression=way))
        for way in ("raw", "tiff_lzw", "tiff_adobe_deflate", "packbits", "lzma", "zstd")
    ),
    _tiff("jpeg inside", lambda: saved(picture(), "TIFF", compression="jpeg", quality=95), tolerance=4),
    _tiff(
        "fax",
        lambda: saved(picture((0, 255, 255, 0), "1"), "TIFF", compression="group4"),
        quarters=(BLACK, WHITE, WHITE, BLACK),
    ),
    _tiff("palette", lambda: saved(_palette(False), "TIFF"), tolerance=2),
    _tiff("cmyk", lambda: saved(picture(INKS, "CMYK"), "TIFF"), quarters=INKS_PLAIN),
    _tiff("lab", lambda: saved(_lab(), "TIFF"), tolerance=10),  # 8 bits of L*a*b* are this coarse in the greens
    _tiff("alpha", lambda: saved(picture(SEE_THROUGH, "RGBA"), "TIFF"), quarters=ON_WHITE, tolerance=1),
    _tiff("pages", lambda: saved(picture(), "TIFF", save_all=True, append_images=[later()])),
    _tiff("orientation 6", lambda: saved(turned(6), "TIFF", tiffinfo={274: 6})),
    _tiff("12 bit", _twelve_bits, quarters=grey((0, 62, 187, 255)), tolerance=1),
    _tiff("16 bit", lambda: _deep(DEEP, "<H", photometric=1, samples=1), quarters=grey(GREYS)),
    _tiff("16 bit big endian", lambda: _deep(DEEP, ">H", photometric=1, samples=1, order=">"), quarters=grey(GREYS)),
    _tiff(
        "16 bit, white is zero",
        lambda: _deep(DEEP, "<H", photometric=0, samples=1),
        quarters=grey((255, 165, 85, 0)),
    ),
    _tiff("16 bit colour", lambda: _deep(DEEP_RGB, "<3H", photometric=2, samples=3), tolerance=1),
    _tiff("16 bit colour big endian", lambda: _deep(DEEP_RGB, ">3H", photometric=2, samples=3, order=">"), tolerance=1),
    _gif("plain", lambda: saved(_palette(False), "GIF"), tolerance=2),
    _gif(
        "clear",
        lambda: saved(_palette(True), "GIF", transparency=_palette(True).info["transparency"]),
        quarters=(RED, WHITE, BLUE, SAND),
        tolerance=2,
    ),
    _gif("animated", lambda: saved(picture(), "GIF", save_all=True, append_images=[later()]), tolerance=2),
)
