"""What the active model takes a painting's style and genre to be: guesses, each with how far it can be believed.

The confidence is the model's own probability, its temperature fitted on artists that it had not seen, so it is true on
the average. Whether a high one can be believed, the model's card says for each kind: by the level from which on a guess
is sure, or by having none for that kind. Words go by that level, and so does whatever is done without a look.
"""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from gallery.models import Image, Painting, PaintingQuerySet
from gallery.sentences import Sentence, gettext_noop
from vectorizer import encoder
from vectorizer.models import EncoderModel, Vectors

Kind = Literal["style", "genre"]
KINDS: tuple[Kind, ...] = ("style", "genre")
FIRST = 3
CONFIDENCES = tuple(f"{kind}_confidence" for kind in KINDS)  # the fields of `Vectors` that `confidences` gives
SURE = "very likely"  # the word for what is sure
#: The least confidence for each of the other words, the likeliest first.
LIKELIHOODS = ((0.6, "probably"), (0.25, "perhaps"), (0.0, "unlikely"))
#: The same for a kind of which the model is never sure: there, not even half of the guesses with 0.6 need be right.
UNSURE_LIKELIHOODS = LIKELIHOODS[1:]
UNDER_ONE, PERCENT = gettext_noop("under 1 %%"), "%(whole)s %%"

Suggestions = Mapping[Kind, tuple["Suggestion", ...]]

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A guess: what a painting's style or genre may be. `confidence` is a probability, 0 to 1; `sure_from` is the least
    one that is sure for this kind, None where none is."""

    kind: Kind
    label: str
    confidence: float
    sure_from: float | None

    @property
    def sure(self) -> bool:
        """Whether it may be taken without a look at the picture: of such guesses, nine in ten are right."""
        return self.sure_from is not None and self.confidence >= self.sure_from

    @property
    def likelihood(self) -> str:
        """The confidence as a word, which the API knows; `likelihood_label` is for people."""
        if self.sure:
            return SURE
        words = UNSURE_LIKELIHOODS if self.sure_from is None else LIKELIHOODS
        return next(word for least, word in words if self.confidence >= least)

    @property
    def likelihood_label(self) -> str:
        """The same word in the reader's language."""
        labels = {
            SURE: _("very likely"),
            "probably": _("probably"),
            "perhaps": _("perhaps"),
            "unlikely": _("unlikely"),
        }
        return labels[self.likelihood]

    @property
    def percent(self) -> str:
        """The confidence as a reader writes it."""
        return self.figure.said()

    @property
    def figure(self) -> Sentence:
        """The confidence in per cent; a guess is never quite sure, and never quite out of the question."""
        whole = round(100 * self.confidence)
        return Sentence(UNDER_ONE) if whole < 1 else Sentence(PERCENT, {"whole": min(99, whole)})


def of(image: Image, model: EncoderModel | None = None, *, first: int = FIRST) -> Suggestions:
    """The first suggestions for each kind, the likeliest before the others, in at most two queries.

    {} where the model (the active one, if none is given) has no labels, or the image has no vectors of it yet.
    Raises `encoder.ArtifactError` where the model's artifact is out of order.
    """
    model = model or EncoderModel.current()
    return of_images([image.pk], model, first=first).get(image.pk, {})


def of_images(image_ids: Iterable[int], model: EncoderModel, *, first: int = FIRST) -> dict[int, Suggestions]:
    """The same for several images by their ids, in one query; those without suggestions are left out."""
    if not model.card.labels:
        return {}
    rows = Vectors.objects.filter(model=model, image__in=image_ids).values_list("image", "probabilities")
    found = {id_: _ranked(_unpacked(bytes(packed), model.card), model.card, first) for id_, packed in rows}
    return {id_: suggestions for id_, suggestions in found.items() if suggestions}


def shown_image(painting: Painting) -> Image:
    """The picture of a painting that whoever may see the painting sees."""
    return (painting.live_image if painting.is_public else None) or painting.image


def lacking(paintings: PaintingQuerySet, kind: Kind, model: EncoderModel) -> PaintingQuerySet:
    """Those of `paintings` without a style (or genre) whose first suggestion is sure; none where the model never is."""
    level = model.card.sure.get(kind)
    if level is None:
        return paintings.none()
    sure = Vectors.objects.filter(model=model, **{f"{kind}_confidence__gte": level})
    return paintings.filter(**{f"{kind}__isnull": True, "image__in": sure.values("image")})


def never_sure(card: encoder.Card) -> str:
    """A sentence for curators about the kinds of label that the model is never sure of; "" where there is none."""
    sentences: dict[tuple[Kind, ...], str] = {
        (): "",
        ("style",): _("This model is never sure enough of a style; look at each one."),
        ("genre",): _("This model is never sure enough of a genre; look at each one."),
        ("style", "genre"): _("This model is never sure enough of a style or a genre; look at each one."),
    }
    return sentences[tuple(kind for kind in KINDS if kind in card.labels and kind not in card.sure)]


def confidences(packed: bytes, card: encoder.Card) -> dict[str, float | None]:
    """The confidence of the first suggestion of each kind, as `Vectors` keeps it: None where there is none."""
    found = _ranked(_unpacked(packed, card), card, 1)
    return {f"{kind}_confidence": found[kind][0].confidence if kind in found else None for kind in KINDS}


def _unpacked(packed: bytes, card: encoder.Card) -> Mapping[str, NDArray[np.float32]]:
    if not packed:
        return {}
    try:
        probabilities = encoder.unpack_probabilities(packed, card)
    except ValueError as problem:
        logger.warning("There are vectors without suggestions: %s", problem)
        return {}
    return {kind: values for kind, values in probabilities.items() if np.isfinite(values).all()}


def _ranked(probabilities: Mapping[str, NDArray[np.float32]], card: encoder.Card, first: int) -> Suggestions:
    ranked: dict[Kind, tuple[Suggestion, ...]] = {}
    for kind in KINDS:
        if (values := probabilities.get(kind)) is not None and len(values):
            best = np.argsort(-values, kind="stable")[:first]
            ranked[kind] = tuple(
                Suggestion(
                    kind=kind,
                    label=card.labels[kind][place],
                    confidence=float(np.clip(values[place], 0, 1)),
                    sure_from=card.sure.get(kind),
                )
                for place in best
            )
    return ranked
