"""Look-alikes in templates of any part of the application: no Python of the gallery needs to know of search."""

from collections.abc import Sequence

from django import template

from gallery.models import Painting
from search import similar
from search.query import Question
from search.similar import Match
from search.wall import address
from vectorizer.features import Feature

register = template.Library()


@register.simple_tag
def features() -> Sequence[Feature]:
    """What paintings can be compared by: the active model's features."""
    return similar.features()


@register.simple_tag
def lookalikes(painting: Painting, feature: str | None = None, limit: int = 16) -> Sequence[Match]:
    """The public paintings most like this one by a feature (the usual one if none is named), without itself."""
    return similar.like(painting, feature=feature, limit=limit)


@register.simple_tag
def more_like(painting: Painting, feature: str | None = None) -> str:
    """The address of the search for all that is like this painting."""
    weights = ((feature, 1.0),) if feature else ()
    return address(Question(paintings=(painting.pk,), weights=weights))
