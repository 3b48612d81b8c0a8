"""On made-up statistics of three styles; the sizes of Lite0's stages, since the eye knows no others."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from vectorizer.training.heads import DEFAULT_RECIPE, Eye, Recipe, fit_eye, fold_classes, fold_vectors
from vectorizer.training.labels import Labels
from vectorizer.training.learning import Head, Lesson, train_head

STATISTICS = 3456
QUICK = replace(
    DEFAULT_RECIPE,
    seeds=2,
    reduced=24,
    lesson=Lesson(kinds=(), dimensions=16, epochs=2, least_steps=40, batch=16, rate=0.01),
)


@pytest.fixture(scope="module")
def looks() -> np.ndarray:
    """45 pictures in 4 copies; the style shifts a few statistics, less than everything else varies."""
    random = np.random.default_rng(0)
    styles = random.normal(0, 1, (3, STATISTICS)) * (random.random(STATISTICS) < 0.3)
    pictures = random.normal(0, 1, (45, 1, STATISTICS)) + styles[np.arange(45) % 3, None]
    return (pictures + random.normal(0, 0.3, (45, 4, STATISTICS))).astype(np.float16)


@pytest.fixture(scope="module")
def labels() -> dict[str, Labels]:
    style, genre = np.arange(45) % 3, np.where(np.arange(45) % 5 == 0, np.arange(45) % 2, -1)
    return {
        "style": Labels(kind="style", names=("A", "B", "C"), codes=style),
        "genre": Labels(kind="genre", names=("landscape", "portrait"), codes=genre),
        "artist": Labels(kind="artist", names=tuple("abcdefghi"), codes=np.arange(45) % 9),
    }


@pytest.fixture(scope="module")
def eye(looks: np.ndarray, labels: dict[str, Labels]) -> Eye:
    return fit_eye(looks, looks[:, 1:3], labels, recipe=QUICK)


def test_an_eye_gives_every_vector_at_unit_length_and_logits_for_what_is_shown(eye: Eye, looks: np.ndarray) -> None:
    given = eye.apply(looks[:, 0])

    assert eye.features == ("common512", "style512", "genre512", "copy128")
    assert eye.kinds == ("style", "genre")  # the artist is dropped
    assert given["style"].shape == (45, 3)
    assert given["genre"].shape == (45, 2)
    for name in eye.features:
        assert np.linalg.norm(given[name], axis=1) == pytest.approx(1, abs=1e-5)


def test_it_has_learnt_the_styles(eye: Eye, looks: np.ndarray) -> None:
    given = eye.apply(looks[:, 3])
    likeness = given["style512"] @ given["style512"].T
    same = np.equal.outer(np.arange(45) % 3, np.arange(45) % 3) & ~np.eye(45, dtype=bool)
    other = ~np.equal.outer(np.arange(45) % 3, np.arange(45) % 3)

    assert (given["style"].argmax(axis=1) == np.arange(45) % 3).mean() > 0.9
    assert likeness[same].mean() > likeness[other].mean() + 0.3


def test_the_same_arguments_give_the_same_eye(eye: Eye, looks: np.ndarray, labels: dict[str, Labels]) -> None:
    again = fit_eye(looks, looks[:, 1:3], labels, recipe=QUICK)

    for name, vectors in eye.apply(looks[:, 0]).items():
        assert np.array_equal(vectors, again.apply(looks[:, 0])[name])


def test_another_seed_gives_another_eye(eye: Eye, looks: np.ndarray, labels: dict[str, Labels]) -> None:
    other = fit_eye(looks, looks[:, :0], labels, recipe=QUICK, seed=1)

    assert not np.allclose(other.apply(looks[:, 0])["style"], eye.apply(looks[:, 0])["style"], atol=1e-3)


def test_a_kind_without_labels_has_no_vector_and_tells_nothing(looks: np.ndarray, labels: dict[str, Labels]) -> None:
    unknown = {
        "style": labels["style"],
        "genre": Labels(kind="genre", names=("landscape", "portrait"), codes=np.full(45, -1)),
    }

    eye = fit_eye(looks, looks[:, :0], unknown, recipe=QUICK)

    assert eye.features == ("common512", "style512")
    assert eye.kinds == ("style",)


def test_an_eye_written_and_read_again_is_the_same(eye: Eye, looks: np.ndarray, tmp_path: Path) -> None:
    eye.save(tmp_path / "eye.npz")
    again = Eye.read(tmp_path / "eye.npz")

    assert (again.features, again.kinds, again.stage_sizes) == (eye.features, eye.kinds, eye.stage_sizes)
    for name, vectors in eye.apply(looks[:, 0]).items():
        assert np.array_equal(vectors, again.apply(looks[:, 0])[name])


@pytest.mark.parametrize("metric", ["none", "proxy", "contrastive"])
def test_every_metric_loss_can_be_trained_by(metric: str, labels: dict[str, Labels]) -> None:
    views = np.random.default_rng(0).normal(size=(45, 2, 6)).astype(np.float32)
    lesson = Lesson(kinds=("style",), dimensions=8, metric=metric, epochs=1, least_steps=3, nested=(2, 4))

    assert np.isfinite(train_head(views, labels, lesson, 0).kernel).all()


def test_nothing_can_be_learnt_without_labels() -> None:
    unknown = {"genre": Labels(kind="genre", names=("landscape",), codes=np.full(3, -1))}

    with pytest.raises(ValueError, match="No picture has a label: genre"):
        train_head(np.zeros((3, 1, 2), np.float32), unknown, Lesson(kinds=("genre",)), 0)


@pytest.fixture
def heads() -> list[Head]:
    random = np.random.default_rng(1)

    def head() -> Head:
        layer = (random.normal(size=(5, 3)).astype(np.float32), random.normal(size=3).astype(np.float32))
        kernel, bias = random.normal(size=(8, 5)).astype(np.float32), random.normal(size=5).astype(np.float32)
        return Head(kernel=kernel, bias=bias, classes={"style": layer})

    return [head(), head()]


def test_folded_seeds_lie_as_far_apart_as_their_outputs_side_by_side(heads: list[Head]) -> None:
    reduced = np.random.default_rng(2).normal(size=(20, 8)).astype(np.float32)
    beside = np.concatenate([reduced @ head.kernel + head.bias for head in heads], axis=1)
    beside -= beside.mean(axis=0)

    folded = fold_vectors(heads, reduced, 10).apply(reduced)

    assert folded @ folded.T == pytest.approx(beside @ beside.T, abs=1e-3)
    assert np.abs(folded.mean(axis=0)).max() < 1e-5


def test_folded_logits_are_the_mean_of_the_seeds(heads: list[Head]) -> None:
    reduced = np.random.default_rng(2).normal(size=(20, 8)).astype(np.float32)
    each = [(reduced @ head.kernel + head.bias) @ head.classes["style"][0] + head.classes["style"][1] for head in heads]

    assert fold_classes(heads, "style").apply(reduced) == pytest.approx(np.mean(each, axis=0), abs=1e-4)


def test_a_recipe_says_what_it_is_made_of() -> None:
    """Its words are part of what a fit is kept by in the cache."""
    assert repr(Recipe()) == repr(DEFAULT_RECIPE)
    assert repr(replace(DEFAULT_RECIPE, seeds=5)) != repr(DEFAULT_RECIPE)
