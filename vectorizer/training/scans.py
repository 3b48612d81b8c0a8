"""The same picture from another source: what "a copy" has to bear, so that its threshold can be drawn."""

import cv2
import numpy as np
from numpy.typing import NDArray

MOST_CROPPED = 0.04  # of a side, at each edge
MOST_TURNED = 1.0  # degrees
LONG_SIDES = (300, 900)  # pixels
GAMMAS = (0.85, 1.18)
WHITE_BALANCE = 0.05
JPEG_QUALITIES = (60, 95)


def scan(rgb: NDArray[np.uint8], random: np.random.Generator) -> NDArray[np.uint8]:
    """A picture (height, width, 3) as another museum's file might have it: its edges cut a little, turned by up to one
    degree, of another size (300 to 900 pixels), lighter or darker, warmer or colder, and compressed again."""
    resized = _resized(_turned(_trimmed(rgb, random), random), random)
    quality = int(random.integers(JPEG_QUALITIES[0], JPEG_QUALITIES[1] + 1))
    _, encoded = cv2.imencode(".jpg", _toned(resized, random)[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.ascontiguousarray(np.asarray(cv2.imdecode(encoded, cv2.IMREAD_COLOR), np.uint8)[..., ::-1])


def _trimmed(rgb: NDArray[np.uint8], random: np.random.Generator) -> NDArray[np.uint8]:
    height, width = rgb.shape[:2]
    top, bottom = (random.uniform(0, MOST_CROPPED, 2) * height).astype(int)
    left, right = (random.uniform(0, MOST_CROPPED, 2) * width).astype(int)
    return np.ascontiguousarray(rgb[top : height - bottom, left : width - right])


def _turned(rgb: NDArray[np.uint8], random: np.random.Generator) -> NDArray[np.uint8]:
    height, width = rgb.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), random.uniform(-MOST_TURNED, MOST_TURNED), 1.0)
    return np.asarray(cv2.warpAffine(rgb, turn, (width, height), borderMode=cv2.BORDER_REPLICATE), np.uint8)


def _resized(rgb: NDArray[np.uint8], random: np.random.Generator) -> NDArray[np.uint8]:
    height, width = rgb.shape[:2]
    scale = random.uniform(*LONG_SIDES) / max(height, width)
    size = max(1, round(width * scale)), max(1, round(height * scale))
    return np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC), np.uint8)


def _toned(rgb: NDArray[np.uint8], random: np.random.Generator) -> NDArray[np.uint8]:
    gamma = np.exp(random.uniform(*np.log(GAMMAS)))
    channels = 1 + random.uniform(-WHITE_BALANCE, WHITE_BALANCE, 3)
    toned: NDArray[np.uint8] = np.clip((rgb / 255) ** gamma * channels * 255 + 0.5, 0, 255).astype(np.uint8)
    return toned
