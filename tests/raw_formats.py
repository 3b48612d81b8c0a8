"""Writers of files that Pillow can't write: bytes by the specifications, well-formed unless told otherwise."""

import struct
import zlib
from collections.abc import Mapping, Sequence

Triple = tuple[float, float, float]

# The primaries' XYZ, adapted to D50, as the columns of the matrix that their profiles carry.
SRGB = ((0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410))
DISPLAY_P3 = ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407))
ADOBE_RGB = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))
D50 = (0.9642, 1.0, 0.8249)


def chunk(kind: bytes, data: bytes, *, crc: int | None = None, length: int | None = None) -> bytes:
    """A PNG chunk; its checksum and length are right unless given."""
    right = zlib.crc32(kind + data)
    return struct.pack(">I", len(data) if length is None else length) + kind + data + struct.pack(">I", crc or right)


def png(
    size: tuple[int, int], bits: int, colour: int, rows: Sequence[bytes], *more: bytes, idat: bytes | None = None
) -> bytes:
    """A PNG of unfiltered rows; `more` chunks go before the picture, `idat` replaces its compressed data."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", *size, bits, colour, 0, 0, 0))
    data = zlib.compress(b"".join(b"\0" + row for row in rows)) if idat is None else idat
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(more) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def tiff(tags: Mapping[int, Sequence[int]], strips: Sequence[bytes], *, order: str = "<", next_ifd: int = 0) -> bytes:
    """
    A TIFF of one page. `tags` are written as LONG, except the usual SHORT ones; where the strips lie is filled in.

    `next_ifd`: the offset of the next page's directory (0: none); 8 is this one again.
    """
    shorts = {258, 259, 262, 266, 274, 277, 284, 317, 320, 338, 339}
    table = dict(tags) | {273: [0] * len(strips), 279: [len(strip) for strip in strips]}
    start = 8 + 2 + 12 * len(table) + 4
    entries, extra = b"", b""
    pixels = start + sum(_room(len(values), 2 if tag in shorts else 4) for tag, values in table.items())
    table[273] = [pixels + sum(len(strip) for strip in strips[:index]) for index in range(len(strips))]
    for tag in sorted(table):
        values = table[tag]
        kind, letter, width = (3, "H", 2) if tag in shorts else (4, "I", 4)
        packed = struct.pack(f"{order}{len(values)}{letter}", *values)
        entries += struct.pack(f"{order}HHI", tag, kind, len(values))
        entries += packed.ljust(4, b"\0") if len(packed) <= 4 else struct.pack(f"{order}I", start + len(extra))
        extra += packed.ljust(_room(len(values), width), b"\0") if len(packed) > 4 else b""
    mark = b"II\x2a\0" if order == "<" else b"MM\0\x2a"
    head = mark + struct.pack(f"{order}IH", 8, len(table)) + entries + struct.pack(f"{order}I", next_ifd)
    return head + extra + b"".join(strips)


def _room(count: int, width: int) -> int:
    return 0 if count * width <= 4 else (count * width + 1) // 2 * 2


def rgb_profile(primaries: Sequence[Triple], gamma: float = 2.2) -> bytes:
    """An ICC display profile (ICC.1:2001-04) of three primaries and one gamma."""
    tags = {b"wtpt": _xyz(D50), b"desc": _text("Written for a test"), b"cprt": b"text\0\0\0\0none\0"}
    for name, primary in zip((b"r", b"g", b"b"), primaries, strict=True):
        tags |= {name + b"XYZ": _xyz(primary), name + b"TRC": _curve(gamma)}
    return _profile(b"mntr", b"RGB ", b"XYZ ", tags)


def grey_profile(gamma: float) -> bytes:
    """An ICC profile of grey with one gamma; 1.0 is linear light."""
    tags = {
        b"wtpt": _xyz(D50),
        b"desc": _text("Grey for a test"),
        b"cprt": b"text\0\0\0\0none\0",
        b"kTRC": _curve(gamma),
    }
    return _profile(b"mntr", b"GRAY", b"XYZ ", tags)


def cmyk_profile(cyan: Triple) -> bytes:
    """An ICC print profile with two points an ink: full cyan is this L*a*b* colour, no ink white, all else black."""
    colours = [(100.0, 0.0, 0.0), *[(0.0, 0.0, 0.0)] * 7, cyan, *[(0.0, 0.0, 0.0)] * 7]
    grid = b"".join(bytes((round(l * 2.55), round(a + 128), round(b + 128))) for l, a, b in colours)  # noqa: E741
    ramp = bytes(range(256))
    identity = struct.pack(">9i", *(65536 if at % 4 == 0 else 0 for at in range(9)))
    table = b"mft1\0\0\0\0" + bytes((4, 3, 2, 0)) + identity + ramp * 4 + grid + ramp * 3
    tags = {b"wtpt": _xyz(D50), b"desc": _text("Print for a test"), b"cprt": b"text\0\0\0\0none\0", b"A2B0": table}
    return _profile(b"prtr", b"CMYK", b"Lab ", tags)


def _profile(kind: bytes, space: bytes, connection: bytes, tags: Mapping[bytes, bytes]) -> bytes:
    at = 128 + 4 + 12 * len(tags)
    table, body = struct.pack(">I", len(tags)), b""
    for name, data in tags.items():
        table += name + struct.pack(">II", at + len(body), len(data))
        body += data.ljust((len(data) + 3) // 4 * 4, b"\0")
    white = struct.pack(">3i", *(round(value * 65536) for value in D50))
    head = struct.pack(">I4sI4s4s4s", at + len(body), b"none", 0x02100000, kind, space, connection)
    head += struct.pack(">6H", 2024, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + white
    return head.ljust(128, b"\0") + table + body


def _xyz(values: Triple) -> bytes:
    return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(value * 65536) for value in values))


def _curve(gamma: float) -> bytes:
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256))


def _text(text: str) -> bytes:
    ascii_text = text.encode("ascii") + b"\0"
    return b"desc\0\0\0\0" + struct.pack(">I", len(ascii_text)) + ascii_text + bytes(78)
