"""The parameters of questions, for the OpenAPI document."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter

from gallery.orientations import Orientation
from search.api.questions import LIMIT, MOST
from search.filters import FIRST_YEAR, LAST_YEAR, VALUE_LENGTH, VALUES_AT_ONCE
from search.nearness import ASKED
from search.query import PAGE_LIMIT, PAGE_SIZE, PAGE_SIZE_LIMIT, PER_ARTIST_LIMIT, WORDS_LENGTH, Sort
from search.selection import MOST as MOST_IDS
from search.subjects import COLOURS_AT_ONCE, EXAMPLES_AT_ONCE, LARGEST_ID

TOKEN = "5f0c6a1e9d3b47f28c11a0b7d64e92c3"  # noqa: S105 (an example)
_PART = "[0-9]{1,4}(,[0-9]{1,4}){3}((,[0-9]{1,4}){4})?"
PART = f"^({_PART})?$"
PAINTING = f"^[0-9]{{1,19}}(~{_PART})?$"
PHOTO = f"^[0-9a-f]{{32}}(~{_PART})?$"
COLOUR = "^#?[0-9a-fA-F]{6}(:[0-9]{1,3})?$"
OF_A_PART = (
    "A part of it follows behind `~`: left,top,right,bottom in thousandths of its width and height, or x,y of four "
    "corners, clockwise from the part's own top left."
)


def _parameter(name: str, description: str, example: Any, **schema: Any) -> OpenApiParameter:
    return OpenApiParameter(name, {**schema, "example": example}, description=description)


def _several(name: str, description: str, example: str) -> OpenApiParameter:
    items = {"type": "string", "minLength": 1, "maxLength": VALUE_LENGTH}
    text = f"{description} Repeat it for alternatives. One that no painting has is refused."
    return _parameter(name, text, [example], type="array", items=items, maxItems=VALUES_AT_ONCE)


def _orientations() -> OpenApiParameter:
    items = {"type": "string", "enum": list(Orientation)}
    text = "The picture is upright, wide or square (its sides differ by 5 % at most). Repeat it for alternatives."
    return _parameter("orientation", text, ["landscape"], type="array", items=items, maxItems=VALUES_AT_ONCE)


def _year(name: str, description: str, example: int) -> OpenApiParameter:
    return _parameter(name, description, example, type="integer", minimum=FIRST_YEAR, maximum=LAST_YEAR)


def _examples(name: str, description: str, pattern: str, example: str) -> OpenApiParameter:
    text = f"{description} {OF_A_PART} Repeat it for several; {EXAMPLES_AT_ONCE} examples in all."
    items = {"type": "string", "pattern": pattern}
    return _parameter(name, text, [example], type="array", items=items, maxItems=EXAMPLES_AT_ONCE)


WORDS = (
    "Words, and phrases in quotation marks, that must be there. Accents, case and small typing errors don't matter; "
    "the beginning of a word is enough. Beside an example they bring forward what matches and leave nothing out, "
    "unless another order is asked for."
)
LIKE = "The id of a painting to be like."
TAKEN = "The token of a photo to be like: see `POST search/`."
UNLIKE = "The id of a painting not to be like. With nothing to be like, what is least like it comes first."
UNLIKE_PHOTO = "The token of a photo not to be like."
COLOURS = (
    "A colour that the paintings are to have, as six hexadecimal digits; behind a colon its share, 1 to 100 (100 if "
    f"not given), which counts beside those of the others. Repeat it for up to {COLOURS_AT_ONCE}. Beside examples, the "
    "colours stand for theirs."
)
NEAREST = (
    "Nothing that is less near than this word says. Words are known for likeness to paintings and photos: with "
    "colours, or with anything to be unlike, this is left aside."
)
PER_ARTIST = "At most so many paintings of one artist: the first ones."
ONCE = "1: of near-duplicates, and of paintings with the same file, only the first."
ORDER = (
    "The order: the best match for words (`relevance`), else by similarity to what there is to be like, else the "
    "newest first. Any other order of what is like something is an order of the first 1,000 look-alikes."
)
PAGE = _parameter("page", "Which page, from 1.", 2, type="integer", minimum=1, maximum=PAGE_LIMIT, default=1)
NARROWING = [
    _parameter("q", WORDS, "harbour", type="string", maxLength=WORDS_LENGTH),
    _several("style", "A style's slug.", "impressionism"),
    _several("genre", "A genre's slug.", "landscape"),
    _several("artist", "An artist's slug.", "ines-quill"),
    _several("collection", "A collection's name.", "City Museum"),
    _several("medium", "A medium, as the records have it.", "Oil on canvas"),
    _orientations(),
    _several(
        "rights",
        "The address of a rights statement or licence.",
        "https://creativecommons.org/publicdomain/mark/1.0/",
    ),
    _year("from", "Painted in this year or later; a date that may be that late counts.", 1870),
    _year("to", "Painted in this year or earlier; a date that may be that early counts.", 1910),
]
LIKENESS = [
    _examples("like", LIKE, PAINTING, "42~100,50,600,900"),
    _examples("photo", TAKEN, PHOTO, TOKEN),
    _examples("unlike", UNLIKE, PAINTING, "43"),
    _examples("unlike_photo", UNLIKE_PHOTO, PHOTO, f"{TOKEN}~0,0,500,1000"),
    _parameter(
        "colour",
        COLOURS,
        ["8c2f1b:30", "e8d9b0"],
        type="array",
        items={"type": "string", "pattern": COLOUR},
        maxItems=COLOURS_AT_ONCE,
    ),
]
SHAPING = [
    _parameter("nearness", NEAREST, "related", type="string", enum=list(ASKED)),
    _parameter("per_artist", PER_ARTIST, 2, type="integer", minimum=1, maximum=PER_ARTIST_LIMIT),
    _parameter("once", ONCE, 1, type="integer", enum=[0, 1], default=0),
    _parameter("sort", ORDER, "oldest", type="string", enum=list(Sort)),
]
PART_OF_IT = f"A part of this painting is compared instead of all of it. {OF_A_PART.partition(': ')[2].capitalize()}"
LOOK_ALIKES = [
    _parameter("part", PART_OF_IT, "100,50,600,900", type="string", pattern=PART),
    _parameter(
        "feature",
        "What to compare by: see `features/`. The first of them if not given. `weight.<feature>=<number>` for several.",
        "palette",
        type="string",
    ),
    _parameter("limit", "How many a page.", 8, type="integer", minimum=1, maximum=MOST, default=LIMIT),
    PAGE,
    *LIKENESS,
    *NARROWING,
    *SHAPING,
]
IDS = (
    f"Paintings by their ids, at most {MOST_IDS}, with commas between them: in one answer, in this order, and with "
    "nothing else in the question. Those that are not public are left out, so that `count` may be less than asked for."
)
BROWSING = [
    _parameter("id", IDS, "3,1,7", type="string", pattern=r"^[-+0-9,\s]*$"),
    *NARROWING,
    *LIKENESS,
    *SHAPING,
    PAGE,
    _parameter("size", "How many a page.", 24, type="integer", minimum=1, maximum=PAGE_SIZE_LIMIT, default=PAGE_SIZE),
]
SEARCHING = [
    _parameter(
        "painting", "A painting's id: another word for `like`.", 42, type="integer", minimum=1, maximum=LARGEST_ID
    ),
    *LOOK_ALIKES,
]
