"""The card of an artifact: what its model takes and gives, where it comes from, and whether it is whole."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from vectorizer.encoder.fitting import FITS, Fit
from vectorizer.features import FORMULAS, Feature

ARTIFACTS = Path(__file__).resolve().parent.parent / "artifacts"
DEFAULT_ARTIFACT = "lite0-stats512"
CARD_FILE, MODEL_FILE = "card.json", "model.tflite"
CARD_FORMAT = 1
REMEDY = "Restore the folder from the repository, or make it again: `python -m vectorizer.training build --help`."


class ArtifactError(Exception):
    """An artifact can't be used; the message says which, why, and what to do."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"The artifact {path.name} ({path}) can't be used: {problem} {REMEDY}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What an artifact says of itself. `features` are in the order in which their vectors are stored."""

    name: str
    version: str
    checksum: str  # sha256 of model.tflite, hexadecimal
    input_size: int  # pixels: the network sees a square
    input_fit: Fit
    features: tuple[Feature, ...]
    formulas: Mapping[str, str]  # feature name → the formula that gives it instead of the network
    baselines: tuple[Feature, ...]  # outputs to compare with; never stored
    source: str
    licence: str
    command: str
    measured: Mapping[str, float]

    @property
    def dimensions(self) -> int:
        """Of all features together."""
        return sum(feature.dimensions for feature in self.features)

    @property
    def outputs(self) -> tuple[Feature, ...]:
        """What the model itself must give: the features that no formula does, then the baselines."""
        return tuple(feature for feature in self.features if feature.name not in self.formulas) + self.baselines

    def feature(self, name: str) -> Feature:
        """The feature of this name. Raises KeyError, naming those there are."""
        for feature in self.features:
            if feature.name == name:
                return feature
        known = ", ".join(feature.name for feature in self.features)
        raise KeyError(f"The model {self.name} has no feature {name!r}; it has {known}.")


def artifact_path(name: str) -> Path:
    """Where the artifact of this name lies; it need not exist. Raises ValueError for a name that leaves the folder."""
    if name in {"", ".", ".."} or Path(name).name != name:
        raise ValueError(f"{name!r} is no artifact's name: a plain folder name is, such as {DEFAULT_ARTIFACT!r}.")
    return ARTIFACTS / name


def load_card(path: Path) -> Card:
    """The card of the artifact in this folder; reads no model. Raises ArtifactError."""
    try:
        data = json.loads((path / CARD_FILE).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ArtifactError(path, f"its {CARD_FILE} is missing.") from error
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise ArtifactError(path, f"its {CARD_FILE} isn't JSON ({error}).") from error
    if not isinstance(data, dict) or data.get("format") != CARD_FORMAT:
        found = data.get("format") if isinstance(data, dict) else None
        raise ArtifactError(path, f"its card has format {found!r}, and this version reads format {CARD_FORMAT}.")
    try:
        card = _parse(data)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ArtifactError(path, f"its {CARD_FILE} lacks or garbles a field ({error!r}).") from error
    _check(path, card)
    return card


def card_json(card: Card) -> str:
    """The card as `load_card` reads it."""
    data: dict[str, Any] = {"format": CARD_FORMAT}
    data |= {field.name: getattr(card, field.name) for field in fields(card)}
    data["formulas"], data["measured"] = dict(card.formulas), dict(card.measured)
    for group in ("features", "baselines"):
        data[group] = [
            {field.name: getattr(feature, field.name) for field in fields(feature)} for feature in data[group]
        ]
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _parse(data: dict[str, Any]) -> Card:
    known = {field.name: data[field.name] for field in fields(Card)}
    known["features"] = tuple(_parse_feature(feature) for feature in data["features"])
    known["baselines"] = tuple(_parse_feature(feature) for feature in data["baselines"])
    known["formulas"] = dict(data["formulas"])
    known["measured"] = {name: float(value) for name, value in data["measured"].items()}
    return Card(**known)


def _parse_feature(data: dict[str, Any]) -> Feature:
    feature = Feature(**data)
    if not isinstance(feature.dimensions, int) or feature.dimensions < 1:
        raise ValueError(f"{feature.name} has {feature.dimensions!r} dimensions")
    return feature


def _check(path: Path, card: Card) -> None:
    names = [feature.name for feature in (*card.features, *card.baselines)]
    if not card.features or len(set(names)) < len(names):
        raise ArtifactError(path, f"its card must name at least one feature, and each once; it names {names}.")
    if card.input_fit not in FITS or not isinstance(card.input_size, int) or card.input_size < 1:
        raise ArtifactError(path, f"its card wants pictures {card.input_fit!r} into {card.input_size!r} pixels.")
    for name, formula in card.formulas.items():
        if formula not in FORMULAS:
            raise ArtifactError(
                path, f"its feature {name} is computed by {formula!r}, a formula unknown to this version."
            )
        if name not in names:
            raise ArtifactError(path, f"its card has a formula for {name}, which is none of its features.")
        if (dimensions := card.feature(name).dimensions) != FORMULAS[formula].dimensions:
            raise ArtifactError(path, f"its feature {name} has {dimensions} dimensions; {formula} gives others.")
