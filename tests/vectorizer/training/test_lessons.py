"""What a run learns from."""

from pathlib import Path

import numpy as np
import pytest

from tests.pictures import picture, saved
from vectorizer.training.examples import Example, write_examples
from vectorizer.training.lessons import read_lessons


def written(folder: Path, *labels: tuple[str, str, str]) -> Path:
    """A catalogue of drawn pictures with these styles, genres and artists."""
    examples = []
    for number, (style, genre, artist) in enumerate(labels):
        path = folder / f"{number}.png"
        path.write_bytes(saved(picture(((number, 9, 9), (9, 9, 9), (99, 9, 9), (9, 99, 9))), "PNG"))
        examples.append(Example(path=path, style=style, genre=genre, artist=artist))
    write_examples(folder / "catalogue.jsonl", examples)
    return folder / "catalogue.jsonl"


def test_labels_and_folds_are_those_of_the_examples_in_their_order(tmp_path: Path) -> None:
    styles = ["Cubism", "Rococo", "Cubism", "Rococo"]
    path = written(tmp_path, *((style, "", f"artist {number}") for number, style in enumerate(styles)))

    lessons = read_lessons([path], folds=2, seed=0)

    assert [one.name for one in lessons.paths] == ["0.png", "1.png", "2.png", "3.png"]
    assert lessons.labels["style"].codes.tolist() == [0, 1, 0, 1]
    assert np.bincount(lessons.folds).tolist() == [2, 2]
    assert list(lessons.labels) == ["style"]  # no genre is known, and no artist comes twice
    assert lessons.data == ("4 pictures by 4 artists: 4 with one of 2 styles. None can be had back from the model.")
    assert lessons.split.startswith("2 folds by artist")


def test_a_kind_of_which_there_is_only_one_is_told_and_not_learnt(tmp_path: Path) -> None:
    labels = [("Cubism", "portrait", "a"), ("Rococo", "portrait", "b"), ("Cubism", "", "c"), ("Rococo", "", "d")]

    lessons = read_lessons([written(tmp_path, *labels)], folds=2, seed=0)

    assert "genre" not in lessons.labels
    assert "There is only one genre, portrait: nothing can be learnt from it." in lessons.left_out


def test_where_most_artists_are_unknown_the_figures_are_said_to_flatter(tmp_path: Path) -> None:
    labels = [("Cubism", "", ""), ("Rococo", "", ""), ("Cubism", "", ""), ("Rococo", "", "d")]

    assert any("may flatter" in told for told in read_lessons([written(tmp_path, *labels)], 2, 0).left_out)


def test_without_two_styles_there_is_nothing_to_train_on(tmp_path: Path) -> None:
    path = written(tmp_path, ("Cubism", "", "a"), ("Cubism", "", "b"), ("Rococo", "", "c"))

    with pytest.raises(ValueError, match=r"at least two styles with two pictures each. Of 2 styles, 1 with fewer"):
        read_lessons([path], folds=2, seed=0)
