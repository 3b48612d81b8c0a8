"""Suggestions while somebody types."""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from gallery.api import examples
from gallery.api.reading import PaintingSerializer
from gallery.api.views import StrictQueries
from search import suggesting
from search.api import questions
from search.parameters import Reader
from search.query import WORDS_LENGTH


class NameSerializer(serializers.Serializer[Any]):
    """An artist, a style or a genre."""

    slug = serializers.CharField(help_text="For the filter of that name.")
    name = serializers.CharField(source="label")
    count = serializers.IntegerField(min_value=0, help_text="How many public paintings have it.")


class SuggestionsSerializer(serializers.Serializer[Any]):
    """What the beginning of a question may become."""

    paintings = PaintingSerializer(many=True)
    artists = NameSerializer(many=True)
    styles = NameSerializer(many=True)
    genres = NameSerializer(many=True)
    corrections = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()),
        help_text="A misspelled word, folded, and the words of the collection that stood for it.",
    )


EXAMPLE = OpenApiExample(
    "For “impresionism”",
    value={
        "paintings": [examples.PUBLIC_PAINTING],
        "artists": [{"slug": "ines-quill", "name": "Ines Quill", "count": 12}],
        "styles": [{"slug": "impressionism", "name": "Impressionism", "count": 240}],
        "genres": [],
        "corrections": {"impresionism": ["impressionism"]},
    },
    response_only=True,
)
TYPED = OpenApiParameter(
    "q",
    {"type": "string", "maxLength": WORDS_LENGTH, "example": "impresionism"},
    description="What was typed; the last word may be unfinished.",
)


class SuggestView(StrictQueries):
    """Paintings, artists, styles and genres by their names."""

    permission_classes = (AllowAny,)
    queries: ClassVar[dict[str, frozenset[str]]] = {"GET": frozenset({"q"})}

    @extend_schema(
        operation_id="suggest",
        summary="Suggestions",
        description=(
            "While somebody types: at most five paintings, four artists, and three styles and genres together, whose "
            "names have all that was typed; names with most paintings first. Accents, case and small typing errors "
            "don't matter; quotation marks make a phrase. Nothing typed, nothing suggested."
        ),
        parameters=[TYPED],
        responses=OpenApiResponse(SuggestionsSerializer, examples=[EXAMPLE]),
    )
    def get(self, request: Request) -> Response:
        with questions.refusals():
            reader = Reader(request.query_params)
            text = reader.text("q", length=WORDS_LENGTH)
            reader.check()
        shown = SuggestionsSerializer(suggesting.suggest(text), context={"request": request})
        return Response(shown.data)
