"""What a picture is painted on: noise, weave, paper, light on relief, and the marks of age."""

import cv2
import numpy as np

from gallery.sample.palettes import Floats, colour

Size = tuple[int, int]
"""Height and width in pixels, as in an array's shape."""


def blank(size: Size, paint: Floats) -> Floats:
    """A picture of one colour, shape (h, w, 3)."""
    return np.tile(paint.astype(np.float32), (*size, 1))


def noise(
    rng: np.random.Generator, size: Size, cell: float | tuple[float, float], octaves: int = 4, fall: float = 0.5
) -> Floats:
    """Smooth noise, shape (h, w), mean near 0 and deviation near 1. ``cell``: the largest spot's height and width."""
    tall, wide = cell if isinstance(cell, tuple) else (cell, cell)
    field = np.zeros(size, dtype=np.float32)
    for octave in range(octaves):
        rows, columns = (int(size[i] / max(s / 2**octave, 1.0)) + 3 for i, s in enumerate((tall, wide)))
        spots = rng.standard_normal((rows, columns)).astype(np.float32)
        field += np.float32(fall**octave) * cv2.resize(spots, size[::-1], interpolation=cv2.INTER_CUBIC)
    return np.asarray(field / max(float(field.std()), 1e-6), dtype=np.float32)


def grid(size: Size) -> tuple[Floats, Floats]:
    """Row and column numbers in pixels, both of shape (h, w); read-only."""
    rows = np.arange(size[0], dtype=np.float32)[:, None]
    columns = np.arange(size[1], dtype=np.float32)[None, :]
    return np.broadcast_to(rows, size), np.broadcast_to(columns, size)


def blur(field: Floats, sigma: float) -> Floats:
    """A Gaussian blur; a wide one is done on a smaller copy, which looks the same and is much faster."""
    if sigma <= 0.3:
        return field
    shrink = max(1, int(sigma / 4))
    if shrink == 1:
        return np.asarray(cv2.GaussianBlur(field, (0, 0), sigma), dtype=np.float32)
    height, width = field.shape[:2]
    small = cv2.resize(field, (max(2, width // shrink), max(2, height // shrink)), interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(small, (0, 0), sigma / shrink)
    return np.asarray(cv2.resize(soft, (width, height), interpolation=cv2.INTER_CUBIC), dtype=np.float32)


def weave(rng: np.random.Generator, size: Size, thread: float = 3.0) -> Floats:
    """The height of plain-woven canvas, shape (h, w), about -1..1; ``thread`` is the pitch in pixels."""
    rows, columns = grid(size)
    drift = noise(rng, size, 90, 2) * 0.7
    turns = np.float32(np.pi / thread)
    over = np.sin((rows + drift) * turns) * np.cos((columns - drift) * turns)
    return np.asarray(
        over * 0.7 + noise(rng, size, (2, 14), 1) * 0.25 + noise(rng, size, (14, 2), 1) * 0.25, dtype=np.float32
    )


def paper(rng: np.random.Generator, size: Size, tint: str) -> Floats:
    """A sheet of handmade paper of this tint: fibres, clouds and a few specks, shape (h, w, 3)."""
    fibres = noise(rng, size, (3, 26), 2) * 0.008 + noise(rng, size, (22, 3), 2) * 0.006
    clouds = noise(rng, size, 260, 3) * 0.013
    specks = np.float32(-0.10) * (rng.random(size) > 0.9994)
    sheet = blank(size, colour(tint)) + (fibres + clouds + blur(specks.astype(np.float32), 0.8))[..., None]
    return np.asarray(np.clip(sheet, 0, 1), dtype=np.float32)


def relief(picture: Floats, height: Floats, strength: float) -> Floats:
    """The picture with its paint lit from the upper left, as ``height`` (h, w) rises and falls."""
    slope = cv2.Sobel(height, cv2.CV_32F, 1, 0, ksize=3) + cv2.Sobel(height, cv2.CV_32F, 0, 1, ksize=3)
    shade = np.clip(slope * np.float32(strength), -0.35, 0.35)[..., None]
    return np.asarray(np.clip(picture * (1 + shade) + np.maximum(shade, 0) * 0.12, 0, 1), dtype=np.float32)


def on_canvas(picture: Floats, rng: np.random.Generator, strength: float = 0.02, thread: float = 3.0) -> Floats:
    """The picture with the weave showing through thin paint."""
    return relief(picture, weave(rng, (picture.shape[0], picture.shape[1]), thread), strength)


def cracks(rng: np.random.Generator, size: Size, cell: float) -> Floats:
    """A net of fine cracks, 0..1 of shape (h, w), whose islands are about ``cell`` pixels wide."""
    seeds = np.full(size, 255, dtype=np.uint8)
    count = int(size[0] * size[1] / cell**2)
    seeds[rng.integers(0, size[0], count), rng.integers(0, size[1], count)] = 0
    _, islands = cv2.distanceTransformWithLabels(seeds, cv2.DIST_L2, 3, labelType=cv2.DIST_LABEL_PIXEL)
    edges = np.zeros(size, dtype=np.float32)
    edges[:, 1:] += islands[:, 1:] != islands[:, :-1]
    edges[1:] += islands[1:] != islands[:-1]
    patchy = np.clip(noise(rng, size, 180, 2) * 0.4 + 0.5, 0, 1)
    return np.asarray(blur(np.minimum(edges, 1), 0.6) * patchy, dtype=np.float32)


def aged(
    picture: Floats, rng: np.random.Generator, cell: float = 22, depth: float = 0.10, yellow: float = 0.06
) -> Floats:
    """The picture under old varnish: crackle of this depth, a yellow film, darker corners."""
    size = (picture.shape[0], picture.shape[1])
    film = np.array([1.0, 1.0 - yellow * 0.45, 1.0 - yellow * 2.0], dtype=np.float32)
    varnished = picture * film * (1 - cracks(rng, size, cell) * depth)[..., None]
    return np.asarray(varnished * vignette(size, 0.12)[..., None], dtype=np.float32)


def vignette(size: Size, depth: float) -> Floats:
    """1 in the middle, falling by ``depth`` towards the corners, shape (h, w)."""
    rows, columns = grid(size)
    away = ((rows / size[0] - 0.5) ** 2 + (columns / size[1] - 0.5) ** 2) * 2
    return np.asarray(1 - depth * away, dtype=np.float32)
