"""Where a question is answered, and where one that is a step away from it is."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from search.query import PAGE_SIZE, Example, Question
from search.subjects import LARGEST_ID


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """`current` where it leads to what is already shown."""

    label: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """The addresses of the question with one more painting among its examples; of each `{id}` stands for the painting.

    Made once a page and not once a painting: a wall has hundreds.
    """

    liking: str
    disliking: str


def address(question: Question) -> str:
    """Where a question is answered: with examples on the search page, without on the first page."""
    path = reverse("search" if question.has_examples else "home")
    parameters = question.to_params()
    return f"{path}?{parameters}" if parameters else path


def more_like(paintings: Iterable[int]) -> str:
    """Where what is like all of these paintings is shown. There must be room for them in a question."""
    return address(Question(like=tuple(Example(painting=id_) for id_ in paintings)))


def photo_door(question: Question) -> str:
    """Where a photo is chosen: what narrows the question down stays in force, its examples don't."""
    return _searched(Question(words=question.words, filters=question.filters, weights=question.weights))


def photo_address(question: Question) -> str:
    """Where a photo is sent to, to be an example of this question, alone or beside those that there are."""
    return _searched(question.replace())


def _searched(question: Question) -> str:
    parameters = question.to_params()
    return reverse("search") + (f"?{parameters}" if parameters else "")


def steps(question: Question) -> Steps | None:
    """How a painting becomes an example; None where the question has as many as it may have."""
    if not question.has_room:
        return None
    stand_in = Example(painting=LARGEST_ID)
    shown = question.replace(page_size=PAGE_SIZE)
    with_it = (shown.liking(stand_in), shown.disliking(stand_in))
    liking, disliking = (address(each).replace(str(LARGEST_ID), "{id}") for each in with_it)
    return Steps(liking=liking, disliking=disliking)
