"""Pictures in, vectors out. LiteRT is loaded with the first model, never by importing this."""

from vectorizer.encoder.artifacts import BUILT_IN, DEFAULT_ARTIFACT, ArtifactError, artifact_path
from vectorizer.encoder.card import Card, load_card
from vectorizer.encoder.model import Encoder, Encoding, check, load
from vectorizer.encoder.packing import pack, pack_probabilities, unpack, unpack_probabilities

__all__ = [
    "BUILT_IN",
    "DEFAULT_ARTIFACT",
    "ArtifactError",
    "Card",
    "Encoder",
    "Encoding",
    "artifact_path",
    "check",
    "load",
    "load_card",
    "pack",
    "pack_probabilities",
    "unpack",
    "unpack_probabilities",
]
