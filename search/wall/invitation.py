"""What the first page offers to somebody who has asked for nothing yet: ways in, each with something to begin with."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from gallery.models import Painting
from search.query import PAGE_SIZE, Question
from search.similar import Results
from search.wall.addresses import Link, address
from search.wall.colours import PIGMENTS, Offer, Paintbox

COLOURS = (
    "Naples yellow",
    "Yellow ochre",
    "Orange",
    "Vermilion",
    "Crimson",
    "Rose",
    "Violet",
    "Ultramarine",
    "Cerulean",
    "Viridian",
    "Sap green",
    "Burnt umber",
)
"""A small palette, round the circle of hues. A narrow window leaves every third out (home.css)."""
WORDS = (("style", 2), ("genre", 1))  # of what there is most, so many examples each


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """`painting`: one to begin with; `walk`: the address of one from it to another, "" where it is alone; `colours`:
    empty where they are not compared; `words`: each finds some.
    """

    painting: Painting
    walk: str
    colours: tuple[Offer, ...]
    words: tuple[Link, ...]


def of(question: Question, results: Results, box: Paintbox | None) -> Invitation | None:
    """None where something is asked for already, on later pages, and while the walls are bare. Asks no index and no
    database for anything.
    """
    plain = question.replace(sort=None, page_size=PAGE_SIZE) == Question()
    if not (plain and question.page == 1 and results.matches):
        return None
    first, *others = (match.painting for match in results.matches)
    offers = {offer.colour: offer for offer in box.offers} if box else {}
    return Invitation(
        painting=first,
        walk=reverse("walk", args=[first.pk, others[-1].pk]) if others else "",
        colours=tuple(offers[PIGMENTS[name]] for name in COLOURS if PIGMENTS[name] in offers),
        words=tuple(_words(results)),
    )


def _words(results: Results) -> Iterator[Link]:
    for name, most in WORDS:
        for facet in results.facets.get(name, ())[:most]:
            yield Link(label=facet.label, url=address(Question(words=facet.label)))
