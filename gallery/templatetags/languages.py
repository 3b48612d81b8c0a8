"""The switch of languages that every page has."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def languages() -> list[tuple[str, str]]:
    """Every language, by its code and as those call it who read it."""
    return list(settings.LANGUAGES)
