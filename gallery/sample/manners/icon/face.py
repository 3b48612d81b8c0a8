"""A face, built up from dark to light."""

from gallery.sample.palettes import Floats, colour, lighter, mix
from gallery.sample.shapes import border, ellipse, lay, smooth, tapered

SANKIR = "#5f4426"
OCHRE = "#c08a4c"
LIGHT = "#f0cf95"
LINE = "#24150c"


def curve(
    picture: Floats,
    points: list[tuple[float, float]],
    width: float,
    paint: Floats,
    opacity: float = 1.0,
    soft: float = 0.0,
) -> None:
    """A line through the points that swells to ``width`` px in its middle."""
    lay(picture, tapered(smooth(points), width, start=0.3, end=0.1), paint, opacity, soft)


def face(picture: Floats, x: float, y: float, r: float, *, young: bool) -> None:
    """The face alone, of half-width ``r`` px, around (x, y)."""
    oval = smooth([(x - r * 0.80, y - r * 0.35), (x - r * 0.55, y - r * 1.0), (x, y - r * 1.22),
        (x + r * 0.55, y - r * 1.0), (x + r * 0.80, y - r * 0.35), (x + r * 0.72, y + r * 0.45),
        (x + r * 0.32, y + r * 1.12), (x, y + r * 1.25), (x - r * 0.32, y + r * 1.12), (x - r * 0.72, y + r * 0.45)],
        closed=True)  # fmt: skip
    lay(picture, oval, colour(SANKIR))
    lay(picture, (oval - (x, y)) * 0.86 + (x, y), colour(OCHRE), 0.9, r * 0.1)
    pools = [(0, -0.72, 0.44, 0.24), (-0.42, 0.22, 0.22, 0.26), (0.42, 0.22, 0.22, 0.26), (0, 0.98, 0.2, 0.13),
        (0, 0.1, 0.085, 0.5)]  # fmt: skip
    for dx, dy, rx, ry in pools:
        lay(picture, ellipse(x + dx * r, y + dy * r, rx * r, ry * r), colour(LIGHT), 0.9, r * 0.07)
    if young:
        for cheek in (-1, 1):
            lay(
                picture,
                ellipse(x + cheek * r * 0.45, y + r * 0.38, r * 0.2, r * 0.16),
                colour("#c4573a"),
                0.35,
                r * 0.09,
            )
    for side in (-1.0, 1.0):
        _eye(picture, x + side * r * 0.36, y - r * 0.12, r, side)
    _nose_and_mouth(picture, x, y, r)
    lay(picture, border(oval, r * 0.03), colour(LINE), 0.8)


def _eye(picture: Floats, ex: float, ey: float, r: float, side: float) -> None:
    line = colour(LINE)
    lay(picture, ellipse(ex, ey + r * 0.02, r * 0.29, r * 0.19), colour(SANKIR), 0.75, r * 0.05)
    almond = smooth(
        [(ex - r * 0.25, ey + r * 0.01), (ex, ey - r * 0.12), (ex + r * 0.25, ey + r * 0.01), (ex, ey + r * 0.10)],
        closed=True,
    )
    lay(picture, almond, colour("#ead9b4"))
    lay(picture, ellipse(ex, ey - r * 0.015, r * 0.105), colour("#3a2110"))
    lay(picture, ellipse(ex, ey - r * 0.015, r * 0.05), colour("#0d0805"))
    lay(picture, ellipse(ex - r * 0.035, ey - r * 0.05, r * 0.022), colour("#fff8e2"))
    curve(
        picture,
        [(ex - side * r * 0.28, ey + r * 0.03), (ex, ey - r * 0.14), (ex + side * r * 0.33, ey + r * 0.04)],
        r * 0.065,
        line,
    )
    curve(picture, [(ex - r * 0.22, ey + r * 0.05), (ex, ey + r * 0.12), (ex + r * 0.22, ey + r * 0.05)],
        r * 0.03, line, 0.8)  # fmt: skip
    curve(picture, [(ex - side * r * 0.24, ey - r * 0.2), (ex, ey - r * 0.34), (ex + side * r * 0.36, ey - r * 0.16)],
        r * 0.075, line, 0.95)  # fmt: skip
    for i in range(3):
        dy = r * (0.2 + 0.06 * i)
        curve(picture, [(ex - r * 0.16, ey + dy), (ex + side * r * 0.02, ey + dy + r * 0.05),
            (ex + r * 0.18, ey + dy)], r * 0.022, colour("#fbe9c4"), 0.75)  # fmt: skip


