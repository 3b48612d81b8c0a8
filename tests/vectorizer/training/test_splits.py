"""No artist is on both sides of a split."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vectorizer.training.splits import artist_folds, hands_of, unknown_are_split

ARTISTS = [f"artist {number}" for number in range(30) for _ in range(number % 7 + 1)]


def folds_of(artists: list[str], folds: np.ndarray) -> dict[str, set[int]]:
    return {
        artist: {int(fold) for fold, name in zip(folds, artists, strict=True) if name == artist} for artist in artists
    }


@given(st.lists(st.sampled_from("abcdefghijklmnop"), min_size=40, max_size=200), st.integers(0, 5))
def test_no_artist_is_in_two_folds(artists: list[str], seed: int) -> None:
    if len(set(artists)) < 5:
        return
    assert all(len(folds) == 1 for folds in folds_of(artists, artist_folds(artists, seed=seed)).values())


def test_every_fold_gets_about_as_many_paintings() -> None:
    sizes = np.bincount(artist_folds(ARTISTS))

    assert len(sizes) == 5
    assert sizes.max() - sizes.min() <= 1


def test_a_master_with_most_of_the_paintings_has_a_fold_alone() -> None:
    folds = artist_folds(["master"] * 100 + ARTISTS[:40])

    assert np.bincount(folds)[folds[0]] == 100


def test_the_same_seed_gives_the_same_folds_and_another_seed_others() -> None:
    assert (artist_folds(ARTISTS, seed=1) == artist_folds(ARTISTS, seed=1)).all()
    assert (artist_folds(ARTISTS, seed=1) != artist_folds(ARTISTS, seed=2)).any()


def test_those_who_painted_together_are_in_one_fold_with_all_that_each_painted() -> None:
    artists = ["Rubens", "Brueghel", "Rubens; Brueghel", "Brueghel; Snyders", "Snyders", *"abcdefgh"]

    assert len(set(artist_folds(artists)[:5].tolist())) == 1


def test_those_who_painted_together_are_no_strangers_and_the_unknown_stay_unknown() -> None:
    artists = ["Rubens", "Brueghel", "Rubens; Brueghel", "Brueghel; Snyders", "Snyders", "Vermeer", ""]

    assert len(set(hands_of(artists)[:5])) == 1
    assert hands_of(artists)[5:] == ("Vermeer", "")


def test_paintings_by_unknown_hands_stay_together() -> None:
    artists = [*ARTISTS, *[""] * 10]

    assert not unknown_are_split(artists)
    assert len(set(artist_folds(artists)[-10:].tolist())) == 1


def test_where_most_artists_are_unknown_each_painting_stands_alone() -> None:
    artists = [*"abcd", *[""] * 96]

    assert unknown_are_split(artists)
    assert np.bincount(artist_folds(artists)).tolist() == [20] * 5


def test_too_few_artists_are_refused_in_a_sentence() -> None:
    with pytest.raises(ValueError, match="Paintings of 3 artists can't be split into 5 folds"):
        artist_folds(["a", "b", "c", "c"])
    with pytest.raises(ValueError, match="2 folds or more"):
        artist_folds(["a", "b"], folds=1)
