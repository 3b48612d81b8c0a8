"""A selection: paintings that somebody has put together, as they stand in an address. Nothing of it is kept here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gallery.models import Painting
from search.parameters import Reader
from search.subjects import EXAMPLES_AT_ONCE, LARGEST_ID
from search.wall.addresses import more_like

MOST = 200
PAINTINGS = "paintings"
_LENGTH = MOST * len(f"{LARGEST_ID},")


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The ids that were named, each once, in their order, and those of their paintings that visitors may see."""

    ids: tuple[int, ...]
    paintings: tuple[Painting, ...]

    @property
    def missing(self) -> int:
        """How many of them are not shown: withdrawn, or never there. No difference is told."""
        return len(self.ids) - len(self.paintings)

    @property
    def examples_at_once(self) -> int:
        """How many of them a question has room for."""
        return EXAMPLES_AT_ONCE

    @property
    def examples(self) -> tuple[Painting, ...]:
        """Those of them that a question has room for: the first."""
        return self.paintings[:EXAMPLES_AT_ONCE]

    @property
    def more_like_these(self) -> str:
        """The address of the search for what is like them."""
        return more_like(painting.pk for painting in self.examples)

    @property
    def walk(self) -> str:
        """The address of the walk from the first to the last; "" unless there are two."""
        if len(self.paintings) < 2:
            return ""
        return reverse("walk", args=[self.paintings[0].pk, self.paintings[-1].pk])

    @property
    def query(self) -> str:
        """As the query of an address."""
        return f"{PAINTINGS}={','.join(map(str, self.ids))}"

    @property
    def address(self) -> str:
        """Of its page."""
        return f"{reverse('selection')}?{self.query}"


def read(params: Mapping[str, Any], name: str = PAINTINGS) -> tuple[int, ...]:
    """The ids in `paintings=3,1,7` (or in several such parameters), each once, in their order.

    Raises QuestionError with a sentence for what is no id, and for more than MOST.
    """
    reader = Reader(params)
    texts = reader.texts(name, length=_LENGTH, at_most=MOST)
    pieces = [piece.strip() for text in texts for piece in text.split(",")]
    found = [reader.as_whole(name, piece, low=1, high=LARGEST_ID) for piece in pieces if piece]
    ids = tuple(dict.fromkeys(id_ for id_ in found if id_ is not None))
    if len(ids) > MOST:
        reader.refuse(
            name,
            _("A selection has at most %(most)s paintings; these are %(number)s.") % {"most": MOST, "number": len(ids)},
        )
    reader.check()
    return ids


def find(ids: Sequence[int]) -> Selection:
    """The public paintings of these ids, in their order, with all that a tile or the API shows, in two queries."""
    shown = {painting.pk: painting for painting in Painting.objects.public().with_details().filter(pk__in=ids)}
    return Selection(ids=tuple(ids), paintings=tuple(shown[id_] for id_ in ids if id_ in shown))


def of(params: Mapping[str, Any]) -> Selection:
    """The selection that stands in an address. Raises QuestionError."""
    return find(read(params))
