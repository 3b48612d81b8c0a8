"""What the parts of a question are called on the pages."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, ngettext

from search.nearness import Nearness
from search.query import WEIGHT, Sort

Text = str | Promise
LEGENDS: dict[str, Text] = {
    "style": gettext_lazy("Style"),
    "genre": gettext_lazy("Genre"),
    "artist": gettext_lazy("Artist"),
    "collection": gettext_lazy("Collection"),
    "medium": gettext_lazy("Medium"),
    "orientation": gettext_lazy("Shape"),
    "rights": gettext_lazy("Rights"),
}
FIELDS = LEGENDS | {
    "q": gettext_lazy("Words"),
    "from": gettext_lazy("First year"),
    "to": gettext_lazy("Last year"),
    "like": gettext_lazy("Example"),
    "unlike": gettext_lazy("Example against"),
    "unlike_photo": gettext_lazy("Photo"),
    "colour": gettext_lazy("Colour"),
    "nearness": gettext_lazy("Nearness"),
    "per_artist": gettext_lazy("Of one artist"),
    "once": gettext_lazy("Near-duplicates"),
    "sort": gettext_lazy("Order"),
    "page": gettext_lazy("Page"),
    "size": gettext_lazy("Paintings a page"),
}
SORTS: dict[Sort, Text] = {
    Sort.RELEVANCE: gettext_lazy("Best match"),
    Sort.SIMILARITY: gettext_lazy("Most alike"),
    Sort.NEWEST: gettext_lazy("Recently added"),
    Sort.TITLE: gettext_lazy("Title"),
    Sort.ARTIST: gettext_lazy("Artist"),
    Sort.OLDEST: gettext_lazy("Oldest first"),
    Sort.LATEST: gettext_lazy("Latest first"),
}
NEARNESS: dict[Nearness, Text] = {
    Nearness.COPY: gettext_lazy("a copy"),
    Nearness.VERY_CLOSE: gettext_lazy("very close"),
    Nearness.RELATED: gettext_lazy("related"),
    Nearness.DISTANT: gettext_lazy("distant"),
}
AT_LEAST: dict[Nearness, Text] = {
    Nearness.RELATED: gettext_lazy("what is related"),
    Nearness.VERY_CLOSE: gettext_lazy("what is very close"),
    Nearness.COPY: gettext_lazy("copies alone"),
}
ONCE = gettext_lazy("near-duplicates once")
WITHOUT: dict[str, Text] = {
    "style": gettext_lazy("Without the style"),
    "genre": gettext_lazy("Without the genre"),
    "artist": gettext_lazy("Without the artist"),
    "collection": gettext_lazy("Without the collection"),
    "medium": gettext_lazy("Without the medium"),
    "orientation": gettext_lazy("Without the shape"),
    "rights": gettext_lazy("Without the rights"),
}
# What the model's card calls its features, and what search and vectorizer call colours and likelihoods, is data:
# English in the API, and translated where a page shows it. Here are those that ship with the application.
FEATURES = (
    gettext_noop("Overall look"),
    gettext_noop("How a picture is painted, and by what hand: brushwork, tone, composition."),
    gettext_noop("What a picture shows and how it is painted: subject, composition, brushwork, tone."),
    gettext_noop("Style"),
    gettext_noop("What pictures of one style have in common, whoever painted them."),
    gettext_noop("Subject"),
    gettext_noop("What kind of thing a picture shows: a landscape, a portrait, a still life."),
    gettext_noop("Colours"),
    gettext_noop("Which colours a picture has, and how much of each, wherever they are."),
    gettext_noop("Same painting"),
    gettext_noop("Whether two pictures show the same painting, photographed, framed or cropped."),
)
IN_SENTENCES = (gettext_noop("overall look"), gettext_noop("style"), gettext_noop("subject"), gettext_noop("colours"))
SAME = (gettext_noop("Same style"), gettext_noop("Same subject"), gettext_noop("Same colours"))
LIKELIHOODS = (
    gettext_noop("very likely"),
    gettext_noop("probably"),
    gettext_noop("perhaps"),
    gettext_noop("unlikely"),
)


def named(field: str) -> str:
    """A parameter's name as a person reads it; "" where only the sentence is of use."""
    return _("Weight") if field.startswith(WEIGHT) else str(FIELDS.get(field, ""))


def of_one_artist(most: int) -> str:
    return ngettext("at most %(most)d of one artist", "at most %(most)d of one artist", most) % {"most": most}


def same(label: str) -> str:
    """“Same style”, for the feature “Style”."""
    message = f"Same {label.lower()}"
    return _(message)


def in_a_sentence(label: str) -> str:
    """“style”, for the feature “Style”."""
    message = label.lower()
    return _(message)
