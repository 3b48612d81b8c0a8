"""What becomes of ranked hits before they are shown: the less near cut off, doubles left out, few of one artist, and
other orders. Any index may have ranked them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import numpy as np
from django.conf import settings
from django.db.models import BinaryField
from django.db.models.functions import Substr
from django.utils.translation import gettext_lazy
from numpy.typing import NDArray

from gallery.models import Attribution, Painting
from search import nearness
from search.indexes.base import Hit, Target
from search.query import Question, QuestionError, Sort
from vectorizer.encoder import Card
from vectorizer.encoder.packing import STORED
from vectorizer.models import EncoderModel, Vectors

UNKNOWN = gettext_lazy("How near is near is not known for these features, so nothing can be left out by it.")
RANKED = (Sort.SIMILARITY, Sort.RELEVANCE)
"""The orders in which an index itself puts what is like something."""


def is_needed(question: Question) -> bool:
    """Whether the index's own order and pages are not the answer's."""
    return bool(question.nearness or question.per_artist or question.once or ranked_by(question) is not question.order)


def ranked_by(question: Question) -> Sort:
    """The order in which the index is asked for what is then shaped: other orders are those of look-alikes."""
    return Sort.SIMILARITY if question.has_examples and question.order not in RANKED else question.order


def span(question: Question) -> tuple[int, int]:
    """From which hit on, and up to which, the index is asked."""
    if is_needed(question):
        return 0, settings.SEARCH_DEPTH
    start = (question.page - 1) * question.page_size
    stop = start + question.page_size
    return start, min(stop, settings.SEARCH_DEPTH) if question.has_examples else stop


def shaped(hits: Sequence[Hit], question: Question, target: Target | None, model: EncoderModel) -> Sequence[Hit]:
    """Of the first `settings.SEARCH_DEPTH` hits those that are shown, all pages of them, in the question's order.

    Of doubles and of an artist's paintings the ones stay that the index had first. At most six queries, however many
    hits there are. Raises QuestionError where the nearness that is asked for is not known.
    """
    if question.nearness and target:
        hits = _near(hits, question.nearness, target, model.card)
    if question.once:
        hits = _once(hits, model)
    if question.per_artist:
        hits = _few_of_each(hits, question.per_artist)
    return hits if ranked_by(question) is question.order else _ordered(hits, question.order)


def _near(hits: Sequence[Hit], least: nearness.Nearness, target: Target, card: Card) -> Sequence[Hit]:
    if not nearness.is_known(target.weights, card):
        raise QuestionError({"nearness": [str(UNKNOWN)]})
    threshold = nearness.threshold(least, target.weights, card)
    return [hit for hit in hits if (hit.similarity or 0.0) >= threshold]


def _once(hits: Sequence[Hit], model: EncoderModel) -> Sequence[Hit]:
    """Without those that have the file of one before them, or that the model takes for a copy of one before them."""
    images, vectors, least = _identities([hit.id for hit in hits], model)
    doubles = np.zeros(len(hits), np.bool_)
    for place in range(len(hits)):
        if not doubles[place]:
            rest = slice(place + 1, None)
            doubles[rest] |= (images[rest] == images[place]) | (vectors[rest] @ vectors[place] >= least)
    return [hit for hit, double in zip(hits, doubles, strict=True) if not double]


def _identities(ids: Sequence[int], model: EncoderModel) -> tuple[NDArray[np.int64], NDArray[np.float32], float]:
    """The images (n,) and identity vectors (n, dimensions) of paintings, and from which dot product on two are copies.

    A painting that is gone meanwhile has an image of its own and a vector of zeros, like those of a model that tells
    no copies.
    """
    start, dimensions, least = _identity(model.card)
    # Two queries: in one, SQLite would look at the vectors of all paintings to find a thousand.
    shown = dict(Painting.objects.filter(pk__in=ids).order_by().values_list("pk", "live_image"))
    size = STORED.itemsize
    cut = Substr("data", start * size + 1, dimensions * size, output_field=BinaryField())
    rows = Vectors.objects.filter(model=model, image__in=set(shown.values())).annotate(cut=cut)
    stored = dict(rows.values_list("image", "cut"))
    images, vectors = -np.arange(1, len(ids) + 1), np.zeros((len(ids), dimensions), np.float32)
    for place, image in enumerate(map(shown.get, ids)):
        if image in stored:
            images[place], vectors[place] = image, np.frombuffer(bytes(stored[image]), STORED)
    return images, vectors, least


def _identity(card: Card) -> tuple[int, int, float]:
    """Where the feature that tells copies stands in packed vectors, its dimensions, and the dot product of two copies.

    Two unit vectors at the distance d have the dot product 1 − d² / 2.
    """
    start = 0
    for feature in card.features:
        if feature.role == "identity" and feature.name in card.thresholds:
            distance = 1 / card.thresholds[feature.name][nearness.Nearness.COPY] - 1
            return start, feature.dimensions, 1 - distance**2 / 2
        start += feature.dimensions
    return 0, 1, np.inf


def _few_of_each(hits: Sequence[Hit], most: int) -> Sequence[Hit]:
    """At most so many of one artist, the first; what nobody is named for is not counted. Restorers are no artists."""
    artists = defaultdict(list)
    named = Attribution.objects.filter(painting__in=[hit.id for hit in hits]).exclude(role=Attribution.Role.RESTORER)
    for painting, artist in named.order_by().values_list("painting", "artist").distinct():
        artists[painting].append(artist)
    shown: Counter[int] = Counter()
    kept = []
    for hit in hits:
        if all(shown[artist] < most for artist in artists[hit.id]):
            shown.update(artists[hit.id])
            kept.append(hit)
    return kept


def _ordered(hits: Sequence[Hit], order: Sort) -> Sequence[Hit]:
    """In the order that an index gives to these paintings; without those that are gone meanwhile."""
    ids = [hit.id for hit in hits]
    rows = Painting.objects.filter(pk__in=ids).order_by().values("pk", "title_key", "first_year", "last_year")
    artists = _first_artists(ids) if order is Sort.ARTIST else {}
    keys = {row["pk"]: _KEYS[order]({**row, "artist_key": artists.get(row["pk"], "")}) for row in rows}
    return sorted((hit for hit in hits if hit.id in keys), key=lambda hit: (keys[hit.id], hit.id))


def _first_artists(ids: Collection[int]) -> dict[int, str]:
    """Painting → the sort key of the artist who is named first."""
    named = Attribution.objects.filter(painting__in=ids).order_by("-order", "-id")
    return dict(named.values_list("painting", "artist__sort_key"))


_KEYS: Mapping[Sort, Callable[[Mapping[str, Any]], Any]] = {
    Sort.NEWEST: lambda row: -row["pk"],
    Sort.TITLE: lambda row: row["title_key"],
    Sort.ARTIST: lambda row: (row["artist_key"] == "", row["artist_key"], row["title_key"]),
    Sort.OLDEST: lambda row: (row["first_year"] is None, row["first_year"] or 0, row["last_year"] or 0),
    Sort.LATEST: lambda row: (row["last_year"] is None, -(row["last_year"] or 0), -(row["first_year"] or 0)),
}
