"""Outlines in pixels (arrays of x, y, shape (n, 2)) and how they are filled without a jagged edge."""

from collections.abc import Sequence

import cv2
import numpy as np

from gallery.sample.canvas import Size, blur
from gallery.sample.palettes import Floats

_SUBPIXEL_BITS = 4


def smooth(points: Sequence[tuple[float, float]] | Floats, *, closed: bool = False, steps: int = 12) -> Floats:
    """A curve through the points (Catmull-Rom spline), ``steps`` to each stretch."""
    knots = np.asarray(points, dtype=np.float32)
    before, after = (knots[-1:], knots[:2]) if closed else (knots[:1], knots[-1:])
    p = np.concatenate([before, knots, after])
    t = np.linspace(0, 1, steps, endpoint=False, dtype=np.float32)[None, :, None]
    a, b, c, d = p[:-3, None], p[1:-2, None], p[2:-1, None], p[3:, None]
    curve = 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
    line = curve.reshape(-1, 2)
    return np.asarray(line if closed else np.concatenate([line, knots[-1:]]), dtype=np.float32)


def ellipse(x: float, y: float, rx: float, ry: float | None = None, turn: float = 0.0, points: int = 64) -> Floats:
    """An ellipse around (x, y), turned by ``turn`` radians; a circle without ``ry``."""
    angle = np.linspace(0, 2 * np.pi, points, endpoint=False)
    flat = np.stack([np.cos(angle) * rx, np.sin(angle) * (rx if ry is None else ry)], axis=-1)
    return rotated(flat, turn) + np.array([x, y], dtype=np.float32)


def box(x: float, y: float, width: float, height: float, turn: float = 0.0) -> Floats:
    """A rectangle whose middle is (x, y)."""
    w, h = width / 2, height / 2
    return rotated(np.array([[-w, -h], [w, -h], [w, h], [-w, h]]), turn) + np.array([x, y], dtype=np.float32)


def moved(outline: Floats, dx: float, dy: float) -> Floats:
    """The outline shifted to the right and down."""
    return np.asarray(outline + np.array([dx, dy], dtype=np.float32))


def rotated(outline: Floats | np.ndarray[tuple[int, ...], np.dtype[np.float64]], turn: float) -> Floats:
    """The outline turned about the origin by ``turn`` radians."""
    c, s = np.cos(turn), np.sin(turn)
    return np.asarray(outline @ np.array([[c, s], [-s, c]]), dtype=np.float32)


def blob(
    rng: np.random.Generator, x: float, y: float, rx: float, ry: float, rough: float = 0.18, knots: int = 9
) -> Floats:
    """A soft uneven round, such as a cloud, a crown of leaves or a stone."""
    angle = np.linspace(0, 2 * np.pi, knots, endpoint=False) + rng.uniform(-0.2, 0.2, knots)
    reach = 1 + rng.normal(0, rough, knots).clip(-2 * rough, 2 * rough)
    ring = np.stack([x + np.cos(angle) * rx * reach, y + np.sin(angle) * ry * reach], axis=-1)
    return smooth(ring.astype(np.float32), closed=True, steps=8)


def ribbon(curve: Floats, widths: Floats | float) -> Floats:
    """The outline of a stroke along the curve; ``widths`` in pixels, one for all or one for each point."""
    along = np.gradient(curve, axis=0)
    across = np.stack([-along[:, 1], along[:, 0]], axis=-1) / (np.linalg.norm(along, axis=1, keepdims=True) + 1e-6)
    half = np.broadcast_to(np.asarray(widths, dtype=np.float32) / 2, (len(curve),))[:, None]
    return np.asarray(np.concatenate([curve + across * half, (curve - across * half)[::-1]]), dtype=np.float32)


def border(outline: Floats, width: float) -> Floats:
    """The outline of a line of this width around a closed shape, its corners mitred as far as they are not sharp."""
    ahead = np.roll(outline, -1, axis=0) - outline
    after = np.stack([-ahead[:, 1], ahead[:, 0]], axis=-1) / (np.linalg.norm(ahead, axis=1, keepdims=True) + 1e-6)
    before = np.roll(after, 1, axis=0)
    turn = np.maximum(1 + (before * after).sum(axis=1, keepdims=True), 0.5)
    reach = (before + after) / turn * (width / 2)
    outer, inner = outline + reach, outline - reach
    return np.asarray(np.concatenate([outer, outer[:1], inner[:1], inner[::-1]]), dtype=np.float32)


