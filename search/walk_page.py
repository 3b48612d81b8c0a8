"""The page of a walk from one painting to another."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from search import walking
from search.parameters import QuestionError

TEMPLATE = "search/walk.html"


@require_safe
def walk(request: HttpRequest, first: int, second: int) -> HttpResponse:
    """The chain of look-alikes that leads from the first painting to the second."""
    try:
        found = walking.of(first, second, request.GET)
    except QuestionError as refused:
        return render(request, TEMPLATE, {"complaint": str(refused)}, status=400)
    if found is None:
        raise Http404
    steps = found.steps()
    return render(request, TEMPLATE, {"walk": found, "steps": steps, "leaps": sum(step.is_leap for step in steps)})
