"""What light, lens, sensor and file do to a picture: pixels (height, width, 3) in 0..255, float32, in and out."""

import cv2
import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Pixels = NDArray[np.float32]
Range = tuple[float, float]

GREY = np.array([0.299, 0.587, 0.114], np.float32)


def lamp(pixels: Pixels, strength: float, rng: Generator) -> Pixels:
    """Uneven light: a slope across the picture, a lamp's pool, and corners that are darker (vignette)."""
    x, y = _plane(pixels)
    angle = rng.uniform(0, 2 * np.pi)
    slope = (x * np.cos(angle) + y * np.sin(angle)) * rng.uniform(0, 0.35)
    centre_x, centre_y, reach = *rng.uniform(-0.8, 0.8, 2), rng.uniform(0.6, 1.6)
    pool = np.exp(-((x - centre_x) ** 2 + (y - centre_y) ** 2) / reach**2) * rng.uniform(0, 0.5)
    corners = (x**2 + y**2) * rng.uniform(0, 0.25)
    light = 1 + strength * (slope + pool - corners)
    lit: Pixels = pixels * np.clip(light, 0.25, 1.8)[..., None].astype(np.float32)
    return lit


def colour(pixels: Pixels, strength: float, rng: Generator) -> Pixels:
    """A warm or cold cast, another exposure, contrast, gamma and saturation."""
    warmth, tint = rng.uniform(-0.2, 0.25) * strength, rng.uniform(-0.06, 0.06) * strength
    gains = np.array([1 + warmth, 1 + tint, 1 - warmth], np.float32) * (1 + rng.uniform(-0.3, 0.25) * strength)
    grey = (pixels @ GREY)[..., None]
    toned = (grey + (pixels - grey) * np.float32(1 + rng.uniform(-0.4, 0.3) * strength)) * gains
    toned = 127 + (toned - 127) * np.float32(1 + rng.uniform(-0.3, 0.2) * strength)
    gamma = np.float32(np.exp(rng.uniform(-0.3, 0.3) * strength))
    return np.asarray(255 * (np.clip(toned, 0, 255) / 255) ** gamma, np.float32)


def glare(pixels: Pixels, spots: int, rng: Generator) -> Pixels:
    """Reflections on glass or varnish: bright round spots of lamps, and now and then a window's slanted pane."""
    x, y = _plane(pixels)
    for _ in range(spots):
        u, v = x - rng.uniform(-0.7, 0.7), y - rng.uniform(-0.7, 0.7)
        angle = rng.uniform(0, np.pi)
        u, v = u * np.cos(angle) + v * np.sin(angle), v * np.cos(angle) - u * np.sin(angle)
        wide, high = rng.uniform(0.06, 0.3, 2)
        if rng.random() < 0.3:
            shine = 1 / (1 + np.exp((np.maximum(np.abs(u) / wide, np.abs(v) / high) - 1) * 12))
        else:
            shine = np.exp(-((u / wide) ** 2 + (v / high) ** 2))
        strength = (rng.uniform(0.4, 1.0) * shine)[..., None].astype(np.float32)
        light = np.array([255, rng.uniform(240, 255), rng.uniform(215, 255)], np.float32)
        pixels = pixels + (light - pixels) * strength
    return pixels


def blur(pixels: Pixels, sigma: float, rng: Generator) -> Pixels:
    """Out of focus, or (a third of the time) shaken: `sigma` pixels wide either way."""
    if sigma < 0.2:
        return pixels
    if rng.random() < 2 / 3:
        return np.asarray(cv2.GaussianBlur(pixels, (0, 0), sigma), np.float32)
    return np.asarray(cv2.filter2D(pixels, -1, _shake(3 * sigma, rng.uniform(0, np.pi))), np.float32)


def noise(pixels: Pixels, sigma: float, rng: Generator) -> Pixels:
    """A sensor's grain, stronger in the dark, and softer blotches of colour."""
    height, width = pixels.shape[:2]
    grain = rng.standard_normal((height, width, 3), np.float32)
    blotches = rng.standard_normal((height // 4 + 1, width // 4 + 1, 3), np.float32)
    grain += 0.5 * np.asarray(cv2.resize(blotches, (width, height)), np.float32)
    darkness = np.float32(1.3) - pixels / np.float32(425)
    return np.asarray(pixels + grain * darkness * np.float32(sigma), np.float32)


def finish(pixels: Pixels) -> NDArray[np.uint8]:
    return np.clip(np.round(pixels), 0, 255).astype(np.uint8)


def compress(rgb: NDArray[np.uint8], quality: int) -> NDArray[np.uint8]:
    """Saved as a JPEG of this quality (1..100) and opened again."""
    saved, data = cv2.imencode(".jpg", cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not saved:
        raise ValueError(f"A picture of the shape {rgb.shape} can't be saved as a JPEG.")
    return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR_RGB), np.uint8)


def _plane(pixels: Pixels) -> tuple[Pixels, Pixels]:
    """Coordinates of the pixels, -1..1 along each side."""
    height, width = pixels.shape[:2]
    x, y = np.meshgrid(np.linspace(-1, 1, width, dtype=np.float32), np.linspace(-1, 1, height, dtype=np.float32))
    return x, y


def _shake(length: float, angle: float) -> NDArray[np.float32]:
    """The path of a shaken camera as a kernel: a straight line `length` pixels long."""
    radius = max(1, int(np.ceil(length / 2)))
    kernel = np.zeros((2 * radius + 1, 2 * radius + 1), np.float32)
    for step in np.linspace(-length / 2, length / 2, 4 * radius + 1):
        kernel[round(radius + step * np.sin(angle)), round(radius + step * np.cos(angle))] += 1
    path: NDArray[np.float32] = kernel / kernel.sum()
    return path
