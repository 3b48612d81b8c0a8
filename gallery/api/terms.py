"""Artists, styles and genres: their lists with counts, and writing them."""

from typing import Any, ClassVar

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework.parsers import JSONParser
from rest_framework.permissions import DjangoModelPermissionsOrAnonReadOnly
from rest_framework.request import Request
from rest_framework.response import Response

from gallery.api import examples
from gallery.api.access import WritesForStaff
from gallery.api.bodies import query_words
from gallery.api.pages import Pages
from gallery.api.reading import ArtistSerializer, TermSerializer
from gallery.api.term_writing import ArtistWriteSerializer, GenreWriteSerializer, StyleWriteSerializer
from gallery.api.views import CatalogueViewSet
from gallery.models import Artist, Genre, Painting, Style, sees_drafts
from gallery.term import Term
from gallery.text import fold

WORDS = OpenApiParameter("q", str, description="Words of the name; accents and case don't matter.")


class TermViewSet(CatalogueViewSet):
    """Names that paintings share. The public sees those of public paintings."""

    read_serializer: ClassVar[Any] = TermSerializer
    parser_classes = (JSONParser,)
    permission_classes = (DjangoModelPermissionsOrAnonReadOnly, WritesForStaff)
    pagination_class = Pages
    lookup_field = "slug"
    lookup_value_converter = "slug"
    model: ClassVar[type[Term]]
    of_painting: ClassVar[str]
    queries = {"list": frozenset({"q", "page", "size"})}

    def get_queryset(self) -> QuerySet[Any]:
        public = Painting.objects.public().filter(**{self.of_painting: OuterRef("pk")}).order_by()
        counted = public.values(self.of_painting).annotate(count=Count("pk", distinct=True)).values("count")
        terms = self.model._default_manager.annotate(paintings_seen=Coalesce(Subquery(counted), 0))
        return terms if sees_drafts(self.request.user) else terms.filter(Exists(public))

    def list(self, request: Request) -> Response:
        found = self.matching(self.get_queryset(), query_words(request.query_params))
        page = self.paginate_queryset(found)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    def matching(self, terms: QuerySet[Any], words: tuple[str, ...]) -> QuerySet[Any]:
        """Those whose names have all the words, as beginnings or parts. There are hundreds, so Python folds them."""
        if not words:
            return terms
        names = terms.values_list("pk", "name")
        return terms.filter(pk__in=[pk for pk, name in names if all(word in fold(name) for word in words)])


def _documented(one: str, many: str, read: Any, write: Any, example: Any, new: Any) -> Any:
    """`one` with its article, as in “an artist”."""
    shown = OpenApiResponse(read, examples=[example])
    return extend_schema_view(
        list=extend_schema(
            summary=f"The {many}",
            description=f"Those of public paintings, with how many these are; with a curator's token, all {many}.",
            parameters=[WORDS],
            responses=OpenApiResponse(read(many=True), examples=[example]),
        ),
        retrieve=extend_schema(summary=one.capitalize(), description=f"{one.capitalize()} by slug.", responses=shown),
        create=extend_schema(
            summary=f"Add {one}",
            description="Without a slug, one is made of the name.",
            request=write,
            responses={201: shown},
            examples=[new],
        ),
        update=extend_schema(
            summary=f"Replace {one}",
            description="What is left out becomes empty; the slug stays.",
            request=write,
            responses=shown,
            examples=[new],
        ),
        partial_update=extend_schema(
            summary=f"Change {one}",
            description="The fields that are sent, no others. Its paintings show the change at once.",
            request=write,
            responses=shown,
            examples=[new],
        ),
        destroy=extend_schema(summary=f"Delete {one}", description="Its paintings stay, without it."),
    )


@_documented("a style", "styles", TermSerializer, StyleWriteSerializer, examples.STYLE, examples.NEW_STYLE)
class StyleViewSet(TermViewSet):
    """How paintings are painted."""

    model = Style
    queryset = Style.objects.all()
    write_serializer = StyleWriteSerializer
    of_painting = "style"


@_documented("a genre", "genres", TermSerializer, GenreWriteSerializer, examples.GENRE, examples.NEW_GENRE)
class GenreViewSet(TermViewSet):
    """What paintings show."""

    model = Genre
    queryset = Genre.objects.all()
    write_serializer = GenreWriteSerializer
    of_painting = "genre"


@_documented("an artist", "artists", ArtistSerializer, ArtistWriteSerializer, examples.ARTIST, examples.NEW_ARTIST)
class ArtistViewSet(TermViewSet):
    """Who made paintings."""

    model = Artist
    queryset = Artist.objects.all()
    read_serializer = ArtistSerializer
    write_serializer = ArtistWriteSerializer
    of_painting = "artists"

    def matching(self, terms: QuerySet[Any], words: tuple[str, ...]) -> QuerySet[Any]:
        """There may be tens of thousands: the database looks through the folded sort keys and the names as they are."""
        for word in words:
            terms = terms.filter(Q(sort_key__contains=word) | Q(name__icontains=word))
        return terms