def tapered(curve: Floats, width: float, *, start: float = 0.15, end: float = 0.0) -> Floats:
    """A brushed stroke: full in the middle, ``start`` and ``end`` of the width at its ends."""
    t = np.linspace(0, 1, len(curve), dtype=np.float32)
    swell = np.maximum(np.sin(np.pi * t), 0) ** 0.7
    ends = start + (end - start) * t
    return ribbon(curve, width * np.maximum(swell, ends))


def wobble(rng: np.random.Generator, outline: Floats, amount: float, spacing: float = 12.0) -> Floats:
    """A polygon as a hand would draw it: points every ``spacing`` px, each off by about ``amount`` px, softly."""
    closed = np.concatenate([outline, outline[:1]])
    lengths = np.linalg.norm(np.diff(closed, axis=0), axis=1)
    reached = np.concatenate([[0], np.cumsum(lengths)])
    count = max(8, int(reached[-1] / spacing))
    at = np.union1d(np.linspace(0, reached[-1], count, endpoint=False), reached[:-1])
    walked = np.stack([np.interp(at, reached, closed[:, i]) for i in range(2)], axis=-1)
    drift = rng.normal(0, amount, walked.shape)
    drift = (drift + np.roll(drift, 1, 0) + np.roll(drift, -1, 0)) / 1.8
    return np.asarray(walked + drift, dtype=np.float32)


def ridge(rng: np.random.Generator, width: float, bottom: float, y: float, swing: float, knots: int = 6) -> Floats:
    """Land whose upper edge rolls about ``y`` by ``swing`` px, filled down to ``bottom``."""
    xs = np.linspace(-0.05, 1.05, knots) * width
    line = smooth(np.stack([xs, y + rng.uniform(-swing, swing, knots)], axis=-1).astype(np.float32))
    corners = np.array([[line[-1, 0], bottom], [line[0, 0], bottom]], dtype=np.float32)
    return np.concatenate([line, corners])


Box = tuple[int, int, int, int]


def _bounds(outlines: Sequence[Floats], size: Size, margin: float) -> Box | None:
    points = np.concatenate(outlines)
    x0, y0 = np.floor(points.min(axis=0) - margin).astype(int)
    x1, y1 = np.ceil(points.max(axis=0) + margin + 1).astype(int)
    found = max(int(y0), 0), min(int(y1), size[0]), max(int(x0), 0), min(int(x1), size[1])
    return found if found[0] < found[1] and found[2] < found[3] else None


def _cover(outlines: Sequence[Floats], bounds: Box, soft: float) -> Floats:
    top, bottom, left, right = bounds
    mask = np.zeros((bottom - top, right - left), dtype=np.uint8)
    scale = 1 << _SUBPIXEL_BITS
    polygons = [np.round((o - (left, top)) * scale).astype(np.int32) for o in outlines]
    cv2.fillPoly(mask, polygons, 255, lineType=cv2.LINE_AA, shift=_SUBPIXEL_BITS)
    return blur(mask.astype(np.float32) / 255, soft)


def cover(size: Size, *outlines: Floats, soft: float = 0.0) -> Floats:
    """How far each pixel lies inside the outlines, 0..1 of shape (h, w); where two overlap there is a hole."""
    return _cover(outlines, (0, size[0], 0, size[1]), soft)


def lay(picture: Floats, outline: Floats, paint: Floats, opacity: float = 1.0, soft: float = 0.0) -> None:
    """Fill the outline in place. ``paint``: one colour, or a whole picture of which the outline's part is taken.

    ``soft`` blurs the edge by so many pixels.
    """
    bounds = _bounds([outline], (picture.shape[0], picture.shape[1]), 1 + 3 * soft)
    if bounds is None:
        return
    top, bottom, left, right = bounds
    share = (_cover([outline], bounds, soft) * np.float32(opacity))[..., None]
    part = picture[top:bottom, left:right]
    part += share * ((paint if paint.ndim == 1 else paint[top:bottom, left:right]) - part)


def shade(picture: Floats, outline: Floats, by: float, soft: float = 0.0) -> None:
    """Darken (below zero) or lighten what lies inside the outline, in place, keeping its colours."""
    bounds = _bounds([outline], (picture.shape[0], picture.shape[1]), 1 + 3 * soft)
    if bounds is None:
        return
    top, bottom, left, right = bounds
    share = (_cover([outline], bounds, soft) * np.float32(abs(by)))[..., None]
    part = picture[top:bottom, left:right]
    part += share * ((1 - part) if by > 0 else -part)
