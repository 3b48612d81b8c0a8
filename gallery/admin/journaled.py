"""What all parts of the admin that change the catalogue share: the journal, the history, a search without accents."""

from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from simple_history.admin import SimpleHistoryAdmin

from gallery import journal

LONGEST_NUMBER = 19  # digits


class JournaledAdmin(SimpleHistoryAdmin):  # type: ignore[misc]
    """Every write runs whole inside `journal.writing()`, in the name of who makes it, and leaves a history.

    Except `actions_in_parts`: they take as long as there are rows, and nobody else could write meanwhile.
    """

    actions_in_parts: frozenset[str] = frozenset()

    object_history_form_template = "admin/pendant/version.html"
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
            return super().changeform_view(request, *args, **kwargs)  # type: ignore[no-any-return]

    def changelist_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        in_parts = any(name in self.actions_in_parts for name in request.POST.getlist("action"))
        try:
            with nullcontext() if in_parts else _writing(request):
                return super().changelist_view(request, *args, **kwargs)  # type: ignore[no-any-return]
        except OverflowError as problem:  # an id in the address, or among the chosen rows, that no database can hold
            raise Http404 from problem

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with _writing(request):
            return super().delete_view(request, *args, **kwargs)  # type: ignore[no-any-return]

    def history_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        number(object_id)
        return super().history_view(request, object_id, *args, **kwargs)  # type: ignore[no-any-return]

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        key, version = number(object_id), number(version_id)
        with _writing(request):
            # simple_history itself lets whoever may look at a version bring it back, too.
            if request.method == "POST" and not self._may_bring_back(request, str(key)):
                raise PermissionDenied
            return super().history_form_view(request, str(key), str(version), *args, **kwargs)  # type: ignore[no-any-return]

    def _may_bring_back(self, request: HttpRequest, key: str) -> bool:
        present = self.get_object(request, key)
        may = self.has_change_permission(request, present) if present else self.has_add_permission(request)
        return bool(may)


def number(text: str) -> int:
    """The number in an address; simple_history would answer another text with an error of the server's."""
    plain = unquote(text)
    if not (plain.isascii() and plain.isdecimal() and len(plain) < LONGEST_NUMBER):
        raise Http404
    return int(plain)


def _writing(request: HttpRequest) -> AbstractContextManager[None]:
    return journal.writing(by=request.user) if request.method == "POST" else nullcontext()  # type: ignore[arg-type]
