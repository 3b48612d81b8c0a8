"""`python -m tests.eyes.make`: writes the tiny eye that lies beside this file. It needs TensorFlow; the tests do not.

It has every output of a real one and sees next to nothing: 4×4 mean colours, mixed by fixed random numbers.
"""

import hashlib
import tempfile
from pathlib import Path

import keras
import tensorflow as tf

from vectorizer.encoder.artifacts import CARD_FILE, MODEL_FILE
from vectorizer.encoder.card import Card, card_json
from vectorizer.features import PALETTE_DIMENSIONS, PALETTE_FORMULA, Feature

FOLDER = Path(__file__).parent / "tiny-eye"
SIDE, MIXED = 32, 8
SIZES = {"common512": 512, "style512": 512, "genre512": 512, "copy128": 128}
LABELS = {"style": ("Impressionism", "Baroque", "Cubism"), "genre": ("landscape", "portrait")}
FEATURES = (
    Feature(name="common512", dimensions=512, label="Overall look", description="All of it."),
    Feature(name="style512", dimensions=512, label="Style", description="How it is painted."),
    Feature(name="genre512", dimensions=512, label="Subject", description="What it shows."),
    Feature(name="palette", dimensions=PALETTE_DIMENSIONS, label="Colours", description="Its colours."),
    Feature(name="copy128", dimensions=128, label="Same painting", description="Is it the same?", role="identity"),
)


def build() -> keras.Model:
    keras.utils.set_random_seed(7)
    image = keras.Input((SIDE, SIDE, 3), name="image")
    mixed = keras.layers.AveragePooling2D(8)(keras.layers.Rescaling(1 / 127.5, -1)(image))
    mixed = keras.layers.Dense(MIXED, activation="tanh", bias_initializer="random_normal")(
        keras.layers.Flatten()(mixed)
    )
    outputs = {
        name: keras.layers.UnitNormalization(name=name)(keras.layers.Dense(size)(mixed)) for name, size in SIZES.items()
    }
    for kind, names in LABELS.items():
        outputs[kind] = keras.layers.Softmax(name=kind)(keras.layers.Dense(len(names))(mixed))
    outputs["pooled1280"] = keras.layers.UnitNormalization(name="pooled1280")(mixed)
    return keras.Model(image, outputs)


def convert(model: keras.Model) -> bytes:
    archive = keras.export.ExportArchive()
    archive.track(model)
    archive.add_endpoint(
        name="serving_default",
        fn=lambda image: model(tf.cast(image, tf.float32), training=False),
        input_signature=[tf.TensorSpec((1, SIDE, SIDE, 3), tf.uint8, name="image")],
    )
    with tempfile.TemporaryDirectory() as scratch:
        archive.write_out(scratch, verbose=False)
        converter = tf.lite.TFLiteConverter.from_saved_model(scratch)
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
        converter.target_spec.supported_types = [tf.float16]
        return bytes(converter.convert())


def write(folder: Path) -> None:
    content = convert(build())
    card = Card(
        name=folder.name,
        version="1",
        checksum=hashlib.sha256(content).hexdigest(),
        input_size=SIDE,
        input_fit="squash",
        features=FEATURES,
        formulas={"palette": PALETTE_FORMULA},
        baselines=(Feature(name="pooled1280", dimensions=MIXED, label="Last layer", description="To compare with."),),
        source="Random numbers.",
        licence="MIT",
        command="python -m tests.eyes.make",
        measured={},
        labels=LABELS,
        temperatures=dict.fromkeys(LABELS, 1.5),
        thresholds={name: {"copy": 0.8, "very_close": 0.6, "related": 0.5} for name in SIZES},
        split="Nothing was measured.",
        data="None.",
    )
    folder.mkdir(exist_ok=True)
    (folder / MODEL_FILE).write_bytes(content)
    (folder / CARD_FILE).write_text(card_json(card), encoding="utf-8")


if __name__ == "__main__":
    write(FOLDER)
