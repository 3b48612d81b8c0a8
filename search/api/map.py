"""The map over the API: where the paintings hang."""

import re
from math import ceil, floor
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from gallery.api.pages import Pages
from gallery.api.views import StrictQueries
from search.map.models import CollectionMap, Place

_SHARE = r"(0(\.[0-9]{1,12})?|1(\.0{1,12})?)"
BOX = f"{_SHARE}(,{_SHARE}){{3}}"


class PlaceSerializer(serializers.Serializer[Any]):
    """Where a painting hangs on the map, from the top left, in shares of the map's width and height."""

    painting = serializers.IntegerField(source="painting_id", help_text="Its id.")
    x = serializers.FloatField(min_value=0, max_value=1)
    y = serializers.FloatField(min_value=0, max_value=1)
    colour = serializers.CharField(help_text="The mean of its picture's colours, in hexadecimal digits.")
    api_url = serializers.URLField(help_text="The painting.")

    def to_representation(self, place: Place) -> dict[str, Any]:
        side: int = self.context["side"]
        address = reverse("api-painting-detail", args=[place.painting_id])
        return {
            "painting": place.painting_id,
            "x": round((place.column + 0.5) / side, 6),
            "y": round((place.row + 0.5) / side, 6),
            "colour": f"{place.colour:06x}",
            "api_url": self.context["request"].build_absolute_uri(address),
        }


EXAMPLE = OpenApiExample(
    "A place",
    value={
        "painting": 42,
        "x": 0.412037,
        "y": 0.523148,
        "colour": "8c6f4b",
        "api_url": "https://paintings.example/api/v1/paintings/42/",
    },
    response_only=True,
)
PART = OpenApiParameter(
    "box",
    {"type": "string", "pattern": f"^({BOX})?$", "example": "0.25,0.25,0.5,0.5"},
    description="Only this part of the map: left,top,right,bottom in shares of its width and height.",
)


class MapView(StrictQueries):
    """The places of the public paintings."""

    permission_classes = (AllowAny,)
    pagination_class = Pages
    queries: ClassVar[dict[str, frozenset[str]]] = {"GET": frozenset({"box", "page", "size"})}

    @extend_schema(
        operation_id="map",
        tags=["paintings"],
        summary="The map",
        description=(
            "Where the public paintings hang on the map of the collection: those that look alike near each other. In "
            "pages, in the order of their ids; an empty list while no map was made. What was published a moment ago is "
            "there within a minute or so."
        ),
        parameters=[PART],
        responses=OpenApiResponse(PlaceSerializer(many=True), examples=[EXAMPLE]),
    )
    def get(self, request: Request) -> Response:
        box = _box(request.query_params.get("box", ""))
        shown = CollectionMap.objects.shown()
        pages = Pages()
        places = pages.paginate_queryset(_places(shown, box), request)
        context = {"request": request, "side": shown.side if shown else 1}
        return pages.get_paginated_response(PlaceSerializer(places, many=True, context=context).data)


def _box(text: str) -> tuple[float, ...] | None:
    """Left, top, right and bottom; None for all of it. Raises ValidationError."""
    if not text:
        return None
    if not re.fullmatch(BOX, text):
        sentence = _("Write left, top, right and bottom with commas between them, each from 0 to 1, as in %(example)s.")
        raise ValidationError({"box": [sentence % {"example": "0.25,0.25,0.5,0.5"}]})
    return tuple(float(part) for part in text.split(","))


def _places(shown: CollectionMap | None, box: tuple[float, ...] | None) -> "QuerySet[Place]":
    if shown is None:
        return Place.objects.none()
    places = Place.objects.public().filter(map=shown).order_by("painting_id")
    if box is None:
        return places
    left, top, right, bottom = (part * shown.side - 0.5 for part in box)
    return places.filter(column__gte=ceil(left), column__lte=floor(right), row__gte=ceil(top), row__lte=floor(bottom))
