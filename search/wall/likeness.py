"""What “alike” means: a slider a feature, presets, and how near is near enough."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from search import nearness
from search.query import WEIGHT, Question
from search.wall.addresses import Link, address
from search.wall.choices import Option
from search.wall.wording import AT_LEAST, same
from vectorizer.encoder import Card
from vectorizer.features import PALETTE_FORMULA

FULL = 100
"""Of a slider. Only how weights compare counts, so the greatest of them is shown as this."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slider:
    """How much a feature counts, from `least` to FULL; 0: not at all."""

    name: str
    label: str
    description: str
    value: int
    least: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """`nearness` is empty where how near is near is not known."""

    sliders: tuple[Slider, ...]
    presets: tuple[Link, ...]
    nearness: tuple[Option, ...]


def of(question: Question, card: Card) -> Likeness | None:
    """None without examples, and where there is nothing to choose."""
    if not question.examples or len(card.likenesses) < 2:
        return None
    return Likeness(
        sliders=_sliders(question, card), presets=_presets(question, card), nearness=_nearness(question, card)
    )


def weights(question: Question, card: Card) -> Mapping[str, float]:
    """By which features the question's examples are compared, and by how much of each."""
    asked = dict(question.weights) or {card.likenesses[0].name: 1.0}
    palette = palette_name(card)
    if question.colours and palette and palette not in asked:
        asked[palette] = sum(asked.values()) / len(asked)
    return asked


def plain(question: Question, card: Card) -> Question:
    """The same question, its weights as short as they can be written: none where it is the usual feature alone."""
    asked = dict(question.weights)
    if len(set(asked.values())) > 1:
        return question
    usual = set(asked) <= {card.likenesses[0].name}
    pairs = () if usual or not question.examples else tuple((name, 1.0) for name in sorted(asked))
    return question.replace(weights=pairs, page=question.page)


def palette_name(card: Card) -> str | None:
    """The feature that compares colours."""
    return next((name for name, formula in card.formulas.items() if formula == PALETTE_FORMULA), None)


def labels(question: Question, card: Card) -> list[str]:
    """What the features are called that somebody chose to compare by; [] for the usual one."""
    names = [name for name, _ in question.weights] if question.examples else []
    return [feature.label for feature in card.features if feature.name in names]


def _sliders(question: Question, card: Card) -> tuple[Slider, ...]:
    asked = weights(question, card)
    most = max(asked.values())
    colours = palette_name(card) if question.colours else None
    return tuple(
        Slider(
            name=WEIGHT + feature.name,
            label=_(feature.label),
            description=_(feature.description),
            value=max(1, round(FULL * asked[feature.name] / most)) if feature.name in asked else 0,
            least=1 if feature.name == colours else 0,
        )
        for feature in card.features
        if feature.role == "likeness" or feature.name in asked
    )


def _presets(question: Question, card: Card) -> tuple[Link, ...]:
    """One feature, or all of them equally."""
    usual, *others = card.likenesses
    asked = weights(question, card)
    ways = [
        (_("Everything"), [feature.name for feature in card.likenesses]),
        (_(usual.label), [usual.name]),
        *((same(feature.label), [feature.name]) for feature in others),
    ]
    return tuple(
        Link(
            label=label,
            url=address(plain(question.replace(weights=tuple((name, 1.0) for name in sorted(names))), card)),
            current=set(asked) == set(names) and len(set(asked.values())) == 1,
        )
        for label, names in ways
    )


def _nearness(question: Question, card: Card) -> tuple[Option, ...]:
    if not question.like or question.unlike or question.colours:
        return ()
    if not nearness.is_known(weights(question, card), card):
        return ()
    words = [
        Option(value=word, label=str(label), selected=word is question.nearness) for word, label in AT_LEAST.items()
    ]
    return (Option(value="", label=_("near and far"), selected=question.nearness is None), *words)
