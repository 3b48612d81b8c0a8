"""The page on which a part of a painting or of a photo is chosen; the choice leads on to what is like that part."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from search import cropping, parts, wall
from search.cropping import Picture
from search.parameters import QuestionError, Reader
from search.parts import FULL, Part
from search.query import Example, Question
from search.subjects import LARGEST_ID

EDGES = {"left": "Left", "top": "Top", "right": "Right", "bottom": "Bottom"}
LENGTH = 200  # of what stands in an address


@require_safe
def part(request: HttpRequest) -> HttpResponseBase:
    """`?painting=<id>` or `?photo=<token>`: the tool; with `part=` or its four edges in per cent: on to the results.

    `at=` is what the tool shows at first, instead of what was found.
    """
    response = _answered(request)
    patch_cache_control(response, private=True, no_store=True)  # a photo's token stands in it
    response["X-Robots-Tag"] = "noindex"
    return response


def _answered(request: HttpRequest) -> HttpResponseBase:
    reader = Reader(request.GET)
    token = reader.text("photo", length=LENGTH)
    picture = cropping.of_photo(token) if token else _painting(reader)
    if picture is None and token:
        address = QueryDict(mutable=True)
        address["photo"] = token
        return HttpResponseRedirect(f"{reverse('search')}?{address.urlencode()}")  # which says that it is gone
    if picture is None:
        raise Http404
    kept = _kept(request.GET)
    try:
        chosen = _chosen(reader)
    except ValueError as refused:
        return _tool(request, picture, kept, refused=str(refused))
    if chosen is None:
        return _tool(request, picture, kept)
    question = kept.replace(like=(picture.example(chosen),))
    return HttpResponseRedirect(wall.address(question))


def _painting(reader: Reader) -> Picture | None:
    id_ = reader.whole("painting", low=1, high=LARGEST_ID)
    return cropping.of_painting(id_) if id_ else None


def _kept(params: QueryDict) -> Question:
    """What narrows the results down, and what “like” means, stays in force; other examples don't."""
    try:
        asked = Question.from_params({name: params.getlist(name) for name in params if name not in ("like", "photo")})
    except QuestionError:
        return Question()
    return Question(words=asked.words, filters=asked.filters, weights=asked.weights)


def _chosen(reader: Reader) -> Part | None:
    """The part that was sent; None where none was. Raises ValueError with a sentence for a person."""
    if text := reader.text("part", length=LENGTH):
        return parts.parse(text)
    if not any(reader.text(edge, length=LENGTH) for edge in EDGES):
        return None
    edges = [reader.number(edge, low=0, high=100) for edge in EDGES]
    if None in edges:
        raise ValueError("Please give all four edges in per cent, each a number from 0 to 100.")
    return cropping.upright(*(edge or 0.0 for edge in edges))


def _tool(request: HttpRequest, picture: Picture, kept: Question, *, refused: str = "") -> HttpResponse:
    shown = _at(request.GET) or picture.start
    context = {
        "picture": picture,
        "painting": picture.painting,
        "kept": kept.pairs(),
        "corners": [list(corner) for corner in shown],
        "points": " ".join(f"{x},{y}" for x, y in shown),
        "edges": _edges(request.GET, shown),
        "found": picture.start != parts.WHOLE,
        "refused": refused,
        "back": _back(picture, kept),
    }
    return render(request, "search/part.html", context, status=400 if refused else 200)


def _back(picture: Picture, kept: Question) -> str:
    if picture.painting:
        return picture.painting.get_absolute_url()
    return wall.address(kept.replace(like=(Example(photo=picture.photo),)))


def _at(params: Mapping[str, Any]) -> Part | None:
    try:
        return parts.parse(str(params.get("at", "")))
    except ValueError:
        return None


def _edges(params: Mapping[str, Any], shown: Part) -> list[tuple[str, str, str]]:
    """The four fields: what was typed into them, else the edges of what is shown, in per cent."""
    across, down = zip(*shown, strict=True)
    values = (min(across), min(down), max(across), max(down))
    usual = [f"{100 * value / FULL:.10g}" for value in values]
    typed = [(name, label, str(params.get(name, ""))) for name, label in EDGES.items()]
    return [(name, label, text or value) for (name, label, text), value in zip(typed, usual, strict=True)]
