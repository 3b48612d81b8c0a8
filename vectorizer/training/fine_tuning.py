"""Trains the last stages of the backbone on the labels, before its statistics are taken (`--fine-tune`).

Off by default: on some thousand paintings it has gained nothing so far (−.03 to +.01 style mAP@10, `docs/model.md`),
and without a GPU it takes hours. TensorFlow uses a GPU where `tensorflow[and-cuda]` is installed and finds one.
"""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np
from keras import layers, ops
from numpy.typing import NDArray

from vectorizer.encoder.fitting import fit_square
from vectorizer.training.labels import Labels
from vectorizer.training.losses import class_weights, masked_crossentropy
from vectorizer.training.network import DEFAULT_VARIANT, build_network
from vectorizer.training.pictures import read_picture
from vectorizer.training.splits import artist_folds, hands_of
from vectorizer.training.statistics import tapped_layers
from vectorizer.training.views import crop

INNER_FOLDS = 8
"""One of so many folds by artist is kept from the tuning, to tell which epoch was the best."""

STYLE = "style"
LEAST_VARIANCE = 1e-6  # the square root's slope has no end at 0, where a channel is silent all over the map


@dataclass(frozen=True, slots=True, kw_only=True)
class Tuning:
    """`first_block`: it and all after it are trained, but for the batch normalisation. First the new layers learn for
    `warm_up` epochs on the frozen backbone, lest their noise wash out what it knows."""

    first_block: str = "block11"
    warm_up: int = 2
    epochs: int = 6
    batch: int = 32
    head_rate: float = 1e-3
    rate: float = 5e-5
    weight_decay: float = 1e-4
    dropout: float = 0.4
    units: int = 512


def tuned_weights(
    paths: Sequence[Path],
    labels: Mapping[str, Labels],
    artists: Sequence[str],
    folder: Path,
    *,
    variant: str = DEFAULT_VARIANT,
    size: int,
    seed: int = 0,
    tuning: Tuning = Tuning(),
) -> Path:
    """The file in `folder` with the backbone's weights, tuned to these pictures; written unless it is there.

    `labels`: of each kind that is learnt ("style" among them), codes (n,) as the pictures. The best epoch is kept: that
    with the least style loss on an eighth of the artists, who are not tuned on. Raises OSError for pictures that can't
    be read.
    """
    contents = [hashlib.sha256(path.read_bytes()).hexdigest() for path in paths]
    facts = [variant, size, seed, asdict(tuning), contents, {kind: one.codes.tolist() for kind, one in labels.items()}]
    key = hashlib.sha256(json.dumps(facts).encode()).hexdigest()[:32]
    kept = folder / f"tuned-{key}.npz"
    if not kept.exists():
        keras.utils.clear_session()
        keras.utils.set_random_seed(seed)
        network = build_network(variant=variant, size=size)
        _tune(network, _Split.of(paths, labels, artists, seed), tapped_layers(variant), tuning, size)
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = kept.with_suffix(".tmp.npz")
        np.savez(unfinished, *network.get_weights())
        unfinished.replace(kept)
    return kept


def tuned_network(weights: Path, variant: str = DEFAULT_VARIANT, *, size: int) -> keras.Model:
    """The backbone with these weights, frozen."""
    network = build_network(variant=variant, size=size)
    with np.load(weights) as file:
        network.set_weights([file[name] for name in file.files])
    return network


@dataclass(frozen=True, slots=True, kw_only=True)
class _Split:
    """Pictures to tune on, and those by other artists to tell the best epoch by."""

    paths: Sequence[Path]
    labels: Mapping[str, Labels]
    learn: NDArray[np.intp]
    judge: NDArray[np.intp]
    seed: int

    @classmethod
    def of(cls, paths: Sequence[Path], labels: Mapping[str, Labels], artists: Sequence[str], seed: int) -> "_Split":
        judged = artist_folds(artists, min(INNER_FOLDS, len(set(hands_of(artists)))), seed) == 0
        return cls(paths=paths, labels=labels, learn=np.flatnonzero(~judged), judge=np.flatnonzero(judged), seed=seed)


