"""Pictures drawn for the encoder: far apart in colour and texture, the same on every machine."""

import numpy as np
from numpy.typing import NDArray

Drawing = NDArray[np.uint8]


def even(colour: tuple[int, int, int], width: int = 64, height: int = 48) -> Drawing:
    return np.full((height, width, 3), colour, np.uint8)


def stripes(width: int = 320, height: int = 240, period: int = 16) -> Drawing:
    drawing = even((240, 230, 200), width, height)
    drawing[:, np.arange(width) % period < period // 2] = (20, 40, 120)
    return drawing


def circles(width: int = 300, height: int = 400) -> Drawing:
    y, x = np.mgrid[:height, :width]
    rings = np.hypot(x - width / 2, y - height / 2) // 20 % 3
    colours = np.array([(200, 60, 30), (250, 200, 60), (60, 20, 20)], np.uint8)
    return colours[rings.astype(int)]


def noise(width: int = 256, height: int = 256, seed: int = 0) -> Drawing:
    coarse = np.random.default_rng(seed).integers(0, 256, (height // 8, width // 8, 3), np.uint8)
    return coarse.repeat(8, axis=0).repeat(8, axis=1)


def sky(width: int = 400, height: int = 260) -> Drawing:
    fade = np.linspace(0, 1, height)[:, None, None]
    drawing = (1 - fade) * (60, 110, 190) + fade * (240, 220, 190)
    return np.broadcast_to(drawing, (height, width, 3)).astype(np.uint8)


def drawings() -> list[Drawing]:
    return [*textured(), even((90, 140, 60))]


def textured() -> list[Drawing]:
    """Without the even one, of which float16 and float32 differ a little more (a cosine of 0.9999)."""
    return [stripes(), circles(), noise(), sky(), stripes(period=48), noise(seed=1)]
