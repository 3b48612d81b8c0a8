"""A walk from one painting to another, for programs."""

from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from gallery.api import examples
from gallery.api.reading import PaintingSerializer
from gallery.api.views import StrictQueries
from search import walking
from search.api import questions
from search.api.why import NOT_READY
from search.nearness import WORDS
from search.walking import FEWEST_STEPS, MOST_STEPS, STEPS, Step, Walk

EXAMPLE = OpenApiExample(
    "In two steps",
    value={
        "steps": 2,
        "stops": [
            {"painting": examples.PUBLIC_PAINTING, "similarity": None, "nearness": None},
            {"painting": {**examples.PUBLIC_PAINTING, "id": 57}, "similarity": 0.5218, "nearness": "very_close"},
            {"painting": {**examples.PUBLIC_PAINTING, "id": 43}, "similarity": 0.4903, "nearness": "related"},
        ],
    },
    response_only=True,
)
ASKED = OpenApiParameter(
    "steps",
    {"type": "integer", "minimum": FEWEST_STEPS, "maximum": MOST_STEPS, "default": STEPS, "example": 4},
    description="In how many steps; fewer are taken where the collection has too few paintings.",
)


class StopSerializer(serializers.Serializer[Any]):
    """A painting on the way, and how near it is to the one before; null for the first."""

    painting = PaintingSerializer()
    similarity = serializers.FloatField(min_value=0, max_value=1, allow_null=True)
    nearness = serializers.ChoiceField(
        choices=[word.value for word in WORDS],
        allow_null=True,
        help_text="In a word: `distant` is a leap, where nothing led on; null where no word is known, too.",
    )


class WalkSerializer(serializers.Serializer[Any]):
    """The way from the one to the other."""

    steps = serializers.IntegerField(min_value=1, help_text="How many are taken.")
    stops = StopSerializer(many=True, help_text="Both ends included.")


class WalkView(StrictQueries):
    """The chain of look-alikes between two paintings."""

    permission_classes = (AllowAny,)
    queries: ClassVar[dict[str, frozenset[str]]] = {"GET": frozenset({"steps"})}

    def knows(self, name: str) -> bool:
        return questions.is_weight(name)

    @extend_schema(
        operation_id="walk",
        tags=["paintings"],
        summary="A walk from one painting to another",
        description=(
            "The chain of look-alikes that leads from one public painting to the other, no painting twice: the way "
            "whose greatest step is least, by those that lie between the two. To compare by other features than the "
            "first, add `weight.<feature>=<number>` for each."
        ),
        parameters=[ASKED],
        responses=OpenApiResponse(WalkSerializer, examples=[EXAMPLE]),
    )
    def get(self, request: Request, first: int, second: int) -> Response:
        with questions.refusals():
            walk = walking.of(first, second, request.query_params)
        if walk is None:
            raise NotFound
        steps = walk.steps()
        if not steps:
            raise NotFound(NOT_READY)
        return Response(WalkSerializer(_told(walk, steps), context={"request": request}).data)


def _told(walk: Walk, steps: tuple[Step, ...]) -> dict[str, Any]:
    start = {"painting": walk.pair.first, "similarity": None, "nearness": None}
    return {"steps": len(steps), "stops": [start, *steps]}
