"""From a request to a question, and from a question to the address of another page."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from gallery.models import Artist, Genre, Painting, Style
from gallery.orientations import Orientation
from search import similar
from search.filters import FIELDS, Filters
from search.parameters import Pairs, QuestionError, Reader
from search.query import PAGE_LIMIT, WEIGHT, WORDS_LENGTH, Example, Question
from search.subjects import EXPIRED_PHOTO, LARGEST_ID

LIMIT, MOST = 16, 100
NARROWING = frozenset({"q", *FIELDS, "from", "to"})
LOOK_ALIKES = NARROWING | {"feature", "limit", "page"}
BROWSING = NARROWING | {"like", "photo", "sort", "page", "size"}
TOKEN_LENGTH = 200
_TOKEN = re.compile(r"[0-9a-f]{32}")
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


def look_alikes(params: Mapping[str, Any], *, paintings: tuple[int, ...] = (), photo: str | None = None) -> Question:
    """What is like this painting or photo: `feature`, `limit`, `page`, and what narrows it down."""
    reader = Reader(params)
    question = Question(
        like=(*(Example(painting=pk) for pk in paintings), *([Example(photo=photo)] if photo else [])),
        words=reader.text("q", length=WORDS_LENGTH),
        filters=Filters.read(reader),
        weights=_weights(reader),
        page=reader.whole("page", low=1, high=PAGE_LIMIT) or 1,
        page_size=reader.whole("limit", low=1, high=MOST) or LIMIT,
    )
    reader.check()
    check_known(question.filters)
    return question


def look_alikes_of_examples(params: Mapping[str, Any]) -> Question:
    """The same, of the examples that stand in the address as `painting` or `photo`."""
    reader = Reader(params)
    painting = reader.whole("painting", low=1, high=LARGEST_ID)
    photo = reader.text("photo", length=TOKEN_LENGTH)
    reader.check()
    if bool(painting) == bool(photo):
        raise QuestionError({"painting": ["Name a painting or a photo to search by, and not both."]})
    if photo and not _TOKEN.fullmatch(photo):
        raise QuestionError({"photo": [EXPIRED_PHOTO]})
    return look_alikes(params, paintings=(painting,) if painting else (), photo=photo or None)


def check_known(filters: Filters) -> None:
    """QuestionError for a value of a filter that no public painting has: a typing error, most likely.

    What only drafts have is as unknown as what nothing has. An orientation is known whether or not a painting has it.
    """
    errors = {
        name: [f"There are no paintings with the {name} “{value}”." for value in unknown]
        for name in FIELDS
        if (unknown := [value for value in filters.values(name) if value not in _known(name, filters.values(name))])
    }
    if errors:
        raise QuestionError(errors)


def browse_address(request: Request, question: Question) -> Callable[[int], str]:
    """The address of a page of `GET paintings/`."""
    return lambda page: _address(request, question.replace(page=page).pairs())


def look_alikes_address(request: Request, question: Question, *, examples: bool = False) -> Callable[[int], str]:
    """The address of a page of look-alikes; with `examples`, they stand in it, too."""
    asked: Pairs = []
    if examples:
        asked += [("painting", str(pk)) for pk in question.paintings]
        asked += [("photo", token) for token in question.photos]
    asked += [("q", question.words)] if question.words else []
    asked += question.filters.pairs()
    asked += [("feature", name) for name, _ in question.weights]
    asked += [("limit", str(question.page_size))] if question.page_size != LIMIT else []
    return lambda page: _address(request, [*asked, *([("page", str(page))] if page != 1 else [])])


def is_weight(name: str) -> bool:
    """Whether this may be the weight of a feature."""
    return name.startswith(WEIGHT) and len(name) > len(WEIGHT)


def _weights(reader: Reader) -> tuple[tuple[str, float], ...]:
    name = reader.text("feature", length=100)
    if not name:
        return ()
    names = [feature.name for feature in similar.all_features()]
    if name not in names:
        reader.refuse("feature", f"There is no feature “{name}”. There are: {', '.join(names)}.")
    return ((name, 1.0),)


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
    return request.build_absolute_uri(f"{request.path}?{urlencode(pairs)}" if pairs else request.path)
