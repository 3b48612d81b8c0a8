"""From the examples and colours of a question to the vectors that the results are to be near."""

from collections.abc import Mapping, Sequence

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from gallery.models import Image, Painting
from search import example_vectors, rocchio
from search.details import Features, Permit, free
from search.indexes.base import Target
from search.query import WEIGHT, Question, QuestionError
from search.subjects import Colours
from vectorizer import encoder
from vectorizer.encoder import Card
from vectorizer.features import PALETTE_FORMULA, palette_of_colours
from vectorizer.models import EncoderModel, Vectors

Floats = NDArray[np.float32]


def target_of(question: Question, model: EncoderModel, *, permit: Permit = free) -> Target | None:
    """What the question's examples and colours have in common; None where it has none.

    Raises QuestionError for a painting that isn't public (or doesn't exist: no difference is told), a photo that is
    gone, and a feature that the model doesn't have; and `details.NotYet`.
    """
    weights = checked_weights(dict(question.weights), model)
    if not question.has_examples:
        return None
    palette = _palette(question.colours, model.card)
    if palette:
        weights = _with_palette(weights if question.examples else {}, *palette)
    vectors = example_vectors.of(question, model, permit)
    liked, disliked = ([vectors[example] for example in some] for some in (question.like, question.unlike))
    return target(liked, weights, against=disliked, instead=palette)


def target(
    examples: Sequence[Features],
    weights: Mapping[str, float],
    *,
    against: Sequence[Features] = (),
    instead: Mapping[str, Floats] | None = None,
) -> Target:
    """By each of these features the `rocchio.direction` of the examples, away from those against.

    `instead` has, by feature, a vector that stands for all that is liked.
    """
    fixed = instead or {}
    vectors = {
        name: rocchio.direction(
            [fixed[name]] if name in fixed else [example[name] for example in examples],
            [example[name] for example in against],
        )
        for name in weights
    }
    return Target(vectors=vectors, weights=weights)


def checked_weights(weights: Mapping[str, float], model: EncoderModel) -> dict[str, float]:
    """These weights; the model's usual feature alone where there are none. QuestionError for unknown features."""
    names = [feature.name for feature in model.card.features]
    sentence, known = _("There is no feature “%(name)s”. There are: %(known)s."), ", ".join(names)
    unknown = {WEIGHT + name: [sentence % {"name": name, "known": known}] for name in weights if name not in names}
    if unknown:
        raise QuestionError(unknown)
    return dict(weights) or {model.card.likenesses[0].name: 1.0}


def of_painting(painting: Painting, model: EncoderModel) -> Features | None:
    """The vectors of what visitors see of a painting, or, while it isn't public, of its newest image."""
    shown = painting.live_image if painting.is_public else None
    return of_image(shown or painting.image, model)


def of_image(image: Image, model: EncoderModel) -> Features | None:
    """The vectors of an image; None while there are none."""
    data = Vectors.objects.filter(image=image, model=model).values_list("data", flat=True).first()
    return None if data is None else unpacked(bytes(data), model)


def unpacked(packed: bytes, model: EncoderModel) -> Features:
    """Packed vectors by feature. Raises ValueError where they are not this model's."""
    return encoder.unpack(packed, model.card)


def _palette(colours: Colours, card: Card) -> dict[str, Floats]:
    """By the name of the feature that is a palette the one of these colours; {} where no colour is asked for."""
    if not colours:
        return {}
    names = [name for name, formula in card.formulas.items() if formula == PALETTE_FORMULA]
    if not names:
        sentence = _("The model %(name)s doesn't compare paintings by their colours.")
        raise QuestionError({"colour": [sentence % {"name": card.name}]})
    red_green_blue = [(tuple(bytes.fromhex(colour)), share) for colour, share in colours]
    return {names[0]: palette_of_colours([((r, g, b), share) for (r, g, b), share in red_green_blue])}


def _with_palette(weights: Mapping[str, float], palette: str) -> dict[str, float]:
    """Colours that are asked for count as much as the other features do on the average, unless it is said how much."""
    mean = sum(weights.values()) / len(weights) if weights else 1.0
    return {**weights, palette: weights.get(palette, mean)}
