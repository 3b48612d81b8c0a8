"""Better, worse, or not told apart."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from vectorizer.training.held_out import HeldOut
from vectorizer.training.labels import Labels
from vectorizer.training.verdict import verdict

COUNT = 60


@pytest.fixture
def held_out() -> HeldOut:
    """Three vectors: one tells styles apart, the others are noise."""
    random, styles = np.random.default_rng(0), np.arange(COUNT) % 3
    noise, other = random.normal(size=(2, COUNT, 8)).astype(np.float32)
    sees = np.eye(8, dtype=np.float32)[styles] + noise / 50
    return HeldOut(
        folds=np.arange(COUNT) // 30,
        vectors={
            "sees": sees,
            "noise": noise,
            "noise 2": noise + other / 9,
        },
        logits={},
        labels={"style": Labels(kind="style", names=("a", "b", "c"), codes=styles)},
        artists=tuple(f"artist {number % 20}" for number in range(COUNT)),
        paths=tuple(Path(f"{number}") for number in range(COUNT)),
    )


@pytest.mark.parametrize(
    ("new", "old", "word"),
    [("sees", "noise", "better than"), ("noise", "sees", "worse than"), ("noise", "noise 2", "not told apart from")],
)
def test_a_difference_counts_beyond_its_interval(held_out: HeldOut, new: str, old: str, word: str) -> None:
    style, others = verdict(held_out, new, old)

    assert style.startswith(f"Style: {new} is {word} {old}; mAP@10 differs by ")
    assert others.startswith("Style, other artists' works only: ")


def test_where_nothing_can_be_asked_it_says_so(held_out: HeldOut) -> None:
    unlabelled = replace(held_out, labels={})

    assert all("Nothing can be measured" in sentence for sentence in verdict(unlabelled, "sees", "noise"))
