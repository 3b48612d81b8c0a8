"""The drawing tells nothing that was not counted."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.indexes.base import YearBin
from search.timeline import drawing
from search.timeline.counting import StyleYears, Timeline


def timeline(*styles: StyleYears, first: int = 1500, step: int = 10) -> Timeline:
    columns = zip(*(style.counts for style in styles), strict=True)
    bins = tuple(
        YearBin(first=first + step * place, last=first + step * (place + 1) - 1, count=sum(column))
        for place, column in enumerate(columns)
    )
    return Timeline(bins=bins, styles=styles)


def style(*counts: int, slug: str = "cubism") -> StyleYears:
    return StyleYears(slug=slug, label=slug.title(), counts=counts)


def points(path: str) -> list[tuple[float, float]]:
    """The ends of the cubic pieces."""
    pieces = re.findall(r"C\S+ \S+ \S+ \S+ (\S+) ([\d.]+)", path)
    return [(float(x), float(y)) for x, y in pieces]


def controls(path: str) -> list[tuple[float, float]]:
    """By piece the heights of its two control points."""
    return [(float(one), float(other)) for one, other in re.findall(r"C\S+ (\S+) \S+ (\S+) ", path)]


def test_the_curve_passes_every_number_at_the_middle_of_its_bin() -> None:
    path = drawing.area((2, 5, 0, 1), 5)
    assert path.startswith("M0 5V3H.5C")
    assert points(path) == [(1.5, 0), (2.5, 5), (3.5, 4)]
    assert path.endswith("H4V5Z")


@given(st.lists(st.integers(0, 50), min_size=1, max_size=20))
def test_the_curve_never_leaves_what_lies_between_two_numbers(counts: list[int]) -> None:
    most = max(counts)
    path = drawing.area(counts, most)
    for (one, other), low, high in zip(
        controls(path),
        map(min, counts, counts[1:]),
        map(max, counts, counts[1:]),
        strict=True,
    ):
        for y in (one, other):
            assert low - 0.01 <= most - y <= high + 0.01


def test_a_painting_is_as_high_in_every_ridge() -> None:
    ridges = drawing.ridges(timeline(style(60, 0), style(0, 20, slug="fauvism"), style(1, 1, slug="rococo")))
    scales = [ridge.height / ridge.most for ridge in ridges]
    assert scales == pytest.approx([scales[0]] * 3, rel=0.05)
    assert ridges[0].height == drawing.HIGH
    assert ridges[2].height >= drawing.LEAST
    assert (ridges[1].first, ridges[1].last) == (1510, 1519)


def test_what_is_left_over_does_not_outgrow_the_page() -> None:
    *_, rest = drawing.ridges(timeline(style(2, 3), style(5000, 10, slug="")))
    assert rest.height <= drawing.HIGHEST_REST


def test_a_style_without_dated_paintings_is_flat() -> None:
    flat, _ = drawing.ridges(timeline(style(0, 0), style(4, 1, slug="fauvism")))
    assert flat.first is None
    assert {y for _, y in points(flat.path)} == {float(flat.most)}


def test_ticks_are_round_years_within_the_span() -> None:
    ticks = drawing.ticks(timeline(style(*[1] * 42), first=1500))
    assert [tick.year for tick in ticks] == [1500, 1600, 1700, 1800, 1900]
    assert ticks[0].place == 0
    assert [tick.anchor for tick in ticks] == ["start", "middle", "middle", "middle", "end"]
    assert drawing.ticks(Timeline()) == ()


@given(st.integers(-10_000, 9_000), st.integers(1, 60), st.sampled_from([1, 2, 5, 10, 50, 200]))
def test_there_are_never_too_many_ticks(first: int, bins: int, step: int) -> None:
    ticks = drawing.ticks(timeline(style(*[1] * bins), first=first, step=step))
    assert len(ticks) <= drawing.MOST_TICKS + 1
    assert all(0 <= tick.place <= 100 for tick in ticks)
