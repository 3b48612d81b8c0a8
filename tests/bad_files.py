"""
Files that must be refused, each with its own sentence: no pictures, other formats, cut off, damaged, or bombs.

They are bad under `LIMITS`: a test that goes through the settings sets MAX_IMAGE_BYTES and MAX_IMAGE_PIXELS to these.
"""

import gzip
import json
import random
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from gallery.images import Limits
from tests.pictures import later, picture, saved
from tests.raw_formats import chunk, png, tiff

LIMITS = Limits(max_bytes=2_000_000, max_pixels=4_000_000)

HUGE = 65_500
SCRIPT = "<script>alert(1)</script>"


@dataclass(frozen=True, slots=True, kw_only=True)
class BadFile:
    """A file as somebody might upload it, and the `ImageRefused.code` that it must meet."""

    name: str
    make: Callable[[], bytes]
    code: str


def noise(count: int) -> bytes:
    """Bytes without any meaning, the same ones every time."""
    return random.Random(7).randbytes(count)


def busy(side: int = 96) -> Image.Image:
    """A picture of noise, so that each part of its file matters."""
    return Image.frombytes("RGB", (side, side), noise(side * side * 3))


def _zip() -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(zipfile.ZipInfo("painting.txt"), "not a painting")
    return packed.getvalue()


def _patched(data: bytes, at: int, new: bytes) -> bytes:
    """The data with other bytes at a place, which counts from the end where it is negative."""
    at %= len(data)
    return data[:at] + new + data[at + len(new) :]


def _jpeg_sized(width: int, height: int) -> bytes:
    data = saved(picture(), "JPEG")
    return _patched(data, data.index(b"\xff\xc0") + 5, struct.pack(">HH", height, width))


def _jpeg_with(segments: bytes) -> bytes:
    data = saved(picture(), "JPEG")
    return data[:2] + segments + data[2:]


