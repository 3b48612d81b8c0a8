"""A question of its own: two public paintings, held against each other by these weights."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from gallery.models import Painting
from gallery.templatetags import pictures
from search import examples, heat, why
from search.details import Permit, free
from search.heat import Heat
from search.query import WEIGHT, Question
from search.why import Why
from vectorizer.models import EncoderModel
from vectorizer.suggestions import shown_image


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What is compared by what. Its addresses name both paintings, and the weights unless they are the usual ones."""

    first: Painting
    second: Painting
    weights: Mapping[str, float]
    model: EncoderModel

    def why(self) -> Why | None:
        """Why they are alike; None while one of them has no vectors."""
        return why.explain(self.first, self.second, self.weights, self.model)

    def heat(self, *, permit: Permit = free) -> Heat | None:
        """Which regions of the first make it like the second; None where vectors lack. Raises as `heat.towards`."""
        image = shown_image(self.first)
        vectors = why.vectors_of((image, shown_image(self.second)), self.model)
        return vectors and heat.towards(image, *vectors, self.weights, self.model, permit=permit)

    @property
    def swapped(self) -> Self:
        """The other way round."""
        return replace(self, first=self.second, second=self.first)

    @property
    def address(self) -> str:
        """Of the page."""
        return self._address("compare")

    @property
    def with_regions(self) -> str:
        """Of the page with the regions shown, for browsers without scripts."""
        return f"{self.address}{'&' if '?' in self.address else '?'}regions=1"

    @property
    def reasons(self) -> str:
        """Of why they are alike, as a part of a page."""
        return self._address("why")

    @property
    def walk(self) -> str:
        """Of the walk from the first to the second."""
        return self._address("walk")

    @property
    def regions(self) -> str:
        """Of what is to say of the regions of the first."""
        return self._address("regions")

    @property
    def overlay(self) -> str:
        """Of the picture that shows the regions of the first."""
        return self._address("overlay")

    @property
    def ratio(self) -> int:
        """Width to height in hundredths, as the wall hangs it, of the one that is higher for its width."""
        return min(pictures.ratio(shown_image(painting)) for painting in (self.first, self.second))

    @property
    def others(self) -> tuple[tuple[str, Self], ...]:
        """The same two by each of the likenesses, and by all of them equally; each with its label."""
        features = self.model.card.likenesses
        ways = [(_(feature.label), {feature.name: 1.0}) for feature in features]
        if len(features) > 1:
            ways.append((_("All together"), {feature.name: 1.0 for feature in features}))
        return tuple((label, replace(self, weights=weights)) for label, weights in ways)

    @property
    def by_several(self) -> bool:
        """Whether more than one feature counts."""
        return len(self.weights) > 1

    def _address(self, name: str) -> str:
        path = reverse(name, args=[self.first.pk, self.second.pk])
        asked = parameters(self.weights, self.model)
        return f"{path}?{asked}" if asked else path


def of(first: int, second: int, params: Mapping[str, Any]) -> Comparison | None:
    """The two paintings by their ids, with all that a page shows of them; None unless both are public.

    `params`: of them, those that are weights count. Raises QuestionError where these are wrong.
    """
    both = Painting.objects.public().with_details().filter(Q(pk=first) | Q(pk=second))
    found = {painting.pk: painting for painting in both}
    if first not in found or second not in found:
        return None
    model = EncoderModel.current()
    weights = weights_of(params, model)
    return Comparison(first=found[first], second=found[second], weights=weights, model=model)


def nearest(ids: Sequence[int], second: int, params: Mapping[str, Any]) -> Comparison | None:
    """Of these paintings the one that is nearest to the second, and that: in three queries, however many they are.

    The first of them where none has vectors, or two are as near. None unless the second, and another of them, is
    public. Raises as `of` does.
    """
    named = Painting.objects.public().with_details().filter(Q(pk=second) | Q(pk__in=ids))
    found = {painting.pk: painting for painting in named}
    others = [found[id_] for id_ in ids if id_ in found and id_ != second]
    if second not in found or not others:
        return None
    model = EncoderModel.current()
    weights = weights_of(params, model)
    images = [shown_image(painting) for painting in (found[second], *others)]
    similarities = why.similarities(images, weights, model)
    first = max(others, key=lambda painting: similarities.get(shown_image(painting).pk, 0.0))
    return Comparison(first=first, second=found[second], weights=weights, model=model)


def weights_of(params: Mapping[str, Any], model: EncoderModel) -> Mapping[str, float]:
    """The weights in an address, as a question has them; the usual ones where there are none."""
    asked = {name: params[name] for name in params if str(name).startswith(WEIGHT)}
    return examples.checked_weights(dict(Question.from_params(asked).weights), model)


def parameters(weights: Mapping[str, float], model: EncoderModel) -> str:
    """The weights as the query of an address; "" for the usual ones."""
    if dict(weights) == examples.checked_weights({}, model):
        return ""
    return Question(weights=tuple(weights.items())).to_params()
