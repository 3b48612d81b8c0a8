"""Finds a picture on a wall: where in a photo something lies that has four straight sides, and that upright again."""

import math
from collections.abc import Iterable, Iterator, Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

Quad = NDArray[np.float32]
"""Four corners (4, 2), x and y in shares of width and height, clockwise from the top left."""

Grey = NDArray[np.uint8]

SEARCHED_SIDE = 320  # pixels: enough to see a frame, and a patterned wall's details are gone
LEAST_AREA, MOST_AREA = 0.04, 0.97  # of the photo
LEAST_SIDE = 0.12  # of the photo's diagonal
MOST_COSINE = 0.6  # of a corner: none is sharper than 53° or blunter than 127°
LEAST_FILLED, MOST_FILLED = 0.75, 1.2  # of the quadrilateral, by the outline that it stands for; circles have more
SAME_OVERLAP = 0.85  # the intersection's share of the union: two quadrilaterals are one
APPROXIMATIONS = (0.02, 0.04, 0.07)  # of the outline's length
EDGES = (80, 90, 95)  # per cent of the photo are less steep than what counts as an edge
TYPICAL_EDGE = 85  # the same of an edge as edges typically are
LEAST_EDGE = 2.0  # levels a pixel
MOST_EDGE = 1.5  # times as steep as that; more makes no likelier side
SAMPLES = 24  # points a side at which its edge is looked for
RECTIFIED_SIDE = 512


def find_quadrilaterals(rgb: NDArray[np.uint8], *, most: int = 3) -> tuple[Quad, ...]:
    """Where in a photo (height, width, 3) pictures may hang, the likeliest first; () where nothing looks like one.

    A frame gives two: its outer and its inner edge. Looks for outlines in several ways (edges, wall against picture,
    light against dark), takes those with four sides, and ranks them by how much of their sides lies on edges and how
    large they are. Deterministic.
    """
    small = _shrunk(rgb)
    height, width = small.shape[:2]
    steepness = _steepness(small)
    typical, *levels = np.maximum(np.percentile(steepness, (TYPICAL_EDGE, *EDGES)), LEAST_EDGE)
    found = [quad for mask in _masks(small, steepness, levels) for quad in _quads(mask)]
    relative = np.minimum(steepness / np.float32(typical), MOST_EDGE)
    ranked = sorted(((_score(quad, relative), -index) for index, quad in enumerate(found)), reverse=True)
    chosen = _distinct((found[-index] for score, index in ranked if score > 0), most)
    return tuple((quad / (width, height)).astype(np.float32) for quad in chosen)


def rectify(rgb: NDArray[np.uint8], quad: Quad, *, side: int = RECTIFIED_SIDE) -> NDArray[np.uint8]:
    """What lies in the quadrilateral, seen straight on: at most `side` pixels long and no larger than it is seen.

    The proportions are those of its mean sides. Raises ValueError where the quadrilateral is not convex.
    """
    if not is_convex(quad):
        raise ValueError(f"The corners {np.asarray(quad).tolist()} are no convex quadrilateral.")
    height, width = rgb.shape[:2]
    corners = np.asarray(quad, np.float32) * np.array([width, height], np.float32)
    sides = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    across, down = (sides[0] + sides[2]) / 2, (sides[1] + sides[3]) / 2
    scale = min(1.0, side / max(across, down))
    size = max(16, round(across * scale)), max(16, round(down * scale))
    flat = np.array([(0, 0), (size[0], 0), size, (0, size[1])], np.float32)
    source, matched = _halved(rgb, corners, scale)
    homography = cv2.getPerspectiveTransform(matched, flat)
    return np.asarray(cv2.warpPerspective(source, homography, size, borderMode=cv2.BORDER_REPLICATE), np.uint8)


def to_photo(points: NDArray[np.float32], quad: Quad) -> NDArray[np.float32]:
    """Where in the photo the points (n, 2) of a rectified picture lie; all in shares of width and height."""
    if not len(points):
        return points.astype(np.float32).reshape(0, 2)
    square = np.array([(0, 0), (1, 0), (1, 1), (0, 1)], np.float32)
    back = cv2.getPerspectiveTransform(square, np.asarray(quad, np.float32))
    moved = cv2.perspectiveTransform(points.reshape(-1, 1, 2).astype(np.float32), back)
    return np.asarray(moved, np.float32).reshape(-1, 2)


