"""Turns pictures into vectors with the model of an artifact, run by LiteRT."""

import hashlib
import os
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from vectorizer.encoder.artifacts import MODEL_FILE, ArtifactError
from vectorizer.encoder.card import Card, load_card
from vectorizer.encoder.fitting import fit_square
from vectorizer.features import FORMULAS

if TYPE_CHECKING:
    from ai_edge_litert.interpreter import Interpreter

SIGNATURE = "serving_default"
INPUT = "image"

Image = NDArray[np.uint8]
Run = Callable[..., dict[str, NDArray[np.float32]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """What the eye says of one picture, in the card's order; all float32.

    `vectors`: by feature, each of unit length and shape (dimensions,). `probabilities`: by kind of label, one for each
    of the card's names of that kind, adding up to 1; none where the model names nothing.
    """

    vectors: Mapping[str, NDArray[np.float32]]
    probabilities: Mapping[str, NDArray[np.float32]]


class Encoder:
    """A model loaded from an artifact: pure, deterministic, usable from any thread and after a fork.

    Each thread of each process makes an interpreter of its own on first use (about 25 ms and 35 MB).
    """

    def __init__(self, path: Path, card: Card, threads: int) -> None:
        self.card = card
        self._path = path
        self._threads = threads
        self._local = threading.local()

    def encode(self, images: Sequence[Image], *, features: Collection[str] | None = None) -> list[Encoding]:
        """The vectors and probabilities of each picture.

        A picture is (height, width, 3), sRGB, uint8, of any size. `features` are the names of the only vectors that
        are wanted, None for all: a formula that isn't asked for isn't computed. Raises ValueError where a picture is no
        such array, and where the model has no such feature.
        """
        wanted = self._features(features)
        for number, image in enumerate(images):
            _check_image(image, number)
        return [self._encode_one(image, wanted) for image in images]

    def baseline(self, images: Sequence[Image], name: str | None = None) -> NDArray[np.float32]:
        """A baseline's vectors (n, dimensions), of unit length: the card's first one, or the one of this name."""
        names = [baseline.name for baseline in self.card.baselines]
        if not names or (name is not None and name not in names):
            raise ValueError(f"The model {self.card.name} has no baseline {name!r}; it has {names}.")
        for number, image in enumerate(images):
            _check_image(image, number)
        wanted = self.card.baselines[names.index(name) if name else 0]
        vectors = [_unit(self._run(image)[wanted.name][0]) for image in images]
        return np.array(vectors, np.float32).reshape(len(images), wanted.dimensions)

    def _features(self, wanted: Collection[str] | None) -> list[str]:
        """The names of the wanted features in the card's order."""
        names = [feature.name for feature in self.card.features]
        if wanted is None:
            return names
        if unknown := set(wanted) - set(names):
            raise ValueError(f"The model {self.card.name} has no features {sorted(unknown)}; it has {names}.")
        return [name for name in names if name in wanted]

    def _encode_one(self, image: Image, features: Sequence[str]) -> Encoding:
        outputs = self._run(image)
        formulas = self.card.formulas
        vectors = {
            name: FORMULAS[formulas[name]].compute(image) if name in formulas else _unit(outputs[name][0])
            for name in features
        }
        probabilities = {kind: outputs[kind][0].astype(np.float32) for kind in self.card.labels}
        return Encoding(vectors=vectors, probabilities=probabilities)

    def _run(self, image: Image) -> dict[str, NDArray[np.float32]]:
        square = fit_square(image, self.card.input_size, self.card.input_fit)
        return self._runner()(**{INPUT: square[None]})

    def _runner(self) -> Run:
        """This thread's own runner; a forked child must not use its parent's."""
        if getattr(self._local, "process", None) != os.getpid():
            self._local.runner = _open_model(self._path, self._threads).get_signature_runner(SIGNATURE)
            self._local.process = os.getpid()
        return cast(Run, self._local.runner)


def load(path: Path, *, threads: int = 1) -> Encoder:
    """The encoder of the artifact in this folder, its checksum and its model's outputs verified. Raises ArtifactError.

    `threads` are for one picture: one is best where processes or threads share the pictures among themselves.
    """
    card = load_card(path)
    _check_checksum(path, card)
    _check_outputs(path, card, _open_model(path, threads))
    return Encoder(path, card, threads)


def _open_model(path: Path, threads: int) -> "Interpreter":
    from ai_edge_litert.interpreter import Interpreter

    try:
        return Interpreter(str(path / MODEL_FILE), num_threads=threads)
    except (ValueError, RuntimeError) as error:
        raise ArtifactError(path, f"LiteRT can't read its {MODEL_FILE} ({error}).") from error


def check(path: Path) -> None:
    """Raise ArtifactError unless the artifact in this folder is whole. Quick: the model is read, not loaded."""
    _check_checksum(path, load_card(path))


def _check_checksum(path: Path, card: Card) -> None:
    try:
        with (path / MODEL_FILE).open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError as error:
        raise ArtifactError(path, f"its {MODEL_FILE} is missing.") from error
    if found != card.checksum:
        raise ArtifactError(path, f"its {MODEL_FILE} has the checksum {found}, and the card says {card.checksum}.")


def _check_outputs(path: Path, card: Card, model: "Interpreter") -> None:
    signature = model.get_signature_list().get(SIGNATURE)
    if signature is None or INPUT not in signature["inputs"]:
        raise ArtifactError(path, f"its model has no signature {SIGNATURE!r} with an input {INPUT!r}.")
    details = model.get_signature_runner(SIGNATURE).get_output_details()
    for name, size in card.outputs.items():
        if name not in details:
            raise ArtifactError(path, f"its model gives {sorted(details)}, and the card promises {name!r}.")
        found = int(details[name]["shape"][-1])
        if name in card.labels and found != size:
            raise ArtifactError(path, f"its model tells {found} labels of {name} apart; the card names {size}.")
        if found != size:
            raise ArtifactError(path, f"its {name} has {found} dimensions; the card says {size}.")


def _check_image(image: Any, number: int) -> None:
    if not isinstance(image, np.ndarray) or image.dtype != np.uint8:
        found = getattr(image, "dtype", type(image).__name__)
        raise ValueError(f"Picture {number} must be an array of uint8, and is {found}.")
    if image.ndim != 3 or image.shape[2] != 3 or 0 in image.shape:
        raise ValueError(f"Picture {number} must have the shape (height, width, 3), and has {image.shape}.")


def _unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    unit: NDArray[np.float32] = (vector / np.linalg.norm(vector)).astype(np.float32)
    return unit
