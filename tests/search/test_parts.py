"""Parts of pictures in addresses."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import parts
from vectorizer.quadrilaterals import area, is_convex

thousandths = st.integers(0, 1000)


def test_an_upright_part_is_four_numbers() -> None:
    part = parts.parse("100,50,600,900")
    assert part == ((100, 50), (600, 50), (600, 900), (100, 900))
    assert parts.written(part) == "100,50,600,900"
    assert parts.written(parts.parse("100,50,600,50,600,900,100,900")) == "100,50,600,900"


def test_any_other_part_is_its_corners_and_one_that_stands_on_its_head_is_not_the_upright_one() -> None:
    for text in ("100,0,900,100,800,900,0,800", "600,900,100,900,100,50,600,50"):
        assert parts.written(parts.parse(text)) == text


def test_it_is_cut_out_in_shares_of_width_and_height() -> None:
    region = parts.region(parts.parse("100,50,600,900"))
    assert region.dtype == np.float32
    assert region.tolist() == np.array([(0.1, 0.05), (0.6, 0.05), (0.6, 0.9), (0.1, 0.9)], np.float32).tolist()


@given(st.lists(thousandths, min_size=8, max_size=8) | st.lists(thousandths, min_size=4, max_size=4))
def test_what_is_accepted_can_be_cut_out_and_is_written_as_it_was(numbers: list[int]) -> None:
    text = ",".join(map(str, numbers))
    try:
        part = parts.parse(text)
    except ValueError as refused:
        assert text in str(refused)
    else:
        assert parts.parse(parts.written(part)) == part
        assert is_convex(parts.region(part))
        assert area(parts.region(part)) > 0.0099


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "no part"),
        ("1,2,3", "no part"),
        ("0,0,1001,10", "no part"),
        ("-1,0,10,10", "no part"),
        ("0,0,0.5,1", "no part"),
        ("a,b,c,d", "no part"),
        ("0,0,500,500,1,2", "no part"),
        ("500,0,400,900", "left is less than right"),
        ("0,900,500,100", "top less than bottom"),
        ("0,0,0,900,900,900,900,0", "clockwise"),
        ("0,0,1000,0,300,300,0,1000", "none of them inwards"),
        ("0,0,500,0,1000,0,0,1000", "clockwise"),
        ("0,0,900,900,900,0,0,900", "clockwise"),
        ("0,0,99,100", "too small"),
    ],
)
def test_what_is_no_part_is_refused_with_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        parts.parse(text)


def test_a_hundredth_of_the_picture_is_enough() -> None:
    assert parts.parse("0,0,100,100")
