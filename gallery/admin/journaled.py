"""What all parts of the admin that change the catalogue share: the journal, the history, a search without accents."""

from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from simple_history.admin import SimpleHistoryAdmin

from gallery import journal


class JournaledAdmin(SimpleHistoryAdmin):  # type: ignore[misc]
    """Every write runs whole inside `journal.writing()`, in the name of who makes it, and leaves a history."""

    object_history_list_template = "admin/pendant/history_list.html"
    show_full_result_count = False
    list_per_page = 50

    def matches(self, term: str) -> Q:
        """Which rows one word of the search box finds."""
        raise NotImplementedError

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        for term in search_term.replace("\0", "").split():
            queryset = queryset.filter(self.matches(term))
        return queryset, False

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with _writing(request):
            return super().changeform_view(request, *args, **kwargs)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        with _writing(request):
            title = {"title": capfirst(self.opts.verbose_name_plural)}
            return super().changelist_view(request, title | (extra_context or {}))

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with _writing(request):
            return super().delete_view(request, *args, **kwargs)

    def history_form_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        with _writing(request):
            # simple_history itself lets whoever may look at a version bring it back, too.
            present = self.get_object(request, unquote(object_id))  # None where it was deleted
            if request.method == "POST" and not self.has_change_permission(request, present):
                raise PermissionDenied
            return super().history_form_view(request, object_id, *args, **kwargs)


def _writing(request: HttpRequest) -> AbstractContextManager[None]:
    return journal.writing(by=request.user) if request.method == "POST" else nullcontext()  # type: ignore[arg-type]
