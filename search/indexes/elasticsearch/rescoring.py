"""Candidates of the server, measured exactly by the database's vectors. What is not public any more is dropped here."""

import logging
from collections.abc import Iterator

import numpy as np

from gallery.models import Painting
from search.indexes import measuring
from search.indexes.arrays import Longs
from search.indexes.base import Hit, Target
from vectorizer.encoder import Card
from vectorizer.models import EncoderModel

ROWS_AT_ONCE = 2000  # of about 6 kB

logger = logging.getLogger(__name__)


def measured(ids: Longs, target: Target, model: EncoderModel) -> list[Hit]:
    """Those of these paintings that are public and have vectors of this model, in the order given; a query a 2,000."""
    blocks = np.split(ids, range(ROWS_AT_ONCE, len(ids), ROWS_AT_ONCE))
    return [hit for block in blocks if len(block) for hit in _measured(block, target, model)]


def _measured(ids: Longs, target: Target, model: EncoderModel) -> Iterator[Hit]:
    card = model.card
    stored = _stored(ids, model, card)
    known = np.array([id_ for id_ in ids.tolist() if id_ in stored], np.int64)
    if not len(known):
        return iter(())
    joined = b"".join([stored[id_] for id_ in known.tolist()])
    rows = np.frombuffer(joined, "<f4").reshape(len(known), card.dimensions)
    vectors = {name: rows[:, place] for name, place in _places(card).items() if name in target.weights}
    return iter(measuring.hits(known, measuring.parts(vectors, target), target))


def _stored(ids: Longs, model: EncoderModel, card: Card) -> dict[int, bytes]:
    """Painting → its packed vectors."""
    public = Painting.objects.public().order_by().filter(pk__in=ids.tolist(), live_image__vectors__model=model)
    length = card.dimensions * np.dtype(np.float32).itemsize
    found = {}
    for id_, data in public.values_list("pk", "live_image__vectors__data"):
        if len(data) == length:
            found[id_] = bytes(data)
        else:
            logger.error("Painting %d is left out of an answer: its vectors are damaged. Vectorize it again.", id_)
    return found


def _places(card: Card) -> dict[str, slice]:
    """Where each feature stands in packed vectors."""
    ends = np.cumsum([feature.dimensions for feature in card.features]).tolist()
    starts = [0, *ends[:-1]]
    return {feature.name: slice(start, end) for feature, start, end in zip(card.features, starts, ends, strict=True)}
