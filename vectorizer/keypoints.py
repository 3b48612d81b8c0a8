"""Local features of a picture: points that are found again in a photo of it, and what is around each of them.

ORB (Rublee et al., "ORB: an efficient alternative to SIFT or SURF", 2011) by OpenCV. On hard photos it finds as much as
SIFT does, in an eighth of the time and fewer bytes. Keypoints depend on the picture alone and on no model.
"""

import struct
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

KEYPOINTS_VERSION = 1
"""Changes with anything that makes other keypoints of the same picture."""

DESCRIPTOR_BYTES = 32
MOST = 400
"""Keypoints of a painting: 14 KB when packed."""

SIDE = 360
"""Pixels: the long side of what is described. A photo seldom shows a painting larger and as sharp, so that finer points
would only be in the way."""

MOST_OF_PHOTO, PHOTO_SIDE = 1500, 800
"""A photo is larger, since the painting may be small in it, and has points of the wall and the frame besides."""

LEAST_CONTRAST = (
    10  # grey levels around a corner, half of what OpenCV asks for: pale paintings and dim photos have some
)
SCALE, SCALES = 1.2, 8
PATCH = 31  # pixels
LEAST_PICTURE = 2 * PATCH + 2  # pixels: a smaller picture has no place for a patch

_HEADER = struct.Struct("<BHHH")  # version, width, height, number of points
_PLACES = 65_535  # points are stored as shares of width and height, in 16 bits
_POINT = 4 + DESCRIPTOR_BYTES


@dataclass(frozen=True, slots=True)
class Keypoints:
    """The strongest first. `points` (n, 2): x and y in shares of width and height; `descriptors` (n, 32): 256 bits.

    `width` and `height` are in pixels, of the picture that was described.
    """

    points: NDArray[np.float32]
    descriptors: NDArray[np.uint8]
    width: int
    height: int

    def __len__(self) -> int:
        return len(self.points)


def describe(rgb: NDArray[np.uint8], *, most: int = MOST, side: int = SIDE) -> Keypoints:
    """The `most` strongest keypoints of a picture (height, width, 3), first averaged down to `side` pixels at most.

    An even picture, or one of fewer than 64 pixels a side, has none. Deterministic.
    """
    grey = np.asarray(cv2.cvtColor(_shrunk(rgb, side), cv2.COLOR_RGB2GRAY), np.uint8)
    height, width = grey.shape
    found, descriptors = _found(grey, most)
    order = np.argsort([-point.response for point in found], kind="stable")[:most]
    places = np.array([found[index].pt for index in order], np.float32).reshape(-1, 2)
    points = np.clip((places + 0.5) / (width, height), 0, 1)
    return Keypoints(_as_stored(points), descriptors[order], width, height)


def describe_photo(rgb: NDArray[np.uint8]) -> Keypoints:
    """As `describe`, for a visitor's photo: more points, and of a larger picture."""
    return describe(rgb, most=MOST_OF_PHOTO, side=PHOTO_SIDE)


def pack(keypoints: Keypoints) -> bytes:
    """The keypoints as bytes, 36 each after a header: the points in 16 bits, little-endian, then the descriptors."""
    header = _HEADER.pack(KEYPOINTS_VERSION, keypoints.width, keypoints.height, len(keypoints))
    places = np.round(keypoints.points * _PLACES).astype("<u2")
    return header + places.tobytes() + keypoints.descriptors.tobytes()


def unpack(data: bytes) -> Keypoints:
    """What was packed, exactly. Raises ValueError where the bytes are damaged or of another version."""
    if len(data) < _HEADER.size:
        raise ValueError(f"Keypoints have {_HEADER.size} bytes or more, and these {len(data)}.")
    version, width, height, count = _HEADER.unpack_from(data)
    if version != KEYPOINTS_VERSION:
        raise ValueError(f"These keypoints have version {version}, and this program reads {KEYPOINTS_VERSION}.")
    if len(data) != (expected := _HEADER.size + count * _POINT) or not width or not height:
        raise ValueError(
            f"{count} keypoints of {width} × {height} pixels have {expected} bytes, and these {len(data)}."
        )
    places = np.frombuffer(data, "<u2", 2 * count, _HEADER.size).reshape(count, 2)
    descriptors = np.frombuffer(data, np.uint8, offset=_HEADER.size + 4 * count).reshape(count, DESCRIPTOR_BYTES)
    return Keypoints((places / np.float32(_PLACES)).astype(np.float32), descriptors, width, height)


def _found(grey: NDArray[np.uint8], most: int) -> tuple[tuple[cv2.KeyPoint, ...], NDArray[np.uint8]]:
    if min(grey.shape) < LEAST_PICTURE:
        return (), np.zeros((0, DESCRIPTOR_BYTES), np.uint8)
    finder = cv2.ORB_create(  # type: ignore[attr-defined]
        nfeatures=most,
        scaleFactor=SCALE,
        nlevels=SCALES,
        edgeThreshold=PATCH,
        patchSize=PATCH,
        fastThreshold=LEAST_CONTRAST,
    )
    found, descriptors = finder.detectAndCompute(grey, None)
    return tuple(found), np.zeros((0, DESCRIPTOR_BYTES), np.uint8) if descriptors is None else descriptors


def _shrunk(rgb: NDArray[np.uint8], side: int) -> NDArray[np.uint8]:
    height, width = rgb.shape[:2]
    scale = side / max(height, width)
    if scale >= 1:
        return rgb
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), np.uint8)


def _as_stored(points: NDArray[np.floating]) -> NDArray[np.float32]:
    """Rounded as `pack` does, so that keypoints are the same before and after."""
    return (np.round(points * _PLACES) / _PLACES).astype(np.float32)
