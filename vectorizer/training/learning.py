"""Trains one head: a linear map into a space where pictures of one label lie together, by gradient descent.

The whole training is one TensorFlow graph: nothing returns to Python between its steps. It is the same each time.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf
from keras import ops
from numpy.typing import NDArray

from vectorizer.training.labels import Labels
from vectorizer.training.losses import class_weights, masked_crossentropy, proxy, supervised_contrastive

HIDDEN_DROPOUT_SEED = 7919  # so that a step's two dropouts don't draw the same numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """How one head is trained. The rate falls to 0 along a cosine, so the last epoch is the best one and is kept:
    without a part of the data to choose by, which few have to spare. Half or three times as many epochs are no better
    (docs/model.md)."""

    kinds: tuple[str, ...]  # of labels; softmax and metric loss of each are added up
    dimensions: int = 512
    metric: str = "contrastive"  # or "proxy", or "none": softmax alone
    metric_weight: float = 0.5
    temperature: float = 0.1
    epochs: int = 30
    least_steps: int = 500  # more epochs where there are few pictures
    batch: int = 128
    rate: float = 1e-3
    weight_decay: float = 4e-3
    input_dropout: float = 0.4
    hidden_dropout: float = 0.2
    nested: tuple[int, ...] = ()  # the metric loss is taken of these first dimensions, too


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """`x @ kernel + bias` is the vector, before it is centred and brought to unit length; of it, the logits of a kind
    are `vector @ classes[kind][0] + classes[kind][1]`."""

    kernel: NDArray[np.float32]  # (reduced, dimensions)
    bias: NDArray[np.float32]  # (dimensions,)
    classes: Mapping[str, tuple[NDArray[np.float32], NDArray[np.float32]]]


def train_head(views: NDArray[np.float32], labels: Mapping[str, Labels], lesson: Lesson, seed: int) -> Head:
    """Views (n, copies, reduced) of n pictures, each step seeing one of a picture, drawn evenly. Pictures without any
    label of the lesson's kinds are not used. The same arguments on the same machine give the same head.

    Raises ValueError where no picture has a label.
    """
    tf.config.experimental.enable_op_determinism()
    known = np.any([labels[kind].codes >= 0 for kind in lesson.kinds], axis=0)
    if not known.any():
        raise ValueError(f"No picture has a label: {', '.join(lesson.kinds)}.")
    chosen, codes = views[known], {kind: labels[kind].codes[known] for kind in lesson.kinds}
    random = np.random.default_rng(seed)
    trainer = _trainer(lesson, views.shape[2], tuple(len(labels[kind].names) for kind in lesson.kinds))
    return trainer.train(chosen, codes, _order(len(chosen), views.shape[1], lesson, random), random, seed)


def _order(count: int, copies: int, lesson: Lesson, random: np.random.Generator) -> NDArray[np.int32]:
    """Rows of the flattened views for every step (steps, batch): each picture once an epoch, in one of its views."""
    batch = min(lesson.batch, count)
    steps = max(lesson.least_steps, lesson.epochs * (count // batch))
    epochs = -(-steps * batch // count)
    pictures = np.concatenate([random.permutation(count) for _ in range(epochs)])[: steps * batch]
    return (pictures * copies + random.integers(copies, size=len(pictures))).reshape(steps, batch).astype(np.int32)


@lru_cache(maxsize=16)
def _trainer(lesson: Lesson, inputs: int, classes: tuple[int, ...]) -> "_Trainer":
    """Building the graph takes seconds: it is the same for all folds and seeds."""
    return _Trainer(lesson, inputs, classes)


def _signature(inputs: int, kinds: Sequence[str]) -> list[Any]:
    """What `_steps` is given, of any number of pictures, so that one graph serves all."""
    return [
        tf.TensorSpec((None, inputs), tf.float32),
        tf.TensorSpec((None, None), tf.int32),
        tf.TensorSpec((), tf.int32),
        {kind: tf.TensorSpec((None,), tf.int32) for kind in kinds},
        {kind: tf.TensorSpec((None,), tf.float32) for kind in kinds},
        tf.TensorSpec((), tf.int32),
    ]


class _Trainer:
    """The variables, their optimizer and the graph of one kind of head."""

    def __init__(self, lesson: Lesson, inputs: int, classes: Sequence[int]) -> None:
        self._lesson = lesson
        sizes = {"kernel": (inputs, lesson.dimensions), "bias": (lesson.dimensions,)}
        for kind, count in zip(lesson.kinds, classes, strict=True):
            sizes |= {f"{kind} kernel": (lesson.dimensions, count), f"{kind} bias": (count,)}
            if lesson.metric == "proxy":
                sizes[f"{kind} proxies"] = (count, lesson.dimensions)
        self._variables = {name: keras.Variable(np.zeros(size, np.float32), name=name) for name, size in sizes.items()}
        self._optimizer = keras.optimizers.AdamW(lesson.rate, weight_decay=lesson.weight_decay)
        self._optimizer.build(list(self._variables.values()))
        self._run = tf.function(self._steps, input_signature=_signature(inputs, lesson.kinds))

    def train(
        self,
        views: NDArray[np.float32],
        codes: Mapping[str, NDArray[np.intp]],
        order: NDArray[np.int32],
        random: np.random.Generator,
        seed: int,
    ) -> Head:
        self._start_anew(random)
        weights = {kind: class_weights(codes[kind], self._classes(kind)) for kind in self._lesson.kinds}
        self._run(
            tf.constant(views.reshape(-1, views.shape[2])),
            tf.constant(order),
            tf.constant(views.shape[1], tf.int32),
            {kind: tf.constant(codes[kind].astype(np.int32)) for kind in self._lesson.kinds},
            {kind: tf.constant(weight) for kind, weight in weights.items()},
            tf.constant(seed, tf.int32),
        )
        found = {name: np.array(variable.numpy()) for name, variable in self._variables.items()}
        classes = {kind: (found[f"{kind} kernel"], found[f"{kind} bias"]) for kind in self._lesson.kinds}
        return Head(kernel=found["kernel"], bias=found["bias"], classes=classes)

    def _classes(self, kind: str) -> int:
        return int(self._variables[f"{kind} bias"].shape[0])

    def _start_anew(self, random: np.random.Generator) -> None:
        for variable in self._optimizer.variables:
            if variable is not self._optimizer.learning_rate:
                variable.assign(np.zeros(variable.shape, variable.dtype))
        for variable in self._variables.values():
            shape = tuple(variable.shape)
            widest = np.sqrt(6 / sum(shape)) if len(shape) == 2 else 0  # Glorot & Bengio (2010); biases begin at 0
            variable.assign(random.uniform(-widest, widest, shape).astype(np.float32))

    def _steps(self, views: Any, order: Any, copies: Any, codes: Any, weights: Any, seed: Any) -> None:
        steps = tf.shape(order)[0]
        for step in tf.range(steps):
            rows = order[step]
            labels = {kind: tf.gather(codes[kind], rows // copies) for kind in self._lesson.kinds}
            done = tf.cast(step, tf.float32) / tf.cast(steps, tf.float32)
            self._optimizer.learning_rate.assign(self._lesson.rate * 0.5 * (1 + tf.cos(np.pi * done)))
            with tf.GradientTape() as tape:
                loss = self._loss(tf.gather(views, rows), labels, weights, tf.stack([seed, step]))
            variables = list(self._variables.values())
            self._optimizer.apply(tape.gradient(loss, [variable.value for variable in variables]), variables)

    def _loss(self, inputs: Any, labels: Any, weights: Any, seed: Any) -> Any:
        lesson, variables = self._lesson, self._variables
        inputs = tf.nn.experimental.stateless_dropout(inputs, lesson.input_dropout, seed=seed)
        outputs = ops.matmul(inputs, variables["kernel"]) + variables["bias"]
        hidden = tf.nn.experimental.stateless_dropout(outputs, lesson.hidden_dropout, seed=seed + HIDDEN_DROPOUT_SEED)
        loss = 0.0
        for kind in lesson.kinds:
            logits = ops.matmul(hidden, variables[f"{kind} kernel"]) + variables[f"{kind} bias"]
            loss += masked_crossentropy(logits, labels[kind], weights[kind])
            loss += lesson.metric_weight * self._metric(kind, outputs, labels[kind], weights[kind])
        return loss

    def _metric(self, kind: str, outputs: Any, codes: Any, weights: Any) -> Any:
        lesson = self._lesson
        if lesson.metric == "none":
            return 0.0
        if lesson.metric == "proxy":
            vectors = ops.normalize(outputs, axis=1)
            return proxy(vectors, self._variables[f"{kind} proxies"], codes, lesson.temperature, weights)
        terms = [
            supervised_contrastive(ops.normalize(outputs[:, :size], axis=1), codes, lesson.temperature)
            for size in (*lesson.nested, lesson.dimensions)
        ]
        return sum(terms) / len(terms)
