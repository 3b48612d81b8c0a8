"""What a spawned process does with a file that kills it; in a module of its own, for the process to import."""

import os
from collections.abc import Sequence
from typing import Any

from gallery.models import Image
from vectorizer import preparing
from vectorizer.models import EncoderModel

NAME = "poison.png"


def make_all(images: Sequence[Image], model: EncoderModel) -> list[Any]:
    """As the real one, but for the file that ends the process without a word."""
    for image in images:
        if image.name == NAME:
            os._exit(1)
    return [preparing.make(image, model) for image in images]
