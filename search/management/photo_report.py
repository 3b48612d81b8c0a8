"""The figures of the photo trials: a table for people, JSON for programs."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from search.management.photo_trials import KINDS, Answer
from vectorizer.intervals import share_interval

DECIMALS = 6
TARGETS = {"combined": 0.97, "hard": 0.88}
TARGET_ALONE, TARGET_FALSE = 0.98, 0.01
HEAD = ("photos", "n", "right first", "95 %", "by the vector alone", "“this is” right", "wrong", "ms (median)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """`count` of `total`, and the 95 % interval of the share: Wilson's score interval (1927), honest near 0 and 1."""

    count: int
    total: int

    @property
    def value(self) -> float:
        return self.count / self.total if self.total else float("nan")

    @property
    def interval(self) -> tuple[float, float]:
        found = share_interval(self.count, self.total)
        return round(found.low, DECIMALS), round(found.high, DECIMALS)

    def __str__(self) -> str:
        return f"{self.value:.1%}".replace("%", " %")

    def as_json(self) -> dict[str, float]:
        low, high = self.interval
        return {"count": self.count, "of": self.total, "share": round(self.value, DECIMALS), "low": low, "high": high}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The trials of one kind. `said`: “this is that painting”, and it is; `wrong`: and it isn't."""

    kind: str
    absent: bool
    first: Share
    by_vector: Share
    said: Share
    wrong: Share
    milliseconds: float

    @property
    def target(self) -> float:
        return TARGET_FALSE if self.absent else TARGETS.get(self.kind, TARGET_ALONE)

    @property
    def is_met(self) -> bool:
        return self.wrong.value <= self.target if self.absent else self.first.value >= self.target


def rows_of(answers: Sequence[Answer]) -> list[Row]:
    """A row a kind, first of photos of the gallery's paintings, then of others; last all of those others together."""
    rows = [
        _row(kind, absent, chosen)
        for absent in (False, True)
        for kind in KINDS
        if (chosen := [found for found in answers if found.trial.kind == kind and found.trial.absent is absent])
    ]
    strangers = [found for found in answers if found.trial.absent]
    return [*rows, *([_row("all", True, strangers)] if strangers else [])]


def _row(kind: str, absent: bool, answers: Sequence[Answer]) -> Row:
    total = len(answers)

    def share(good: Sequence[bool]) -> Share:
        return Share(count=sum(good), total=total)

    return Row(
        kind=kind,
        absent=absent,
        first=share([not absent and found.is_right(found.first) for found in answers]),
        by_vector=share([not absent and found.is_right(found.by_vector) for found in answers]),
        said=share([not absent and found.is_right(found.best) for found in answers]),
        wrong=share([found.best is not None and (absent or not found.is_right(found.best)) for found in answers]),
        milliseconds=median(found.milliseconds for found in answers),
    )


def table(rows: Sequence[Row]) -> str:
    """Markdown, readable as it is."""
    cells = [HEAD, *(_cells(row) for row in rows)]
    widths = [max(len(line[column]) for line in cells) for column in range(len(HEAD))]
    lines = [" | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) for line in cells]
    rule = " | ".join("-" * width for width in widths)
    return "\n".join(f"| {line} |" for line in (lines[0], rule, *lines[1:]))


def _cells(row: Row) -> tuple[str, ...]:
    share = row.wrong if row.absent else row.first
    interval = "{:.1f}–{:.1f}".format(*(100 * bound for bound in share.interval))
    name = f"{row.kind}, not in the gallery" if row.absent else row.kind
    found = ("–", interval, "–", "–") if row.absent else (str(row.first), interval, str(row.by_vector), str(row.said))
    return (name, str(share.total), *found, str(row.wrong), f"{row.milliseconds:.0f}")


def as_json(rows: Sequence[Row], answers: Sequence[Answer], about: dict[str, Any]) -> dict[str, Any]:
    """Everything: the rows, and each answer that was not right."""
    return {
        **about,
        "rows": [_row_json(row) for row in rows],
        "failures": [asdict(found) for found in answers if _is_failure(found)],
    }


def _row_json(row: Row) -> dict[str, Any]:
    shares = {name: getattr(row, name).as_json() for name in ("first", "by_vector", "said", "wrong")}
    return {"kind": row.kind, "absent": row.absent, **shares, "target": row.target, "is_met": row.is_met} | {
        "milliseconds": round(row.milliseconds, 1)
    }


def _is_failure(found: Answer) -> bool:
    if found.trial.absent:
        return found.best is not None
    return not found.is_right(found.first) or (found.best is not None and not found.is_right(found.best))
