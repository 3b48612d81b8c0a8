"""Beside the curator's form: is this painting in the collection already, published or not?"""

import logging
from typing import Any

from django import template

from gallery.models import Painting
from search import similar
from search.similar import Match
from search.templatetags.wording import percent
from vectorizer.encoder import ArtifactError

logger = logging.getLogger(__name__)
register = template.Library()
SHOWN = 6


@register.inclusion_tag("admin/search/duplicates.html")
def duplicates(painting: Painting) -> dict[str, Any]:
    """Paintings with the same file, and those whose picture comes nearest, drafts included."""
    same = Painting.objects.with_details().filter(image=painting.image_id).exclude(pk=painting.pk)[:SHOWN]
    return {"same": same, "near": [_shown(match) for match in _near(painting)]}


def _near(painting: Painting) -> tuple[Match, ...]:
    try:
        return similar.duplicates_of(painting.image, limit=SHOWN)
    except ArtifactError as problem:  # the form must open all the same
        logger.error("No look-alikes beside painting %s: %s", painting.pk, problem)
        return ()


def _shown(match: Match) -> dict[str, Any]:
    return {"painting": match.painting, "percent": percent(match.similarity or 0.0)}
