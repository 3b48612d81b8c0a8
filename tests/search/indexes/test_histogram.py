"""Bins of years: few, equal, round, and nothing is lost between them."""

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.indexes.base import YearBin
from search.indexes.histogram import MOST_BINS, binned


def test_a_collection_of_four_centuries_is_counted_by_decades() -> None:
    found = binned((1503, 1911), np.array([1503, 1509, 1510, 1911]))
    assert len(found) == 42
    assert found[:2] == (YearBin(first=1500, last=1509, count=2), YearBin(first=1510, last=1519, count=1))
    assert found[-1] == YearBin(first=1910, last=1919, count=1)


def test_one_year_is_one_bin_and_no_year_is_none() -> None:
    assert binned((1889, 1889), np.array([1889, 1889])) == (YearBin(first=1889, last=1889, count=2),)
    assert binned(None, np.array([], np.int64)) == ()


def test_years_before_our_era_fall_into_the_same_grid() -> None:
    found = binned((-120, 30), np.array([-120, -1, 0, 30]), np.array([1, 2, 3, 4]))
    assert [(each.first, each.last) for each in found if each.count] == [(-120, -116), (-5, -1), (0, 4), (30, 34)]
    assert [each.count for each in found if each.count] == [1, 2, 3, 4]


@given(st.lists(st.integers(-10_000, 9_999), min_size=1, max_size=30))
def test_every_year_counts_in_the_bin_that_holds_it(years: list[int]) -> None:
    found = binned((min(years), max(years)), np.array(years))
    assert len(found) <= MOST_BINS
    assert all(one.last + 1 == other.first for one, other in pairwise(found))
    assert [each.count for each in found] == [sum(each.first <= year <= each.last for year in years) for each in found]
