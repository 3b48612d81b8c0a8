"""Each fold is fitted without what it is measured on."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from vectorizer.training import folds
from vectorizer.training.examples import Example
from vectorizer.training.folds import describe, fit, fit_folds
from vectorizer.training.heads import DEFAULT_RECIPE
from vectorizer.training.labels import labels_of
from vectorizer.training.lessons import Lessons
from vectorizer.training.sights import Sights
from vectorizer.training.splits import artist_folds
from vectorizer.training.statistics import stage_sizes_of

COUNT = 40
STATISTICS = sum(stage_sizes_of())
QUICK = replace(
    DEFAULT_RECIPE, reduced=16, seeds=1, lesson=replace(DEFAULT_RECIPE.lesson, epochs=1, least_steps=20, batch=16)
)


@pytest.fixture(scope="module")
def lessons() -> Lessons:
    """Ten artists; a genre is known of two artists only, who are in one fold."""
    numbers = range(COUNT)
    artists = [f"artist {number % 10}" for number in numbers]
    of = artist_folds(artists, 2)
    genres = ["portrait" if number % 4 else "landscape" if of[number] else "" for number in numbers]
    examples = tuple(
        Example(
            path=Path(f"{number}.jpg"),
            style=("Cubism", "Rococo")[number % 2],
            genre=genres[number] if of[number] else "",
            artist=artists[number],
        )
        for number in numbers
    )
    labels = {kind: labels_of(examples, kind)[0] for kind in ("style", "genre", "artist")}
    return Lessons(examples=examples, labels=labels, folds=of, left_out=("Something.",))


@pytest.fixture(scope="module")
def sights() -> Sights:
    """Statistics in which the style shows."""
    random = np.random.default_rng(0)
    pictures = random.normal(0, 1, (COUNT, 1, STATISTICS))
    pictures[:, :, :200] += (np.arange(COUNT) % 2)[:, None, None] * 2

    def seen(copies: int) -> Any:
        return (pictures + random.normal(0, 0.3, (COUNT, copies, STATISTICS))).astype(np.float16)

    return Sights(originals=pictures.astype(np.float16), crops=seen(2), photos=seen(2), scans=seen(1))


def test_a_fold_is_described_by_a_fit_that_has_not_seen_it(lessons: Lessons, sights: Sights, tmp_path: Path) -> None:
    asked = []

    def see(rows: np.ndarray) -> Sights:
        asked.append(rows)
        return sights

    made = fit_folds(lessons, see, tmp_path, recipe=QUICK)

    for fold, rows in enumerate(asked):
        assert (rows == (lessons.folds != fold)).all()
        eye = fit(lessons, rows, sights, tmp_path, recipe=QUICK)
        expected = describe(eye, sights[~rows], sights[rows])
        for name in ("common512", "statistics3456"):
            np.testing.assert_array_equal(made.held_out.vectors[name][~rows], expected.vectors[name])
        np.testing.assert_array_equal(made.held_out.logits["style"][~rows], expected.logits["style"])
    assert made.held_out.left_out == ("Something.",)


def test_what_not_every_fit_can_tell_is_not_measured(lessons: Lessons, sights: Sights, tmp_path: Path) -> None:
    made = fit_folds(lessons, lambda _rows: sights, tmp_path, recipe=QUICK)

    assert sorted("genre512" in eye.features for eye in made.eyes) == [False, True]
    assert "genre512" not in made.held_out.vectors
    assert list(made.held_out.logits) == ["style"]
    assert set(made.held_out.copies) == {"common512", "style512", "copy128"}


def test_a_finished_fit_is_not_made_again_but_for_other_pictures(
    lessons: Lessons, sights: Sights, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = lessons.folds == 0
    first = fit(lessons, rows, sights, tmp_path, recipe=QUICK)
    monkeypatch.setattr(folds, "fit_eye", lambda *_arguments, **_fields: pytest.fail("It was made again."))

    again = fit(lessons, rows, sights, tmp_path, recipe=QUICK)

    np.testing.assert_array_equal(first.reduce, again.reduce)
    with pytest.raises(pytest.fail.Exception):
        fit(lessons, ~rows, sights, tmp_path, recipe=QUICK)
    with pytest.raises(pytest.fail.Exception):
        fit(lessons, rows, sights, tmp_path, recipe=QUICK, seed=1)


def test_another_seed_begins_the_copy_head_elsewhere(lessons: Lessons, sights: Sights, tmp_path: Path) -> None:
    rows = lessons.folds == 0

    one, other = (fit(lessons, rows, sights, tmp_path, recipe=QUICK, seed=seed) for seed in (0, 1))

    assert one.reduce.tolist() == other.reduce.tolist()
    assert not np.allclose(one.vectors["copy128"].kernel, other.vectors["copy128"].kernel, atol=1e-3)
