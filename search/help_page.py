"""The page of help: how to search, by task, with links that do it in the collection as it is."""

import logging
from collections.abc import Iterator, Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gallery.models import Painting
from gallery.years import span
from search import indexes, wall
from search.filters import Filters
from search.indexes.base import Found, IndexUnavailable, Query
from search.nearness import Nearness
from search.query import Example, Question
from search.wall import Link
from search.wall.colours import PIGMENTS
from search.wall.wording import in_a_sentence
from vectorizer.models import EncoderModel

logger = logging.getLogger(__name__)

PAINTINGS = 3
LONG = 6  # letters that a word needs for a typing error to be forgiven without doubt


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """It can be read whatever else is broken: what there is no example of is told without one."""
    minutes = round(settings.PHOTO_LIFETIME.total_seconds() / 60)
    return render(request, "search/help.html", {"tries": _tries(), "minutes": minutes, "photo_page": reverse("search")})


def _tries() -> Mapping[str, Link]:
    """Questions that can be asked of this collection, by what they are examples of."""
    try:
        model = EncoderModel.current()
        found = indexes.index().find(Query(model=model, stop=PAINTINGS, facets=True))
    except IndexUnavailable as problem:
        logger.error("The page of help is shown without examples: %s", problem)
        return {}
    asked = [*_of_words(found), *_of_filters(found), *_of_paintings(found, model), *_of_colours()]
    return {name: Link(label=label, url=url) for name, label, url in asked}


Try = tuple[str, str, str]
"""What it is an example of, what its link says, and where that leads."""


def _of_words(found: Found) -> Iterator[Try]:
    style, artist = _most(found, "style"), _most(found, "artist")
    if style:
        yield "words", style[1], wall.address(Question(words=style[1]))
        long = next((word for word in style[1].split() if len(word) >= LONG and word.isalpha()), None)
        if long:
            wrong = long[:3] + long[4:]
            yield "typing", wrong, wall.address(Question(words=wrong))
    if artist:
        phrase = f'"{" ".join(artist[1].split()[:2])}"'
        yield "phrase", phrase, wall.address(Question(words=phrase))


def _of_filters(found: Found) -> Iterator[Try]:
    style, artist = _most(found, "style"), _most(found, "artist")
    if style:
        yield "filter", style[1], wall.address(Question(filters=Filters(styles=(style[0],))))
    if artist:
        yield "artist", artist[1], wall.address(Question(filters=Filters(artists=(artist[0],))))
    if found.years and found.years[0] < found.years[1]:
        first, last = found.years
        middle = (first + last) // 2
        yield "years", span(middle, last), wall.address(Question(filters=Filters(first_year=middle, last_year=last)))


def _of_paintings(found: Found, model: EncoderModel) -> Iterator[Try]:
    ids = [hit.id for hit in found.hits]
    titles = dict(Painting.objects.public().filter(pk__in=ids).values_list("pk", "title"))
    examples = [Example(painting=id_) for id_ in ids if id_ in titles]
    names = [titles[id_] for id_ in ids if id_ in titles]
    if not examples:
        return
    like = Question(like=(examples[0],))
    first = {"title": names[0]}
    yield "painting", names[0], reverse("painting-short", args=[examples[0].painting])
    yield "like", _("Like “%(title)s”") % first, wall.address(like)
    yield (
        "near",
        _("Only what is related to “%(title)s”") % first,
        wall.address(like.replace(nearness=Nearness.RELATED)),
    )
    yield (
        "variety",
        _("Like “%(title)s”, one of each artist") % first,
        wall.address(like.replace(per_artist=1, once=True)),
    )
    yield "part", _("Choose a part of “%(title)s”") % first, f"{reverse('part')}?painting={examples[0].painting}"
    for feature in model.card.likenesses[1:2]:
        alone = like.replace(weights=((feature.name, 1.0),))
        yield (
            "weights",
            _("Like “%(title)s” by %(feature)s alone") % {**first, "feature": in_a_sentence(feature.label)},
            wall.address(alone),
        )
    if len(examples) > 1:
        both = {"first": names[0], "second": names[1]}
        yield "several", _("Like “%(first)s” and “%(second)s”") % both, wall.address(like.liking(examples[1]))
        yield "against", _("Like “%(first)s”, not like “%(second)s”") % both, wall.address(like.disliking(examples[1]))
        walk = reverse("walk", args=[each.painting for each in examples[:2]])
        yield "walk", _("A walk from “%(first)s” to “%(second)s”") % both, walk
        yield (
            "compare",
            _("“%(first)s” and “%(second)s”") % both,
            reverse("compare", args=[each.painting for each in examples[:2]]),
        )


def _of_colours() -> Iterator[Try]:
    blue, gold = PIGMENTS["Ultramarine"], PIGMENTS["Yellow ochre"]
    yield "colour", _("Ultramarine"), wall.address(Question(colours=((blue, 100),)))
    yield "colours", _("Much ultramarine, a little ochre"), wall.address(Question(colours=((blue, 100), (gold, 30))))


def _most(found: Found, name: str) -> tuple[str, str] | None:
    """The value that most paintings have, and its label."""
    counts = found.facets.get(name, ())
    return (counts[0].value, counts[0].label) if counts else None
