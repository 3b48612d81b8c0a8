"""What paintings can be compared by."""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import viewsets
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from gallery.api.pages import Pages
from gallery.api.views import StrictQueries
from search import similar
from search.api.serializers import FeatureSerializer

EXAMPLE = OpenApiExample(
    "A feature",
    value={
        "name": "palette",
        "label": "Colours",
        "description": "Which colours, and how much of each.",
        "dimensions": 512,
        "role": "likeness",
    },
    response_only=True,
)


class FeatureViewSet(StrictQueries, viewsets.GenericViewSet[Any]):
    """The features of the model that is in use."""

    permission_classes = (AllowAny,)
    serializer_class = FeatureSerializer
    pagination_class = Pages
    queries: ClassVar[dict[str, frozenset[str]]] = {"list": frozenset({"page", "size"})}

    @extend_schema(
        summary="The features",
        description=(
            "The vector spaces that paintings can be compared by. The first is used where none is named. One with the "
            "role `identity` is no way to find similar paintings: it tells the same painting in another picture of it."
        ),
        responses=OpenApiResponse(FeatureSerializer(many=True), examples=[EXAMPLE]),
    )
    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(similar.all_features())
        return self.get_paginated_response(FeatureSerializer(page, many=True).data)
