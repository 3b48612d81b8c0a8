"""Look-alikes in templates of any part of the application: no Python of the gallery needs to know of search."""

import logging

from django import template

from gallery.models import Painting
from search import companions
from search.companions import Companions
from search.indexes.base import IndexUnavailable
from search.query import Example, Question
from search.wall import address

logger = logging.getLogger(__name__)
register = template.Library()


@register.simple_tag
def lookalikes(painting: Painting) -> Companions | None:
    """The public paintings most like this one, without itself: by each likeness of the active model, and by several.

    None while the index can't be asked: the painting itself can be shown.
    """
    try:
        return companions.of(painting)
    except IndexUnavailable as problem:
        logger.error("Painting %s is shown without its look-alikes: %s", painting.pk, problem)
        return None


@register.simple_tag
def more_like(painting: Painting, feature: str | None = None) -> str:
    """The address of the search for all that is like this painting."""
    weights = ((feature, 1.0),) if feature else ()
    return address(Question(like=(Example(painting=painting.pk),), weights=weights))
