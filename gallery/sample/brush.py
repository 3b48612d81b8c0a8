"""Brushes: bristled strokes along a flow, daubs of pure colour, and lines."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from gallery.sample.canvas import Size, blur, noise, relief
from gallery.sample.palettes import Floats, vary

Sheet = NDArray[np.uint8]
"""Wet paint, shape (h, w, 4): red, green, blue, and how thick the paint lies."""

_SUBPIXEL_BITS = 3
_PATH_POINTS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Brush:
    """How strokes are made. Lengths in pixels; the variations as in :func:`palettes.vary`."""

    width: float
    length: float
    bristles: int = 4
    spacing: float = 0.8
    """The distance between strokes, in widths."""
    lightness: float = 0.03
    chroma: float = 0.15
    hue: float = 6.0
    stop: float = 0.16
    """A stroke ends where the colour below differs by this much from where it began."""


def sheet(ground: Floats) -> Sheet:
    """Thin even paint over the whole of ``ground`` (h, w, 3)."""
    thickness = np.full((*ground.shape[:2], 1), 0.35, dtype=np.float32)
    return np.asarray(np.clip(np.concatenate([ground, thickness], axis=-1), 0, 1) * 255, dtype=np.uint8)


def dried(wet: Sheet, strength: float) -> Floats:
    """The sheet as a picture, its ridges of paint catching the light."""
    dry = wet.astype(np.float32) / 255
    return relief(np.ascontiguousarray(dry[..., :3]), blur(dry[..., 3], 0.8), strength)


def scatter(rng: np.random.Generator, size: Size, spacing: float) -> Floats:
    """Points (x, y) about ``spacing`` px apart all over the picture and a little beyond, in random order."""
    ys, xs = np.mgrid[-spacing : size[0] + spacing : spacing, -spacing : size[1] + spacing : spacing]
    points = np.stack([xs.ravel(), ys.ravel()], axis=-1) + rng.uniform(-0.6, 0.6, (xs.size, 2)) * spacing
    return np.asarray(rng.permutation(points), dtype=np.float32)


def sample(field: Floats, points: Floats) -> Floats:
    """The field's values at points (…, 2) of x, y; beyond the edge, the edge's."""
    xs = np.clip(points[..., 0].astype(np.int32), 0, field.shape[1] - 1)
    ys = np.clip(points[..., 1].astype(np.int32), 0, field.shape[0] - 1)
    return np.asarray(field[ys, xs], dtype=np.float32)


def paths(starts: Floats, model: Floats, flow: Floats, brush: Brush) -> Floats:
    """A path of x, y along the flow from each start, shape (n, points, 2), stopping at another colour's edge."""
    step = np.float32(brush.length / (_PATH_POINTS - 1))
    first, going = sample(model, starts), np.ones((len(starts), 1), dtype=np.float32)
    walked = [starts]
    for _ in range(_PATH_POINTS - 1):
        angle = sample(flow, walked[-1])
        ahead = walked[-1] + np.stack([np.cos(angle), np.sin(angle)], axis=-1) * step * going
        strayed = np.abs(sample(model, ahead) - first).max(axis=-1, keepdims=True) > brush.stop
        going = going * ~strayed
        walked.append(np.where(strayed, walked[-1], ahead).astype(np.float32))
    return np.stack(walked, axis=1)


def stroke_over(
    wet: Sheet, model: Floats, flow: Floats, brush: Brush, rng: np.random.Generator, where: Floats | None = None
) -> None:
    """Cover the sheet with strokes that take their colours from ``model`` (h, w, 3) and follow ``flow`` (angles, h×w).

    With ``where`` (h, w, 0..1) a stroke is made with that chance.
    """
    starts = scatter(rng, (wet.shape[0], wet.shape[1]), brush.width * brush.spacing)
    if where is not None:
        starts = starts[rng.random(len(starts)) < sample(where, starts)]
    if len(starts):
        lines = paths(starts, model, flow, brush)
        tints = vary(rng, sample(model, starts), lightness=brush.lightness, chroma=brush.chroma, hue=brush.hue)
        _drag(wet, lines, tints, brush, rng)


def _drag(wet: Sheet, lines: Floats, tints: Floats, brush: Brush, rng: np.random.Generator) -> None:
    along = lines[:, -1] - lines[:, 0]
    across = np.stack([-along[:, 1], along[:, 0]], axis=-1)
    across /= np.linalg.norm(across, axis=-1, keepdims=True) + 1e-6
    count = brush.bristles
    offsets = (np.arange(count) - (count - 1) / 2) / count * brush.width
    spread = lines[:, None] + (across[:, None] * offsets[None, :, None])[:, :, None]
    spread += rng.normal(0, brush.width * 0.05, (*spread.shape[:2], 1, 2))
    points = np.round(spread * (1 << _SUBPIXEL_BITS)).astype(np.int32)
    streaks = np.clip(tints[:, None] * (1 + rng.normal(0, 0.045, (len(tints), count, 1))), 0, 1) * 255
    thick = rng.integers(70, 256, (len(tints), count, 1))
    inks = np.concatenate([streaks, thick], axis=-1).tolist()
    width = max(1, round(brush.width / count * 1.35))
    for path, ink in zip(points, inks, strict=True):
        for hair in range(count):
            cv2.polylines(wet, [path[hair]], False, ink[hair], width, cv2.LINE_AA, _SUBPIXEL_BITS)


def daub(wet: Sheet, points: Floats, tints: Floats, radii: Floats, rng: np.random.Generator) -> None:
    """A round touch of paint at each point (x, y), with its colour (n, 3) and radius in px (n)."""
    scale = 1 << _SUBPIXEL_BITS
    centres = np.round(points * scale).astype(np.int32).tolist()
    sizes = np.maximum(1, np.round(radii * scale)).astype(np.int32).tolist()
    inks = np.concatenate([np.clip(tints, 0, 1) * 255, rng.integers(110, 256, (len(tints), 1))], axis=-1).tolist()
    for centre, size, ink in zip(centres, sizes, inks, strict=True):
        cv2.circle(wet, centre, size, ink, -1, cv2.LINE_AA, _SUBPIXEL_BITS)


def brushed(picture: Floats, rng: np.random.Generator, turn: float = 0.0, strength: float = 0.03) -> Floats:
    """Flat paint as a wide brush leaves it: faint streaks along ``turn`` (0 lying, pi/2 standing) and their relief."""
    size = (picture.shape[0], picture.shape[1])
    lying = abs(np.cos(turn)) > 0.7
    streaks = noise(rng, size, (6, 70) if lying else (70, 6), 3)
    clouds = noise(rng, size, 140, 2)
    toned = picture * (1 + (streaks * 0.6 + clouds * 0.4)[..., None] * np.float32(strength))
    return relief(np.clip(toned, 0, 1).astype(np.float32), streaks, strength * 0.16)


def detail(model: Floats, reach: float) -> Floats:
    """Where the model has edges and small things, 0..1 of shape (h, w), spread by ``reach`` px."""
    grey = model.mean(axis=-1)
    edges = np.abs(cv2.Sobel(grey, cv2.CV_32F, 1, 0)) + np.abs(cv2.Sobel(grey, cv2.CV_32F, 0, 1))
    return np.asarray(np.clip(cv2.GaussianBlur(edges, (0, 0), reach) * 4, 0, 1), dtype=np.float32)
