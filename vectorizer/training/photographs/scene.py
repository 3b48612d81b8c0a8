"""A painting on its wall, seen by a camera that stands where a visitor stands."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from vectorizer.training.photographs import exposure, frames, walls
from vectorizer.training.photographs.exposure import Pixels, Range


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """What may happen between the wall and the file. A pair is a range, drawn from evenly; a chance is in 0..1."""

    margins: Range = (0.0, 0.0)  # of wall on each side, shares of the photo's width or height
    turn: float = 0.0  # degrees at most that the camera stands aside; half as much above or below
    roll: float = 0.0  # degrees at most that the camera is held crooked
    framed: float = 0.0  # chance
    frame: Range = (0.02, 0.1)  # shares of the painting's long side
    matted: float = 0.0  # chance
    mat: Range = (0.04, 0.14)  # shares of the painting's long side
    patterned: float = 0.0  # chance
    glare: float = 0.0  # chance
    light: Range = (0.0, 0.0)
    blur: Range = (0.0, 0.0)  # pixels of a photo of 1,000
    noise: Range = (0.0, 0.0)  # grey levels
    quality: tuple[int, int] = (95, 95)  # of the JPEG


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """A photograph, and where in it the painting lies (without mat and frame): corners (4, 2) in shares of width and
    height, clockwise from the painting's own top left."""

    rgb: NDArray[np.uint8]
    corners: NDArray[np.float32]


def shoot(painting: NDArray[np.uint8], conditions: Conditions, rng: Generator, *, side: int) -> Shot:
    """A photograph, `side` pixels long, of a painting (height, width, 3) under these conditions."""
    hung, inner = _framed(painting, conditions, rng)
    seen, (width, height) = _project(hung.shape[1], hung.shape[0], conditions, rng, side)
    wall = (walls.patterned_wall if rng.random() < conditions.patterned else walls.plain_wall)(width, height, rng)
    pixels, seen_inner = _hang(hung, inner, seen, wall, conditions, rng)
    rgb = _expose(pixels, conditions, rng)
    return Shot(rgb=rgb, corners=(seen_inner / (width, height)).astype(np.float32))


def _framed(
    painting: NDArray[np.uint8], conditions: Conditions, rng: Generator
) -> tuple[NDArray[np.uint8], NDArray[np.float32]]:
    """The painting in its mat and frame, and the painting's corners in that."""
    long_side = max(painting.shape[:2])
    mat = round(long_side * rng.uniform(*conditions.mat)) if rng.random() < conditions.matted else 0
    frame = round(long_side * rng.uniform(*conditions.frame)) if rng.random() < conditions.framed else 0
    hung = frames.frame(frames.mat(painting, mat, rng), frame, rng)
    return hung, _rectangle(painting.shape[1], painting.shape[0]) + (mat + frame)


def _rectangle(width: float, height: float) -> NDArray[np.float32]:
    return np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)


def _project(
    width: int, height: int, conditions: Conditions, rng: Generator, side: int
) -> tuple[NDArray[np.float32], tuple[int, int]]:
    """Where the camera sees the corners of what hangs there, and the photo's size, in pixels."""
    yaw, pitch = np.radians([rng.uniform(-1, 1) * conditions.turn, rng.uniform(-0.5, 0.5) * conditions.turn])
    roll = np.radians(rng.uniform(-1, 1) * conditions.roll)
    distance = max(width, height) * rng.uniform(1.2, 3.0)
    flat = _rectangle(width, height) - (width / 2, height / 2)
    turned = np.pad(flat, ((0, 0), (0, 1))) @ _rotation(yaw, pitch, roll).T
    seen = turned[:, :2] / (turned[:, 2:] + distance)
    left, right, top, bottom = rng.uniform(*conditions.margins, 4)
    span = np.ptp(seen, axis=0)
    size = span / (1 - left - right, 1 - top - bottom)
    scale = side / size.max()
    corners = (seen - seen.min(axis=0) + size * (left, top)) * scale
    photo_width, photo_height = (max(16, round(length)) for length in size * scale)
    return corners.astype(np.float32), (photo_width, photo_height)


