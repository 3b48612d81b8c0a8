"""A heat map as a picture to lay over a painting: a veil over what says little, a line around what says most."""

from io import BytesIO

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image as Pillow

from search.heat import Heat, regions

SIDE = 800  # pixels, the long side; it is smooth, and may be enlarged
VEIL = (20, 18, 16)
LINE = (255, 205, 128)
DENSEST = 0.8  # of the veil: what lies under it is still to be made out
LEVEL = 0.7  # of the heat, at which the line runs
BREADTH = 2.4  # pixels
QUALITY = 70
FLOOR = 0.8  # of the least heat is taken off: where all parts count, those that count most are still told from others
MEDIA_TYPE = "image/webp"


def overlay(heat: Heat, width: int, height: int) -> bytes:
    """A WebP with transparency for a picture of these proportions; all of it transparent where nothing stands out."""
    scale = SIDE / max(width, height)
    smooth = spread(heat, max(8, round(width * scale)), max(8, round(height * scale)))
    pixels = np.zeros((*smooth.shape, 4), np.uint8)
    if heat.speaks:
        _draw(pixels, smooth)
    file = BytesIO()
    Pillow.fromarray(pixels).save(file, "WEBP", quality=QUALITY, alpha_quality=90, method=2)
    return file.getvalue()


def spread(heat: Heat, width: int, height: int) -> NDArray[np.float32]:
    """The heat at each pixel, (height, width), up to 1: the mean of the regions around it, the near ones above all."""
    total = np.zeros((height, width), np.float32)
    weights = np.full((height, width), 1e-6, np.float32)
    for value, (left, top, right, bottom) in zip(heat.values.reshape(-1), regions(), strict=True):
        near = np.outer(_nearness(height, top, bottom), _nearness(width, left, right))
        total += near * value
        weights += near
    mean = total / weights
    floor = FLOOR * mean.min()
    return np.asarray((mean - floor) / ((mean.max() - floor) or 1), np.float32)


def _nearness(length: int, start: float, end: float) -> NDArray[np.float32]:
    """How near each pixel is to the middle between start and end, by a Gaussian that has faded out a little beyond."""
    places = (np.arange(length, dtype=np.float32) + 0.5) / length
    return np.exp(-0.5 * ((places - (start + end) / 2) / ((end - start) * 0.3)) ** 2).astype(np.float32)


def _draw(pixels: NDArray[np.uint8], smooth: NDArray[np.float32]) -> None:
    veil = DENSEST * (1 - _eased(smooth))
    slope = np.hypot(cv2.Sobel(smooth, cv2.CV_32F, 1, 0, scale=1 / 8), cv2.Sobel(smooth, cv2.CV_32F, 0, 1, scale=1 / 8))
    away = np.abs(smooth - LEVEL) / np.maximum(slope, 1e-5)  # pixels, nearly
    line = np.clip(BREADTH / 2 + 0.5 - away, 0, 1)
    opacity = line + veil * (1 - line)
    shown = line / np.maximum(opacity, 1e-6)
    pixels[..., :3] = np.round(shown[..., None] * np.array(LINE) + (1 - shown[..., None]) * np.array(VEIL))
    pixels[..., 3] = np.round(255 * opacity)


def _eased(values: NDArray[np.float32]) -> NDArray[np.float32]:
    """0 to 1, flat at both ends, so that neither veil nor clearing has an edge."""
    held = np.clip((values - 0.1) / 0.7, 0, 1)
    return np.asarray(held * held * (3 - 2 * held), np.float32)
