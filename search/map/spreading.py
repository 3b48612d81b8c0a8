"""Points moved apart until each has room for a picture, by as little as can be: near stays near."""

import numpy as np

from search.map.projecting import Plane, neighbours

ROOM = 1.5  # fields of the grid a picture, before they are moved apart
EVENED = 0.5  # how much the islands close up: 0 leaves all gaps, 1 leaves none
STEPS = 80
PUSHED_BY = 8  # neighbours, at most
APART = 1.12  # fields between two pictures' middles, so that few want the same field
GENTLY = 0.4  # of the way at a time, since several push
JITTER = 1e-3  # fields; the same file twice has the same place


def spread(points: Plane) -> Plane:
    """Points (n, 2) in fields of a grid, of which each picture fills one, hardly any nearer than a field to another."""
    if len(points) < 2:
        return np.zeros_like(points)
    side = np.sqrt(ROOM * len(points))
    placed: Plane = side * _evened(points)
    placed += np.random.default_rng(len(points)).normal(0, JITTER, placed.shape)
    for _ in range(STEPS):
        moves = _pushes(placed)
        if np.abs(moves).max() < JITTER:
            break
        placed += GENTLY * moves
    return placed


def _evened(points: Plane) -> Plane:
    """In a square of 1 × 1: halfway between where they are and where they stand in the order of each axis."""
    low, high = points.min(axis=0), points.max(axis=0)
    scaled = (points - low) / np.where(high > low, high - low, 1)
    ranks = np.argsort(np.argsort(points, axis=0, kind="stable"), axis=0, kind="stable") / max(len(points) - 1, 1)
    flat = np.where(high > low, ranks, 0.0)
    evened: Plane = (1 - EVENED) * scaled + EVENED * flat
    return evened


def _pushes(points: Plane) -> Plane:
    """Where its neighbours push each point: half of what they lack to be far enough apart."""
    distances, which = neighbours(points, min(PUSHED_BY, len(points) - 1), APART)
    near = np.isfinite(distances)
    others = np.concatenate([points, np.zeros((1, 2))])[which]
    away = (points[:, None] - others) / np.where(near & (distances > 0), distances, 1)[..., None]
    lacking = np.where(near, (APART - distances) / 2, 0)
    pushes: Plane = (away * lacking[..., None]).sum(axis=1)
    return pushes
