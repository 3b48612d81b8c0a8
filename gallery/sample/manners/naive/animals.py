"""The animals, each larger than it was."""

import numpy as np

from gallery.sample.manners.naive.folk import Folk, crest
from gallery.sample.palettes import colour
from gallery.sample.shapes import box, ellipse, lay, ribbon, smooth


def sheep(f: Folk) -> None:
    for i, (place, row) in enumerate(
        ((0.12, 3), (0.30, 3), (0.44, 4), (0.20, 4), (0.62, 4), (0.72, 3), (0.84, 4), (0.55, 3))
    ):
        x, s = place * f.width, f.unit * (0.045 + 0.008 * row)
        foot = float(crest(f, row, np.array([x]))[0]) + f.unit * (0.07 + 0.03 * (i % 2))
        side = 1 if i % 2 else -1
        for k in (-0.5, -0.2, 0.25, 0.55):
            f.put(box(x + k * s, foot - s * 0.2, s * 0.12, s * 0.42), colour("#3a2f2a"), 0.0)
        for k in range(11):
            a = k * 2 * np.pi / 11
            f.put(ellipse(x + np.cos(a) * s * 0.62, foot - s * 0.7 + np.sin(a) * s * 0.34, s * 0.27), colour("#fbf7ea"))
        f.put(ellipse(x, foot - s * 0.7, s * 0.66, s * 0.4), colour("#fbf7ea"), 0.0)
        f.put(ellipse(x + side * s * 0.92, foot - s * 0.82, s * 0.25, s * 0.2, 0.4 * side), colour("#4a3c34"))
        f.put(ellipse(x + side * s * 0.96, foot - s * 0.88, s * 0.04), colour("#ffffff"), 0.0)


def cat(f: Folk) -> None:
    x, y, s = f.width * 0.5, f.height * 0.80, f.unit * 0.17
    fur, stripe = colour("#e08a3a"), colour("#8a4520")
    tail = smooth(
        [(x + s * 1.2, y + s * 0.6), (x + s * 2.0, y + s * 0.5), (x + s * 2.2, y - s * 0.5), (x + s * 1.8, y - s * 1.1)]
    )
    f.put(ribbon(tail, s * 0.3), fur, 0.004)
    f.put(smooth([(x - s * 1.2, y + s * 0.95), (x - s * 1.3, y), (x - s * 0.4, y - s * 0.6),
        (x + s * 0.9, y - s * 0.55), (x + s * 1.45, y + s * 0.2), (x + s * 1.35, y + s * 0.95)], closed=True),
        fur, 0.004)  # fmt: skip
    for k in range(6):
        mark = smooth([(x + s * (-0.3 + 0.28 * k), y - s * 0.56), (x + s * (-0.22 + 0.28 * k), y - s * 0.2),
            (x + s * (-0.3 + 0.28 * k), y + s * 0.15)])  # fmt: skip
        lay(f.picture, ribbon(mark, s * 0.085), stripe, 0.9)
    hx, hy = x - s * 0.85, y - s * 0.62
    for side in (-1, 1):
        f.put(
            np.array(
                [
                    (hx + side * s * 0.22, hy - s * 0.55),
                    (hx + side * s * 0.66, hy - s * 1.08),
                    (hx + side * s * 0.72, hy - s * 0.2),
                ],
                dtype=np.float32,
            ),
            fur,
            0.004,
        )
        f.put(
            np.array(
                [
                    (hx + side * s * 0.36, hy - s * 0.58),
                    (hx + side * s * 0.6, hy - s * 0.88),
                    (hx + side * s * 0.62, hy - s * 0.42),
                ],
                dtype=np.float32,
            ),
            colour("#f3b8a0"),
            0.0,
        )
    f.put(ellipse(hx, hy, s * 0.76, s * 0.66), fur, 0.004)
    for side in (-1, 1):
        f.put(ellipse(hx + side * s * 0.3, hy - s * 0.1, s * 0.18, s * 0.15), colour("#cfe08a"), 0.004)
        f.put(ellipse(hx + side * s * 0.3, hy - s * 0.1, s * 0.05, s * 0.13), colour("#171410"), 0.0)
        f.put(ellipse(hx + side * s * 0.17, hy + s * 0.28, s * 0.2, s * 0.15), colour("#fbeed8"), 0.0)
        for droop in (-0.1, 0.06, 0.22):
            lay(f.picture, ribbon(smooth([(hx + side * s * 0.25, hy + s * 0.26),
                (hx + side * s * 1.05, hy + s * (0.2 + droop))]), s * 0.018), colour("#fff8ea"))  # fmt: skip
    f.put(
        np.array([(hx - s * 0.09, hy + s * 0.1), (hx + s * 0.09, hy + s * 0.1), (hx, hy + s * 0.21)], dtype=np.float32),
        colour("#c8505a"),
    )
    for band in (-0.28, 0.0, 0.28):
        lay(f.picture, box(hx + band * s, hy - s * 0.48, s * 0.06, s * 0.22), stripe)
    for paw in (-0.95, -0.35):
        f.put(ellipse(x + paw * s, y + s * 0.95, s * 0.3, s * 0.17), colour("#fbeed8"), 0.004)


