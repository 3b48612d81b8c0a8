"""The points of time (years, decades, centuries) that a date names, and how they are joined."""

from __future__ import annotations

from dataclasses import dataclass, replace

from gallery.dates.words import WHOLE, Kind, Share, Token
from gallery.sentences import Sentence, Value, gettext_noop

_NO_YEAR = gettext_noop("it names no year")
_DOES_NOT_FOLLOW = gettext_noop("“%(word)s” does not follow from what is before it")
_SECOND_MISSING = gettext_noop("the second year of the range is missing")
_MISSING_BEFORE = gettext_noop("a year is missing before “%(word)s”")
_MISSING_AT_END = gettext_noop("a year is missing at its end")
_NO_SUCH_PART = gettext_noop("there is no “%(part)s”")


class NotUnderstood(ValueError):
    """`reason` is a clause without a full stop."""

    def __init__(self, template: str, **values: Value) -> None:
        self.reason = Sentence(template, values)
        super().__init__(str(self.reason))


@dataclass(frozen=True, slots=True)
class Point:
    """`unit` is NUMBER (a year), DECADE, CENTURY or ORDINAL (a number that still lacks its "century").

    `bound` is BEFORE or AFTER. `joined` is DASH where the point ends a range that the one before it begins, else ALSO.
    """

    number: int = 0
    digits: int = 0
    unit: Kind = Kind.NUMBER
    share: Share = WHOLE
    era: Kind | None = None
    circa: bool = False
    bound: Kind | None = None
    between: bool = False
    joined: Kind = Kind.ALSO


def read(tokens: list[Token]) -> list[Point]:
    """At least one point, in the order of the text; raises `NotUnderstood`."""
    reader = _Reader(tokens)
    points = [reader.first_point()]
    while not reader.at_end():
        joined = reader.joint(points[-1])
        if not reader.at_end():
            points.append(replace(reader.point(Point()), joined=joined))
    return points


class _Reader:
    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._at = 0

    def at_end(self) -> bool:
        return self._at == len(self._tokens)

    def first_point(self) -> Point:
        until = self._joints() == [Kind.DASH]
        if self.at_end():
            raise NotUnderstood(_NO_YEAR)
        return self.point(Point(bound=Kind.BEFORE if until else None))

    def joint(self, before: Point) -> Kind:
        passed = self._joints()
        closes = before.bound is Kind.AFTER and self._is(Kind.BEFORE)
        if not passed and not closes:
            raise NotUnderstood(_DOES_NOT_FOLLOW, word=self._tokens[self._at].text)
        if passed[-1:] == [Kind.DASH] and self.at_end():
            raise NotUnderstood(_SECOND_MISSING)
        in_range = passed == [Kind.DASH] or (passed == [Kind.AND] and before.between)
        return Kind.DASH if in_range or closes else Kind.ALSO

    def point(self, point: Point) -> Point:
        while (prefixed := self._prefix(point)) is not None:
            point = prefixed
        token = self._next()
        if token.kind not in (Kind.NUMBER, Kind.ORDINAL, Kind.DECADE):
            raise NotUnderstood(_MISSING_BEFORE, word=token.text)
        unit = point.unit if point.unit is Kind.CENTURY else token.kind
        point = replace(point, number=token.value, digits=token.digits, unit=unit)
        while (suffixed := self._suffix(point)) is not None:
            point = suffixed
        return point

    def _is(self, *kinds: Kind, ahead: int = 0) -> bool:
        at = self._at + ahead
        return at < len(self._tokens) and self._tokens[at].kind in kinds

    def _next(self) -> Token:
        if self.at_end():
            raise NotUnderstood(_MISSING_AT_END)
        self._at += 1
        return self._tokens[self._at - 1]

    def _joints(self) -> list[Kind]:
        passed = []
        while self._is(Kind.ALSO, Kind.AND, Kind.DASH):
            passed.append(self._next().kind)
        return passed

    def _prefix(self, point: Point) -> Point | None:
        if self._is_portion():
            return replace(point, share=_portion(self._next(), self._next()))
        if self._is(Kind.SECTION):
            return replace(point, share=self._section())
        if self._is(Kind.BETWEEN):
            return replace(point, between=self._next().kind is Kind.BETWEEN)
        if self._is(Kind.CENTURY):
            return replace(point, unit=self._next().kind)
        if self._is(Kind.BEFORE, Kind.AFTER):
            return replace(point, bound=self._next().kind)
        return self._mark(point)

    def _suffix(self, point: Point) -> Point | None:
        if self._is(Kind.CENTURY) and point.unit in (Kind.NUMBER, Kind.ORDINAL):
            return replace(point, unit=self._next().kind)
        if self._is(Kind.OR_LATER, Kind.OR_EARLIER):
            return replace(point, bound=Kind.AFTER if self._next().kind is Kind.OR_LATER else Kind.BEFORE)
        if point.unit is Kind.CENTURY and self._is(Kind.ALSO) and self._is_portion(ahead=1) and not self._rest(3):
            self._next()
            return replace(point, share=_portion(self._next(), self._next()))
        return self._mark(point)

    def _mark(self, point: Point) -> Point | None:
        if self._is(Kind.CIRCA):
            return replace(point, circa=self._next().kind is Kind.CIRCA)
        if self._is(Kind.BC, Kind.AD):
            return replace(point, era=self._next().kind)
        return None

    def _is_portion(self, ahead: int = 0) -> bool:
        """Whether "second half" comes next."""
        return self._is(Kind.NUMBER, Kind.ORDINAL, Kind.LAST, ahead=ahead) and self._is(Kind.PORTION, ahead=ahead + 1)

    def _rest(self, ahead: int) -> list[Token]:
        return self._tokens[self._at + ahead :]

    def _section(self) -> Share:
        """From "early", or from "early to mid"."""
        first, last = self._next().share
        while self._is(Kind.DASH, Kind.ALSO, Kind.AND) and self._is(Kind.SECTION, ahead=1):
            self._next()
            share = self._next().share
            first, last = min(first, share[0]), max(last, share[1])
        return first, last


def _portion(which: Token, portion: Token) -> Share:
    number = portion.value if which.kind is Kind.LAST else which.value
    if not 1 <= number <= portion.value:
        raise NotUnderstood(_NO_SUCH_PART, part=f"{which.text} {portion.text}")
    return (number - 1) / portion.value, number / portion.value
