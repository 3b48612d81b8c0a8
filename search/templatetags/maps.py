"""Addresses on the map, and from it."""

from collections.abc import Sequence
from math import sqrt

from django import template
from django.urls import reverse

from gallery.models import Painting
from search.map.atlas import Region
from search.map.models import CollectionMap, Place
from search.map.page import address
from search.query import Question
from search.wall.addresses import more_like

register = template.Library()

LEAST_ZOOM, GREATEST_ZOOM = 1.4, 6.0
EXAMPLES = 3


@register.filter
def fixed(share: float) -> str:
    """0.61423 as “0.61423”, whatever the reader's language writes."""
    return f"{share:.5f}"


@register.filter(name="hash")
def region_hash(region: Region, all_of_them: int) -> str:
    """Where the map shows the region, for its script: “#0.41230,0.52310,2.500”."""
    zoom = min(GREATEST_ZOOM, max(LEAST_ZOOM, 0.8 * sqrt(all_of_them / max(region.count, 1))))
    return f"#{region.x:.5f},{region.y:.5f},{zoom:.3f}"


@register.simple_tag
def on_map(question: Question) -> str:
    """Where the map shows the answer to a question."""
    return address(question)


@register.simple_tag
def more_like_these(paintings: Sequence[Painting]) -> str:
    """The search for what is like some paintings."""
    return more_like(painting.pk for painting in paintings[:EXAMPLES])


@register.simple_tag
def place_on_map(painting: Painting) -> str:
    """Where the map shows this painting; "" where it has no place on it."""
    shown = CollectionMap.objects.shown()
    if shown is None or not Place.objects.public().filter(map=shown, painting=painting).exists():
        return ""
    return f"{reverse('map')}#painting={painting.pk}"
