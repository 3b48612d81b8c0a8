"""Fine-tuning, tiny: few small pictures, one epoch, the last block."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from vectorizer.encoder.fitting import fit_square
from vectorizer.training import sights
from vectorizer.training.examples import Example
from vectorizer.training.fine_tuning import Tuning, _Split, tuned_network, tuned_weights
from vectorizer.training.labels import Labels, labels_of
from vectorizer.training.lessons import Lessons
from vectorizer.training.pictures import read_picture

SIZE = 64
TINY = Tuning(first_block="block15", warm_up=1, epochs=1, batch=6)


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> list[Example]:
    """Stripes and noise by six hands."""
    folder, random = tmp_path_factory.mktemp("pictures"), np.random.default_rng(0)
    made = []
    for number in range(12):
        pixels = random.integers(0, 255, (40, 48, 3), np.uint8)
        if number % 2:
            pixels[:, ::4] = 0
        Image.fromarray(pixels).save(folder / f"{number}.png")
        style = "stripes" if number % 2 else "noise"
        made.append(Example(path=folder / f"{number}.png", style=style, artist=f"artist {number % 6}"))
    return made


@pytest.fixture(scope="module")
def tuned(examples: list[Example], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tune(examples, tmp_path_factory.mktemp("cache"))


def tune(examples: list[Example], folder: Path, **fields: Any) -> Path:
    labels: dict[str, Labels] = {kind: labels_of(examples, kind)[0] for kind in ("style", "artist")}
    artists = [example.artist for example in examples]
    paths = [example.path for example in examples]
    return tuned_weights(paths, labels, artists, folder, size=SIZE, tuning=TINY, **fields)


def test_the_last_stages_change_and_nothing_before_them_and_no_batch_normalisation(tuned: Path, weights: Any) -> None:
    from vectorizer.training.network import build_network

    before, after = build_network(weights, size=SIZE), tuned_network(tuned, size=SIZE)

    changed = {
        layer.name
        for layer, other in zip(before.layers, after.layers, strict=True)
        if any((one != two).any() for one, two in zip(layer.get_weights(), other.get_weights(), strict=True))
    }
    assert changed == {
        "blocks.15._expand_conv",
        "blocks.15._depthwise_conv",
        "blocks.15._project_conv",
        "conv_head",
    }
    assert all(np.isfinite(weight).all() for weight in after.get_weights())


def test_what_is_tuned_already_is_not_tuned_again(tuned: Path, examples: list[Example]) -> None:
    written = tuned.stat().st_mtime_ns

    assert tune(examples, tuned.parent) == tuned
    assert tuned.stat().st_mtime_ns == written


def test_what_is_seen_is_seen_by_the_tuned_backbone(
    tuned: Path, examples: list[Example], monkeypatch: pytest.MonkeyPatch
) -> None:
    from vectorizer.training.backbones import Backbones
    from vectorizer.training.statistics import build_statistics

    for name in ("CROPS", "PLAIN_PHOTOS", "HARD_PHOTOS", "SCANS"):
        monkeypatch.setattr(sights, name, 1)
    labels = {kind: labels_of(examples, kind)[0] for kind in ("style", "artist")}
    lessons = Lessons(examples=tuple(examples), labels=labels, folds=np.zeros(len(examples), np.intp), left_out=())
    everything = np.ones(len(examples), bool)

    tuned_sights, plain = (
        Backbones(lessons=lessons, folder=tuned.parent, tuning=tuning, size=SIZE).sights(everything)
        for tuning in (TINY, None)
    )

    pixels = np.stack([fit_square(read_picture(example.path), SIZE, "squash") for example in examples])
    expected = build_statistics(tuned_network(tuned, size=SIZE))(pixels.astype(np.float32))["statistics"]
    seen, unseen = (one.originals[:, 0].astype(np.float32) - np.asarray(expected) for one in (tuned_sights, plain))
    assert np.abs(seen).mean() < np.abs(unseen).mean() / 3


def test_few_artists_who_painted_together_can_still_be_split() -> None:
    artists = ["A", "A; B", "B", "C", "C; D", "D", "E"]

    split = _Split.of([Path(name) for name in artists], {}, artists, seed=0)

    assert sorted([*split.learn, *split.judge]) == list(range(7))
    assert not {artists[row][0] for row in split.learn} & {artists[row][0] for row in split.judge}
