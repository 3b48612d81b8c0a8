"""Reading the parameters of an address, and collecting what is wrong with each of them as sentences for a person."""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

NUL = "\0"
_HALF = re.compile("[\ud800-\udfff]")
_WHOLE = re.compile(r"[+-]?[0-9]{1,30}")
_NUMBER = re.compile(r"[+-]?([0-9]{1,30}(\.[0-9]{0,30})?|\.[0-9]{1,30})([eE][+-]?[0-9]{1,3})?")

Pairs = list[tuple[str, str]]
"""Parameters in their order: a name may stand more than once."""


class QuestionError(ValueError):
    """A question can't be answered. `errors` has, by the parameter's name, sentences for a person."""

    def __init__(self, errors: Mapping[str, Sequence[str]]) -> None:
        self.errors = {name: list(sentences) for name, sentences in errors.items()}
        super().__init__(" ".join(sentence for sentences in self.errors.values() for sentence in sentences))


class Reader:
    """Reads a mapping (or a QueryDict) by its names. Empty values count as absent; `errors` has what was refused."""

    def __init__(self, params: Mapping[str, Any]) -> None:
        self._params = params
        self.errors: dict[str, list[str]] = {}

    @property
    def names(self) -> list[str]:
        return [str(name) for name in self._params]

    def refuse(self, name: str, sentence: str) -> None:
        if sentence not in self.errors.setdefault(name, []):
            self.errors[name].append(sentence)

    def check(self) -> None:
        """Raise QuestionError where anything was refused."""
        if self.errors:
            raise QuestionError(self.errors)

    def texts(self, name: str, *, length: int, at_most: int) -> tuple[str, ...]:
        """All values, each once, in their order; none where one of them is refused."""
        values = [value for raw in self._values(name) if (value := self._text(name, raw, length))]
        unique = tuple(dict.fromkeys(values))
        if len(unique) > at_most:
            sentence = _("At most %(most)d can be given at once; these are %(given)d.")
            self.refuse(name, sentence % {"most": at_most, "given": len(unique)})
            return ()
        return unique

    def text(self, name: str, *, length: int) -> str:
        """The last value, spaces tidied; "" where there is none."""
        values = self._values(name)
        return " ".join(self._text(name, values[-1], length).split()) if values else ""

    def whole(self, name: str, *, low: int, high: int) -> int | None:
        """The last value as a whole number from `low` to `high`; None where there is none."""
        text = self.text(name, length=40)
        return self.as_whole(name, text, low=low, high=high) if text else None

    def number(self, name: str, *, low: float, high: float) -> float | None:
        """The last value as 0 or a number from `low` to `high`; None where there is none."""
        text = self.text(name, length=60)
        if not text:
            return None
        value = float(text) if _NUMBER.fullmatch(text) else math.nan
        if value == 0 or low <= value <= high:
            return abs(value)
        sentence = _("“%(text)s” is no number from %(low)s to %(high)s, or 0.")
        self.refuse(name, sentence % {"text": text, "low": f"{low:g}", "high": f"{high:g}"})
        return None

    def as_whole(self, name: str, text: str, *, low: int, high: int) -> int | None:
        """This text, of the parameter `name`, as a whole number from `low` to `high`; None where it is refused."""
        if not _WHOLE.fullmatch(text):
            self.refuse(name, _("“%(text)s” is no whole number.") % {"text": text})
        elif low <= int(text) <= high:
            return int(text)
        else:
            sentence = _("%(number)d is not between %(low)d and %(high)d.")
            self.refuse(name, sentence % {"number": int(text), "low": low, "high": high})
        return None

    def _text(self, name: str, raw: Any, length: int) -> str:
        if isinstance(raw, bool) or not isinstance(raw, str | int | float):
            self.refuse(name, _("This must be text or a number."))
            return ""
        text = str(raw)
        if NUL in text:
            self.refuse(name, _("This holds a character (NUL) that no text has."))
            return ""
        if _HALF.search(text):
            self.refuse(name, _("This holds half a character (a lone surrogate), which no text has."))
            return ""
        if len(text) > length:
            sentence = _("This is too long: %(given)d characters, and at most %(most)d are accepted.")
            self.refuse(name, sentence % {"given": len(text), "most": length})
            return ""
        return text

    def _values(self, name: str) -> list[Any]:
        if hasattr(self._params, "getlist"):
            return list(self._params.getlist(name))
        value = self._params.get(name)
        if value is None:
            return []
        return list(value) if isinstance(value, list | tuple) else [value]
