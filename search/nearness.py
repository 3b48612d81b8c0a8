"""How near is near? A word for a similarity, as it was calibrated on paintings that the model had not seen."""

from collections.abc import Mapping
from enum import StrEnum

from vectorizer.encoder import Card

DECIMALS = 6  # of similarities, and so of what they are compared with


class Nearness(StrEnum):
    """From the nearest on. What is below all thresholds of the model's card is distant."""

    COPY = "copy"
    VERY_CLOSE = "very_close"
    RELATED = "related"
    DISTANT = "distant"


WORDS = tuple(Nearness)
ASKED = tuple(nearness for nearness in Nearness if nearness is not Nearness.DISTANT)
"""What a question may ask for: nothing is below distant."""


def of(similarity: float, weights: Mapping[str, float], card: Card) -> Nearness | None:
    """The word for a similarity by these features; None where the card doesn't know one of them by any word."""
    if not is_known(weights, card):
        return None
    return next((word for word in ASKED if similarity >= threshold(word, weights, card)), Nearness.DISTANT)


def threshold(nearness: Nearness, weights: Mapping[str, float], card: Card) -> float:
    """The least similarity that is called so by these features; 0 for distant.

    With sᶠ the card's threshold of a feature, and so 1/sᶠ − 1 its distance, it is that of a painting that is as far off
    by each of them: d² = Σ wᶠ·(1/sᶠ − 1)² / Σ wᶠ, s = 1 / (1 + d). Raises KeyError where `is_known` is not so.
    """
    if nearness is Nearness.DISTANT:
        return 0.0
    squares = (weight * (1 / card.thresholds[name][nearness] - 1) ** 2 for name, weight in weights.items())
    distance = float((sum(squares) / sum(weights.values())) ** 0.5)
    return round(1 / (1 + distance), DECIMALS)


def is_known(weights: Mapping[str, float], card: Card) -> bool:
    """Whether the card says of each of these features how near is near, and of none that everything is."""
    return all(min(card.thresholds.get(name, {"": 0.0}).values()) > 0 for name in weights)
