"""“Add several paintings”: the page, and the answer to its files."""

from collections import Counter
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from gallery import several
from gallery.admin.forms import ACCEPTED
from gallery.several import Outcome

#: The page's script sends the files one by one, with this header, and asks for the list's items alone.
PIECEMEAL = "X-Piecemeal"


def view(request: HttpRequest, site: AdminSite) -> HttpResponse:
    """The form; after a POST, what became of each file. No file waits for vectors: the worker makes them."""
    context: dict[str, Any] = {"limit": settings.MAX_FILES_AT_ONCE, "accepted": ACCEPTED}
    if request.method == "POST":
        context |= _added(request)
    template = "admin/gallery/painting/upload_results.html" if PIECEMEAL in request.headers else None
    if template is None:
        template = "admin/gallery/painting/upload.html"
        context |= {**site.each_context(request), "title": "Add several paintings"}
    return TemplateResponse(request, template, context)


def _added(request: HttpRequest) -> dict[str, Any]:
    files = request.FILES.getlist("files")
    if not files:
        return {"problem": "No file was chosen. Choose at least one picture."}
    if len(files) > settings.MAX_FILES_AT_ONCE:
        sentence = f"{len(files)} files are too many at once: at most {settings.MAX_FILES_AT_ONCE}. None was added."
        return {"problem": sentence}
    outcomes = several.add([(file, file.name or "") for file in files], by=request.user)  # type: ignore[misc]
    return {"outcomes": outcomes, "sentence": _sentence(outcomes)}


def _sentence(outcomes: list[Outcome]) -> str:
    kinds = Counter("refused" if each.refusal else "known" if each.known else "added" for each in outcomes)
    parts = [f"{kinds['added']} added as {'a draft' if kinds['added'] == 1 else 'drafts'}"]
    if kinds["known"]:
        parts.append(f"{kinds['known']} in the collection already")
    if kinds["refused"]:
        parts.append(f"{kinds['refused']} refused")
    return ", ".join(parts) + "."