def _nose_and_mouth(picture: Floats, x: float, y: float, r: float) -> None:
    line = colour(LINE)
    curve(picture, [(x + r * 0.13, y - r * 0.3), (x + r * 0.09, y + r * 0.1), (x + r * 0.1, y + r * 0.4),
        (x + r * 0.15, y + r * 0.5)], r * 0.05, line, 0.75)  # fmt: skip
    curve(picture, [(x - r * 0.13, y - r * 0.3), (x - r * 0.08, y + r * 0.1), (x - r * 0.1, y + r * 0.44)],
        r * 0.03, line, 0.5)  # fmt: skip
    curve(picture, [(x - r * 0.15, y + r * 0.5), (x - r * 0.05, y + r * 0.57), (x, y + r * 0.55),
        (x + r * 0.05, y + r * 0.57), (x + r * 0.16, y + r * 0.5)], r * 0.05, line, 0.9)  # fmt: skip
    curve(picture, [(x - r * 0.01, y - r * 0.25), (x - r * 0.01, y + r * 0.42)], r * 0.05, colour("#fdf0cf"), 0.85, 0.6)
    lay(picture, smooth([(x - r * 0.22, y + r * 0.77), (x - r * 0.06, y + r * 0.71), (x, y + r * 0.735),
        (x + r * 0.06, y + r * 0.71), (x + r * 0.22, y + r * 0.77), (x, y + r * 0.86)], closed=True),
        colour("#9c3a28"))  # fmt: skip
    curve(picture, [(x - r * 0.24, y + r * 0.77), (x, y + r * 0.785), (x + r * 0.24, y + r * 0.77)], r * 0.035, line)
    curve(picture, [(x - r * 0.12, y + r * 0.93), (x, y + r * 0.95), (x + r * 0.12, y + r * 0.93)],
        r * 0.03, line, 0.5)  # fmt: skip


def beard(picture: Floats, x: float, y: float, r: float, code: str) -> None:
    hair = colour(code)
    whole = smooth([(x - r * 0.78, y + r * 0.2), (x - r * 0.42, y + r * 0.62), (x, y + r * 0.62),
        (x + r * 0.42, y + r * 0.62), (x + r * 0.78, y + r * 0.2), (x + r * 0.72, y + r * 1.15),
        (x + r * 0.3, y + r * 2.0), (x, y + r * 2.25), (x - r * 0.3, y + r * 2.0), (x - r * 0.72, y + r * 1.15)],
        closed=True)  # fmt: skip
    lay(picture, whole, mix(hair, colour("#5a4a38"), 0.55))
    for i in range(13):
        s = (i - 6) / 6
        curve(picture, [(x + s * r * 0.66, y + r * (0.95 - 0.62 * s * s * abs(s))),
            (x + s * r * 0.6 + r * 0.05, y + r * 1.3), (x + s * r * 0.24, y + r * (2.15 - 0.45 * abs(s)))],
            r * 0.07, lighter(hair, 0.05), 0.95)  # fmt: skip
    lay(picture, ellipse(x, y + r * 0.79, r * 0.2, r * 0.06), colour("#8c3424"))
    curve(picture, [(x - r * 0.46, y + r * 0.92), (x - r * 0.2, y + r * 0.66), (x, y + r * 0.68),
        (x + r * 0.2, y + r * 0.66), (x + r * 0.46, y + r * 0.92)], r * 0.13, hair)  # fmt: skip
