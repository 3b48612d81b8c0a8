"""Why two paintings are alike: each feature's part in it, the colours that both have, what the network sees in both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gallery.models import Image, Painting
from search import colour_words, nearness
from search.details import Features
from search.examples import unpacked
from search.indexes import measuring
from search.indexes.base import Hit, Target
from search.nearness import ASKED, Nearness
from vectorizer import suggestions
from vectorizer.encoder import Card
from vectorizer.features import PALETTE_FORMULA, Colour, Feature, colours_of_palette
from vectorizer.models import EncoderModel, Vectors
from vectorizer.oklab import from_srgb
from vectorizer.suggestions import KINDS, Kind, Suggestion, Suggestions

COLOURS_READ = 8  # of each painting
SAME_COLOUR = 0.1  # in OKLab: two shades of what anybody calls one colour
LIGHTNESS_COUNTS = 0.5  # of two shades of one colour, one may be twice as much lighter than it may be of another hue
NOT_WORTH_SAYING = "unlikely"  # of either of the two


@dataclass(frozen=True, slots=True, kw_only=True)
class Aspect:
    """How alike two paintings are by one feature. `share`: its part of the likeness, 0 where it doesn't count."""

    feature: Feature
    similarity: float
    nearness: Nearness | None
    share: float
    reach: float
    """Where the similarity lies on a scale from 0 to 1 on which distant, related, very close and a copy have a quarter
    each, so that features can be told by the same measure; the similarity itself where the card has no such words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedColour:
    """A colour that both paintings have, as it is in each (sRGB), and its share of each."""

    colours: tuple[Colour, Colour]
    shares: tuple[float, float]

    @property
    def share(self) -> float:
        """What of it both have: the smaller share."""
        return min(self.shares)

    @property
    def name(self) -> str:
        """In words, as it is where there is more of it."""
        return colour_words.named(self.colours[0 if self.shares[0] >= self.shares[1] else 1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """A style or genre that the network sees in both: a guess about each, no likelier than the less likely of them."""

    kind: Kind
    label: str
    guesses: tuple[Suggestion, Suggestion]

    @property
    def weaker(self) -> Suggestion:
        return min(self.guesses, key=lambda guess: guess.confidence)

    @property
    def in_figures(self) -> bool:
        """Whether confidences are told as figures: not of a kind of which the model is never sure, as a visitor would
        believe a high one."""
        return self.weaker.sure_from is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """What there is to say of two paintings. `shares` are those of `Match`: by feature the part of d², the difference.

    The aspects' shares are those of what they agree in: with unit vectors d²ᶠ = 2 − 2·cᶠ, so the weighted mean of the
    cosines cᶠ is c = 1 − d²/2 = Σ wᶠ·cᶠ / Σ wᶠ, and a feature's part of it is wᶠ·cᶠ / Σ wᶠ·cᶠ (0 where cᶠ < 0).
    """

    similarity: float
    nearness: Nearness | None
    shares: Mapping[str, float]
    aspects: tuple[Aspect, ...]
    colours: tuple[SharedColour, ...]
    agreements: tuple[Agreement, ...]


def explain(first: Painting, second: Painting, weights: Mapping[str, float], model: EncoderModel) -> Why | None:
    """Why these public paintings are alike by these weights (see `examples.checked_weights`), in two queries.

    None while one of them has no vectors of this model.
    """
    images = (_shown(first), _shown(second))
    vectors = vectors_of(images, model)
    if vectors is None:
        return None
    hit = _measured(*vectors, weights)
    return Why(
        similarity=hit.similarity or 0.0,
        nearness=nearness.of(hit.similarity or 0.0, weights, model.card),
        shares=hit.shares,
        aspects=_aspects(*vectors, weights, model.card),
        colours=_colours(*vectors, model.card),
        agreements=_agreements(images, model),
    )


def vectors_of(images: tuple[Image, Image], model: EncoderModel) -> tuple[Features, Features] | None:
    """Both images' vectors, in one query; None where one of them has none."""
    rows = Vectors.objects.filter(model=model, image__in=images).values_list("image", "data")
    found = {image: unpacked(bytes(data), model) for image, data in rows}
    first, second = (found.get(image.pk) for image in images)
    return None if first is None or second is None else (first, second)


