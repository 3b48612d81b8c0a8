"""Styles, genres and artists by name, found without regard to case, accents and punctuation, or made."""

from __future__ import annotations

from typing import Generic, TypeVar

from gallery.models import Attribution
from gallery.term import Term
from gallery.text import fold

T = TypeVar("T", bound=Term)


class Terms(Generic[T]):
    """Remembers what it has seen; use it inside of `journal.writing()`, so that no other writer makes the same name."""

    def __init__(self, model: type[T]) -> None:
        self._model = model
        self._ids: dict[str, int] = {}
        self._last_seen = 0

    def find_or_make(self, name: str) -> int:
        """The id of the term with this name."""
        key = _key(name)
        if key not in self._ids:
            self._look_again()
        if key not in self._ids:
            term = self._model(name=name)
            term.save()
            self._ids[key] = term.pk
        return self._ids[key]

    def _look_again(self) -> None:
        new = self._model._default_manager.filter(pk__gt=self._last_seen).order_by("pk")
        for pk, name in new.values_list("pk", "name"):
            self._ids.setdefault(_key(name), pk)
            self._last_seen = pk


def attributed(name: str) -> tuple[str, str]:
    """ "workshop of Rembrandt" as qualifier and artist; the qualifier is "" for a plain name."""
    for qualifier in Attribution.Qualifier.values:
        if qualifier and name.casefold().startswith(f"{qualifier} "):
            return qualifier, name[len(qualifier) :].strip()
    return Attribution.Qualifier.NONE, name


def _key(name: str) -> str:
    return fold(name) or name.casefold()
