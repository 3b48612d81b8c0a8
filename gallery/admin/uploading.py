"""“Add several paintings”: the page, and the answer to its files."""

from collections import Counter
from typing import Any

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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
        context |= {**site.each_context(request), "title": _("Add several paintings")}
    return TemplateResponse(request, template, context)


def _added(request: HttpRequest) -> dict[str, Any]:
    files = request.FILES.getlist("files")
    if not files:
        return {"problem": _("No file was chosen. Choose at least one picture.")}
    if len(files) > settings.MAX_FILES_AT_ONCE:
        sentence = _("%(number)s files are too many at once: at most %(most)s. None was added.")
        return {"problem": sentence % {"number": len(files), "most": settings.MAX_FILES_AT_ONCE}}
    outcomes = several.add([(file, file.name or "") for file in files], by=request.user)  # type: ignore[misc]
    return {"outcomes": outcomes, "sentence": _sentence(outcomes)}


def _sentence(outcomes: list[Outcome]) -> str:
    kinds = Counter("refused" if each.refusal else "known" if each.known else "added" for each in outcomes)
    number = kinds["added"]
    parts = [ngettext("%(number)s added as a draft", "%(number)s added as drafts", number) % {"number": number}]
    if number := kinds["known"]:
        clause = ngettext("%(number)s in the collection already", "%(number)s in the collection already", number)
        parts.append(clause % {"number": number})
    if number := kinds["refused"]:
        parts.append(ngettext("%(number)s refused", "%(number)s refused", number) % {"number": number})
    return ", ".join(parts) + "."
