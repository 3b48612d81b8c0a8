from pathlib import Path

import numpy as np
import pytest

from vectorizer.training.held_out import HeldOut
from vectorizer.training.labels import Labels
from vectorizer.training.pairs import copy_distances, pairs_within_folds
from vectorizer.training.thresholds import ThresholdError, fit_thresholds, thresholds_of

EVENLY = np.linspace(0, 1, 100_001)


def test_the_words_are_the_quantiles_of_strangers_distances() -> None:
    strangers = 0.5 + EVENLY  # 1 in 10,000 below .5001, 1 in 1,000 below .501, 2 in 100 below .52

    found = thresholds_of(np.full(10, 0.9), strangers)

    assert found == {
        "copy": pytest.approx(1 / 1.5001, abs=1e-4),
        "very_close": pytest.approx(1 / 1.501, abs=1e-4),
        "related": pytest.approx(1 / 1.52, abs=1e-4),
    }


def test_copies_that_are_far_nearer_than_strangers_draw_the_line_for_themselves() -> None:
    found = thresholds_of(0.2 * EVENLY, 0.5 + EVENLY)

    assert found["copy"] == pytest.approx(1 / (1 + 0.95 * 0.2), abs=1e-4)


def test_a_picture_is_a_copy_of_itself_though_rounding_moves_it() -> None:
    assert thresholds_of(np.zeros(5), 0.5 + EVENLY)["copy"] == pytest.approx(1 / 1.01, abs=1e-4)


def test_a_feature_that_finds_all_alike_is_refused() -> None:
    with pytest.raises(ThresholdError, match=r"can't be told apart .* copy 0.5, very close 0.5, related 0.5"):
        thresholds_of(np.ones(5), np.ones(50))
    with pytest.raises(ThresholdError, match="need pairs of copies and pairs"):
        thresholds_of(np.ones(5), np.empty(0))


def test_pairs_are_within_folds_and_each_comes_once() -> None:
    vectors = np.array([[0, 0], [3, 4], [9, 9], [0, 1], [8, 9]], np.float32)

    pairs = pairs_within_folds(vectors, np.array([0, 0, 1, 0, 1]))

    assert list(zip(pairs.first.tolist(), pairs.second.tolist(), strict=True)) == [(0, 1), (0, 3), (1, 3), (2, 4)]
    assert pairs.distances == pytest.approx([5, 1, np.sqrt(18), 1])


def test_of_too_many_pairs_some_are_drawn_the_same_every_time() -> None:
    vectors, folds = np.random.default_rng(0).normal(size=(400, 3)).astype(np.float32), np.arange(400) % 2

    pairs, again = (pairs_within_folds(vectors, folds, most=1_000, seed=3) for _ in range(2))

    assert len(pairs.distances) == pytest.approx(1_000, abs=2)
    assert np.array_equal(pairs.distances, again.distances)
    assert not (pairs.first == pairs.second).any()
    assert (folds[pairs.first] == folds[pairs.second]).all()
    assert pairs.distances == pytest.approx(np.linalg.norm(vectors[pairs.first] - vectors[pairs.second], axis=1))


def test_copies_are_compared_with_their_own_picture() -> None:
    vectors = np.array([[0, 0], [1, 1]], np.float32)
    copies = np.array([[[3, 4], [0, 1]], [[1, 1], [1, 3]]], np.float32)

    assert copy_distances(vectors, copies).tolist() == [5, 1, 0, 2]


def held_out(**changes: object) -> HeldOut:
    """Two artists of two styles in each of two folds, on circles of their own."""
    random = np.random.default_rng(1)
    artists = np.arange(400) % 8
    angle = artists * 0.7 + random.normal(0, 0.05, 400) + random.normal(0, 0.4, 400) * (artists % 2)
    vectors = np.stack([np.cos(angle), np.sin(angle)], axis=1).astype(np.float32)
    values: dict[str, object] = {
        "folds": artists // 4,
        "vectors": {"look": vectors},
        "copies": {"look": vectors[:, None] + np.float32(0.001)},
        "logits": {},
        "labels": {"style": Labels(kind="style", names=("a", "b"), codes=artists % 2)},
        "artists": tuple(f"Artist {artist}" for artist in artists),
        "paths": tuple(Path(f"{row}.jpg") for row in range(400)),
    }
    return HeldOut(**{**values, **changes})  # type: ignore[arg-type]


def test_the_words_worth_is_measured_beside_them() -> None:
    found = fit_thresholds(held_out(), "look")
    copy, close, related = (found.words[name] for name in ("copy", "very_close", "related"))

    assert found.similarities == {name: word.similarity for name, word in found.words.items()}
    assert copy.strangers < close.strangers < related.strangers == pytest.approx(0.02, abs=2e-3)
    assert close.copies == related.copies == 1
    assert related.distance == pytest.approx(1 / related.similarity - 1)
    assert found.same_artist_by_chance == pytest.approx(0.25, abs=0.01)
    assert found.same_style_by_chance == pytest.approx(0.5, abs=0.01)
    assert related.same_artist is not None
    assert related.same_artist > 0.8
    assert 0 < copy.pairs < close.pairs < related.pairs
    # of the four artists of a fold, two and two share a style: of six pairs of strangers, two
    assert found.strangers_same_style_by_chance == pytest.approx(1 / 3, abs=0.01)


def test_the_words_of_a_fold_are_fitted_to_the_others_and_measured_on_it() -> None:
    """The strangers of the second fold are ten times farther apart: by its words all of the first are near."""
    given = held_out()
    apart = np.where(given.folds == 0, 1, 10).astype(np.float32)[:, None]
    vectors = given.vectors["look"] * apart

    found = fit_thresholds(held_out(vectors={"look": vectors}, copies={"look": vectors[:, None]}), "look")

    one, other = (found.similarities_by_fold[fold] for fold in (0, 1))
    assert one["related"] < found.similarities["related"] < other["related"]
    # half of the pairs, those of the first fold, by words that were fitted to pairs ten times as far apart
    assert found.words["related"].strangers > 0.1
    assert (found.words["related"].similarity, found.words["related"].distance) == (
        found.similarities["related"],
        pytest.approx(1 / found.similarities["related"] - 1),
    )


def test_those_who_painted_together_are_no_strangers() -> None:
    given = held_out()
    together = tuple(
        f"{name}; Artist {(int(name[-1]) + 1) % 4 + int(name[-1]) // 4 * 4}" if row < 8 else name
        for row, name in enumerate(given.artists)
    )

    with pytest.raises(ThresholdError, match="need pairs of copies and pairs of paintings by different artists"):
        fit_thresholds(held_out(artists=together), "look")


def test_unknown_artists_are_no_strangers_and_unknown_styles_no_evidence() -> None:
    given = held_out()
    artists = tuple(name if row < 320 else "" for row, name in enumerate(given.artists))

    found = fit_thresholds(held_out(artists=artists, labels={}), "look")

    assert found.same_style_by_chance is None
    assert found.words["related"].same_style is None
    assert found.same_artist_by_chance == pytest.approx(0.25, abs=0.01)


def test_a_feature_without_copies_has_no_thresholds() -> None:
    with pytest.raises(ThresholdError, match="look need vectors of the same pictures scanned anew"):
        fit_thresholds(held_out(copies={}), "look")


def test_the_feature_that_finds_all_alike_is_named() -> None:
    same = np.ones((400, 2), np.float32)
    with pytest.raises(ThresholdError, match=r"^look: The words can't be told apart"):
        fit_thresholds(held_out(vectors={"look": same}), "look")