def _jpeg_of_many_scans() -> bytes:
    data = saved(busy(), "JPEG", progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * 200 + data[-2:]


def _png_sized(width: int, height: int) -> bytes:
    return png((width, height), 8, 2, [], idat=zlib.compress(bytes(1000)))


def _png_with(*chunks: bytes) -> bytes:
    return png((64, 48), 8, 0, [bytes(64)] * 48, *chunks)


def _zero_bomb() -> bytes:
    return zlib.compress(bytes(50_000_000), 9)


def _tiff_with(**changes: list[int]) -> bytes:
    names = {
        "width": 256,
        "height": 257,
        "bits": 258,
        "compression": 259,
        "colours": 262,
        "samples": 277,
        "rows": 278,
        "dng": 50706,
    }
    tags = {256: [64], 257: [48], 258: [8], 259: [1], 262: [1], 277: [1], 278: [48]}
    return tiff(tags | {names[name]: value for name, value in changes.items()}, [bytes(64 * 48)])


def _tiff_of_tiles(side: int) -> bytes:
    """A small TIFF that says to consist of one huge tile."""
    tags = {256: [64], 257: [64], 258: [8], 259: [8], 262: [1], 277: [1], 322: [side], 323: [side]}
    data = tiff(tags, [zlib.compress(bytes(64 * 64))])
    for strip_tag, tile_tag in ((273, 324), (279, 325)):
        data = data.replace(struct.pack("<HH", strip_tag, 4), struct.pack("<HH", tile_tag, 4), 1)
    return data


def _floats() -> bytes:
    return saved(Image.new("F", (64, 48), 0.5), "TIFF")


def _gif_sized(width: int, height: int) -> bytes:
    return _patched(saved(picture(), "GIF"), 6, struct.pack("<HH", width, height))


def _gif_with_broken_first_frame() -> bytes:
    data = saved(picture(), "GIF", save_all=True, append_images=[later()])
    frame = data.index(b"\x2c", 13 + 3 * 2 ** ((data[10] & 7) + 1))
    return data[: frame + 11] + b"\x05\xff\xff\xff\xff\xff\0" + data[frame + 400 :]


def _webp_canvas(width: int, height: int) -> bytes:
    """An animated WebP whose canvas is said to be this large."""
    data = saved(picture(), "WEBP", save_all=True, append_images=[later()])
    return _patched(data, 24, (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little"))


def _box(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", 8 + len(data)) + kind + data


def _avif_sized(width: int, height: int) -> bytes:
    data = saved(picture(), "AVIF")
    return _patched(data, data.index(b"ispe") + 8, struct.pack(">II", width, height))


def _bad(name: str, code: str, make: Callable[[], bytes]) -> BadFile:
    return BadFile(name=name, make=make, code=code)


def _cut() -> Iterator[BadFile]:
    """Every format, cut at several places."""
    formats = {
        "JPEG": (".jpg", {}),
        "PNG": (".png", {}),
        "WEBP": (".webp", {}),
        "AVIF": (".avif", {}),
        "TIFF": (".tif", {"compression": "tiff_lzw"}),
        "GIF": (".gif", {}),
    }
    for format, (extension, options) in formats.items():
        for share in (10, 50, 90):
            name = f"cut at {share} per cent{extension}"
            code = "damaged" if format in ("AVIF", "TIFF") else "truncated"
            make = lambda f=format, o=options, s=share: (data := saved(busy(), f, **o))[: len(data) * s // 100]  # noqa: E731
            yield _bad(name, code, make)
        make = lambda f=format, o=options: saved(busy(), f, **o)[:-40]  # noqa: E731
        yield _bad(f"cut at the end{extension}", "damaged" if format == "TIFF" else "truncated", make)


BAD_FILES: tuple[BadFile, ...] = (
    _bad("empty.jpg", "empty", lambda: b""),
    _bad("nulls.jpg", "not_an_image", lambda: bytes(4096)),
    _bad("one byte.png", "not_an_image", lambda: b"\x89"),
    _bad("noise.jpg", "not_an_image", lambda: noise(5000)),
    _bad("text.jpg", "not_an_image", lambda: b"This is a letter, not a picture.\n" * 20),
    _bad("page.png", "not_an_image", lambda: f"<!DOCTYPE html><html><body>{SCRIPT}</body></html>".encode()),
    _bad("table.csv", "not_an_image", lambda: "title;artist\nBrücke;Anna\n".encode()),
    _bad("list.json", "not_an_image", lambda: json.dumps({"title": "Bridge"}).encode()),
    _bad("catalogue.pdf", "not_an_image", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n"),
    _bad("archive.zip", "not_an_image", _zip),
    _bad("picture.jpg.gz", "not_an_image", lambda: gzip.compress(saved(picture(), "JPEG"), mtime=0)),
    _bad("program.jpg", "not_an_image", lambda: b"\x7fELF\x02\x01\x01" + bytes(200)),
    _bad("film.mp4", "not_an_image", lambda: _box(b"ftyp", b"isom\0\0\2\0isomiso2mp41") + _box(b"mdat", noise(500))),
    _bad("sound.mp3", "not_an_image", lambda: b"ID3\x04\0\0\0\0\0\0" + noise(500)),
    _bad("signature inside.gif", "not_an_image", lambda: b"\0" + saved(picture(), "GIF")),
    _bad("drawing.svg", "unsupported_format", lambda: f'<?xml version="1.0"?><svg onload="x">{SCRIPT}</svg>'.encode()),
    _bad(
        "print.eps", "unsupported_format", lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 99 99\n99 99 moveto\n"
    ),
    _bad("layers.psd", "unsupported_format", lambda: b"8BPS\0\1" + bytes(6) + struct.pack(">HIIHH", 3, 64, 64, 8, 3)),
    _bad("bitmap.bmp", "unsupported_format", lambda: saved(picture(), "BMP")),
    _bad("icon.ico", "unsupported_format", lambda: saved(picture(size=(64, 64)), "ICO")),
    _bad("wavelets.jp2", "unsupported_format", lambda: saved(picture(), "JPEG2000")),
    _bad("phone.heic", "unsupported_format", lambda: _box(b"ftyp", b"heic\0\0\0\0mif1heic") + noise(500)),
    _bad("phone.jpg", "unsupported_format", lambda: _box(b"ftyp", b"mif1\0\0\0\0mif1heic") + noise(500)),
    _bad("camera.cr3", "unsupported_format", lambda: _box(b"ftyp", b"crx \0\0\0\1crx isom") + noise(500)),
    _bad("floats.tif", "unsupported_format", _floats),
    _bad("32 bits.tif", "unsupported_format", lambda: saved(Image.new("I", (64, 48), 70000), "TIFF")),
    *_cut(),
    _bad("signature alone.jpg", "damaged", lambda: b"\xff\xd8\xff\xe0"),
    _bad("signature alone.png", "damaged", lambda: b"\x89PNG\r\n\x1a\n"),
    _bad("signature alone.gif", "damaged", lambda: b"GIF89a"),
    _bad("signature alone.tif", "damaged", lambda: b"II\x2a\0\x08\0\0\0"),
    _bad("signature alone.webp", "truncated", lambda: b"RIFF\x24\0\0\0WEBPVP8 "),
    _bad("signature alone.avif", "truncated", lambda: _box(b"ftyp", b"avif\0\0\0\0avifmif1")),
    _bad("headers only.jpg", "truncated", lambda: (data := saved(picture(), "JPEG"))[: data.index(b"\xff\xda") + 14]),
    _bad("text behind.jpg", "damaged", lambda: b"\xff\xd8\xff" + b"This is a letter, not a picture.\n" * 20),
    _bad("text behind.png", "damaged", lambda: b"\x89PNG\r\n\x1a\n" + b"This is a letter, not a picture.\n" * 20),
    _bad("noise behind.webp", "damaged", lambda: b"RIFF" + struct.pack("<I", 3008) + b"WEBPVP8 " + noise(3000)),
    _bad("noise behind.avif", "damaged", lambda: _box(b"ftyp", b"avif\0\0\0\0avifmif1") + noise(3000)),
    _bad("noise behind.tif", "damaged", lambda: b"II\x2a\0\x08\0\0\0" + noise(3000)),
    _bad("flipped.jpg", "damaged", lambda: saved(picture(), "JPEG").replace(b"\xff\xc0", b"\xff\xcf", 1)),
    _bad("flipped.png", "damaged", lambda: _patched(saved(picture(), "PNG"), 18, b"\x77")),
    _bad(
        "flipped.webp", "damaged", lambda: _patched(saved(picture(), "WEBP"), 20, b"\xff\xff\xff\xff\xff\xff\xff\xff")
    ),
    _bad("flipped.avif", "damaged", lambda: saved(picture(), "AVIF").replace(b"av1C", b"av9C")),
    _bad(
        "flipped.tif",
        "damaged",
        lambda: _patched(saved(picture(), "TIFF", compression="tiff_lzw"), 4, b"\xff\xff\xff\x7f"),
    ),
    _bad("checksum.png", "damaged", lambda: _png_with(chunk(b"tEXt", b"Title\0Bridge", crc=1))),
    _bad(
        "checksum of the picture.png",
        "damaged",
        lambda: _patched(saved(busy(), "PNG"), -14, b"\1\2"),
    ),
    _bad("noise for pixels.png", "damaged", lambda: png((64, 48), 8, 0, [], idat=noise(2000))),
    _bad(
        "too few bytes for the rows.png",
        "truncated",
        lambda: png((64, 48), 8, 0, [], idat=zlib.compress(bytes(5000))[:-9]),
    ),
    _bad("countless chunks.png", "damaged", lambda: _png_with(chunk(b"abCd", b"") * 120_000)),
    _bad("countless comments.jpg", "damaged", lambda: _jpeg_with(b"\xff\xfe\0\2" * 400_000)),
    _bad("countless fill bytes.jpg", "damaged", lambda: _jpeg_with(b"\xff" * 1_900_000)),
    _bad("chunk beyond the end.png", "truncated", lambda: _png_with(chunk(b"tEXt", b"Title", length=2**31 - 1))),
    _bad("no palette and no depth.png", "damaged", lambda: png((64, 48), 5, 7, [bytes(64)] * 48)),
    _bad("text bomb.png", "damaged", lambda: _png_with(chunk(b"zTXt", b"Comment\0\0" + _zero_bomb()))),
    _bad("profile bomb.png", "damaged", lambda: _png_with(chunk(b"iCCP", b"sRGB\0\0" + _zero_bomb()))),
    _bad("many scans.jpg", "damaged", _jpeg_of_many_scans),
    _bad("broken first frame.gif", "damaged", _gif_with_broken_first_frame),
    _bad("looped.tif", "damaged", lambda: tiff({254: [0]}, [b""], next_ifd=8)),
    _bad("no size.tif", "damaged", lambda: tiff({258: [8], 259: [1], 262: [1]}, [bytes(100)])),
    _bad("strip beyond the end.tif", "damaged", lambda: _tiff_with(height=[4000], rows=[4000])),
    _bad("strips missing.tif", "damaged", lambda: _tiff_with(height=[480])),
    _bad("many samples.tif", "damaged", lambda: _tiff_with(samples=[60000])),
    _bad("unknown packing.tif", "damaged", lambda: _tiff_with(compression=[4711])),
    _bad("giant tiles.tif", "damaged", lambda: _tiff_of_tiles(1 << 20)),
    _bad("giant.png", "too_many_pixels", lambda: _png_sized(100_000, 100_000)),
    _bad("wide.png", "too_many_pixels", lambda: _png_sized(40_000, 20)),
    _bad("giant.jpg", "too_many_pixels", lambda: _jpeg_sized(HUGE, HUGE)),
    _bad("giant.gif", "too_many_pixels", lambda: _gif_sized(HUGE, HUGE)),
    _bad("giant.tif", "too_many_pixels", lambda: _tiff_with(width=[400_000], height=[400_000])),
    _bad("giant.webp", "too_many_pixels", lambda: _webp_canvas(1 << 14, 1 << 14)),
    _bad("large.webp", "too_many_pixels", lambda: _webp_canvas(13_000, 13_000)),
    _bad("giant.avif", "too_many_pixels", lambda: _avif_sized(30_000, 8_000)),
    _bad("bomb.png", "too_many_pixels", lambda: png((20_000, 20_000), 8, 0, [], idat=_zero_bomb())),
    _bad("a little large.png", "too_many_pixels", lambda: saved(Image.new("1", (2001, 2000)), "PNG")),
    _bad("no height.jpg", "damaged", lambda: _jpeg_sized(64, 0)),
    _bad("no width.png", "damaged", lambda: _png_sized(0, 48)),
    _bad("dot.gif", "too_small", lambda: saved(Image.new("L", (1, 1)), "GIF")),
    _bad("dot.png", "too_small", lambda: saved(Image.new("L", (1, 1)), "PNG")),
    _bad("line.png", "too_small", lambda: saved(Image.new("L", (500, 15)), "PNG")),
    _bad("heavy.png", "too_many_bytes", lambda: saved(busy(900), "PNG")),
    _bad("heavy tail.jpg", "too_many_bytes", lambda: saved(picture(), "JPEG") + bytes(2_000_000)),
    _bad("camera.dng", "unsupported_format", lambda: _tiff_with(dng=[1])),
    _bad("pa\x00in\nt\u202eing " + "long" * 60 + ".jpg", "not_an_image", lambda: noise(100)),
)
