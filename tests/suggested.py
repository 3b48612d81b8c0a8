"""A model with labels, and what it takes paintings to be, for tests that look at suggestions."""

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from django.conf import settings

from gallery.models import Image
from tests import eyes
from vectorizer import encoder, suggestions
from vectorizer.models import EncoderModel, Vectors

LABELS = {
    "style": ("Impressionism", "Post-Impressionism", "Realism", "Baroque"),
    "genre": ("landscape", "portrait", "still life"),
}


SURE = {"style": 0.9, "genre": 0.9}
"""From so much on the model is sure of a guess."""


def activate_labelled_model(sure: Mapping[str, float] = SURE, **labels: tuple[str, ...]) -> EncoderModel:
    """The tiny eye with these labels (LABELS, if none are given) is the active model. Its card alone is used."""
    known = labels or LABELS
    levels = {kind: level for kind, level in sure.items() if kind in known}
    path = eyes.install(Path(settings.ARTIFACTS_DIR), "knows-styles", labels=known, temperatures={}, sure=levels)
    checksum = json.loads((path / "card.json").read_text())["checksum"]
    EncoderModel.objects.update(active=False)
    return EncoderModel.objects.create(name=path.name, checksum=checksum, active=True)


def suggest(image: Image, **shares: Mapping[str, float]) -> None:
    """The active model's probabilities for an image that has vectors: by kind and label, the rest shared out evenly."""
    model = EncoderModel.current()
    probabilities = {}
    for kind, names in model.card.labels.items():
        given = shares.get(kind, {})
        rest = (1 - sum(given.values())) / max(1, len(names) - len(given))
        probabilities[kind] = np.array([given.get(name, rest) for name in names], np.float32)
    packed = encoder.pack_probabilities(probabilities, model.card)
    row = Vectors.objects.filter(image=image, model=model)
    row.update(probabilities=packed, **suggestions.confidences(packed, model.card))
    assert row.exists(), "The image has no vectors of the active model."
