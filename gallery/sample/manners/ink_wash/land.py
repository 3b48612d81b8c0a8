"""Mountains, water, stones, and what people left among them."""

import numpy as np

from gallery.sample.canvas import blur, grid, noise
from gallery.sample.manners.ink_wash.ink import Ink
from gallery.sample.shapes import blob, cover, ellipse, moved, ribbon, smooth


def _massif(k: Ink, y: float, rise: float, depth: float, peaks: int, roughness: float) -> None:
    w = k.width
    xs = np.linspace(0, w, 400)
    line = np.zeros(400)
    for i in range(peaks):
        at, wide = w * (i + k.rng.uniform(0.2, 0.8)) / peaks, w * k.rng.uniform(0.10, 0.22) / np.sqrt(peaks)
        tall = rise * k.rng.uniform(0.45, 1.0)
        line = np.maximum(line, tall * np.exp(-(np.abs((xs - at) / wide) ** 1.7)) * (1 + 0.10 * np.sin(xs * 0.05 + i)))
    jag = np.cumsum(k.rng.normal(0, 1, 400))
    jag = (jag - np.convolve(jag, np.ones(60) / 60, "same")) * roughness * rise * 0.010
    crest = np.interp(np.arange(w), xs, y - line + jag).astype(np.float32)
    rows, _ = grid(k.size)
    below = rows - crest[None, :]
    inside = np.clip(below * 0.7, 0, 1)
    fall = np.exp(-np.maximum(below, 0) / (rise * 0.42)) * np.clip((y - rows) / (rise * 0.25) + 0.35, 0, 1)
    creases = (
        noise(k.rng, k.size, (k.unit * 0.12, k.unit * 0.018), 4, 0.6)
        + np.sin(below * 0.045 + noise(k.rng, k.size, 80, 2) * 2) * 0.35
    )
    cun = np.clip(creases - 0.55, 0, 1.2) * depth * 0.75
    rim = np.exp(-np.abs(below - 2.5) / 2.4) * depth * 0.9 * (noise(k.rng, k.size, 60, 2) > -0.7)
    k.lift((inside * np.clip((y - rows) / (rise * 0.3) + 0.5, 0, 1)).astype(np.float32))
    k.wash(np.clip(inside * fall * (0.46 * depth + cun) + rim * fall, 0, 0.92).astype(np.float32))


def peaks(k: Ink) -> None:
    tall = k.height > k.width
    far, mid, near = (0.42, 0.66, 0.86) if tall else (0.56, 0.70, 0.86)
    rise = k.height * (0.30 if tall else 0.42)
    _massif(k, k.height * far, rise * 1.05, 0.40, 4 if not tall else 2, 0.7)
    _massif(k, k.height * mid, rise * 1.0, 0.66, 4 if not tall else 2, 1.0)
    _massif(k, k.height * near, rise * 0.55, 0.92, 3 if not tall else 2, 1.3)


def far_hills(k: Ink) -> None:
    for share, depth in ((0.42, 0.16), (0.5, 0.24)):
        _massif(k, k.height * share, k.height * 0.16, depth, 3, 0.3)


def waterfall(k: Ink) -> None:
    x, top = k.width * 0.56, k.height * 0.40
    fall = smooth(
        [
            (x, top),
            (x - k.unit * 0.01, top + k.unit * 0.16),
            (x + k.unit * 0.012, top + k.unit * 0.34),
            (x - k.unit * 0.004, top + k.unit * 0.46),
        ]
    )
    k.lift(
        cover(k.size, ribbon(fall, np.linspace(k.unit * 0.018, k.unit * 0.05, len(fall), dtype=np.float32)), soft=2.5)
    )
    for i in range(5):
        shift = (i - 2) * k.unit * 0.008
        k.line(moved(fall[6 + 2 * i : -2], shift, 0), k.unit * 0.0032, 0.30)
    foot = fall[-1]
    k.lift(cover(k.size, ellipse(foot[0], foot[1], k.unit * 0.11, k.unit * 0.035), soft=k.unit * 0.025) * 0.85)


def mist_path(k: Ink) -> None:
    drift = noise(k.rng, k.size, (k.unit * 0.10, k.unit * 0.6), 3)
    rows, _ = grid(k.size)
    band = np.exp(-(((rows / k.height - 0.60) / 0.11) ** 2))
    k.lift(np.clip(band * 1.1 + band * drift * 0.2, 0, 0.96).astype(np.float32))


def hut(k: Ink) -> None:
    x, y, s = k.width * 0.30, k.height * 0.78, k.unit * 0.055
    k.lift(cover(k.size, ellipse(x, y - s * 0.6, s * 2.2, s * 1.7), soft=s * 0.3) * 0.9)
    for dx in (-0.9, -0.3, 0.35, 0.9):
        k.line([(x + dx * s, y - s * 0.75), (x + dx * s, y + s * 0.1)], s * 0.08, 0.8, end=0.5)
    k.line([(x - s * 1.1, y + s * 0.1), (x, y + s * 0.14), (x + s * 1.1, y + s * 0.08)], s * 0.08, 0.75)
    roof = smooth([(x - s * 1.5, y - s * 0.6), (x - s * 0.5, y - s * 1.3), (x + s * 0.1, y - s * 1.55),
        (x + s * 0.7, y - s * 1.25), (x + s * 1.5, y - s * 0.62), (x, y - s * 0.75)], closed=True)  # fmt: skip
    k.stroke(roof, 0.42)
    for i in range(13):
        t = i / 12
        k.line([(x + s * (0.1 + (t - 0.5) * 0.6), y - s * (1.5 - 0.2 * abs(t - 0.5))), (x + s * (-1.4 + 2.8 * t),
            y - s * 0.62)], s * 0.06, 0.72)  # fmt: skip


