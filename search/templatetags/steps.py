"""The addresses that make a painting of the wall an example."""

from django import template

from gallery.models import Painting

register = template.Library()


@register.filter
def of(address: str, painting: Painting) -> str:
    """The address of a step (`wall.addresses.Steps`) taken with this painting."""
    return address.replace("{id}", str(painting.pk))
