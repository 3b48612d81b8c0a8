"""Whether a card makes sense."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vectorizer.encoder.fitting import FITS
from vectorizer.features import FORMULAS, ROLES

if TYPE_CHECKING:
    from vectorizer.encoder.card import Card

WORDS = ("copy", "very_close", "related")
"""The words for a similarity, from the nearest on; what is less than all of them is "distant"."""


def problem(card: "Card") -> str | None:
    """The first thing that is wrong with a card, as a sentence that follows the artifact's name; None where it's sound.

    May raise TypeError or AttributeError where a value is of another type than it should be.
    """
    return next(_problems(card), None)


def _problems(card: "Card") -> Iterator[str]:
    yield from _of_features(card)
    yield from _of_formulas(card)
    yield from _of_labels(card)
    yield from _of_thresholds(card)


def _of_features(card: "Card") -> Iterator[str]:
    features = (*card.features, *card.baselines)
    for feature in features:
        if not isinstance(feature.dimensions, int) or feature.dimensions < 1:
            yield f"its {feature.name} has {feature.dimensions!r} dimensions."
        if feature.role not in ROLES:
            yield f"its {feature.name} has the role {feature.role!r}; known are {', '.join(ROLES)}."
    names = [*(feature.name for feature in features), *card.labels]
    if not card.likenesses or len(set(names)) < len(names):
        yield f"its card must name at least one feature to compare by, and each output once; it names {names}."
    if card.input_fit not in FITS or not isinstance(card.input_size, int) or card.input_size < 1:
        yield f"its card wants pictures {card.input_fit!r} into {card.input_size!r} pixels."


def _of_formulas(card: "Card") -> Iterator[str]:
    for name, formula in card.formulas.items():
        if formula not in FORMULAS:
            yield f"its feature {name} is computed by {formula!r}, a formula unknown to this version."
        elif name not in [feature.name for feature in card.features]:
            yield f"its card has a formula for {name}, which is none of its features."
        elif (dimensions := card.feature(name).dimensions) != FORMULAS[formula].dimensions:
            yield f"its feature {name} has {dimensions} dimensions; {formula} gives others."


def _of_labels(card: "Card") -> Iterator[str]:
    for kind, names in card.labels.items():
        if not names or len(set(names)) < len(names) or not all(isinstance(name, str) and name for name in names):
            yield f"its card must name at least one {kind}, and each once."
    if set(card.temperatures) - set(card.labels) or not all(value > 0 for value in card.temperatures.values()):
        yield f"its card has the temperatures {dict(card.temperatures)}: each kind of label may have one, above 0."
    if set(card.sure) - set(card.labels) or not all(0 < level <= 1 for level in card.sure.values()):
        yield f"its card is sure from {dict(card.sure)}: each kind of label may have one level, above 0 and at most 1."


def _of_thresholds(card: "Card") -> Iterator[str]:
    for name, words in card.thresholds.items():
        if name not in [feature.name for feature in card.features]:
            yield f"its card has thresholds for {name}, which is none of its features."
        elif set(words) != set(WORDS) or not 1 >= words["copy"] >= words["very_close"] >= words["related"] >= 0:
            order = " ≥ ".join(WORDS)
            yield f"its thresholds for {name} are {dict(words)}; they must be 1 ≥ {order} ≥ 0."
