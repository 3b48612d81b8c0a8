"""From the examples of a question to the vectors that the results are to be near."""

import logging
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from gallery.images import ImageRefused
from gallery.models import Image, Painting
from search import photos
from search.indexes.base import Target
from search.query import EXPIRED_PHOTO, WEIGHT, Question, QuestionError
from vectorizer import encoder
from vectorizer.models import EncoderModel, Vectors

logger = logging.getLogger(__name__)

Features = Mapping[str, NDArray[np.float32]]


def target_of(question: Question, model: EncoderModel) -> Target | None:
    """What the question's examples have in common; None where it has none.

    Raises QuestionError for a painting that isn't public (or doesn't exist: no difference is told), a photo that is
    gone, and a feature that the model doesn't have.
    """
    weights = checked_weights(dict(question.weights), model)
    if not question.has_examples:
        return None
    packed = _of_paintings(question.paintings, model)
    if question.photo:
        packed.append(_of_photo(question.photo, model))
    return target([unpacked(data, model) for data in packed], weights)


def target(examples: Sequence[Features], weights: Mapping[str, float]) -> Target:
    """The direction of the mean of the examples, by feature: q = Σ xᵢ / |Σ xᵢ|.

    This is the positive part of Rocchio's formula (J. J. Rocchio, Relevance feedback in information retrieval, 1971).
    One example is its own mean, bit for bit, so that its similarity to itself is exactly 1.
    """
    return Target(vectors={name: _mean([example[name] for example in examples]) for name in weights}, weights=weights)


def checked_weights(weights: Mapping[str, float], model: EncoderModel) -> dict[str, float]:
    """These weights; the model's usual feature alone where there are none. QuestionError for unknown features."""
    names = [feature.name for feature in model.card.features]
    known = f"There are: {', '.join(names)}."
    unknown = {WEIGHT + name: [f"There is no feature “{name}”. {known}"] for name in weights if name not in names}
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


def _of_paintings(ids: Sequence[int], model: EncoderModel) -> list[bytes]:
    if not ids:
        return []
    public = Painting.objects.public().filter(pk__in=ids, live_image__vectors__model=model)
    found = dict(public.order_by().values_list("pk", "live_image__vectors__data"))
    missing = [f"There is no painting {id_} in the collection to compare with." for id_ in ids if id_ not in found]
    if missing:
        raise QuestionError({"like": missing})
    return [bytes(found[id_]) for id_ in ids]


def _of_photo(token: str, model: EncoderModel) -> bytes:
    photo = photos.find(token)
    try:
        if photo is not None:
            return photos.vectors(photo, model)
    except FileNotFoundError:
        pass  # it expired between two lines
    except ImageRefused as problem:
        logger.error("The kept file of a visitor's photo is damaged: %s", problem)
    raise QuestionError({"photo": [EXPIRED_PHOTO]})


def _mean(vectors: Sequence[NDArray[np.float32]]) -> NDArray[np.float32]:
    if len(vectors) == 1:
        return np.ascontiguousarray(vectors[0], np.float32)
    total = np.sum(np.array(vectors, np.float64), axis=0)
    length = float(np.linalg.norm(total))
    if length < 1e-6:  # opposites cancel out; any direction is as good, and the first one is a real one
        return np.ascontiguousarray(vectors[0], np.float32)
    mean: NDArray[np.float32] = (total / length).astype(np.float32)
    return mean
