"""A walk from one public painting to another by look-alikes, whose greatest step is as small as it can be."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, Self

import numpy as np
from django.urls import reverse
from django.utils.translation import gettext as _

from gallery.models import Painting
from search import comparison, examples, indexes, nearness, walk, why
from search.comparison import Comparison
from search.details import Features
from search.indexes import measuring
from search.indexes.base import Query, Target
from search.nearness import Nearness
from search.parameters import Pairs, QuestionError, Reader
from search.query import Question, Sort
from vectorizer.models import EncoderModel
from vectorizer.suggestions import shown_image

STEPS, FEWEST_STEPS, MOST_STEPS = 7, 2, 12
CANDIDATES = 48
"""Of each point on the way. Measured: bench/walk.py, docs/search.md."""

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """From one painting to the next. `nearness` is None where the model's card has no words for these features."""

    pair: Comparison
    similarity: float
    nearness: Nearness | None

    @property
    def painting(self) -> Painting:
        """Where it leads to."""
        return self.pair.second

    @property
    def is_leap(self) -> bool:
        """Whether the two are no look-alikes: nothing in the collection led on from the one to the other."""
        return self.nearness is Nearness.DISTANT


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """From the one painting of the pair to the other, by its weights, in so many steps."""

    pair: Comparison
    wished: int

    def steps(self) -> tuple[Step, ...]:
        """The steps in their order, the last of them to the second painting; () while one of the two has no vectors.

        They are fewer than wished where the collection has too few paintings. One question of the index a point on the
        way; the number of queries beside them is always the same.
        """
        first, second = self.pair.first, self.pair.second
        vectors = why.vectors_of((shown_image(first), shown_image(second)), self.pair.model)
        if vectors is None:
            return ()
        between = self._candidates(*vectors)
        features = {first.pk: vectors[0], **between, second.pk: vectors[1]}
        weights, ids = self.pair.weights, list(features)
        rows = {name: np.stack([each[name] for each in features.values()]) for name in weights}
        chosen = [ids[row] for row in walk.chain(walk.squares(rows, weights), self.wished)]
        return self._taken({id_: features[id_] for id_ in chosen})

    @property
    def swapped(self) -> Self:
        """The way back."""
        return replace(self, pair=self.pair.swapped)

    @property
    def others(self) -> tuple[tuple[str, Self], ...]:
        """The walks by each of the likenesses, and by all of them, each with its label."""
        return tuple((label, replace(self, pair=pair)) for label, pair in self.pair.others)

    @property
    def address(self) -> str:
        """Of the page."""
        wished = f"steps={self.wished}" if self.wished != STEPS else ""
        asked = "&".join(filter(None, (wished, comparison.parameters(self.pair.weights, self.pair.model))))
        return f"{self.path}?{asked}" if asked else self.path

    @property
    def path(self) -> str:
        """Of the page, whatever the number of steps and the weights."""
        return reverse("walk", args=[self.pair.first.pk, self.pair.second.pk])

    @property
    def kept(self) -> Pairs:
        """What its address says beside the number of steps."""
        weights, model = self.pair.weights, self.pair.model
        return Question(weights=tuple(weights.items())).pairs() if comparison.parameters(weights, model) else []

    @property
    def numbers(self) -> range:
        """How many steps may be wished for."""
        return range(FEWEST_STEPS, MOST_STEPS + 1)

    def _candidates(self, first: Features, second: Features) -> dict[int, Features]:
        """The paintings nearest to the points between the two, in the order of their ids, with their vectors."""
        pair, weights = self.pair, self.pair.weights
        ends = [{name: vectors[name] for name in weights} for vectors in (first, second)]
        queries = [
            Query(
                model=pair.model,
                target=Target(vectors=point, weights=weights),
                excluded=frozenset({pair.first.pk, pair.second.pk}),
                order=Sort.SIMILARITY,
                stop=CANDIDATES,
            )
            for point in walk.points(ends[0], ends[1], self.wished)
        ]
        found = indexes.index().find_each(queries)
        return _vectors({hit.id for each in found for hit in each.hits}, pair.model)

    def _taken(self, chosen: Mapping[int, Features]) -> tuple[Step, ...]:
        """The steps between these paintings. One that was withdrawn a moment ago is stepped over."""
        between = [id_ for id_ in chosen if id_ not in (self.pair.first.pk, self.pair.second.pk)]
        public = Painting.objects.public().with_details().filter(pk__in=between)
        known = {painting.pk: painting for painting in (*public, self.pair.first, self.pair.second)}
        here = [id_ for id_ in chosen if id_ in known]
        return tuple(
            _step(replace(self.pair, first=known[one], second=known[other]), chosen[one], chosen[other])
            for one, other in pairwise(here)
        )


def of(first: int, second: int, params: Mapping[str, Any]) -> Walk | None:
    """The walk that an address asks for; None unless both paintings are public.

    Raises QuestionError where the number of steps or the weights are wrong, and for one painting twice.
    """
    reader = Reader(params)
    wished = reader.whole("steps", low=FEWEST_STEPS, high=MOST_STEPS) or STEPS
    reader.check()
    pair = comparison.of(first, second, params)
    if pair is None:
        return None
    if first == second:
        raise QuestionError({"second": [_("A walk leads from one painting to another, and these are the same.")]})
    return Walk(pair=pair, wished=wished)


def _step(pair: Comparison, one: Features, other: Features) -> Step:
    """Measured as the index does, so that it is as near as everywhere else."""
    target = Target(vectors=one, weights=pair.weights)
    parts = measuring.parts({name: other[name][None] for name in pair.weights}, target)
    (hit,) = measuring.hits(np.array([pair.second.pk]), parts, target)
    similarity = hit.similarity or 0.0
    return Step(pair=pair, similarity=similarity, nearness=nearness.of(similarity, pair.weights, pair.model.card))


def _vectors(ids: set[int], model: EncoderModel) -> dict[int, Features]:
    """Those of these paintings that are public and have vectors; one whose vectors are damaged is left out."""
    public = Painting.objects.public().filter(pk__in=ids, live_image__vectors__model=model).order_by("pk")
    found = {}
    for id_, data in public.values_list("pk", "live_image__vectors__data"):
        try:
            found[id_] = examples.unpacked(bytes(data), model)
        except ValueError:
            logger.error("Painting %d is left out of a walk: its vectors are damaged. Vectorize it again.", id_)
    return found
