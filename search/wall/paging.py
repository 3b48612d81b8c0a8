"""Pages of results: real ones with addresses of their own, and the first of them grown by a button."""

from dataclasses import dataclass

from search.query import PAGE_SIZE, PAGE_SIZE_LIMIT, Question
from search.similar import Results
from search.wall.addresses import Link, address

PAGES_AROUND = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """`previous` and `next` are None at the ends, `pages` has None for a gap.

    `more` is the address of what the wall grows by, "" where it is long enough: then `next` leads on. `shown` stand on
    the page and those before it, of `reach` that can be shown; `here` is its address.
    """

    pages: tuple[Link | None, ...]
    first: Link
    previous: Link | None
    next: Link | None
    more: str
    here: str
    shown: int
    reach: int


def of(question: Question, results: Results) -> Paging:
    """The ways on from these results."""
    pages = -(-results.reach // question.page_size)
    return Paging(
        pages=_pages(question, pages),
        first=_page(question, 1),
        previous=_page(question, question.page - 1) if question.page > 1 else None,
        next=_page(question, question.page + 1) if question.page < pages else None,
        more=_more(question, pages),
        here=address(question),
        shown=min(question.page * question.page_size, results.reach),
        reach=results.reach,
    )


def grown(question: Question) -> Question:
    """The question of a wall that has grown up to this page: all its pages are one."""
    return question.replace(page_size=question.page * question.page_size)


def can_grow(question: Question) -> bool:
    """Whether a page may be this long."""
    return question.page * question.page_size <= PAGE_SIZE_LIMIT


def _more(question: Question, pages: int) -> str:
    """The next part of a first page, by the same steps as before: grown by it, the page has an address again."""
    step = PAGE_SIZE if question.page_size % PAGE_SIZE == 0 else question.page_size
    part = question.replace(page=question.page_size // step + 1, page_size=step)
    return address(part) if question.page == 1 < pages and can_grow(part) else ""


def _pages(question: Question, last: int) -> tuple[Link | None, ...]:
    """Links to the first, the last and the neighbouring pages."""
    near = range(question.page - PAGES_AROUND, question.page + PAGES_AROUND + 1)
    shown = [number for number in range(1, last + 1) if number in near or number in (1, last)]
    links: list[Link | None] = []
    for before, number in zip([0, *shown], shown, strict=False):
        if number > before + 1:
            links.append(None)
        links.append(_page(question, number))
    return tuple(links)


def _page(question: Question, number: int) -> Link:
    return Link(label=str(number), url=address(question.replace(page=number)), current=number == question.page)
