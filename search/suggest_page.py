"""Suggestions while a visitor types: the options of a list that belongs to the search box."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from gallery.models import Painting
from search import suggesting, wall
from search.parameters import QuestionError, Reader
from search.query import WORDS_LENGTH, Question
from search.suggesting import Name, Suggestions


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One suggestion: where it leads, what it says, and the painting that is shown with it."""

    url: str
    label: str
    remark: str
    painting: Painting | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Options of one kind."""

    name: str
    legend: str
    options: Sequence[Option]


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """`?q=`: the suggestions as options for `role="listbox"`; nothing at all where there are none."""
    reader = Reader(request.GET)
    text = reader.text("q", length=WORDS_LENGTH)
    try:
        reader.check()
    except QuestionError:
        return HttpResponse(status=400)
    groups = tuple(_groups(suggesting.suggest(text)))
    return render(request, "search/suggestions.html", {"groups": groups})


def _groups(found: Suggestions) -> Iterator[Group]:
    named = {
        "artists": (_("Artists"), found.artists),
        "styles": (_("Styles"), found.styles),
        "genres": (_("Genres"), found.genres),
    }
    if found.paintings:
        yield Group(name="paintings", legend=_("Paintings"), options=[_shown(painting) for painting in found.paintings])
    for name, (legend, values) in named.items():
        if values:
            yield Group(name=name, legend=legend, options=[_named(value) for value in values])


def _shown(painting: Painting) -> Option:
    return Option(
        url=painting.get_absolute_url(),
        label=painting.title,
        remark=", ".join(filter(None, (painting.artist_line, painting.years))),
        painting=painting,
    )


def _named(name: Name) -> Option:
    return Option(
        url=wall.address(Question(filters=name.filters)),
        label=name.label,
        remark=_counted(name.count),
    )


def _counted(paintings: int) -> str:
    sentence = ngettext("%(number)s painting", "%(number)s paintings", paintings)
    return sentence % {"number": number_format(paintings, force_grouping=True)}
