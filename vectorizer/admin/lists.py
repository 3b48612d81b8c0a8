"""Lists to look at: the pictures that failed, and the models."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from gallery.admin.pictures import thumbnail
from gallery.models import Image, Painting
from gallery.sentences import retold
from vectorizer import preparing
from vectorizer.admin.retrying import RETRY, tell
from vectorizer.models import Attempt, EncoderModel


class ReadOnlyAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """A list to look at: its rows are made and removed by the code alone."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Attempt)
class AttemptAdmin(ReadOnlyAdmin):
    """Pictures that could not be prepared, with the reason."""

    list_display = ("picture", "paintings", "why", "count", "tried_at")
    list_display_links = None
    list_select_related = ("image",)
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("image__name", "reason")
    actions = ("try_again",)
    ordering = ("-tried_at",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        shown = Prefetch("image__paintings", Painting.objects.visible_to(request.user).select_related("image"))
        return super().get_queryset(request).prefetch_related(shown)

    def has_retry_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(RETRY)

    @admin.display(description=_("picture"), ordering="image__name")
    def picture(self, attempt: Attempt) -> SafeString:
        shown = next(iter(attempt.image.paintings.all()), None)
        small = thumbnail(shown, attempt.image) if shown else ""
        return format_html("{} {}", small, attempt.image.name)

    @admin.display(description=_("paintings"))
    def paintings(self, attempt: Attempt) -> SafeString:
        return format_html_join(
            ", ", '<a href="{}">{}</a>', ((form_of(each), each.title) for each in attempt.image.paintings.all())
        )

    @admin.display(description=_("reason"), ordering="reason")
    def why(self, attempt: Attempt) -> str:
        return retold(attempt.reason)

    @admin.action(description=_("Try again"), permissions=["retry"])
    def try_again(self, request: HttpRequest, attempts: QuerySet[Any]) -> None:
        tell(self, request, preparing.retry(Image.objects.filter(pk__in=attempts.order_by().values("image"))))


@admin.register(EncoderModel)
class EncoderModelAdmin(ReadOnlyAdmin):
    """Which models there are, and how many images have their vectors. Changed by commands, not here."""

    list_display = ("name", "active", "images", "checksum", "created_at")
    list_display_links = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).annotate(number=Count("vectors")).order_by("-active", "name")  # type: ignore[no-any-return]

    @admin.display(description=_("images with vectors"))
    def images(self, model: EncoderModel) -> int:
        return model.number  # type: ignore[attr-defined, no-any-return]


def form_of(painting: Painting) -> str:
    return reverse("admin:gallery_painting_change", args=[painting.pk])
