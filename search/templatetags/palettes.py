"""The colours of a painting on its page, and the way to paintings in the same."""

from typing import Any

from django import template

from gallery.models import Painting
from search import examples
from search.subjects import COLOURS_AT_ONCE
from search.wall import address, colours
from search.wall.likeness import palette_name
from vectorizer.models import EncoderModel

register = template.Library()


@register.inclusion_tag("search/palette.html")
def palette(painting: Painting) -> dict[str, Any]:
    """Nothing where the model knows no colours, or this painting not yet."""
    model = EncoderModel.current()
    name = palette_name(model.card)
    vectors = examples.of_painting(painting, model) if name else None
    if vectors is None or name is None:
        return {}
    found = colours.of_vector(vectors[name])[:COLOURS_AT_ONCE]
    return {"swatches": colours.band(found), "url": address(colours.asked(found))}
