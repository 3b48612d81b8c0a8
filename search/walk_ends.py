"""The page on which somebody chooses where a walk leads."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from gallery.models import Painting
from search import similar
from search.parameters import QuestionError, Reader
from search.query import WORDS_LENGTH, Example, Question

TEMPLATE = "search/walk_ends.html"
OFFERED = 24


@require_safe
def choose(request: HttpRequest, first: int) -> HttpResponse:
    """The walk begins at this painting; `?q=` finds others to end at than those that are offered at first."""
    start = get_object_or_404(Painting.objects.public().with_details(), pk=first)
    reader = Reader(request.GET)
    words = reader.text("q", length=WORDS_LENGTH)
    try:
        reader.check()
    except QuestionError as refused:
        return render(request, TEMPLATE, {"start": start, "complaint": str(refused)}, status=400)
    found = ends(start, words)
    offer = {"ends": found[:OFFERED], "is_cut": len(found) > OFFERED}
    return render(request, TEMPLATE, {"start": start, "words": words, **offer})


def ends(start: Painting, words: str = "") -> tuple[Painting, ...]:
    """The public paintings that match the words best; without words those least like the start, one of each artist.

    One more than are offered, where there are more. None of those without words while the start has no vectors.
    """
    if words:
        question = Question(words=words, page_size=OFFERED + 2)  # one may be the start itself
    else:
        question = Question(unlike=(Example(painting=start.pk),), per_artist=1, page_size=OFFERED)
    try:
        found = similar.answer(question).matches
    except QuestionError:
        return ()
    return tuple(match.painting for match in found if match.painting != start)
