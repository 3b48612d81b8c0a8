"""Sentences whose language is chosen where they are read: English in logs and in the database, the reader's on a page.

No Django until one is said: pictures are opened without it, too.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Union

Value = Union[str, int, float, "Sentence"]

_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})*(?P<decimals>\.\d)?")
_PLACE = re.compile(r"%\((\w+)\)s|%%")
_NAME = "name"  # of a place that holds what people named, and no part of the language
_templates: set[str] = set()


def gettext_noop(template: str) -> str:
    """Mark a template, whose places are %(named)s, for the catalogue of messages, which looks for this name.

    It is known again when it was filled in and stored (`retold`), so it stands at the head of a module.
    """
    _templates.add(template)
    _patterns.cache_clear()
    return template


@dataclass(frozen=True, slots=True)
class Sentence:
    """A template marked by `gettext_noop`, and what stands in its places. `str()` is English.

    Whole numbers are grouped, others have one decimal, as the language writes them.
    """

    template: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.template % {name: _in_english(value) for name, value in self.values.items()}

    def said(self) -> str:
        """In the language of whoever reads it now."""
        from django.utils.translation import gettext

        template = gettext(self.template).replace(" %%", unbroken(" %%"))
        return template % {name: _said(value) for name, value in self.values.items()}


def unbroken(text: str) -> str:
    """With a no-break space before each per cent sign, so that no line parts it from its number."""
    return text.replace(" %", "\u00a0%")


def retold(stored: str) -> str:
    """A sentence that was stored in English, in the language of whoever reads it now; as it is where nobody knows it.

    What was put into a template has become part of the text, so it is found by the template's own words.
    """
    known = _recognised(stored)
    return stored if known is None else known.said()


def _in_english(value: Value) -> str:
    if isinstance(value, float):
        return f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _said(value: Value) -> str:
    from django.utils.formats import number_format

    if isinstance(value, Sentence):
        return value.said()
    if isinstance(value, str):
        return value
    if isinstance(value, float):
        return str(number_format(round(value, 1), 1, force_grouping=True))  # which by itself cuts off
    return str(number_format(value, force_grouping=True))


def _recognised(text: str) -> Sentence | None:
    for template, pattern in _patterns():
        if found := pattern.fullmatch(text):
            return Sentence(template, {name: _value(name, part) for name, part in found.groupdict().items()})
    return None


def _value(place: str, text: str) -> Value:
    if place == _NAME:
        return text
    if number := _NUMBER.fullmatch(text):
        plain = text.replace(",", "")
        return float(plain) if number["decimals"] else int(plain)
    return _recognised(text) or text


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The longest template first: of those that fit, it says most in its own words."""
    ordered = sorted(_templates, key=lambda template: (-len(_PLACE.sub("", template)), template))
    return tuple((template, re.compile("".join(_pieces(template)), re.DOTALL)) for template in ordered)


def _pieces(template: str) -> Iterator[str]:
    at, named = 0, set[str]()
    for place in _PLACE.finditer(template):
        yield re.escape(template[at : place.start()])
        name, at = place[1], place.end()
        if name is None:
            yield "%"
        else:
            yield f"(?P={name})" if name in named else f"(?P<{name}>.+?)"
            named.add(name)
    yield re.escape(template[at:])
