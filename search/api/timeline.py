"""The timeline, for programs."""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from gallery.api.views import StrictQueries
from search import timeline
from search.api import parameters, questions
from search.timeline.counting import MOST_STYLES, Timeline

NARROWING = questions.NARROWING - {"from", "to"}
EXAMPLE = OpenApiExample(
    "Three decades",
    value={
        "undated": 2,
        "bins": [
            {"first": 1880, "last": 1889, "count": 31},
            {"first": 1890, "last": 1899, "count": 44},
            {"first": 1900, "last": 1909, "count": 27},
        ],
        "styles": [
            {"slug": "impressionism", "name": "Impressionism", "count": 55, "counts": [25, 26, 4]},
            {"slug": "fauvism", "name": "Fauvism", "count": 19, "counts": [0, 0, 19]},
        ],
        "others": [6, 18, 4],
    },
    response_only=True,
)


class BinSerializer(serializers.Serializer[Any]):
    """The years from the first to the last, both included."""

    first = serializers.IntegerField()
    last = serializers.IntegerField()
    count = serializers.IntegerField(min_value=0)


class StyleYearsSerializer(serializers.Serializer[Any]):
    """A style, and how many of its paintings each bin has."""

    slug = serializers.CharField(help_text="For the filter of that name.")
    name = serializers.CharField(source="label")
    count = serializers.IntegerField(source="total", min_value=0, help_text="Of those that are dated.")
    counts = serializers.ListField(child=serializers.IntegerField(min_value=0), help_text="A number a bin.")


class TimelineSerializer(serializers.Serializer[Any]):
    """Bins of equal, round width over the span of the whole collection, and the styles in the order of their times."""

    undated = serializers.IntegerField(min_value=0, help_text="Paintings that are in no bin.")
    bins = BinSerializer(many=True)
    styles = StyleYearsSerializer(many=True)
    others = serializers.ListField(
        child=serializers.IntegerField(min_value=0), help_text="A number a bin: other styles, and none."
    )


class TimelineView(StrictQueries):
    """How the paintings are spread over the years."""

    permission_classes = (AllowAny,)
    queries: ClassVar[dict[str, frozenset[str]]] = {"GET": NARROWING}

    @extend_schema(
        operation_id="timeline",
        summary="Paintings by year and style",
        description=(
            "How many public paintings are of which years: in bins of 1, 2, 5, 10 … years, at most 60 of them, by the "
            f"middle of a painting's span. Told apart are the {MOST_STYLES} styles with most dated paintings; name "
            "others by `style`. Words and the other filters narrow it down."
        ),
        parameters=[each for each in parameters.NARROWING if each.name in NARROWING],
        responses=OpenApiResponse(TimelineSerializer, examples=[EXAMPLE]),
    )
    def get(self, request: Request) -> Response:
        with questions.refusals():
            found = timeline.of(questions.browse(request.query_params))
        return Response(TimelineSerializer(_told(found)).data)


def _told(found: Timeline) -> dict[str, Any]:
    styles = [style for style in found.styles if style.slug]
    others = next((style.counts for style in found.styles if not style.slug), (0,) * len(found.bins))
    return {"undated": found.undated, "bins": found.bins, "styles": styles, "others": others}
