"""The page of the timeline: the drawing, and below it the paintings of the years that are chosen, the oldest first."""

from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from gallery.years import span
from search import similar, timeline, wall
from search.parameters import Pairs
from search.query import Question, QuestionError, Sort
from search.similar import Results
from search.timeline import drawing
from search.timeline.counting import Timeline
from search.timeline.drawing import Ridge
from search.wall import chips, choices, paging
from search.wall.addresses import Link
from search.wall.chips import Chip
from search.wall.paging import Paging
from vectorizer.models import EncoderModel

TEMPLATE, PART_TEMPLATE = "search/timeline.html", "search/more.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A style in the drawing. `number` is the number of its colour, 0 for what is left over; `url` leads to the style
    alone, or, where it is chosen, back to all of them, and is "" where nothing can be chosen."""

    ridge: Ridge
    number: int
    url: str
    chosen: bool


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """All of it; as a part of a page, the pictures that the wall grows by."""
    try:
        asked = read(Question.from_params(request.GET))
        if _has_better_address(request):
            return HttpResponseRedirect(address(asked))
        if request.GET.get("part") == "1":
            return render(request, PART_TEMPLATE, _grown(asked))
        return push_url(render(request, TEMPLATE, _around(asked)), address(asked))
    except QuestionError as refused:
        complaints = [(wall.named(field), sentences) for field, sentences in refused.errors.items()]
        return push_url(render(request, TEMPLATE, {"complaints": complaints}, status=400), url=False)


def read(question: Question) -> Question:
    """What of a question the timeline can show: its words and filters. It has an order of its own."""
    return Question(words=question.words, filters=question.filters, page=question.page, page_size=question.page_size)


def address(question: Question) -> str:
    """Where the timeline shows this question."""
    parameters = read(question).to_params()
    return f"{reverse('timeline')}?{parameters}" if parameters else reverse("timeline")


def _moved(url: str) -> str:
    """The timeline of the question of this address, which is one of the first page."""
    return reverse("timeline") + url.removeprefix(reverse("home")) if url else ""


def _answer(asked: Question, *, facets: bool) -> Results:
    return similar.answer(asked.replace(sort=Sort.OLDEST, page=asked.page), facets=facets)


def _grown(asked: Question) -> dict[str, Any]:
    results = _answer(asked, facets=False)
    part = wall.part(asked, results)
    return {"question": asked, "results": results, "wall": replace(part, paging=_paging(part.paging))}


def _around(asked: Question) -> dict[str, Any]:
    results = _answer(asked, facets=True)
    found = timeline.of(asked)
    part = replace(wall.part(asked, results), paging=_paging(paging.of(asked, results)))
    return {
        "question": asked,
        "results": results,
        "wall": part,
        "timeline": found,
        "rows": _rows(asked, found),
        "ticks": drawing.ticks(found),
        "years": choices.years(results),
        "chips": _chips(asked, results),
        "kept": _kept(asked),
        "everything": reverse("timeline"),
        "all_years": address(asked.without("from").without("to")),
        "as_search": wall.address(asked.replace(sort=Sort.OLDEST)),
        "table": _table(found),
    }


def _rows(asked: Question, found: Timeline) -> list[Row]:
    chosen, rows = asked.filters.styles, []
    for number, ridge in enumerate(drawing.ridges(found), 1):
        slug = ridge.style.slug
        others = () if chosen == (slug,) else (slug,)
        url = address(asked.replace(filters=replace(asked.filters, styles=others))) if slug else ""
        rows.append(Row(ridge=ridge, number=number if slug else 0, url=url, chosen=slug in chosen))
    return rows


def _table(found: Timeline) -> list[tuple[str, int, list[int]]]:
    """The bins in which there is anything: years, all, and each of the styles."""
    return [
        (span(each.first, each.last), each.count, numbers)
        for place, each in enumerate(found.bins)
        if each.count
        for numbers in [[style.counts[place] for style in found.styles]]
    ]


def _chips(asked: Question, results: Results) -> list[Chip]:
    found = chips.of(asked, results, EncoderModel.current().card)
    return [replace(chip, url=_moved(chip.url)) for chip in found]


def _kept(asked: Question) -> Pairs:
    """What the form doesn't show, and keeps."""
    return [pair for pair in asked.pairs() if pair[0] not in ("from", "to", "page", "size")]


def _paging(found: Paging) -> Paging:
    """The same pages, on the timeline."""
    return replace(
        found,
        pages=tuple(_there(link) for link in found.pages),
        first=replace(found.first, url=_moved(found.first.url)),
        previous=_there(found.previous),
        next=_there(found.next),
        more=_moved(found.more),
        here=_moved(found.here),
    )


def _there(link: Link | None) -> Link | None:
    return link and replace(link, url=_moved(link.url))


def _has_better_address(request: HttpRequest) -> bool:
    """What the form sends without a script has empty fields, which no address needs."""
    if request.headers.get("HX-Request"):
        return False
    return any("" in values for _, values in request.GET.lists())
