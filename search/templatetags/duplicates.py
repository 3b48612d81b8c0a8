"""Beside the curator's form: is this painting in the collection already, published or not?"""

from typing import Any

from django import template

from gallery.models import Painting
from search import similar

register = template.Library()
SHOWN = 6


@register.inclusion_tag("admin/search/duplicates.html")
def duplicates(painting: Painting) -> dict[str, Any]:
    """Paintings with the same file, and those whose picture comes nearest, drafts included."""
    same = Painting.objects.with_details().filter(image=painting.image_id).exclude(pk=painting.pk)[:SHOWN]
    return {"same": same, "near": similar.duplicates_of(painting.image, limit=SHOWN)}
