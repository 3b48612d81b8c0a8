"""Artists, styles and genres."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from gallery.admin.journaled import JournaledAdmin
from gallery.models import Artist, Attribution, Genre, Painting, Style
from gallery.term import Term
from gallery.text import fold


class TermAdmin(JournaledAdmin):
    """A list of names, each with the number of its paintings."""

    list_display: tuple[str, ...] = ("name", "painting_count")
    search_fields = ("name",)
    fields: tuple[Any, ...] = ("name", "slug", "authority_uris")

    def matches(self, term: str) -> Q:
        return Q(name__icontains=term) | Q(slug__contains=slugify(fold(term)) or term)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        return rows.annotate(painting_count=Coalesce(Subquery(self.paintings_of_a_row()), 0))  # type: ignore[no-any-return]

    def paintings_of_a_row(self) -> QuerySet[Any, Any]:
        """How many paintings the outer query's row has; a subquery, so that only the rows of one page are counted."""
        field = self.model._meta.model_name
        paintings = Painting.objects.order_by().filter(**{field: OuterRef("pk")})
        return paintings.values(field).annotate(number=Count("pk")).values("number")  # type: ignore[no-any-return]

    @admin.display(description=_("paintings"))
    def painting_count(self, term: Term) -> str:
        parameter = self.painting_parameter(term)
        address = f"{reverse('admin:gallery_painting_changelist')}?{parameter}={term.pk}"
        return format_html('<a href="{}">{}</a>', address, term.painting_count)  # type: ignore[attr-defined]

    def painting_parameter(self, term: Term) -> str:
        return f"{term._meta.model_name}__id__exact"


@admin.register(Style)
class StyleAdmin(TermAdmin):
    pass


@admin.register(Genre)
class GenreAdmin(TermAdmin):
    pass


@admin.register(Artist)
class ArtistAdmin(TermAdmin):
    list_display = ("name", "sort_name", "birth_year", "death_year", "painting_count")
    fields = ("name", "sort_name", ("birth_year", "death_year"), "slug", "authority_uris")

    def matches(self, term: str) -> Q:
        folded = fold(term)
        return super().matches(term) | (Q(sort_key__contains=folded) if folded else Q())

    def paintings_of_a_row(self) -> QuerySet[Any, Any]:
        rows = Attribution.objects.order_by().filter(artist=OuterRef("pk"))
        return rows.values("artist").annotate(number=Count("painting", distinct=True)).values("number")  # type: ignore[no-any-return]

    def painting_parameter(self, term: Term) -> str:
        return "attributions__artist__id__exact"
