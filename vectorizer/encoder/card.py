"""The card of an artifact: what its model takes and gives, where it comes from, and whether it is whole."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from vectorizer.encoder import checking
from vectorizer.encoder.artifacts import CARD_FILE, ArtifactError
from vectorizer.encoder.fitting import Fit
from vectorizer.features import Feature

CARD_FORMAT = 2
OLDER_FORMAT = 1  # without the fields of LATER; still read, so that a site can change its model without a gap
OPTIONAL: Mapping[str, Any] = {"sure": {}}
"""What cards of format 2 did not have at first, and what one without it is taken to say."""
LATER: Mapping[str, Any] = {"labels": {}, "temperatures": {}, "thresholds": {}, "split": "", "data": "", **OPTIONAL}


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
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Kind ("style", "genre") → the names, in the order of the model's probabilities of that kind."""
    temperatures: Mapping[str, float] = field(default_factory=dict)
    """Kind → what the logits are divided by, inside the model, so that its probabilities can be believed."""
    thresholds: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    """Feature → the least similarity, 1 / (1 + d), for each word of `checking.WORDS`; below the last: "distant"."""
    sure: Mapping[str, float] = field(default_factory=dict)
    """Kind → the confidence from which on its first guess is sure: of such guesses about artists that the model had not
    seen, nine in ten were right. A kind that is absent is never sure; so are all where a card doesn't tell."""
    split: str = ""  # what was measured was measured on which paintings
    data: str = ""  # what the model was trained on

    @property
    def dimensions(self) -> int:
        """Of all features together."""
        return sum(feature.dimensions for feature in self.features)

    @property
    def likenesses(self) -> tuple[Feature, ...]:
        """The features that paintings can be compared by, the usual one first."""
        return tuple(feature for feature in self.features if feature.role == "likeness")

    @property
    def outputs(self) -> Mapping[str, int]:
        """What the model itself must give, by name, and how many numbers each has: the features that no formula gives,
        the baselines, and the probabilities by the name of their kind."""
        given = (feature for feature in self.features if feature.name not in self.formulas)
        sizes = {feature.name: feature.dimensions for feature in (*given, *self.baselines)}
        return sizes | {kind: len(names) for kind, names in self.labels.items()}

    def feature(self, name: str) -> Feature:
        """The feature of this name. Raises KeyError, naming those there are."""
        for feature in self.features:
            if feature.name == name:
                return feature
        known = ", ".join(feature.name for feature in self.features)
        raise KeyError(f"The model {self.name} has no feature {name!r}; it has {known}.")


def load_card(path: Path) -> Card:
    """The card of the artifact in this folder; reads no model. Raises ArtifactError."""
    try:
        data = json.loads((path / CARD_FILE).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ArtifactError(path, f"its {CARD_FILE} is missing.") from error
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise ArtifactError(path, f"its {CARD_FILE} isn't JSON ({error}).") from error
    found = data.get("format") if isinstance(data, dict) else None
    if found not in (OLDER_FORMAT, CARD_FORMAT):
        known = f"{OLDER_FORMAT} and {CARD_FORMAT}"
        raise ArtifactError(path, f"its card has format {found!r}, and this version reads the formats {known}.")
    try:
        card = _parse(data)
        problem = checking.problem(card)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ArtifactError(path, f"its {CARD_FILE} lacks or garbles a field ({error!r}).") from error
    if card.name != path.name:
        raise ArtifactError(path, f"its card calls it {card.name!r}; the folder must have that name, too.")
    if problem:
        raise ArtifactError(path, problem)
    return card


def card_json(card: Card) -> str:
    """The card as `load_card` reads it."""
    data: dict[str, Any] = {"format": CARD_FORMAT}
    data |= {field.name: getattr(card, field.name) for field in fields(card)}
    for name in ("formulas", "measured", "labels", "temperatures", "sure"):
        data[name] = dict(data[name])
    data["thresholds"] = {feature: dict(words) for feature, words in card.thresholds.items()}
    for group in ("features", "baselines"):
        data[group] = [
            {field.name: getattr(feature, field.name) for field in fields(feature)} for feature in data[group]
        ]
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


def _parse(data: dict[str, Any]) -> Card:
    data = {**data, **LATER} if data["format"] == OLDER_FORMAT else {**OPTIONAL, **data}
    known = {field.name: data[field.name] for field in fields(Card)}
    known["features"] = tuple(Feature(**feature) for feature in data["features"])
    known["baselines"] = tuple(Feature(**feature) for feature in data["baselines"])
    known["formulas"] = dict(data["formulas"])
    known["measured"] = _numbers(data["measured"])
    known["labels"] = {kind: tuple(names) for kind, names in data["labels"].items()}
    known["temperatures"] = _numbers(data["temperatures"])
    known["sure"] = _numbers(data["sure"])
    known["thresholds"] = {feature: _numbers(words) for feature, words in data["thresholds"].items()}
    return Card(**known)


def _numbers(data: dict[str, Any]) -> dict[str, float]:
    return {name: float(value) for name, value in data.items()}
