"""From the points of a date to its first and last year.

Inside this module years are astronomical (1 BC is 0, 2 BC is -1), so that they can be added to.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from gallery.dates.grammar import NotUnderstood, Point
from gallery.dates.words import Kind
from gallery.sentences import gettext_noop

_BACKWARDS = gettext_noop("it ends before it begins")
_NOT_TOGETHER = gettext_noop("the years %(first)s and %(second)s do not go together")
_IN_THE_FUTURE = gettext_noop("it lies in the future")
_TOO_EARLY = gettext_noop("it is earlier than %(year)s BC")
_NO_ZERO = gettext_noop("there is no year, decade or century 0")
_NO_DECADE = gettext_noop("%(year)s does not begin a decade")
_CENTURY_MISSING = gettext_noop("the word “century” is missing after the %(number)s")
_BEFORE_A_RANGE = gettext_noop("“before” needs one year, and a range follows")

CIRCA_YEARS = 5
REACH_YEARS = 25
EARLIEST_YEAR = -3000
_YEARS_AND_DECADES = (Kind.NUMBER, Kind.DECADE)


def first_and_last(points: list[Point], latest_year: int) -> tuple[int, int]:
    """Historical years: 1 BC is -1, and there is no year 0. Raises `NotUnderstood`."""
    points = _completed(points)
    edges = [_edges(point, latest_year) for point in points]
    for (left, right), (_before, after) in zip(pairwise(edges), pairwise(points), strict=True):
        if after.joined is Kind.DASH and left[0] > right[1]:
            raise NotUnderstood(_BACKWARDS)
    widened = [_widened(points, at, *edge) for at, edge in enumerate(edges)]
    first, last = min(first for first, _ in widened), max(last for _, last in widened)
    return _historical(max(first, _astronomical(EARLIEST_YEAR))), _historical(min(last, latest_year))


def _completed(points: list[Point]) -> list[Point]:
    """What a point leaves out ("15th–16th century", "500–400 BC", "1889–90") it takes from its neighbour."""
    done = points[-1:]
    for point in reversed(points[:-1]):
        done.insert(0, _as_the_next(point, done[0]))
    for at in range(1, len(done)):
        done[at] = _as_the_one_before(done[at], done[at - 1])
    return done


def _as_the_next(point: Point, after: Point) -> Point:
    century = after.unit is Kind.CENTURY and (
        point.unit is Kind.ORDINAL or (point.unit is Kind.NUMBER and point.digits <= 2)
    )
    decade = after.unit is Kind.DECADE and after.joined is Kind.DASH and point.number % 10 == 0
    if century or (decade and point.unit is Kind.NUMBER):
        point = replace(point, unit=after.unit)
    return replace(point, era=point.era or after.era) if point.number >= 0 else point


def _as_the_one_before(point: Point, before: Point) -> Point:
    if point.unit is Kind.ORDINAL and before.unit is Kind.CENTURY:
        point = replace(point, unit=Kind.CENTURY)
    if before.era is Kind.BC and point.era is None and point.number <= before.number:
        point = replace(point, era=Kind.BC)
    if point.unit in _YEARS_AND_DECADES and before.unit in _YEARS_AND_DECADES:
        point = _in_full(point, before)
    return replace(point, circa=point.circa or (before.circa and point.joined is Kind.DASH))


def _in_full(point: Point, before: Point) -> Point:
    """1890 for the 90 in "1889–90"."""
    if Kind.BC in (point.era, before.era) or Kind.AD in (point.era, before.era) or before.number < 0:
        return point
    if point.digits <= 2 < before.digits:
        number = before.number - before.number % 10**point.digits + point.number
        return replace(point, number=number, digits=before.digits)
    grown = point.digits - before.digits
    if grown > 1 or (grown == 1 and point.joined is Kind.ALSO and before.digits <= 2):
        raise NotUnderstood(_NOT_TOGETHER, first=str(before.number), second=str(point.number))
    return point


def _edges(point: Point, latest_year: int) -> tuple[int, int]:
    first, width = _extent(point)
    if width > 1:
        first, last = first + round(width * point.share[0]), first + round(width * point.share[1]) - 1
    else:
        last = first
    if first > latest_year:
        raise NotUnderstood(_IN_THE_FUTURE)
    if last < _astronomical(EARLIEST_YEAR):
        raise NotUnderstood(_TOO_EARLY, year=str(-EARLIEST_YEAR))
    return first, last


def _extent(point: Point) -> tuple[int, int]:
    """The first year and the number of years."""
    number, in_bc = point.number, point.era is Kind.BC
    if number == 0:
        raise NotUnderstood(_NO_ZERO)
    if point.unit is Kind.CENTURY:
        return (1 - 100 * number if in_bc else 100 * number - 99), 100
    if point.unit is Kind.DECADE:
        width = 100 if number % 100 == 0 else 10
        if number % width:
            raise NotUnderstood(_NO_DECADE, year=str(number))
        return (2 - number - width if in_bc else number), width
    if point.unit is Kind.ORDINAL:
        raise NotUnderstood(_CENTURY_MISSING, number=str(number))
    return _astronomical(-number if in_bc else number), 1


def _widened(points: list[Point], at: int, first: int, last: int) -> tuple[int, int]:
    point = points[at]
    ends_range = point.joined is Kind.DASH
    begins_range = at + 1 < len(points) and points[at + 1].joined is Kind.DASH
    if point.bound is Kind.BEFORE and begins_range:
        raise NotUnderstood(_BEFORE_A_RANGE)
    if point.circa:
        first, last = first - CIRCA_YEARS, last + CIRCA_YEARS
    if point.bound is Kind.BEFORE and not ends_range:
        first -= REACH_YEARS
    if point.bound is Kind.AFTER and not begins_range:
        last += REACH_YEARS
    return first, last


def _astronomical(year: int) -> int:
    return year + 1 if year < 0 else year


def _historical(year: int) -> int:
    return year if year > 0 else year - 1
