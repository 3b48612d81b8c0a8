"""From a request to a question, and from a question to the address of another page."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from gallery.models import Artist, Genre, Painting, Style
from gallery.orientations import Orientation
from search import parts, selection, similar
from search.filters import FIELDS, Filters
from search.parameters import Pairs, QuestionError, Reader
from search.query import PLAIN, WEIGHT, Example, Question
from search.subjects import LARGEST_ID, PHOTOS, read_part

LIMIT, MOST = 16, 100
NARROWING = frozenset({"q", *FIELDS, "from", "to"})
LIKENESS = (*PHOTOS, *PHOTOS.values(), "colour")
SHAPING = frozenset({"nearness", "per_artist", "once", "sort"})
LOOK_ALIKES = NARROWING.union(LIKENESS) | SHAPING | {"part", "feature", "limit", "page"}
BROWSING = NARROWING.union(LIKENESS) | SHAPING | {"page", "size"}
PART_LENGTH = 60
_OF_PAINTING = {"style": (Style, "style"), "genre": (Genre, "genre"), "artist": (Artist, "artists")}


@contextmanager
def refusals(**renamed: str) -> Iterator[None]:
    """QuestionError as an answer of the API; `renamed` says what the API calls a parameter (like="painting")."""
    try:
        yield
    except QuestionError as refused:
        errors = {renamed.get(name, name): sentences for name, sentences in refused.errors.items()}
        raise ValidationError(errors) from refused


def browse(params: Mapping[str, Any]) -> Question:
    """The question of `GET paintings/`: the same as in the address of a page."""
    question = Question.from_params(params)
    check_known(question.filters)
    return question


def ids(params: Mapping[str, Any]) -> tuple[int, ...]:
    """What `GET paintings/?id=3,1,7` names, with nothing beside it: this is no question."""
    others = [str(name) for name in params if name != "id"]
    if others:
        raise QuestionError({name: [_("Paintings by their ids are asked for with nothing else.")] for name in others})
    return selection.read(params, "id")


def look_alikes(params: Mapping[str, Any], *, painting: int | None = None, photo: str | None = None) -> Question:
    """What is like this painting or photo (or their `part`), and the other examples and colours that are named.

    By `feature` or weights, `limit` a page; with all that narrows it down and shapes it.
    """
    reader = Reader(params)
    text = reader.text("part", length=PART_LENGTH)
    part = read_part(reader, "part", text) if text else None
    named = (Example(painting=painting, photo=photo, part=part),) if painting or photo else ()
    question = Question.read(reader, also=named)
    if part and not named:
        reader.refuse(
            "part", _("Name the painting that this is a part of; of a photo it is written photo=<token>~<part>.")
        )
    weights = _weights(reader, question)
    limit = reader.whole("limit", low=1, high=MOST) or LIMIT
    reader.check()
    check_known(question.filters)
    return question.replace(weights=weights, page=question.page, page_size=limit)


def look_alikes_of_examples(params: Mapping[str, Any]) -> Question:
    """The same, of the examples and colours that stand in the address: `painting` is another word for `like`."""
    reader = Reader(params)
    painting = reader.whole("painting", low=1, high=LARGEST_ID)
    reader.check()
    question = look_alikes(params, painting=painting)
    if not question.has_examples:
        raise QuestionError({"painting": [_("Name a painting, a photo or a colour to search by.")]})
    return question


def check_known(filters: Filters) -> None:
    """QuestionError for a value of a filter that no public painting has: a typing error, most likely.

    What only drafts have is as unknown as what nothing has. An orientation is known whether or not a painting has it.
    """
    sentence = _("There are no paintings with the %(name)s “%(value)s”.")
    errors = {
        name: [sentence % {"name": name, "value": value} for value in unknown]
        for name in FIELDS
        if (unknown := [value for value in filters.values(name) if value not in _known(name, filters.values(name))])
    }
    if errors:
        raise QuestionError(errors)


def browse_address(request: Request, question: Question) -> Callable[[int], str]:
    """The address of a page of `GET paintings/`."""
    return lambda page: _address(request, question.replace(page=page).pairs())


def look_alikes_address(request: Request, question: Question, *, of: Example | None = None) -> Callable[[int], str]:
    """The address of a page of look-alikes. `of` is what the path names already; all other examples stand in it."""
    given = {("page", str(question.page)), ("size", str(question.page_size)), ("like", of.written if of else "")}
    asked = [_as_feature(question, pair) for pair in question.pairs() if pair not in given]
    asked += [("part", parts.written(of.part))] if of and of.part else []
    asked += [("limit", str(question.page_size))] if question.page_size != LIMIT else []
    return lambda page: _address(request, [*asked, *([("page", str(page))] if page != 1 else [])])


def is_weight(name: str) -> bool:
    """Whether this may be the weight of a feature."""
    return name.startswith(WEIGHT) and len(name) > len(WEIGHT)


def _weights(reader: Reader, question: Question) -> tuple[tuple[str, float], ...]:
    """Those that are named, or the one feature."""
    name = reader.text("feature", length=100)
    if not name:
        return question.weights
    names = [feature.name for feature in similar.all_features()]
    if name not in names:
        sentence = _("There is no feature “%(name)s”. There are: %(known)s.")
        reader.refuse("feature", sentence % {"name": name, "known": ", ".join(names)})
    if question.weights:
        reader.refuse("feature", _("Name one feature, or a weight for each of several, and not both."))
    return ((name, 1.0),)


def _as_feature(question: Question, pair: tuple[str, str]) -> tuple[str, str]:
    """One feature alone, as it is shorter."""
    names = [name for name, weight in question.weights if weight == 1]
    return ("feature", names[0]) if len(question.weights) == 1 and pair == (WEIGHT + "".join(names), "1") else pair


def _known(name: str, values: tuple[str, ...]) -> set[str]:
    if name == "orientation":
        return set(Orientation)
    public = Painting.objects.public().order_by()
    if name not in _OF_PAINTING:
        return {value for value in values if public.filter(**{name: value}).exists()}
    model, lookup = _OF_PAINTING[name]
    terms = model.objects.filter(slug__in=values).filter(Exists(public.filter(**{lookup: OuterRef("pk")})))
    return set(terms.values_list("slug", flat=True))


def _address(request: Request, pairs: Pairs) -> str:
    return request.build_absolute_uri(f"{request.path}?{urlencode(pairs, safe=PLAIN)}" if pairs else request.path)
