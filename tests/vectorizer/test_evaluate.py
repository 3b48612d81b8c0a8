"""`manage.py evaluate`."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.factories import make_painting, unit
from vectorizer.models import EncoderModel

pytestmark = pytest.mark.django_db


def evaluate(*arguments: str) -> str:
    out = StringIO()
    call_command("evaluate", *arguments, stdout=out)
    return out.getvalue()


def test_vectors_that_tell_styles_apart_are_measured_as_perfect_beside_the_baseline() -> None:
    dimensions = EncoderModel.current().card.feature("common512").dimensions
    for number in range(6):
        style = number % 2
        make_painting(
            f"P{number}",
            style=f"Style {style}",
            artist=f"Artist {number}",
            vectors={"common512": unit(style, dimensions)},
        )

    rows = {row["feature"]: row for row in json.loads(evaluate("--json"))}

    assert rows["common512"]["all"]["mean_average_precision"] == 1
    assert rows["common512"]["by_another_artist"]["precision_at_1"] == 1
    assert rows["common512"]["all"]["interval"] == [1, 1]
    assert rows["common512"]["all"]["ratio_to_baseline"]["estimate"] > 1
    assert rows["pooled1280 (baseline)"]["all"]["ratio_to_baseline"]["estimate"] == 1
    assert rows["palette"]["all"]["mean_average_precision"] < 1
    assert "pooled1280 (baseline)" in rows
    assert "common512" in evaluate("--no-baseline")
    assert "baseline" not in evaluate("--no-baseline")


def test_without_a_baseline_there_is_no_ratio_and_a_dash_in_the_table() -> None:
    for number in range(3):
        make_painting(f"P{number}", style="Cubism", artist="Artist")

    with pytest.raises(CommandError, match="by different groups"):
        evaluate("--no-baseline")
    make_painting("Another", style="Cubism", artist="Another artist")
    rows = json.loads(evaluate("--no-baseline", "--json", "--metric", "csls"))

    assert rows[0]["all"]["interval"] == [1, 1]
    assert rows[0]["all"]["ratio_to_baseline"] is None
    assert "common512                 1.000 1.000 … 1.000  1.000      –" in evaluate("--no-baseline")


def test_an_empty_collection_is_told_so() -> None:
    with pytest.raises(CommandError, match="no paintings with vectors"):
        evaluate()


def test_less_than_one_look_alike_can_not_be_looked_at() -> None:
    with pytest.raises(CommandError, match="--k must be 1 or more, and is 0"):
        evaluate("--k", "0")


def test_labels_that_nobody_shares_can_not_be_measured() -> None:
    make_painting(style="Alone")
    with pytest.raises(CommandError, match="Nothing can be measured"):
        evaluate("--no-baseline")
