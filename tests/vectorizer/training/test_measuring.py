from pathlib import Path

import numpy as np
import pytest

from tests.vectorizer.training.unseen import held_out
from vectorizer.evaluation import ask_each, averaged
from vectorizer.intervals import ratio_interval
from vectorizer.training.calibration import cross_fitted_probabilities, expected_calibration_error, fit_temperature
from vectorizer.training.held_out import HeldOut
from vectorizer.training.labels import Labels
from vectorizer.training.measuring import Evaluation, measure


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> HeldOut:
    return held_out(tmp_path_factory.mktemp("pictures"))


@pytest.fixture(scope="module")
def found(given: HeldOut) -> Evaluation:
    return measure(given)


def test_every_task_is_measured_for_every_vector(found: Evaluation) -> None:
    assert list(found.retrieval) == ["style", "style_other_artists", "genre", "genre_other_artists", "artist"]
    assert all(list(task) == ["look", "pooled1280"] for task in found.retrieval.values())
    assert (found.pictures, found.artists, found.folds) == (120, 12, 2)


def test_the_pooled_figures_are_the_question_weighted_means_of_the_folds(given: HeldOut, found: Evaluation) -> None:
    figures = found.retrieval["style"]["look"]
    names = np.array(given.labels["style"].names)[given.labels["style"].codes]
    for fold in (0, 1):
        rows = given.folds == fold
        by_hand = averaged(ask_each(given.vectors["look"][rows], names[rows]))
        assert figures.by_fold[fold] == pytest.approx(by_hand.mean_average_precision)
    assert figures.mean_average_precision.estimate == pytest.approx(np.mean(list(figures.by_fold.values())))
    assert figures.precision_at_1.estimate == figures.recall[1]
    assert list(figures.recall) == [1, 5, 10]
    assert figures.questions == 120


def test_other_artists_works_only_are_harder_to_find(found: Evaluation) -> None:
    everything, others = (found.retrieval[task]["look"] for task in ("style", "style_other_artists"))

    assert others.mean_average_precision.estimate < everything.mean_average_precision.estimate


def test_a_painting_made_together_is_no_other_artists_work(tmp_path: Path) -> None:
    """Of the first fold, three styles by two artists each: where those two ever painted together, nobody is left."""
    given = held_out(tmp_path)
    together = {f"Artist {number}": f"Artist {number}; Artist {number + 3}" for number in range(3)}
    artists = tuple(together.get(name, name) if row % 10 == 0 else name for row, name in enumerate(given.artists))

    found = measure(held_out(tmp_path, artists=artists))

    assert list(found.retrieval["style_other_artists"]["look"].by_fold) == [1]
    assert set(found.retrieval["style"]["look"].by_fold) == {0, 1}


def test_the_ratio_is_to_the_baseline_and_the_baselines_own_is_one(found: Evaluation) -> None:
    look, pooled = (found.retrieval["style"][name] for name in ("look", "pooled1280"))

    assert look.ratio is not None
    assert look.ratio_by_question is not None
    assert look.ratio.estimate == pytest.approx(
        look.mean_average_precision.estimate / pooled.mean_average_precision.estimate
    )
    assert 1 < look.ratio.low < look.ratio.estimate < look.ratio.high
    assert look.ratio.estimate == look.ratio_by_question.estimate
    assert pooled.ratio == ratio_interval([1, 1], [1, 1])


def test_labels_are_measured_one_by_one(found: Evaluation) -> None:
    figures = found.retrieval["style"]["look"]

    assert {name: (item.questions, item.artists) for name, item in figures.by_label.items()} == {
        "Cubism": (40, 4),
        "Rococo": (40, 4),
        "Tonalism": (40, 4),
    }
    assert figures.mean_over_labels == pytest.approx(figures.mean_average_precision.estimate)
    for item in figures.by_label.values():
        assert item.low is not None
        assert item.high is not None
        assert item.low <= item.mean_average_precision <= item.high
    assert all(item.low is None for item in found.retrieval["artist"]["look"].by_label.values())


def test_suggestions_are_judged_by_temperatures_that_have_not_seen_them(given: HeldOut, found: Evaluation) -> None:
    genre, codes, logits = found.suggestions["genre"], given.labels["genre"].codes, given.logits["genre"]

    assert genre.pictures == (codes >= 0).sum() == 80
    assert genre.top_1.estimate == (logits.argmax(axis=1) == codes)[codes >= 0].mean()
    assert genre.top_3.estimate == 1
    assert genre.temperature == fit_temperature(logits, codes)
    assert genre.temperatures_by_fold[0] == fit_temperature(logits[given.folds == 1], codes[given.folds == 1])
    assert genre.calibration_error == expected_calibration_error(
        cross_fitted_probabilities(logits, codes, given.folds), codes
    )


def test_features_with_copies_get_thresholds(found: Evaluation) -> None:
    words = found.thresholds["look"].similarities

    assert list(found.thresholds) == ["look"]
    assert words["copy"] > words["very_close"] > words["related"]


def test_what_can_not_be_measured_is_said(tmp_path: Path) -> None:
    nobody = np.full(120, -1)
    given = held_out(tmp_path)
    labels = {**given.labels, "genre": Labels(kind="genre", names=("Landscape", "Portrait"), codes=nobody)}

    found = measure(held_out(tmp_path, labels=labels))

    assert "genre" not in found.retrieval
    assert list(found.suggestions) == ["style"]
    assert found.left_out[0] == "One picture is damaged."
    assert found.left_out[1].startswith("Genre: Nothing can be measured")


def test_a_baseline_that_finds_nothing_gives_no_ratio(tmp_path: Path) -> None:
    given = held_out(tmp_path)
    artist = np.array([int(name.split()[1]) for name in given.artists])
    # on a line so that another artist, of another style, is always nearer than one's own
    nothing = np.stack([np.arange(120) % 10 * 100 + artist, np.zeros(120)], axis=1).astype(np.float32)

    found = measure(held_out(tmp_path, vectors={"look": given.vectors["look"], "pooled1280": nothing}), k=1)

    assert found.retrieval["artist"]["pooled1280"].mean_average_precision.estimate == 0
    assert found.retrieval["artist"]["look"].ratio is None


def test_a_baseline_that_is_not_there_is_named(given: HeldOut) -> None:
    with pytest.raises(ValueError, match="The baseline gram is not among the vectors: look, pooled1280"):
        measure(given, baseline="gram")