def ground(k: Ink, x: float, y: float, reach: float) -> None:
    for _ in range(9):
        dx, dy = k.rng.normal(0, reach * 0.4), abs(k.rng.normal(0, reach * 0.08))
        k.line(
            [
                (x + dx - reach * 0.3, y + dy),
                (x + dx, y + dy - reach * 0.03),
                (x + dx + reach * 0.34, y + dy + reach * 0.02),
            ],
            reach * 0.05,
            0.2 + 0.3 * k.rng.random(),
        )
    for _ in range(26):
        px, py = x + k.rng.normal(0, reach * 0.5), y + abs(k.rng.normal(0, reach * 0.06))
        k.line([(px, py), (px + k.rng.normal(0, 3), py - reach * k.rng.uniform(0.04, 0.10))], reach * 0.014, 0.7)


def near_bank(k: Ink) -> None:
    h, w, u = k.height, k.width, k.unit
    for x, y, r in ((0.84, 0.93, 0.13), (0.95, 0.86, 0.11), (0.72, 0.97, 0.08), (0.05, 0.98, 0.09)):
        _stone(k, x * w, y * h, u * r)
    ground(k, 0.82 * w, h * 0.97, u * 0.3)


def _stone(k: Ink, x: float, y: float, r: float) -> None:
    outline = blob(k.rng, x, y, r, r * 0.62, 0.16, 9)
    inside = cover(k.size, outline, soft=1.0)
    rows, columns = grid(k.size)
    dark = np.clip(
        (columns - x) / r * 0.25 + (rows - y) / r * 0.3 + 0.25 + noise(k.rng, k.size, (r * 0.2, r * 0.5), 3) * 0.12,
        0,
        0.8,
    )
    k.lift(inside)
    k.wash((inside * dark).astype(np.float32))
    k.stroke(ribbon(np.concatenate([outline[8:], outline[:2]]),
        r * 0.035 * (1 + 0.6 * np.sin(np.arange(len(outline) - 6) * 0.21)).astype(np.float32)), 0.85)  # fmt: skip
    for i in range(6):
        px, py = x + r * k.rng.uniform(-0.6, 0.5), y - r * k.rng.uniform(-0.25, 0.35)
        k.line([(px, py), (px + r * 0.14, py + r * 0.1), (px + r * 0.17, py + r * 0.28)], r * 0.035, 0.5 + 0.06 * i)


def boat(k: Ink) -> None:
    wide = k.width > k.height
    x, y, s = k.width * (0.46 if wide else 0.6), k.height * (0.80 if wide else 0.7), k.unit * 0.055
    k.lift(cover(k.size, ellipse(x, y, s * 3, s * 1.2), soft=s * 0.5) * 0.9)
    k.line([(x - s * 1.8, y - s * 0.25), (x - s * 0.8, y + s * 0.12), (x + s * 0.9, y + s * 0.12),
        (x + s * 1.9, y - s * 0.35)], s * 0.17, 0.85, start=0.3, end=0.2)  # fmt: skip
    k.line([(x - s * 1.4, y - s * 0.16), (x, y - s * 0.04), (x + s * 1.5, y - s * 0.22)], s * 0.06, 0.6)
    k.stroke(
        smooth(
            [
                (x - s * 0.7, y - s * 0.05),
                (x - s * 0.5, y - s * 0.6),
                (x + s * 0.3, y - s * 0.6),
                (x + s * 0.5, y - s * 0.05),
            ]
        ),
        0.5,
    )
    k.stroke(smooth([(x + s * 0.95, y - s * 0.05), (x + s * 0.95, y - s * 0.6), (x + s * 1.1, y - s * 0.85),
        (x + s * 1.25, y - s * 0.6), (x + s * 1.25, y - s * 0.1)]), 0.75)  # fmt: skip
    k.stroke(ellipse(x + s * 1.1, y - s * 0.95, s * 0.12), 0.8)
    k.line([(x + s * 1.15, y - s * 0.6), (x + s * 1.7, y + s * 0.2), (x + s * 2.0, y + s * 0.7)], s * 0.045, 0.8)
    for i in range(4):
        k.line([(x - s * (2 - 0.3 * i), y + s * (0.4 + 0.2 * i)), (x, y + s * (0.44 + 0.2 * i)),
            (x + s * (1.6 - 0.2 * i), y + s * (0.4 + 0.2 * i))], s * 0.04, 0.26)  # fmt: skip


def rock(k: Ink) -> None:
    x, y, r = k.width * 0.68, k.height * 0.70, k.unit * 0.22
    _stone(k, x, y, r)
    _stone(k, x - r * 0.8, y + r * 0.4, r * 0.5)
    for dx, dy, s in ((0.1, -0.05, 0.16), (-0.25, 0.12, 0.1)):
        k.lift(cover(k.size, blob(k.rng, x + dx * r, y + dy * r, r * s, r * s * 0.8), soft=1.5))
    ground(k, x - r * 0.4, y + r * 0.75, r * 1.4)


def moon(k: Ink) -> None:
    x, y, r = k.width * 0.66, k.height * (0.17 if k.height > k.width * 1.2 else 0.2), k.unit * 0.085
    rows, columns = grid(k.size)
    away = np.hypot(rows - y, columns - x)
    glow = np.exp(-np.maximum(away - r, 0) / (r * 1.3)) * 0.26 * (away > r) * (1 + 0.2 * noise(k.rng, k.size, r, 3))
    k.wash(np.clip(blur(glow.astype(np.float32), 0.8), 0, 1))
