"""OKLab, a colour space in which equal steps look about equal (Björn Ottosson, "A perceptual color space for image
processing", 2020, https://bottosson.github.io/posts/oklab/)."""

import numpy as np
from numpy.typing import NDArray

LMS_FROM_LINEAR_SRGB = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ],
    np.float32,
)
LAB_FROM_ROOT_LMS = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ],
    np.float32,
)


def _linear_light() -> NDArray[np.float32]:
    """The light of each of the 256 sRGB values, 0..1 (IEC 61966-2-1)."""
    encoded = np.arange(256) / 255
    return np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4).astype(np.float32)


LINEAR_LIGHT = _linear_light()
ROOT_LMS_FROM_LAB = np.linalg.inv(LAB_FROM_ROOT_LMS.astype(np.float64))
LINEAR_SRGB_FROM_LMS = np.linalg.inv(LMS_FROM_LINEAR_SRGB.astype(np.float64))


def from_srgb(rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
    """sRGB (…, 3) in 0..255 → OKLab (…, 3): lightness 0..1, then green–red and blue–yellow, 0 where grey."""
    lms = LINEAR_LIGHT[rgb] @ LMS_FROM_LINEAR_SRGB.T
    lab: NDArray[np.float32] = np.cbrt(lms) @ LAB_FROM_ROOT_LMS.T
    return lab


def to_srgb(lab: NDArray[np.float32]) -> NDArray[np.uint8]:
    """OKLab (…, 3) → the sRGB colour (…, 3) in 0..255; what no screen can show is clipped, channel by channel."""
    light = np.clip((lab @ ROOT_LMS_FROM_LAB.T) ** 3 @ LINEAR_SRGB_FROM_LMS.T, 0, 1)
    encoded = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.round(255 * encoded).astype(np.uint8)
