"""What the parts of a question are called on the pages."""

from search.nearness import Nearness
from search.query import WEIGHT, Sort

LEGENDS = {
    "style": "Style",
    "genre": "Genre",
    "artist": "Artist",
    "collection": "Collection",
    "medium": "Medium",
    "orientation": "Shape",
    "rights": "Rights",
}
FIELDS = LEGENDS | {
    "q": "Words",
    "from": "First year",
    "to": "Last year",
    "like": "Example",
    "unlike": "Example against",
    "unlike_photo": "Photo",
    "colour": "Colour",
    "nearness": "Nearness",
    "per_artist": "Of one artist",
    "once": "Near-duplicates",
    "sort": "Order",
    "page": "Page",
    "size": "Paintings a page",
}
SORTS = {
    Sort.RELEVANCE: "Best match",
    Sort.SIMILARITY: "Most alike",
    Sort.NEWEST: "Recently added",
    Sort.TITLE: "Title",
    Sort.ARTIST: "Artist",
    Sort.OLDEST: "Oldest first",
    Sort.LATEST: "Latest first",
}
NEARNESS = {
    Nearness.COPY: "a copy",
    Nearness.VERY_CLOSE: "very close",
    Nearness.RELATED: "related",
    Nearness.DISTANT: "distant",
}
AT_LEAST = {
    Nearness.RELATED: "what is related",
    Nearness.VERY_CLOSE: "what is very close",
    Nearness.COPY: "copies alone",
}
ONCE = "near-duplicates once"


def named(field: str) -> str:
    """A parameter's name as a person reads it; "" where only the sentence is of use."""
    return "Weight" if field.startswith(WEIGHT) else FIELDS.get(field, "")


def of_one_artist(most: int) -> str:
    return f"at most {most} of one artist"


def listed(names: list[str]) -> str:
    """“style, subject and colours”."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
