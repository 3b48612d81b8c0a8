"""Pictures in, vectors out. LiteRT is loaded with the first model, never by importing this."""

from vectorizer.encoder.card import DEFAULT_ARTIFACT, ArtifactError, Card, artifact_path, load_card
from vectorizer.encoder.model import Encoder, check, load
from vectorizer.encoder.packing import pack, unpack

__all__ = [
    "DEFAULT_ARTIFACT",
    "ArtifactError",
    "Card",
    "Encoder",
    "artifact_path",
    "check",
    "load",
    "load_card",
    "pack",
    "unpack",
]
