"""The vectors of a question's examples, whole ones and parts."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from gallery.images import ImageRefused
from gallery.models import Painting
from search import details, photos
from search.details import Features, Permit, Picture
from search.query import Example, Question, QuestionError
from search.subjects import EXPIRED_PHOTO, PHOTOS
from vectorizer import encoder
from vectorizer.models import EncoderModel

MISSING = gettext_noop("There is no painting %(id)d in the collection to compare with.")
UNREADABLE = gettext_noop(
    "The picture of painting %(id)d can't be read at the moment, so no part of it can be compared."
)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _There:
    """An example that is there: its picture, and the packed vectors of all of it."""

    picture: Picture
    packed: Callable[[], bytes]


def of(question: Question, model: EncoderModel, permit: Permit) -> Mapping[Example, Features]:
    """The vectors of each example by this model; two queries, and a look into the cache for each part.

    Raises QuestionError for all that are not there: paintings that are not public count among them. And
    `details.NotYet` where a part has to be encoded and the permit refuses.
    """
    there = {**_paintings(question.examples, model), **_photos(question.examples, model)}
    _refuse(question, [example for example in question.examples if example not in there], MISSING)
    vectors = {example: _features(example, found, model, permit) for example, found in there.items()}
    found = {example: features for example, features in vectors.items() if features is not None}
    _refuse(question, [example for example in vectors if example not in found], UNREADABLE)
    return found


def _paintings(examples: Iterable[Example], model: EncoderModel) -> dict[Example, _There]:
    wanted = [example for example in examples if example.painting is not None]
    if not wanted:
        return {}
    ids = {example.painting for example in wanted}
    public = Painting.objects.public().filter(pk__in=ids, live_image__vectors__model=model).order_by()
    rows = public.select_related("live_image").annotate(packed=F("live_image__vectors__data"))
    found = {
        row.pk: _There(picture=row.live_image, packed=partial(bytes, row.packed)) for row in rows if row.live_image
    }
    return {example: found[example.painting] for example in wanted if example.painting in found}


def _photos(examples: Iterable[Example], model: EncoderModel) -> dict[Example, _There]:
    wanted = [example for example in examples if example.photo is not None]
    if not wanted:
        return {}
    alive = photos.find_all({example.photo for example in wanted if example.photo is not None})
    found = {
        token: _There(picture=photo, packed=partial(photos.vectors, photo, model)) for token, photo in alive.items()
    }
    return {example: found[example.photo] for example in wanted if example.photo in found}


def _features(example: Example, there: _There, model: EncoderModel, permit: Permit) -> Features | None:
    """The vectors; None where the picture's file can't be read."""
    try:
        if example.part is None:
            return encoder.unpack(there.packed(), model.card)
        return details.of(there.picture, example.part, model, permit=permit)
    except FileNotFoundError:
        if example.painting:
            logger.error("The files of painting %d are lost: no part of it can be compared.", example.painting)
    except ImageRefused as problem:
        kept = "The kept file of a visitor's photo" if example.photo else f"The file of painting {example.painting}"
        logger.error("%s is damaged: %s", kept, problem)
    return None


def _refuse(question: Question, missing: Iterable[Example], sentence: str) -> None:
    """QuestionError with this sentence about each of these paintings; of a photo, whatever is wrong, it is gone."""
    errors: dict[str, list[str]] = {}
    for example in missing:
        name = "like" if example in question.like else "unlike"
        if example.photo:
            errors[PHOTOS[name]] = [str(EXPIRED_PHOTO)]
        else:
            errors.setdefault(name, []).append(_(sentence) % {"id": example.painting})
    if errors:
        raise QuestionError(errors)