def is_convex(quad: Quad) -> bool:
    """Whether the corners go round clockwise (as seen, with y downwards) and bulge outwards everywhere."""
    sides = np.roll(quad, -1, axis=0) - quad
    after = np.roll(sides, -1, axis=0)
    return bool((sides[:, 0] * after[:, 1] - sides[:, 1] * after[:, 0] > 0).all())


def area(quad: Quad) -> float:
    """The quadrilateral's share of the photo."""
    return float(cv2.contourArea(np.asarray(quad, np.float32)))


def _halved(rgb: NDArray[np.uint8], corners: Quad, scale: float) -> tuple[NDArray[np.uint8], Quad]:
    """The photo averaged down where it is much too large, so that nothing flickers, and the corners in it."""
    if scale > 0.7:
        return rgb, corners
    height, width = rgb.shape[:2]
    size = max(1, round(width * scale)), max(1, round(height * scale))
    smaller = np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), np.uint8)
    return smaller, (corners * np.array([size[0] / width, size[1] / height], np.float32)).astype(np.float32)


def _shrunk(rgb: NDArray[np.uint8]) -> NDArray[np.uint8]:
    height, width = rgb.shape[:2]
    scale = min(1.0, SEARCHED_SIDE / max(height, width))
    size = max(8, round(width * scale)), max(8, round(height * scale))
    return np.asarray(cv2.resize(rgb, size, interpolation=cv2.INTER_AREA), np.uint8)


def _steepness(rgb: NDArray[np.uint8]) -> NDArray[np.float32]:
    """How steeply the colours change: (height, width), in levels a pixel, the steepest channel of a softened photo."""
    soft = cv2.GaussianBlur(rgb, (0, 0), 1.2)
    across, down = (cv2.Scharr(soft, cv2.CV_32F, *way) for way in ((1, 0), (0, 1)))
    steepest = np.maximum.reduce(cv2.split(across**2 + down**2))
    steep: NDArray[np.float32] = np.sqrt(steepest) / np.float32(32)
    return steep


def _masks(rgb: NDArray[np.uint8], steepness: NDArray[np.float32], levels: Sequence[float]) -> Iterator[Grey]:
    """Pictures of 0 and 255 whose outlines may be a picture's; edges are what is steeper than one of the levels."""
    for level in levels:
        edges = (steepness > level).astype(np.uint8) * 255
        yield edges
        yield 255 - cv2.dilate(edges, np.ones((3, 3), np.uint8))  # type: ignore[misc]
    lab = np.asarray(cv2.cvtColor(cv2.medianBlur(rgb, 5), cv2.COLOR_RGB2LAB), np.uint8)
    away = _away_from_wall(lab)
    for share in (1.0, 0.6, 1.6):
        level = max(1.0, share * _otsu(away))
        yield cv2.morphologyEx((away > level).astype(np.uint8) * 255, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))  # type: ignore[misc]
    for channel in np.moveaxis(lab, -1, 0):
        light = channel > _otsu(channel)
        yield light.astype(np.uint8) * 255
        yield (~light).astype(np.uint8) * 255


def _away_from_wall(lab: NDArray[np.uint8]) -> Grey:
    """How far each CIELAB colour is from those of the photo's rim, which is wall: (height, width), 0..255.

    A patterned wall has several colours: the nearest of the four that stand for the rim's counts.
    """
    rim = max(2, min(lab.shape[:2]) // 30)
    strips = lab[:rim], lab[-rim:], lab[:, :rim], lab[:, -rim:]
    border = np.concatenate([strip.reshape(-1, 3) for strip in strips]).astype(np.float32)
    order = np.argsort(border[:, 0], kind="stable")
    walls = [np.median(border[part], axis=0) for part in np.array_split(order, 4)]
    planes = np.moveaxis(lab, -1, 0).astype(np.float32, order="C")  # whose sum is much quicker than that of triples
    squares = np.min([((planes - wall[:, None, None]) ** 2).sum(axis=0) for wall in walls], axis=0)
    return np.asarray(np.clip(np.sqrt(squares) * 2, 0, 255), np.uint8)


def _otsu(grey: Grey) -> float:
    return float(cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)[0])


