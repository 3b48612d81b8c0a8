"""The numbers on the first page of the admin."""

from dataclasses import dataclass

from django import template
from django.db.models import Count

from gallery.models import Painting

register = template.Library()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """How many paintings are in a state."""

    state: str
    label: str
    number: int


@register.simple_tag
def desk() -> list[Row]:
    """Every state with its number of paintings."""
    numbers = dict(Painting.objects.order_by().values_list("state").annotate(number=Count("pk")))
    return [Row(state=value, label=label, number=numbers.get(value, 0)) for value, label in Painting.State.choices]
