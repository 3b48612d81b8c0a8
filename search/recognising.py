"""Recognising a painting in a photo, among the public ones: the pure core (`recognition`) with its database and index.

A model without an identity feature, or paintings without local features, recognise nothing; the search goes on as ever.
"""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from django.db import DatabaseError
from numpy.typing import NDArray

from gallery.models import Painting
from search import indexes, recognition
from search.indexes.base import IndexUnavailable, Query, Target
from search.query import Sort
from search.regions import ALL, Corners, corners
from vectorizer import keypoints
from vectorizer.encoder import ArtifactError, Encoding
from vectorizer.models import EncoderModel

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """The painting that a photo shows, where it lies in it (as `regions.corners`), and how many points agreed."""

    painting_id: int
    quad: Corners
    inliers: int


def look(rgb: NDArray[np.uint8], whole: Encoding, model: EncoderModel) -> Seen | None:
    """Which public painting this photo (height, width, 3) shows; `whole` is the encoding of all of it. None: none.

    What goes wrong in it is logged, and counts as not recognised, so that the photo still finds its look-alikes.
    Raises what that needs, too: `ArtifactError`, `IndexUnavailable`, and the database's errors.
    """
    identity = next((feature.name for feature in model.card.features if feature.role == "identity"), None)
    if identity is None:
        return None
    glance = _Glance(rgb, whole, model, identity)
    try:
        found = recognition.recognise(rgb, glance.encode, glance.shortlist, glance.keypoints_of)
    except (ArtifactError, DatabaseError, IndexUnavailable):
        raise
    except Exception:  # whatever it is, it is in the way of one sentence on the page, and not of the search
        logger.exception("A photo of %s × %s pixels could not be looked at for known paintings.", *rgb.shape[1::-1])
        return None
    if found.best is None:
        return None
    quad = ALL if found.quad is None else corners(found.quad)
    return Seen(painting_id=found.best, quad=quad, inliers=found.inliers)


class _Glance:
    """What the core asks about one photo, answered by this model, the index and the database."""

    def __init__(self, rgb: NDArray[np.uint8], whole: Encoding, model: EncoderModel, feature: str) -> None:
        self._rgb, self._whole, self._model, self._feature = rgb, whole, model, feature

    def encode(self, pictures: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
        """The pictures' identity vectors (n, dimensions). The whole photo has its own already."""
        others = [picture for picture in pictures if picture is not self._rgb]
        found = iter(self._model.encoder().encode(others, features=[self._feature]))
        encodings = [self._whole if picture is self._rgb else next(found) for picture in pictures]
        return np.stack([encoding.vectors[self._feature] for encoding in encodings])

    def shortlist(self, vector: NDArray[np.float32], limit: int) -> list[tuple[int, float]]:
        """The public paintings nearest to an identity vector, with their distances."""
        target = Target(vectors={self._feature: vector}, weights={self._feature: 1.0})
        query = Query(model=self._model, target=target, order=Sort.SIMILARITY, stop=limit)
        return [(hit.id, hit.distance or 0.0) for hit in indexes.index().find(query).hits]

    def keypoints_of(self, ids: Iterable[int]) -> Mapping[int, keypoints.Keypoints]:
        """The local features of those of these paintings that have whole ones of the present version."""
        public = Painting.objects.public().order_by().filter(pk__in=list(ids))
        present = public.filter(live_image__keypoints__version=keypoints.KEYPOINTS_VERSION)
        found, damaged = {}, []
        for id_, data in present.values_list("pk", "live_image__keypoints__data"):
            try:
                found[id_] = keypoints.unpack(bytes(data))
            except ValueError as problem:  # a painting that can't be recognised; the others can
                damaged.append(f"{id_} ({problem})")
        if damaged:
            logger.error("Of %s paintings the local features are damaged, such as of %s", len(damaged), damaged[0])
        return found
