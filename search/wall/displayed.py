"""A question's examples as its page shows them: the picture, which part of it counts, and the ways to change that."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy

from gallery.models import Painting
from search import parts
from search.photos import Recognised
from search.query import PLAIN, Example, Question
from search.regions import region
from search.wall.addresses import address
from vectorizer.quadrilaterals import Quad

PHOTO = gettext_lazy("your photo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Displayed:
    """A painting, or a photo by its token. `outline` is the part that counts, as the points of a polygon in a square of
    1 × 1, "" for all of it; at `part_address` another part is chosen, at `switched` it is an example for instead of
    against, or the other way round, and at `without` it is none.
    """

    example: Example
    liked: bool
    painting: Painting | None
    outline: str
    part_address: str
    switched: str
    without: str

    @property
    def photo(self) -> str | None:
        return self.example.photo

    @property
    def has_part(self) -> bool:
        return self.example.part is not None

    @property
    def title(self) -> str:
        return self.painting.title if self.painting else str(PHOTO)


def displayed(
    question: Question, paintings: Iterable[Painting], recognised: Recognised | None
) -> tuple[Displayed, ...]:
    """What the question is to be like, then what it is not to be like, in its order.

    `paintings` are those among its examples that are public.
    """
    known = {painting.pk: painting for painting in paintings}
    shown = [each for each in question.examples if each.photo or each.painting in known]
    return tuple(
        Displayed(
            example=each,
            liked=each in question.like,
            painting=known[each.painting] if each.painting else None,
            outline=_outline(each, recognised if each.photo in question.photos[:1] else None),
            part_address=part_address(each, question),
            switched=address(question.disliking(each) if each in question.like else question.liking(each)),
            without=address(question.without_example(each)),
        )
        for each in shown
    )


def part_address(example: Example, question: Question) -> str:
    """Where a part of the example is chosen, which then takes its place in the question."""
    pairs = [("example", example.written), *question.replace().pairs()]
    return f"{reverse('part')}?{urlencode(pairs, safe=PLAIN)}"


def outline(recognised: Recognised | None) -> str:
    """Where the recognised painting lies in the photo, for SVG."""
    part = region(recognised.quad) if recognised else None
    return "" if part is None else points(part)


def points(quad: Quad) -> str:
    """The corners of a part of a picture, for SVG."""
    return " ".join(f"{x:.4f},{y:.4f}" for x, y in quad)


def _outline(example: Example, recognised: Recognised | None) -> str:
    return points(parts.region(example.part)) if example.part else outline(recognised)
