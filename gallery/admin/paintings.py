"""Paintings: the list, the form, and what may be done with them."""

from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gallery.admin import moves, pictures, uploading
from gallery.admin.forms import PaintingForm
from gallery.admin.painting_history import PaintingHistoryAdmin
from gallery.models import Attribution, Painting
from gallery.permissions import may_change
from gallery.text import fold


class AttributionInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Attribution
    fields = ("qualifier", "artist", "role", "order")
    autocomplete_fields = ("artist",)
    extra = 0
    verbose_name_plural = _("Who made it")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).select_related("artist")

    def get_extra(self, request: HttpRequest, obj: Painting | None = None, **kwargs: Any) -> int:
        return 1 if obj is None else 0


class CollectionFilter(admin.AllValuesFieldListFilter):
    """Every collection, and the paintings that are in none."""

    def choices(self, changelist: Any) -> Iterator[Any]:
        for choice in super().choices(changelist):
            yield {**choice, "display": choice["display"] or gettext("none")}


@admin.register(Painting)
class PaintingAdmin(PaintingHistoryAdmin):
    """What the gallery knows of paintings; `vectorizer.admin` adds what it knows of their vectors."""

    form = PaintingForm
    inlines = (AttributionInline,)
    list_display: tuple[str, ...] = ("thumbnail", "linked_title", "artist_line", "date", "state_badge")
    list_display_links = ("linked_title",)
    list_filter: tuple[Any, ...] = ("state", "style", "genre", ("collection", CollectionFilter))
    search_fields = ("title",)
    search_help_text = _("Title, artist or object number; accents and capitals don’t matter.")
    autocomplete_fields = ("style", "genre")
    readonly_fields = ("source", "source_id")
    actions: tuple[str, ...] = ("submit", "publish", "withdraw", "return_to_draft")
    actions_in_parts = frozenset(actions)
    save_on_top = True
    fieldsets = (
        (None, {"fields": ("picture", "title", ("display_date", "first_year", "last_year"), "medium", "dimensions")}),
        (_("What it shows and how"), {"fields": ("style", "genre", "alt_text")}),
        (_("Where it belongs"), {"fields": ("object_number", "collection", "credit_line", "rights", "authority_uris")}),
        (_("For colleagues only"), {"fields": ("notes", ("source", "source_id"))}),
    )

    # --- The list -----------------------------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).with_details()  # type: ignore[no-any-return]

    def matches(self, term: str) -> Q:
        folded = fold(term)
        found = Q(object_number__icontains=term)
        if folded:
            artists = Q(artist__sort_key__contains=folded) | Q(artist__name__icontains=term)
            found |= Q(title_key__contains=folded) | Q(pk__in=Attribution.objects.filter(artists).values("painting"))
        return found

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return lookup == "attributions__artist__id__exact" or super().lookup_allowed(lookup, value, request)

    @admin.display(description=_("picture"))
    def thumbnail(self, painting: Painting) -> SafeString:
        return pictures.thumbnail(painting)

    @admin.display(description=_("title"), ordering="title_key")
    def linked_title(self, painting: Painting) -> str:
        return painting.title

    @admin.display(description=_("artist"))
    def artist_line(self, painting: Painting) -> str:
        return painting.artist_line

    @admin.display(description=_("date"), ordering="first_year")
    def date(self, painting: Painting) -> str:
        return painting.years

    @admin.display(description=_("state"), ordering="state")
    def state_badge(self, painting: Painting) -> SafeString:
        return format_html('<span class="badge state-{}">{}</span>', painting.state, painting.get_state_display())

    # --- Who may do what ----------------------------------------------------------------------------------------------

    def has_change_permission(self, request: HttpRequest, obj: Painting | None = None) -> bool:
        return may_change(request.user, obj) if obj else super().has_change_permission(request)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(moves.PUBLISH.permission)

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(moves.WITHDRAW.permission)

    # --- Actions and buttons ------------------------------------------------------------------------------------------

    @admin.action(description=_("Submit for review"), permissions=["change"])
    def submit(self, request: HttpRequest, paintings: QuerySet[Any]) -> None:
        self._move(request, moves.SUBMIT, paintings)

    @admin.action(description=_("Publish"), permissions=["publish"])
    def publish(self, request: HttpRequest, paintings: QuerySet[Any]) -> None:
        self._move(request, moves.PUBLISH, paintings)

    @admin.action(description=_("Withdraw"), permissions=["withdraw"])
    def withdraw(self, request: HttpRequest, paintings: QuerySet[Any]) -> None:
        self._move(request, moves.WITHDRAW, paintings)

    @admin.action(description=_("Return to draft"), permissions=["change"])
    def return_to_draft(self, request: HttpRequest, paintings: QuerySet[Any]) -> None:
        self._move(request, moves.RETURN, paintings)

    def response_add(self, request: HttpRequest, obj: Painting, *args: Any, **kwargs: Any) -> HttpResponse:
        return self._pressed(request, obj) or super().response_add(request, obj, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Painting) -> HttpResponse:
        return self._pressed(request, obj) or super().response_change(request, obj)

    def _pressed(self, request: HttpRequest, painting: Painting) -> HttpResponse | None:
        """The answer to a button that saves and then moves the painting; None where another was pressed."""
        move = next((move for move in moves.MOVES if f"_{move.name}" in request.POST), None)
        if move is None:
            return None
        if not request.user.has_perm(move.permission):
            raise PermissionDenied
        self._move(request, move, Painting.objects.filter(pk=painting.pk))
        return HttpResponseRedirect(reverse("admin:gallery_painting_change", args=[painting.pk]))

    def _move(self, request: HttpRequest, move: moves.Move, paintings: QuerySet[Any]) -> None:
        moved, sentence = move.make(paintings, request.user)  # type: ignore[arg-type]
        self.message_user(request, sentence, messages.SUCCESS if moved else messages.WARNING)

    # --- The form -----------------------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        several = path("upload/", self.admin_site.admin_view(self.upload_view), name="gallery_painting_upload")
        return [several, *super().get_urls()]

    def upload_view(self, request: HttpRequest) -> HttpResponse:
        """“Add several paintings”."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        return uploading.view(request, self.admin_site)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if request.method == "POST" and self._may_save(request, object_id):
            pictures.receive_picture(request)  # before the writers' lock is taken: it takes time
        return super().changeform_view(request, object_id, *args, **kwargs)

    def history_form_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and self._may_save(request, object_id):
            pictures.receive_picture(request)
        return super().history_form_view(request, object_id, *args, **kwargs)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        painting = kwargs.get("obj") or Painting()
        context["moves"] = [move for move in moves.MOVES if move.allowed(request.user, painting)]
        return super().render_change_form(request, context, *args, **kwargs)  # type: ignore[no-any-return]

    def _may_save(self, request: HttpRequest, object_id: str | None) -> bool:
        if object_id is None:
            return self.has_add_permission(request)  # type: ignore[no-any-return]
        painting = self.get_object(request, unquote(object_id))
        return painting is not None and self.has_change_permission(request, painting)