def _tune(network: keras.Model, split: _Split, tapped: Sequence[str], tuning: Tuning, size: int) -> None:
    model = _with_classes(network, split.labels, tapped, tuning)
    learn = _Pictures(split, split.learn, tuning.batch, size, cropped=True)
    judge = _Pictures(split, split.judge, tuning.batch, size, cropped=False)
    _compile(model, split, tuning.head_rate, tuning)
    model.fit(learn, epochs=tuning.warm_up)
    _unfreeze(network, tuning.first_block)
    _compile(model, split, tuning.rate, tuning)
    best = keras.callbacks.EarlyStopping(
        f"val_{STYLE}_loss", mode="min", patience=tuning.epochs, restore_best_weights=True
    )
    model.fit(learn, validation_data=judge, epochs=tuning.epochs, callbacks=[best])
    network.trainable = False


def _with_classes(
    network: keras.Model, labels: Mapping[str, Labels], tapped: Sequence[str], tuning: Tuning
) -> keras.Model:
    """Pixels → logits by kind, from the statistics that the artifact will use."""
    maps = [network.get_layer(name).output for name in tapped]
    statistics = layers.Concatenate()([_SmoothStatistics()(one) for one in maps])
    hidden = layers.Dropout(tuning.dropout)(layers.BatchNormalization()(statistics))
    hidden = layers.Dropout(tuning.dropout / 2)(layers.Dense(tuning.units)(hidden))
    logits = {kind: layers.Dense(len(one.names), name=kind)(hidden) for kind, one in labels.items()}
    return keras.Model(network.input, logits)


class _SmoothStatistics(layers.Layer):  # type: ignore[misc]  # Keras has no types
    """As `ChannelStatistics`, with a slope everywhere."""

    def call(self, maps: Any) -> Any:
        mean, variance = ops.moments(maps, axes=(1, 2))
        return ops.concatenate([mean, ops.sqrt(variance + LEAST_VARIANCE)], axis=-1)


def _unfreeze(network: keras.Model, first_block: str) -> None:
    """The layers after the block before `first_block`; batch normalisation keeps what ImageNet taught it."""
    names = [layer.name for layer in network.layers]
    start = names.index(f"block{int(first_block.removeprefix('block')) - 1}") + 1
    for layer in network.layers[start:]:
        layer.trainable = not isinstance(layer, layers.BatchNormalization)


def _compile(model: keras.Model, split: _Split, rate: float, tuning: Tuning) -> None:
    losses = {kind: _loss(one, split.learn) for kind, one in split.labels.items()}
    model.compile(keras.optimizers.AdamW(rate, weight_decay=tuning.weight_decay), losses)


def _loss(labels: Labels, learn: NDArray[np.intp]) -> Any:
    weights = ops.convert_to_tensor(class_weights(labels.codes[learn], len(labels.names)))

    def loss(codes: Any, logits: Any) -> Any:
        return masked_crossentropy(logits, ops.cast(ops.reshape(codes, (-1,)), "int32"), weights)

    return loss


class _Pictures(keras.utils.PyDataset):  # type: ignore[misc]  # Keras has no types
    """Batches of squares (≤ batch, size, size, 3) with their codes; the crops are others in each epoch."""

    def __init__(self, split: _Split, rows: NDArray[np.intp], batch: int, size: int, *, cropped: bool) -> None:
        super().__init__(workers=os.cpu_count() or 1)
        self._split, self._rows, self._batch, self._size, self._cropped = split, rows, batch, size, cropped
        self._epoch = 0
        self._order = np.random.default_rng([split.seed, 0]).permutation(rows) if cropped else rows

    def __len__(self) -> int:
        return -(-len(self._rows) // self._batch)

    def __getitem__(self, index: int) -> tuple[NDArray[np.float32], dict[str, NDArray[np.intp]]]:
        rows = self._order[index * self._batch : (index + 1) * self._batch]
        squares = np.stack([self._square(int(row)) for row in rows]).astype(np.float32)
        return squares, {kind: one.codes[rows] for kind, one in self._split.labels.items()}

    def on_epoch_end(self) -> None:
        self._epoch += 1
        if self._cropped:
            self._order = np.random.default_rng([self._split.seed, self._epoch]).permutation(self._rows)

    def _square(self, row: int) -> NDArray[np.uint8]:
        picture = read_picture(self._split.paths[row])
        if self._cropped:
            picture = crop(picture, np.random.default_rng([self._split.seed, self._epoch, row]))
        return fit_square(picture, self._size, "squash")
