"""The page on which a part of a painting or of a photo is chosen; the choice leads on to what is like that part."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_safe

from search import cropping, parts, wall
from search.cropping import Picture
from search.parameters import QuestionError, Reader
from search.parts import FULL, Part
from search.query import PLAIN, Example, Question
from search.subjects import LARGEST_ID, read_example

EDGES = {
    "left": pgettext_lazy("edge", "Left"),
    "top": pgettext_lazy("edge", "Top"),
    "right": pgettext_lazy("edge", "Right"),
    "bottom": pgettext_lazy("edge", "Bottom"),
}
LENGTH = 200  # of what stands in an address


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Of which example a part is chosen, and the question that it stands in, or is to."""

    example: Example
    question: Question

    def with_part(self, chosen: Example) -> Question:
        """The question with the part that was chosen in the place of the example."""
        return self.question.exchanging(self.example, chosen)

    @property
    def leads_back(self) -> bool:
        """Whether there are results to go back to."""
        return self.question.has_examples


@require_safe
def part(request: HttpRequest) -> HttpResponseBase:
    """The tool; with `part=` or its four edges in per cent: on to the results.

    `?example=12` or `12~<part>`, or a photo's token instead of the 12, with the question that it is an example of.
    Plainer: `?painting=<id>` or `?photo=<token>`, and `at=` for the part that is shown at first.
    """
    response = _answered(request)
    patch_cache_control(response, private=True, no_store=True)  # a photo's token stands in it
    response["X-Robots-Tag"] = "noindex"
    return response


def _answered(request: HttpRequest) -> HttpResponseBase:
    reader = Reader(request.GET)
    asked = _asked(request.GET, reader)
    picture = _picture(asked.example) if asked else None
    if asked is None or picture is None:
        return _nothing_there(asked)
    try:
        chosen = _chosen(reader)
    except ValueError as refused:
        return _tool(request, picture, asked, refused=str(refused))
    if chosen is None:
        return _tool(request, picture, asked)
    return HttpResponseRedirect(wall.address(asked.with_part(picture.example(chosen))))


def _asked(params: QueryDict, reader: Reader) -> Asked | None:
    """None where no example is named. A question that makes no sense is forgotten."""
    named = read_example(reader, "example") or _plainly_named(params, reader)
    if named is None:
        return None
    taken = set() if "example" in params else {"photo"}
    try:
        question = Question.from_params({name: params.getlist(name) for name in params if name not in taken})
    except QuestionError:
        question = Question()
    return Asked(example=named, question=question.replace())


def _plainly_named(params: QueryDict, reader: Reader) -> Example | None:
    """By `painting=` or `photo=`, with the part that `at=` names."""
    try:
        shown = parts.parse(str(params.get("at", "")))
    except ValueError:
        shown = None
    if token := reader.text("photo", length=LENGTH):
        return Example(photo=token, part=shown)
    id_ = reader.whole("painting", low=1, high=LARGEST_ID)
    return Example(painting=id_, part=shown) if id_ else None


def _picture(example: Example) -> Picture | None:
    return cropping.of_photo(example.photo) if example.photo else cropping.of_painting(example.painting or 0)


def _nothing_there(asked: Asked | None) -> HttpResponseBase:
    """For a photo that is gone the page that says so, with the rest of the question; else 404."""
    if asked is None or not asked.example.photo:
        raise Http404
    named = [] if asked.example in asked.question.examples else [("photo", asked.example.photo)]
    pairs = [*named, *asked.question.pairs()]
    return HttpResponseRedirect(f"{reverse('search')}?{urlencode(pairs, safe=PLAIN)}")


def _chosen(reader: Reader) -> Part | None:
    """The part that was sent; None where none was. Raises ValueError with a sentence for a person."""
    if text := reader.text("part", length=LENGTH):
        return parts.parse(text)
    if not any(reader.text(edge, length=LENGTH) for edge in EDGES):
        return None
    edges = [reader.number(edge, low=0, high=100) for edge in EDGES]
    if None in edges:
        raise ValueError(_("Please give all four edges in per cent, each a number from 0 to 100."))
    return cropping.upright(*(edge or 0.0 for edge in edges))


def _tool(request: HttpRequest, picture: Picture, asked: Asked, *, refused: str = "") -> HttpResponse:
    shown = asked.example.part or picture.start
    context = {
        "picture": picture,
        "painting": picture.painting,
        "kept": [("example", asked.example.written), *asked.question.pairs()],
        "corners": [list(corner) for corner in shown],
        "points": " ".join(f"{x},{y}" for x, y in shown),
        "edges": _edges(request.GET, shown),
        "found": picture.start != parts.WHOLE,
        "refused": refused,
        "back": _back(picture, asked),
        "leads_back": asked.leads_back,
    }
    return render(request, "search/part.html", context, status=400 if refused else 200)


def _back(picture: Picture, asked: Asked) -> str:
    if picture.painting and not asked.leads_back:
        return picture.painting.get_absolute_url()
    return wall.address(asked.question if asked.leads_back else asked.question.liking(asked.example))


def _edges(params: Mapping[str, Any], shown: Part) -> list[tuple[str, str, str]]:
    """The four fields: what was typed into them, else the edges of what is shown, in per cent."""
    across, down = zip(*shown, strict=True)
    values = (min(across), min(down), max(across), max(down))
    usual = [f"{100 * value / FULL:.10g}" for value in values]
    typed = [(name, str(label), str(params.get(name, ""))) for name, label in EDGES.items()]
    return [(name, label, text or value) for (name, label, text), value in zip(typed, usual, strict=True)]
