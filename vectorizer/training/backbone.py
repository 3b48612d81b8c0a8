"""Writes the backbone alone, pixels → statistics, as a LiteRT file, for the cache to be filled by."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import tensorflow as tf

from vectorizer.training.caching import Backbone
from vectorizer.training.network import DEFAULT_VARIANT, INPUT_SIZE, build_network
from vectorizer.training.statistics import build_statistics, tapped_layers

FORMULA = "1"
"""Changes when the statistics do, so that an older backbone's file is not taken for this one."""


def write_backbone(folder: Path, variant: str = DEFAULT_VARIANT, size: int = INPUT_SIZE) -> Backbone:
    """The backbone's file in `folder`, written unless it is there."""
    path = folder / f"backbone-{variant}-{size}-{FORMULA}.tflite"
    return keep(path, size, lambda: build_statistics(build_network(variant=variant, size=size), tapped_layers(variant)))


def keep(path: Path, size: int, build: Callable[[], keras.Model]) -> Backbone:
    """What `build` makes, a network that gives `statistics`, as the LiteRT file `path`; not built where that is there.

    Building makes what Keras was building before unusable.
    """
    if not path.exists():
        keras.utils.clear_session()  # layers are numbered through, and their names get into the file
        content = convert(build(), size)
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".tmp")
        unfinished.write_bytes(content)
        unfinished.replace(path)
    return Backbone(path=path, size=size)


def convert(model: keras.Model, size: int, precision: str = "float16") -> bytes:
    """The model as a LiteRT file for one picture (1, size, size, 3) of uint8 pixels, outputs by name.

    One picture at a time, so that a vector never depends on what else was in its batch. The weights' precision is
    "float32", "float16" or "int8" (dynamic range: weights only, sums in float32).
    """
    archive = keras.export.ExportArchive()
    archive.track(model)
    archive.add_endpoint(
        name="serving_default",
        fn=lambda image: model(tf.cast(image, tf.float32), training=False),
        input_signature=[tf.TensorSpec((1, size, size, 3), tf.uint8, name="image")],
    )
    with tempfile.TemporaryDirectory() as scratch:
        archive.write_out(scratch, verbose=False)
        return bytes(_converter(scratch, precision).convert())


def _converter(folder: str, precision: str) -> Any:
    converter = tf.lite.TFLiteConverter.from_saved_model(folder)
    if precision != "float32":
        converter.optimizations = [tf.lite.Optimize.DEFAULT]
    if precision == "float16":
        converter.target_spec.supported_types = [tf.float16]
    return converter