def similarities(images: Sequence[Image], weights: Mapping[str, float], model: EncoderModel) -> dict[int, float]:
    """How alike the first of these images is to each of the others, by their ids; {} while it has no vectors."""
    rows = Vectors.objects.filter(model=model, image__in=images).values_list("image", "data")
    found = {image: unpacked(bytes(data), model) for image, data in rows}
    to = found.get(images[0].pk)
    if to is None:
        return {}
    return {id_: _measured(to, vectors, weights).similarity or 0.0 for id_, vectors in found.items()}


def shared_colours(first: Sequence[tuple[Colour, float]], second: Sequence[tuple[Colour, float]]) -> list[SharedColour]:
    """Colours of which there is a shade in both, each shade once, the nearest pairs first; most of it in both first."""
    apart = np.linalg.norm(_in_oklab(first)[:, None] - _in_oklab(second), axis=2)
    found: list[SharedColour] = []
    while apart.size and apart.min() < SAME_COLOUR:
        row, column = divmod(int(apart.argmin()), apart.shape[1])
        (colour, share), (other, other_share) = first[row], second[column]
        found.append(SharedColour(colours=(colour, other), shares=(share, other_share)))
        apart[row], apart[:, column] = np.inf, np.inf
    return sorted(found, key=lambda colour: -colour.share)


def _shown(painting: Painting) -> Image:
    return suggestions.shown_image(painting)


def _measured(first: Features, second: Features, weights: Mapping[str, float]) -> Hit:
    """As the index measures it, so that the page says the same as the tile."""
    target = Target(vectors=first, weights=weights)
    parts = measuring.parts({name: second[name][None] for name in weights}, target)
    (hit,) = measuring.hits(np.zeros(1, np.int64), parts, target)
    return hit


def _aspects(first: Features, second: Features, weights: Mapping[str, float], card: Card) -> tuple[Aspect, ...]:
    """All likenesses in the card's order, and what else counts."""
    shown = [feature for feature in card.features if feature.role == "likeness" or feature.name in weights]
    agreeing = {name: weight * max(0.0, float(first[name] @ second[name])) for name, weight in weights.items()}
    total = sum(agreeing.values()) or 1.0
    return tuple(
        Aspect(
            feature=feature,
            similarity=(similarity := _measured(first, second, {feature.name: 1.0}).similarity or 0.0),
            nearness=nearness.of(similarity, {feature.name: 1.0}, card),
            share=agreeing.get(feature.name, 0.0) / total,
            reach=_reach(similarity, feature.name, card),
        )
        for feature in shown
    )


def _reach(similarity: float, feature: str, card: Card) -> float:
    words = card.thresholds.get(feature)
    if words is None:
        return similarity
    starts = [words[nearness] for nearness in reversed(ASKED)]
    return float(np.interp(similarity, [0, *starts, 1], [0, 0.25, 0.5, 0.75, 1]))


def _colours(first: Features, second: Features, card: Card) -> tuple[SharedColour, ...]:
    name = next((name for name, formula in card.formulas.items() if formula == PALETTE_FORMULA), None)
    if name is None:
        return ()
    read = [colours_of_palette(vectors[name], most=COLOURS_READ) for vectors in (first, second)]
    return tuple(shared_colours(*read))


def _in_oklab(colours: Sequence[tuple[Colour, float]]) -> NDArray[np.float32]:
    """(n, 3), lightness shortened, so that distances say how far two colours are from being one."""
    places = from_srgb(np.array([colour for colour, _ in colours], np.uint8).reshape(-1, 3))
    return places * np.array([LIGHTNESS_COUNTS, 1, 1], np.float32)


def _agreements(images: tuple[Image, Image], model: EncoderModel) -> tuple[Agreement, ...]:
    found = suggestions.of_images([image.pk for image in images], model)
    first, second = (found.get(image.pk, {}) for image in images)
    both = (_agreement(kind, first, second) for kind in KINDS)
    return tuple(agreement for agreement in both if agreement)


def _agreement(kind: Kind, first: Suggestions, second: Suggestions) -> Agreement | None:
    """What is likeliest of both together, where each of the two is worth saying."""
    others = {guess.label: guess for guess in second.get(kind, ())}
    pairs = [(guess, others[guess.label]) for guess in first.get(kind, ()) if guess.label in others]
    worth = [pair for pair in pairs if all(guess.likelihood != NOT_WORTH_SAYING for guess in pair)]
    best = max(worth, key=lambda pair: min(guess.confidence for guess in pair), default=None)
    return best and Agreement(kind=kind, label=best[0].label, guesses=best)