def _quads(mask: Grey) -> Iterator[Quad]:
    """The outlines in a mask that have four sides, in pixels."""
    height, width = mask.shape
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    for contour in contours:
        if len(contour) < 4 or math.prod(cv2.boundingRect(contour)[2:]) < LEAST_AREA * mask.size:
            continue
        hull = cv2.convexHull(contour)
        filled = cv2.contourArea(hull)
        for share in APPROXIMATIONS:
            outline = cv2.approxPolyDP(hull, share * cv2.arcLength(hull, True), True)
            if len(outline) == 4:
                quad = _clockwise(outline.reshape(4, 2).astype(np.float32))
                share_filled = filled / max(1.0, cv2.contourArea(quad))
                if _is_likely(quad, width, height) and LEAST_FILLED <= share_filled <= MOST_FILLED:
                    yield quad
                break


def _clockwise(corners: Quad) -> Quad:
    """The corners in the order that the type promises; the top left is that with the least x + y."""
    middle = corners.mean(axis=0)
    angles = np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0])
    ordered = corners[np.argsort(angles, kind="stable")]
    turned: Quad = np.roll(ordered, -int(ordered.sum(axis=1).argmin()), axis=0)
    return turned


def _is_likely(quad: Quad, width: int, height: int) -> bool:
    """Large enough, not the photo itself, and no corner too sharp for a rectangle seen from aside."""
    share = cv2.contourArea(quad) / (width * height)
    if not LEAST_AREA <= share <= MOST_AREA or not is_convex(quad):
        return False
    sides = np.roll(quad, -1, axis=0) - quad
    lengths = np.linalg.norm(sides, axis=1)
    if lengths.min() < LEAST_SIDE * np.hypot(width, height):
        return False
    cosines = (sides * np.roll(sides, -1, axis=0)).sum(axis=1) / (lengths * np.roll(lengths, -1))
    return bool(np.abs(cosines).max() <= MOST_COSINE)


def _score(quad: Quad, steepness: NDArray[np.float32]) -> float:
    """How much of the outline lies on edges (the weakest side counts most), times the root of its size."""
    height, width = steepness.shape
    strengths = [_edge(quad[index], quad[(index + 1) % 4], steepness) for index in range(4)]
    support = 0.5 * min(strengths) + 0.5 * float(np.mean(strengths))
    return support * float(np.sqrt(cv2.contourArea(quad) / (width * height)))


def _edge(start: NDArray[np.float32], end: NDArray[np.float32], steepness: NDArray[np.float32]) -> float:
    """How steep the photo is along a side, within two pixels: the mean, where 1 is as steep as an edge typically is."""
    height, width = steepness.shape
    along = np.linspace(0.05, 0.95, SAMPLES, dtype=np.float32)[:, None]
    places = start + along * (end - start)
    normal = np.array([start[1] - end[1], end[0] - start[0]]) / max(1e-6, float(np.linalg.norm(end - start)))
    offsets = np.arange(-2, 3, dtype=np.float32)[:, None, None] * normal
    x, y = np.moveaxis(np.round(places + offsets).astype(np.intp), -1, 0)
    return float(steepness[np.clip(y, 0, height - 1), np.clip(x, 0, width - 1)].max(axis=0).mean())


def _distinct(quads: Iterable[Quad], most: int) -> list[Quad]:
    """The first `most` that are not nearly the same as one before."""
    chosen: list[Quad] = []
    for quad in quads:
        if len(chosen) == most:
            break
        if all(_overlap(quad, other) < SAME_OVERLAP for other in chosen):
            chosen.append(quad)
    return chosen


def _overlap(one: Quad, other: Quad) -> float:
    """The intersection's share of the union."""
    shared = float(cv2.intersectConvexConvex(one, other)[0])
    return shared / (cv2.contourArea(one) + cv2.contourArea(other) - shared)
