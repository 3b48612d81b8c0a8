"""Labels as numbers."""

from pathlib import Path

from vectorizer.training.examples import Example
from vectorizer.training.labels import labels_of


def examples(*styles: str) -> list[Example]:
    return [Example(path=Path(f"{number}.jpg"), style=style) for number, style in enumerate(styles)]


def test_labels_are_numbered_by_name_and_unknown_is_minus_one() -> None:
    labels, told = labels_of(examples("Rococo", "Cubism", "", "Cubism", "Rococo"), "style")

    assert labels.names == ("Cubism", "Rococo")
    assert labels.codes.tolist() == [1, 0, -1, 0, 1]
    assert told == ()


def test_a_label_that_appears_once_is_told_and_not_trained_on_while_its_picture_stays() -> None:
    labels, told = labels_of(examples("Cubism", "Art Deco", "Cubism"), "style")

    assert labels.names == ("Cubism",)
    assert labels.codes.tolist() == [0, -1, 0]
    assert told == (
        "Of 2 styles, 1 with fewer than 2 pictures are not trained on: Art Deco. "
        "Their pictures stay for their other labels.",
    )


def test_of_many_rare_labels_a_dozen_are_named() -> None:
    (sentence,) = labels_of(examples(*(f"Style {letter}" for letter in "abcdefghijklmno")), "style")[1]

    assert "Style l and 3 more." in sentence


def test_where_no_label_is_left_there_are_no_names() -> None:
    labels, told = labels_of(examples("", ""), "genre")

    assert labels.names == ()
    assert labels.codes.tolist() == [-1, -1]
    assert told == ()