def _rotation(yaw: float, pitch: float, roll: float) -> NDArray[np.float64]:
    (sin_y, cos_y), (sin_p, cos_p), (sin_r, cos_r) = ((np.sin(angle), np.cos(angle)) for angle in (yaw, pitch, roll))
    aside = np.array([(cos_y, 0, sin_y), (0, 1, 0), (-sin_y, 0, cos_y)])
    below = np.array([(1, 0, 0), (0, cos_p, -sin_p), (0, sin_p, cos_p)])
    crooked = np.array([(cos_r, -sin_r, 0), (sin_r, cos_r, 0), (0, 0, 1)])
    turned: NDArray[np.float64] = crooked @ below @ aside
    return turned


def _hang(
    hung: NDArray[np.uint8],
    inner: NDArray[np.float32],
    seen: NDArray[np.float32],
    wall: Pixels,
    conditions: Conditions,
    rng: Generator,
) -> tuple[Pixels, NDArray[np.float32]]:
    """The wall with what hangs there and its shadow, and the painting's corners in the photo."""
    height, width = wall.shape[:2]
    flat = _rectangle(hung.shape[1], hung.shape[0])
    homography = cv2.getPerspectiveTransform(flat, seen)
    shrunk, scale = _shrunk(hung, seen)
    pixels = exposure.glare(shrunk, 1 + int(rng.integers(3)) if rng.random() < conditions.glare else 0, rng)
    transform = homography @ np.diag([1 / scale[0], 1 / scale[1], 1])
    picture = cv2.warpPerspective(pixels, transform, (width, height), borderMode=cv2.BORDER_REPLICATE)
    mask = np.zeros((height, width), np.uint8)
    cv2.fillConvexPoly(mask, np.round(seen * 16).astype(np.int32), 255, cv2.LINE_AA, 4)
    cover = mask.astype(np.float32)[..., None] / 255
    shadowed = wall * (1 - _shadow(mask, rng))
    seen_inner = cv2.perspectiveTransform(inner[None], homography)[0]
    return np.asarray(shadowed + (picture - shadowed) * cover, np.float32), np.asarray(seen_inner, np.float32)


def _shrunk(hung: NDArray[np.uint8], seen: NDArray[np.float32]) -> tuple[Pixels, tuple[float, float]]:
    """Averaged down to about the size at which it is seen, so that nothing flickers; and by how much, each way."""
    height, width = hung.shape[:2]
    share = float(np.sqrt(cv2.contourArea(seen) / (width * height)))
    if share >= 1:
        return hung.astype(np.float32), (1.0, 1.0)
    size = max(1, round(width * share)), max(1, round(height * share))
    smaller = cv2.resize(hung, size, interpolation=cv2.INTER_AREA).astype(np.float32)
    return smaller, (size[0] / width, size[1] / height)


def _shadow(mask: NDArray[np.uint8], rng: Generator) -> Pixels:
    """How much darker the wall is beside and below what hangs there: (height, width, 1) in 0..1."""
    reach = max(mask.shape) * rng.uniform(0.003, 0.02)
    move = np.array([(1, 0, rng.uniform(-1, 1) * reach), (0, 1, rng.uniform(0, 1.5) * reach)], np.float32)
    small = cv2.warpAffine(mask, move, mask.shape[::-1])
    soft = cv2.GaussianBlur(small, (0, 0), max(0.5, reach * rng.uniform(0.2, 0.8)))
    return (soft.astype(np.float32) * np.float32(rng.uniform(0.1, 0.6) / 255))[..., None]


def _expose(pixels: Pixels, conditions: Conditions, rng: Generator) -> NDArray[np.uint8]:
    strength = rng.uniform(*conditions.light)
    if strength:
        pixels = exposure.colour(exposure.lamp(pixels, strength, rng), strength, rng)
    pixels = exposure.blur(pixels, rng.uniform(*conditions.blur) * max(pixels.shape) / 1000, rng)
    if grain := rng.uniform(*conditions.noise):
        pixels = exposure.noise(pixels, grain, rng)
    quality = int(rng.integers(conditions.quality[0], conditions.quality[1] + 1))
    return exposure.compress(exposure.finish(pixels), quality)
