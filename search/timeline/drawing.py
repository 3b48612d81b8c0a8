"""The timeline as SVG: a ridge a style, all by one scale, and the years below them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from search.timeline.counting import StyleYears, Timeline

HIGH, HIGHEST_REST, LEAST = 60, 120, 16  # pixels: of the highest ridge, of what is left over at most, of any drawing
MOST_TICKS = 8
ROUND = tuple(step * 10**power for power in range(5) for step in (1, 2, 5))
EDGE = 5.0  # per cent: so near to an end a label stands beside its tick


@dataclass(frozen=True, slots=True, kw_only=True)
class Ridge:
    """An area as wide as there are bins, `most` high, in a drawing of `height` pixels; `first` to `last` are years."""

    style: StyleYears
    path: str
    most: int
    height: int
    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A round year, and where it lies, in per cent of the width."""

    year: int
    place: float

    @property
    def anchor(self) -> str:
        """On which side of its place the label stands, as SVG says it."""
        if self.place < EDGE:
            return "start"
        return "end" if self.place > 100 - EDGE else "middle"


def ridges(timeline: Timeline) -> tuple[Ridge, ...]:
    """One a style: a painting is as high in all of them."""
    named = [max(style.counts, default=0) for style in timeline.styles if style.slug]
    rest = [max(style.counts, default=0) for style in timeline.styles if not style.slug]
    scale = min(HIGH / max(1, *named, 1), HIGHEST_REST / max(1, *rest, 1))
    return tuple(_ridge(style, timeline, scale) for style in timeline.styles)


def ticks(timeline: Timeline) -> tuple[Tick, ...]:
    """At most MOST_TICKS round years within the span."""
    if not timeline.bins:
        return ()
    first, end = timeline.bins[0].first, timeline.bins[-1].last + 1
    step = next((each for each in ROUND if (end - first) / each <= MOST_TICKS), ROUND[-1])
    years = range(-(-first // step) * step, end, step)
    return tuple(Tick(year=year, place=round(100 * (year - first) / (end - first), 2)) for year in years)


def area(counts: Sequence[int], high: int) -> str:
    """The area below a curve over bins one unit wide, from the ground at y = `high` up.

    The curve goes through each bin's number at its middle, and between two of them never leaves what lies between:
    cubic pieces with the harmonic mean of the neighbouring slopes, 0 at every top and valley (F. N. Fritsch and
    J. Butland, A method for constructing local monotone piecewise cubic interpolants, 1984).
    """
    rises = [other - one for one, other in pairwise(counts)]
    inner = [2 * one * other / (one + other) if one * other > 0 else 0.0 for one, other in pairwise(rises)]
    slopes = [0.0, *inner, 0.0]
    pieces = [f"M0 {high}V{_y(high - counts[0])}H.5"]
    for place, (one, other) in enumerate(pairwise(counts)):
        rising, falling = one + slopes[place] / 3, other - slopes[place + 1] / 3
        pieces.append(
            f"C{_x(place + 5 / 6)} {_y(high - rising)} {_x(place + 7 / 6)} {_y(high - falling)} "
            f"{_x(place + 1.5)} {_y(high - other)}"
        )
    pieces.append(f"H{len(counts)}V{high}Z")
    return "".join(pieces)


def _ridge(style: StyleYears, timeline: Timeline, scale: float) -> Ridge:
    most = max(1, *style.counts)
    there = [each for each, count in zip(timeline.bins, style.counts, strict=True) if count]
    high = max(most, round(LEAST / scale))  # a low ridge has room above it, so that the scale is the others'
    return Ridge(
        style=style,
        path=area(style.counts, high),
        most=high,
        height=max(1, round(high * scale)),
        first=there[0].first if there else None,
        last=there[-1].last if there else None,
    )


def _x(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


def _y(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
