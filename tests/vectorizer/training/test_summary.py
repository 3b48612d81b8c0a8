"""The report in a few lines."""

from vectorizer.training.summary import SENTENCES, left_out


def test_of_many_that_were_left_out_the_first_are_named() -> None:
    lines = list(left_out([f"{number}.jpg is damaged." for number in range(SENTENCES + 3)]))

    assert lines[:3] == ["", "Left out:", "  0.jpg is damaged."]
    assert lines[-1] == "  … and 3 more, which the report names."
    assert len(lines) == SENTENCES + 3


def test_where_nothing_was_left_out_nothing_is_said() -> None:
    assert list(left_out([])) == []
