"""The network's guesses in templates of any part of the application: no Python of the gallery needs to know of it."""

from dataclasses import dataclass
from typing import Any

from django import template

from gallery.models import Image, Painting
from gallery.term import Term
from gallery.text import fold
from vectorizer import suggestions
from vectorizer.suggestions import Kind, Suggestion

register = template.Library()

WORTH_SAYING = 0.2  # what is less likely is said of the first guess alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """What the network takes a painting's style (or genre) to be, and what the catalogue says."""

    kind: Kind
    first: Suggestion
    others: tuple[Suggestion, ...]
    catalogue: Term | None

    @property
    def is_style(self) -> bool:
        """Or else a genre."""
        return self.kind == "style"

    @property
    def undecided(self) -> bool:
        """Whether not even the first guess is to be relied on."""
        return self.first.likelihood == "unlikely"

    @property
    def in_figures(self) -> bool:
        """Whether confidences are told as figures, too: not of a kind of which the model is never sure, as a visitor
        would believe a high one."""
        return self.first.sure_from is not None

    @property
    def agrees(self) -> bool:
        """Whether the first guess is what the catalogue says."""
        return self.catalogue is not None and fold(self.catalogue.name) == fold(self.first.label)


@register.inclusion_tag("vectorizer/network_sees.html")
def network_sees(painting: Painting, image: Image) -> dict[str, Any]:
    """“What the network sees” of this picture of the painting; nothing where the model has no labels."""
    found = suggestions.of(image)
    return {"guesses": [_guess(kind, offered, getattr(painting, kind)) for kind, offered in found.items()]}


def _guess(kind: Kind, offered: tuple[Suggestion, ...], catalogue: Term | None) -> Guess:
    first, *others = offered
    likely = tuple(other for other in others if other.confidence >= WORTH_SAYING)
    return Guess(kind=kind, first=first, others=likely, catalogue=catalogue)
