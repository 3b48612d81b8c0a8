"""The report in a few lines."""

from pathlib import Path

from tests.vectorizer.training.unseen import held_out
from vectorizer.training.measuring import measure
from vectorizer.training.summary import SENTENCES, left_out, summary


def test_it_tells_from_where_on_guesses_are_sure(tmp_path: Path) -> None:
    evaluation = measure(held_out(tmp_path))
    style = evaluation.suggestions["style"].sureness
    assert style.sure

    lines = summary(evaluation).splitlines()

    told = next(line for line in lines if line.startswith("Suggested style"))
    assert told.endswith(
        f"It is sure from {style.level:.2f} on: of {style.sure.number} such guesses, {style.sure.right} are right."
    )
    assert next(line for line in lines if line.startswith("Suggested genre")).endswith("It is never sure.")


def test_of_many_that_were_left_out_the_first_are_named() -> None:
    lines = list(left_out([f"{number}.jpg is damaged." for number in range(SENTENCES + 3)]))

    assert lines[:3] == ["", "Left out:", "  0.jpg is damaged."]
    assert lines[-1] == "  … and 3 more, which the report names."
    assert len(lines) == SENTENCES + 3


def test_where_nothing_was_left_out_nothing_is_said() -> None:
    assert list(left_out([])) == []
