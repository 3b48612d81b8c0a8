"""What the curators' desk says: how many paintings are in a state, and when and why something was done."""

from dataclasses import dataclass
from datetime import datetime

from django import template
from django.db.models import Count
from django.utils import formats
from django.utils.translation import pgettext

from gallery import models, sentences
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
    return [Row(state=value, label=str(label), number=numbers.get(value, 0)) for value, label in Painting.State.choices]


@register.filter(expects_localtime=True)
def moment(when: datetime | None) -> str:
    """“6 May 2026, 14:05”; nothing for nothing."""
    return formats.date_format(when, pgettext("date format", "j F Y, H:i")) if when else ""


@register.filter(expects_localtime=True)
def exact_moment(when: datetime) -> str:
    """“6 May 2026, 14:05:09”."""
    return formats.date_format(when, pgettext("date format", "j F Y, H:i:s"))


@register.filter
def retold(stored: str) -> str:
    """A sentence of ours that was stored in English, in the reader's language; any other as it is."""
    return sentences.retold(stored)


@register.simple_tag
def qualified(qualifier: str, name: str) -> str:
    """“workshop of Rembrandt”; for a version of an attribution, which has no methods of its own."""
    return models.qualified(qualifier, name)