def rooster(f: Folk) -> None:
    x, y, s = f.width * 0.5, f.height * 0.66, f.unit * 0.17
    for i, code in enumerate(("#1f5f6a", "#2f8a72", "#c8482f", "#e8a22e", "#27406f", "#b0357a", "#2f8a72")):
        plume = smooth([(x - s * 0.8, y + s * 0.1), (x - s * (1.5 + 0.12 * i), y - s * (1.5 - 0.26 * i)),
            (x - s * (2.3 - 0.05 * i), y - s * (1.2 - 0.42 * i))])  # fmt: skip
        f.put(ribbon(plume, np.linspace(s * 0.34, s * 0.14, len(plume), dtype=np.float32)), colour(code), 0.0035)
    for side in (-0.25, 0.25):
        f.put(box(x + side * s, y + s * 1.35, s * 0.1, s * 0.9), colour("#e8a22e"))
        f.put(box(x + side * s + s * 0.12, y + s * 1.8, s * 0.42, s * 0.09), colour("#e8a22e"))
    f.put(smooth([(x - s * 1.1, y - s * 0.25), (x - s * 0.6, y + s * 0.85), (x + s * 0.3, y + s * 1.05),
        (x + s * 0.95, y + s * 0.4), (x + s * 0.95, y - s * 0.6), (x + s * 0.75, y - s * 1.3),
        (x + s * 0.35, y - s * 0.9), (x + s * 0.1, y - s * 0.2), (x - s * 0.5, y - s * 0.1)], closed=True),
        colour("#b8432a"), 0.004)  # fmt: skip
    f.put(smooth([(x + s * 0.3, y - s * 1.0), (x + s * 0.0, y - s * 0.1), (x + s * 0.35, y + s * 0.25),
        (x + s * 0.7, y + s * 0.2), (x + s * 0.98, y - s * 0.2), (x + s * 0.9, y - s * 1.0)], closed=True),
        colour("#f0b53a"), 0.003)  # fmt: skip
    for row in range(4):
        for k in range(5 - row):
            f.put(
                ellipse(x - s * (0.5 - 0.2 * k - 0.1 * row), y + s * (0.15 + 0.17 * row), s * 0.13, s * 0.11),
                colour(("#1f5f6a", "#27406f", "#2f8a72", "#e8a22e")[row]),
                0.0022,
            )
    f.put(ellipse(x + s * 0.75, y - s * 1.25, s * 0.34, s * 0.32), colour("#f0b53a"), 0.0035)
    for k in range(4):
        f.put(
            ellipse(x + s * (0.5 + 0.16 * k), y - s * (1.62 + 0.05 * (k % 2)), s * 0.12, s * 0.17),
            colour("#d8302a"),
            0.0025,
        )
    f.put(ellipse(x + s * 0.92, y - s * 0.88, s * 0.12, s * 0.2), colour("#d8302a"), 0.0025)
    f.put(
        np.array(
            [(x + s * 1.03, y - s * 1.36), (x + s * 1.42, y - s * 1.2), (x + s * 1.03, y - s * 1.12)], dtype=np.float32
        ),
        colour("#f6dc8a"),
    )
    f.put(ellipse(x + s * 0.82, y - s * 1.32, s * 0.07), colour("#ffffff"))
    f.put(ellipse(x + s * 0.83, y - s * 1.32, s * 0.035), colour("#15110e"), 0.0)
