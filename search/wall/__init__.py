"""What stands around the pictures on a page of results: the question as it is, its controls, and the ways on."""

from collections.abc import Sequence
from dataclasses import dataclass

from search.filters import Filters
from search.parameters import Pairs
from search.query import Question
from search.similar import Results
from search.wall import chips, choices, colours, empty, invitation, likeness, paging
from search.wall.addresses import Link, Steps, address, photo_address, photo_door, steps
from search.wall.chips import Chip
from search.wall.choices import Group, Option, Years
from search.wall.colours import Paintbox
from search.wall.displayed import Displayed, displayed
from search.wall.empty import Empty
from search.wall.invitation import Invitation
from search.wall.likeness import Likeness, plain
from search.wall.paging import Paging, grown
from search.wall.wording import named
from vectorizer.models import EncoderModel

__all__ = ["Link", "Wall", "address", "around", "displayed", "named", "part", "photo_address", "photo_door", "plain"]

KEPT = ("like", "photo", "unlike", "unlike_photo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wall:
    """All of it, for the template. `everything` is the address of the question without words and filters; `steps`
    makes a tile an example; `empty` is what an empty wall says, and `invitation` what the first page offers.
    """

    groups: tuple[Group, ...]
    others: tuple[Group, ...]
    years: Years | None
    chips: tuple[Chip, ...]
    likeness: Likeness | None
    paintbox: Paintbox | None
    sorts: tuple[Option, ...]
    most_of_one: tuple[Option, ...]
    kept: Pairs
    paging: Paging
    steps: Steps | None
    everything: str
    without_colours: str
    has_years: bool
    has_limit: bool
    is_once: bool
    nothing_alike: bool
    empty: Empty | None
    invitation: Invitation | None

    @property
    def conditions(self) -> int:
        """How many choices are made in the sheet of filters."""
        first = sum(group.selected for group in self.groups) + self.has_years
        return first + self.others_chosen + len(self.paintbox.chosen if self.paintbox else ())

    @property
    def others_chosen(self) -> int:
        """How many of them stand behind “More”."""
        return sum(group.selected for group in self.others) + self.has_limit + self.is_once


def around(question: Question, results: Results, model: EncoderModel, displayed: Sequence[Displayed]) -> Wall:
    """Everything that stands around these results."""
    box = colours.of(question, model, {each.example: each.title for each in displayed})
    return Wall(
        groups=choices.first_groups(results),
        others=choices.other_groups(results),
        years=choices.years(results),
        chips=chips.of(question, results, model.card),
        likeness=likeness.of(question, model.card),
        paintbox=box,
        sorts=choices.sorts(question),
        most_of_one=choices.most_of_one(question),
        kept=kept(question),
        paging=paging.of(question, results),
        steps=steps(question),
        everything=address(question.replace(words="", filters=Filters())),
        without_colours=address(question.replace(colours=())),
        has_years=question.filters.has_years,
        has_limit=bool(question.per_artist),
        is_once=question.once,
        nothing_alike=question.page == 1 and results.weak_from == 0,
        empty=None if results.matches else empty.of(question, model),
        invitation=invitation.of(question, results, box),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What a wall grows by, and what then stands below it."""

    paging: Paging
    steps: Steps | None
    nothing_alike: bool = False


def part(question: Question, results: Results) -> Part:
    """The page of this question as a part of the wall that grows by it."""
    return Part(paging=paging.of(grown(question), results), steps=steps(question))


def kept(question: Question) -> Pairs:
    """The parts of the question that the form doesn't show, as fields that keep them."""
    return [(name, value) for name, value in question.pairs() if name in KEPT]
