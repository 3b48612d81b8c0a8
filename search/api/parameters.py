"""The parameters of questions, for the OpenAPI document."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter

from gallery.orientations import Orientation
from search.api.questions import LIMIT, MOST
from search.filters import FIRST_YEAR, LAST_YEAR, VALUE_LENGTH, VALUES_AT_ONCE
from search.query import PAGE_LIMIT, PAGE_SIZE, PAGE_SIZE_LIMIT, WORDS_LENGTH, Sort
from search.subjects import EXAMPLES_AT_ONCE, LARGEST_ID


def _parameter(name: str, description: str, **schema: Any) -> OpenApiParameter:
    return OpenApiParameter(name, schema, description=description)


def _several(name: str, description: str) -> OpenApiParameter:
    items = {"type": "string", "minLength": 1, "maxLength": VALUE_LENGTH}
    text = f"{description} Repeat it for alternatives. One that no painting has is refused."
    return _parameter(name, text, type="array", items=items, maxItems=VALUES_AT_ONCE)


def _orientations() -> OpenApiParameter:
    items = {"type": "string", "enum": list(Orientation)}
    text = "The picture is upright, wide or square (its sides differ by 5 % at most). Repeat it for alternatives."
    return _parameter("orientation", text, type="array", items=items, maxItems=VALUES_AT_ONCE)


def _year(name: str, description: str) -> OpenApiParameter:
    return _parameter(name, description, type="integer", minimum=FIRST_YEAR, maximum=LAST_YEAR)


WORDS = (
    "Words, and phrases in quotation marks, that must be there. Accents, case and small typing errors don't matter; "
    "the beginning of a word is enough. Beside an example they bring forward what matches and leave nothing out, "
    "unless another order is asked for."
)
PAGE = _parameter("page", "Which page, from 1.", type="integer", minimum=1, maximum=PAGE_LIMIT, default=1)
PHOTO = _parameter("photo", "The token of a photo: see `POST search/`.", type="string", pattern="^([0-9a-f]{32})?$")
NARROWING = [
    _parameter("q", WORDS, type="string", maxLength=WORDS_LENGTH),
    _several("style", "A style's slug."),
    _several("genre", "A genre's slug."),
    _several("artist", "An artist's slug."),
    _several("collection", "A collection's name."),
    _several("medium", "A medium, as the records have it: `Oil on canvas`."),
    _orientations(),
    _several("rights", "The address of a rights statement or licence."),
    _year("from", "Painted in this year or later; a date that may be that late counts."),
    _year("to", "Painted in this year or earlier; a date that may be that early counts."),
]
LOOK_ALIKES = [
    _parameter("feature", "What to compare by: see `features/`. The first of them if not given.", type="string"),
    _parameter("limit", "How many a page.", type="integer", minimum=1, maximum=MOST, default=LIMIT),
    PAGE,
    *NARROWING,
]
BROWSING = [
    *NARROWING,
    _parameter(
        "like",
        "The id of a painting to be like. Repeat it for several.",
        type="array",
        items={"type": "integer", "minimum": 1, "maximum": LARGEST_ID},
        maxItems=EXAMPLES_AT_ONCE,
    ),
    PHOTO,
    _parameter(
        "sort", "By similarity where there is an example, else the newest first.", type="string", enum=list(Sort)
    ),
    PAGE,
    _parameter("size", "How many a page.", type="integer", minimum=1, maximum=PAGE_SIZE_LIMIT, default=PAGE_SIZE),
]
EXAMPLES = [
    _parameter("painting", "The painting's id.", type="integer", minimum=1, maximum=LARGEST_ID),
    PHOTO,
]
