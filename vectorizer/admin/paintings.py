"""Paintings in the admin, with how far their vectors are and what the network suggests."""

import logging
from typing import Any

from django.conf import settings
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from gallery.models import Image, Painting
from gallery.sentences import retold
from vectorizer import preparing, status
from vectorizer.admin.retrying import RETRY, tell
from vectorizer.admin.suggesting import SuggestingAdmin
from vectorizer.attempts import StoreFull
from vectorizer.encoder import ArtifactError
from vectorizer.models import EncoderModel, to_prepare

logger = logging.getLogger(__name__)
admin.site.unregister(Painting)


class ProgressFilter(admin.SimpleListFilter):
    """Ready, waiting or failed."""

    title = _("vectors")
    parameter_name = "vectors"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(progress.value, progress.label) for progress in status.Progress]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        chosen = self.value()
        return status.only(queryset, status.Progress(chosen)) if chosen in set(status.Progress) else queryset


@admin.register(Painting)
class PaintingWithVectorsAdmin(SuggestingAdmin):
    """The admin of paintings with suggestions, and how far each picture's vectors are."""

    list_display = (*SuggestingAdmin.list_display, "vectors")
    list_filter = (*SuggestingAdmin.list_filter, ProgressFilter)
    actions = (*SuggestingAdmin.actions, "vectorize_again")

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changelist = super().get_changelist_instance(request)
        found = status.of(changelist.result_list)  # for the whole page at once
        for painting in changelist.result_list:
            painting.vector_status = found[painting.pk]
        return changelist

    @admin.display(description=_("vectors"))
    def vectors(self, painting: Painting) -> SafeString:
        return badge(painting.vector_status)  # type: ignore[attr-defined]

    def has_retry_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(RETRY)

    @admin.action(description=_("Vectorize again"), permissions=["retry"])
    def vectorize_again(self, request: HttpRequest, paintings: QuerySet[Any]) -> None:
        number = preparing.retry(Image.objects.filter(paintings__in=paintings.order_by().values("pk")))
        tell(self, request, number)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        if painting := kwargs.get("obj"):
            found = status.of([painting])[painting.pk]
            context["vector_status"] = badge(found)
            context["may_retry"] = found.progress is status.Progress.FAILED and self.has_retry_permission(request)
        return super().render_change_form(request, context, *args, **kwargs)

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = super().changeform_view(request, *args, **kwargs)
        if image := getattr(request, "saved_image", None):
            prepare_now(image)  # only now: the writers' lock is free again
        return response

    def save_model(self, request: HttpRequest, obj: Painting, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        request.saved_image = obj.image  # type: ignore[attr-defined]

    def _pressed(self, request: HttpRequest, painting: Painting) -> HttpResponse | None:
        if "_vectorize" not in request.POST:
            return super()._pressed(request, painting)
        if not self.has_retry_permission(request):
            raise PermissionDenied
        tell(self, request, preparing.retry([painting.image]))
        return HttpResponseRedirect(request.path)


def badge(found: status.Status) -> SafeString:
    """The status as a mark, its reason beside it."""
    mark = format_html('<span class="badge vectors-{}">{}</span>', found.progress.value, found.progress.label)
    return format_html('{} <span class="reason">{}</span>', mark, retold(found.reason)) if found.reason else mark


def prepare_now(image: Image) -> None:
    """Prepare the picture of a form at once, where no Celery worker does. What goes wrong, the worker tries again."""
    if settings.CELERY_BROKER_URL:
        return
    try:
        model = EncoderModel.current()
        preparing.prepare(to_prepare(model).filter(pk=image.pk), model=model)
    except (ArtifactError, StoreFull, DatabaseError):
        logger.exception("Image %s was not prepared with its form; it waits for the worker", image.pk)
