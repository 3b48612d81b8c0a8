"""The network's suggestions for a painting, beside what the catalogue says."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from gallery.api import paintings
from gallery.api.reading import ReferenceSerializer
from gallery.models import Painting
from vectorizer import suggestions
from vectorizer.models import EncoderModel
from vectorizer.suggestions import KINDS, LIKELIHOODS, SURE

DECIMALS = 4
EXAMPLE = OpenApiExample(
    "Guesses",
    value={
        "model": "lite0-eye1",
        "style": {
            "catalogue": None,
            "suggestions": [
                {"label": "Impressionism", "confidence": 0.6214, "likelihood": "perhaps"},
                {"label": "Post-Impressionism", "confidence": 0.2107, "likelihood": "unlikely"},
                {"label": "Realism", "confidence": 0.0492, "likelihood": "unlikely"},
            ],
        },
        "genre": {
            "catalogue": {"name": "Landscape", "slug": "landscape"},
            "suggestions": [{"label": "landscape", "confidence": 0.9331, "likelihood": "very likely"}],
        },
    },
    response_only=True,
)


class SuggestionSerializer(serializers.Serializer[Any]):
    """A guess of the network."""

    label = serializers.CharField()  # type: ignore[assignment]
    confidence = serializers.FloatField(
        min_value=0,
        max_value=1,
        help_text="A probability, calibrated on artists whom the network had not seen. High ones are to be believed "
        "where the likelihood says so.",
    )
    likelihood = serializers.ChoiceField(
        choices=[SURE, *(word for _, word in LIKELIHOODS)],
        help_text=f"“{SURE}” is sure: nine in ten such guesses about artists whom the network had not seen were right. "
        "Of a kind of which it is never sure, a guess is “perhaps” at best.",
    )

    def to_representation(self, suggestion: Any) -> dict[str, Any]:
        shown = super().to_representation(suggestion)
        return {**shown, "confidence": round(shown["confidence"], DECIMALS)}


class GuessesSerializer(serializers.Serializer[Any]):
    """What the catalogue says of one kind, and what the network would say, the likeliest first."""

    catalogue = ReferenceSerializer(allow_null=True)
    suggestions = SuggestionSerializer(many=True)


class PaintingSuggestionsSerializer(serializers.Serializer[Any]):
    """The network's guesses about a painting."""

    model = serializers.CharField(help_text="Whose guesses they are.")
    style = GuessesSerializer()  # type: ignore[assignment]
    genre = GuessesSerializer()


class PaintingViewSet(paintings.PaintingViewSet):
    """Paintings, with what the network takes them to be."""

    @extend_schema(
        summary="What the network takes a painting to be",
        description=(
            "The network's first three guesses for the style and the genre, each with a confidence, beside what the "
            "catalogue says. They are guesses from the picture alone, and no part of the catalogue. There are none "
            "while the picture has no vectors, or where the model that is in use knows no styles and genres."
        ),
        responses=OpenApiResponse(PaintingSuggestionsSerializer, examples=[EXAMPLE]),
    )
    @action(detail=True, methods=["get"], url_path="suggestions")
    def suggested(self, request: Request, pk: int) -> Response:
        painting: Painting = self.get_object()
        model = EncoderModel.current()
        found = suggestions.of(suggestions.shown_image(painting), model)
        guesses = {kind: {"catalogue": getattr(painting, kind), "suggestions": found.get(kind, ())} for kind in KINDS}
        return Response(PaintingSuggestionsSerializer({"model": model.name, **guesses}).data)
